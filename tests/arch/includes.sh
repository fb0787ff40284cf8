#!/bin/bash
# The include law (layers.txt), and each outside library in one file (libraries.txt).
set -u
. "$(dirname "$0")/../lib/files.sh"
mapfile -t sources < <(tree_files '*.c' '*.h' '*.def')
exec awk -f tests/arch/includes.awk tests/arch/layers.txt tests/arch/libraries.txt "${sources[@]}"
