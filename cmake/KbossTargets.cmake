# kboss_add_layer(NAME LINK ...): one folder, one static library, its sources found by name.
function(kboss_add_layer name)
    cmake_parse_arguments(arg "" "" "LINK;PRIVATE_LINK" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp" "${CMAKE_CURRENT_SOURCE_DIR}/*.h")
    add_library(${name} STATIC ${sources})
    set_target_properties(${name} PROPERTIES LINKER_LANGUAGE CXX)
    target_link_libraries(${name} PUBLIC kboss_options ${arg_LINK} PRIVATE ${arg_PRIVATE_LINK})
endfunction()

# kboss_add_tests(LINK ... [LABELS ...]): every tst_*.cpp of this folder becomes one test program.
function(kboss_add_tests)
    cmake_parse_arguments(arg "" "" "LINK;LABELS" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/tst_*.cpp")
    foreach(source IN LISTS sources)
        get_filename_component(test ${source} NAME_WE)
        add_executable(${test} ${source})
        target_link_libraries(${test} PRIVATE kboss_test_support ${arg_LINK} Qt6::Test)
        add_test(NAME ${test} COMMAND ${test} -o "${CMAKE_BINARY_DIR}/results/${test}.xml,junitxml" -o -,txt)
        set_tests_properties(${test} PROPERTIES
            LABELS "${arg_LABELS}" TIMEOUT 300
            ENVIRONMENT "QT_QPA_PLATFORM=offscreen;KBOSS_SOURCE_DIR=${CMAKE_SOURCE_DIR};KBOSS_BIN_DIR=${CMAKE_BINARY_DIR}/bin;XDG_RUNTIME_DIR=${CMAKE_BINARY_DIR}/xdg;LC_ALL=C.UTF-8")
    endforeach()
endfunction()
