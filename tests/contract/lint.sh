#!/bin/sh
# lint.sh FOLDER: an independent linter (Redocly) over resources/api. FOLDER holds the tools, see tools.sh.
set -u
here=$(cd "$(dirname "$0")" && pwd)
bin=$("$here/tools.sh" "${1:?folder for node_modules}") || exit $?
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
exec "$bin/redocly" lint --config "$here/redocly.yaml" "$here"/../../resources/api/*.json
