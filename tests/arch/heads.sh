#!/bin/bash
# Every source file begins with a comment that says what it is, and every header
# of a program says in it to which layer it belongs.
set -u
. "$(dirname "$0")/../lib/files.sh"
mapfile -t sources < <(tree_files '*.c' '*.h')
exec awk -f tests/arch/heads.awk "${sources[@]}"
