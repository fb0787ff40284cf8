#!/bin/bash
# Runs unit test programs, two at once; prints those that fail, and "N passed,
# N failed".
#   tests/lib/run-unit.sh PROGRAM...
set -u
logs=$(mktemp -d) || exit 2
trap 'rm -rf "$logs"' EXIT

# A test may take a minute: other programs can keep the machine busy.
run_one() {
    CK_VERBOSITY=normal CK_DEFAULT_TIMEOUT=60 timeout -k 5 900 "$2" >"$1/$3.log" 2>&1
    echo "$? $2" >"$1/$3.status"
}
export -f run_one

number=0
for program in "$@"; do
    number=$((number + 1))
    printf '%s\0%s\0%s\0' "$logs" "$program" "$number"
done | xargs -0 -r -n 3 -P 2 bash -c 'run_one "$@"' run

passed=0
failed=0
for ((number = 1; number <= $#; number++)); do
    read -r status program <"$logs/$number.status" || { status=9; program=${!number}; }
    # check's summary: "100%: Checks: 12, Failures: 0, Errors: 0"
    read -r checks bad < <(awk '/%: Checks: / { gsub(",", ""); c += $3; b += $5 + $7 } END { print c + 0, b + 0 }' "$logs/$number.log")
    if [ "$bad" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$checks" -eq 0 ]; }; then bad=1; fi
    if [ "$bad" -gt 0 ]; then
        echo "FAIL $program (status $status)"
        tail -n 30 "$logs/$number.log" | sed 's/^/    /'
    fi
    failed=$((failed + bad))
    [ "$checks" -gt "$bad" ] && passed=$((passed + checks - bad))
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
