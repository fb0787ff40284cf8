#!/bin/bash
# Runs unit test programs; prints those that fail, and "N passed, N failed".
#   tests/lib/run-unit.sh PROGRAM...
set -u
passed=0
failed=0
log=$(mktemp) || exit 2
trap 'rm -f "$log"' EXIT

for program in "$@"; do
    CK_VERBOSITY=normal timeout 300 "$program" >"$log" 2>&1
    status=$?
    # check's summary: "100%: Checks: 12, Failures: 0, Errors: 0"
    read -r checks bad < <(awk '/%: Checks: / { gsub(",", ""); c += $3; b += $5 + $7 } END { print c + 0, b + 0 }' "$log")
    [ $status -ne 0 ] && [ "$bad" -eq 0 ] && bad=1
    [ "$checks" -eq 0 ] && bad=1
    if [ "$bad" -gt 0 ]; then
        echo "FAIL $program (status $status)"
        tail -n 30 "$log" | sed 's/^/    /'
    fi
    failed=$((failed + bad))
    [ "$checks" -gt "$bad" ] && passed=$((passed + checks - bad))
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
