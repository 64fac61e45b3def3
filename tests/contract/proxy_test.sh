#!/bin/sh
# proxy_test.sh FOLDER SERVICE TRAFFIC: every operation, refusals too, through an independent validating proxy (Prism): requests made here, and the console's
# own client (TRAFFIC, tst_consoletraffic). FOLDER holds the tools.
set -u
here=$(cd "$(dirname "$0")" && pwd)
bin=$("$here/tools.sh" "${1:?folder for node_modules}") || exit $?
exec node "$here/proxy_test.mjs" "$bin/prism" "${2:?kboss-service}" "$here/../../resources/api" "${3:?tst_consoletraffic}"
