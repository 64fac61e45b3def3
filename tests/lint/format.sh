#!/usr/bin/env bash
# Every source file as .clang-format says. Mend with: git ls-files '*.cpp' '*.h' | xargs clang-format -i
set -euo pipefail
git ls-files '*.cpp' '*.h' | xargs "$1" --dry-run --Werror
