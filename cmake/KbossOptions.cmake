# The one place for language level, warnings, sanitizers and the linker. Every target links kboss_options.
option(KBOSS_BUILD_TESTS "Build tests, benches and lints" ON)
option(KBOSS_WARNINGS_AS_ERRORS "Stop on any warning" OFF)
option(KBOSS_FUZZ "Build libFuzzer targets (clang only)" OFF)
set(KBOSS_SANITIZE "" CACHE STRING "Sanitizers, as given to -fsanitize=")

set(CMAKE_AUTOMOC ON)
set(CMAKE_AUTORCC ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

add_library(kboss_options INTERFACE)
target_compile_features(kboss_options INTERFACE cxx_std_20)
target_include_directories(kboss_options INTERFACE "${CMAKE_SOURCE_DIR}" "${CMAKE_BINARY_DIR}/generated")
target_compile_definitions(kboss_options INTERFACE
    QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_ASCII QT_NO_FOREACH QT_NO_KEYWORDS QT_NO_URL_CAST_FROM_STRING
    KBOSS_VERSION="${PROJECT_VERSION}")

if(MSVC)
    target_compile_options(kboss_options INTERFACE /W4 /permissive- /utf-8)
    if(KBOSS_WARNINGS_AS_ERRORS)
        target_compile_options(kboss_options INTERFACE /WX)
    endif()
else()
    target_compile_options(kboss_options INTERFACE -Wall -Wextra -Wconversion -Wshadow)
    if(KBOSS_WARNINGS_AS_ERRORS)
        target_compile_options(kboss_options INTERFACE -Werror)
    endif()
    if(KBOSS_SANITIZE)
        target_compile_options(kboss_options INTERFACE -fsanitize=${KBOSS_SANITIZE} -fno-omit-frame-pointer)
        target_link_options(kboss_options INTERFACE -fsanitize=${KBOSS_SANITIZE})
    endif()
endif()

find_program(KBOSS_MOLD mold)
if(KBOSS_MOLD AND NOT MSVC AND NOT APPLE)
    target_link_options(kboss_options INTERFACE -fuse-ld=mold)
endif()

find_program(KBOSS_CCACHE ccache)
if(KBOSS_CCACHE)
    # ccache hits across build folders only when paths are made relative to the source.
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1 "${KBOSS_CCACHE}")
endif()
