# The three words the build files of this project speak:
#   whynow_room(NAME LINKS ...)   one folder = one static library whynow_NAME of the folder's own .cpp files
#   whynow_test(NAME LINKS ...)   the folder's .cpp files = one doctest program, registered with ctest as NAME
#   whynow_embed(TARGET DIR...)   the files below the folders become bytes inside TARGET
# The LINKS of a room are the only rooms whose headers it may include (tests/house checks the includes as well).

add_library(whynow_flags INTERFACE)
target_include_directories(whynow_flags INTERFACE ${CMAKE_SOURCE_DIR}/daemon ${CMAKE_SOURCE_DIR})
target_compile_options(whynow_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast
                       -Wimplicit-fallthrough -Wno-missing-field-initializers
                       -Wno-missing-designated-field-initializers -Werror -fno-strict-aliasing)
target_link_options(whynow_flags INTERFACE -fuse-ld=lld)
if(WHYNOW_SANITIZE)
  target_compile_options(whynow_flags INTERFACE -fsanitize=${WHYNOW_SANITIZE} -fno-omit-frame-pointer
                         -fno-sanitize-recover=all)
  target_link_options(whynow_flags INTERFACE -fsanitize=${WHYNOW_SANITIZE})
  if(WHYNOW_SANITIZE MATCHES "thread")
    target_compile_definitions(whynow_flags INTERFACE BOOST_ASIO_DISABLE_FENCED_BLOCK)
  endif()
endif()
if(WHYNOW_FUZZ)
  target_compile_options(whynow_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

function(whynow_room name)
  cmake_parse_arguments(arg "" "" "LINKS;PRIVATE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cpp)
  if(sources)
    add_library(whynow_${name} STATIC ${sources})
    target_link_libraries(whynow_${name} PUBLIC whynow_flags ${arg_LINKS} PRIVATE ${arg_PRIVATE})
  else()
    add_library(whynow_${name} INTERFACE)
    target_link_libraries(whynow_${name} INTERFACE whynow_flags ${arg_LINKS})
  endif()
endfunction()

function(whynow_test name)
  cmake_parse_arguments(arg "" "" "LINKS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cpp)
  add_executable(test_${name} ${sources})
  target_link_libraries(test_${name} PRIVATE whynow_test_main ${arg_LINKS})
  target_compile_definitions(test_${name} PRIVATE WHYNOW_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  add_test(NAME ${name} COMMAND test_${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endfunction()

# Every file below the folders becomes a row {path relative to the source root, bytes} of
# whynow::embedded::files(); see daemon/embedded/embedded.hpp.
function(whynow_embed target)
  set(files)
  foreach(dir ${ARGN})
    file(GLOB_RECURSE found CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${dir}/*)
    list(APPEND files ${found})
  endforeach()
  set(out ${CMAKE_CURRENT_BINARY_DIR}/embedded_files.cpp)
  string(REPLACE ";" "\n" listing "${files}")
  file(GENERATE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/embedded.list CONTENT "${listing}\n")
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DLIST=${CMAKE_CURRENT_BINARY_DIR}/embedded.list -DROOT=${CMAKE_SOURCE_DIR} -DOUT=${out}
            -P ${CMAKE_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/cmake/embed.cmake ${CMAKE_CURRENT_BINARY_DIR}/embedded.list
    COMMENT "embedding config/, templates/ and pages")
  target_sources(${target} PRIVATE ${out})
endfunction()
