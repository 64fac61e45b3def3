#pragma once

#include <cstdio>
#include <cstdlib>

// A property that has to hold for every input; in every build type.
#define FUZZ_REQUIRE(condition)                                                                                                                      \
    do {                                                                                                                                             \
        if (!(condition)) {                                                                                                                          \
            std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                                                                     \
            std::abort();                                                                                                                            \
        }                                                                                                                                            \
    } while (false)
