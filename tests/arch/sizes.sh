#!/bin/bash
# Size budgets: a .c file has at most 500 lines, a header 120, a function 60.
set -u
. "$(dirname "$0")/../lib/files.sh"
mapfile -t sources < <(tree_files '*.c' '*.h')
exec awk -f tests/arch/sizes.awk "${sources[@]}"
