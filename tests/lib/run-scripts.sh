#!/bin/bash
# Runs check scripts; a script is silent about what is well and ends with 0.
#   tests/lib/run-scripts.sh SCRIPT...
set -u
passed=0
failed=0

for script in "$@"; do
    if out=$("$script" 2>&1); then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $script"
        [ -n "$out" ] && printf '%s\n' "$out" | head -n 40 | sed 's/^/    /'
    fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
