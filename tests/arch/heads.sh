#!/bin/bash
# Every source file begins with a comment that says what it is, and every header
# of a program says in it to which layer it belongs.
set -u
. "$(dirname "$0")/../lib/files.sh"
bad=0

while IFS= read -r f; do
    case $f in
    tests/unit/* | tests/fuzz/fuzz_*) pattern='^/\* links: ' ;;
    *) pattern="^/\* ${f##*/} - " ;;
    esac
    head -n 1 "$f" | grep -qE "$pattern" || { echo "$f: the first line must match: $pattern"; bad=1; }
done < <(tree_files '*.c' '*.h')

while IFS= read -r f; do
    sed '/\*\//q' "$f" | grep -q 'Layer: ' || { echo "$f: no \"Layer:\" in the head comment"; bad=1; }
done < <(tree_files '*.h' | grep -vE '^tests/|/data/')
exit $bad
