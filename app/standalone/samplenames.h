#pragma once

#include "app/standalone/samplerandom.h"

namespace kboss::standalone {

// Made-up names for sample data.
std::string companyName(qint64 index, bool english); // no two indexes below 3,800,000 share a name
std::string personName(SampleRandom &random);
std::string phoneNumber(SampleRandom &random);

struct SampleCity {
    const char *chinese, *code;
};
const SampleCity &sampleCity(qint64 index);

} // namespace kboss::standalone
