#!/bin/bash
# Replays fuzz targets without a fuzzing engine (tests/lib/replay.c): every file
# of tests/fuzz/corpus/<noun>/ and fixed mutations of it.
#   tests/lib/run-fuzz.sh PROGRAM...
set -u
passed=0
failed=0

for program in "$@"; do
    noun=${program##*/fuzz_}
    if out=$(timeout -k 5 300 "$program" "tests/fuzz/corpus/$noun" 2>&1); then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $program"
        printf '%s\n' "$out" | tail -n 30 | sed 's/^/    /'
    fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
