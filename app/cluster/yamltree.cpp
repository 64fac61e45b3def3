#include "app/cluster/yamltree.h"

#include <QRegularExpression>
#include <yaml-cpp/yaml.h>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

// "no", "1e3", "0755" and "a: b" stay texts whatever version of YAML reads them.
bool standsAlone(const std::string &word)
{
    static const QRegularExpression plain(u"^[A-Za-z/][-A-Za-z0-9_./]*(:[-A-Za-z0-9_./]+)?$"_s);
    static const QRegularExpression meaning(u"^(y|yes|n|no|true|false|on|off|null)$"_s, QRegularExpression::CaseInsensitiveOption);
    const QString all = QString::fromStdString(word);
    return plain.match(all).hasMatch() && !meaning.match(all).hasMatch();
}

void emitText(YAML::Emitter &out, const std::string &word)
{
    if (standsAlone(word))
        out << word;
    else
        out << YAML::DoubleQuoted << word;
}

void emitTree(YAML::Emitter &out, const YamlTree &tree)
{
    if (tree.is_object()) {
        out << YAML::BeginMap;
        for (const auto &[key, value] : tree.items()) {
            out << YAML::Key;
            emitText(out, key);
            out << YAML::Value;
            emitTree(out, value);
        }
        out << YAML::EndMap;
    } else if (tree.is_array()) {
        out << YAML::BeginSeq;
        for (const YamlTree &value : tree)
            emitTree(out, value);
        out << YAML::EndSeq;
    } else if (tree.is_string()) {
        emitText(out, tree.get_ref<const std::string &>());
    } else {
        out << tree.dump(); // a number, true, false, null
    }
}

} // namespace

std::string yamlText(const std::vector<YamlTree> &documents)
{
    YAML::Emitter out;
    for (const YamlTree &one : documents) {
        out << YAML::BeginDoc;
        emitTree(out, one);
    }
    return std::string(out.c_str(), out.size()) + '\n';
}

} // namespace kboss
