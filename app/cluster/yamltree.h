#pragma once

#include <nlohmann/json.hpp>
#include <vector>

namespace kboss {

using YamlTree = nlohmann::ordered_json; // yaml-cpp's own nodes forget which texts were texts

// The documents as one YAML stream. Every text stays one for whoever reads it: "no", "1e3", "0755", "a: b". Any thread.
std::string yamlText(const std::vector<YamlTree> &documents);

} // namespace kboss
