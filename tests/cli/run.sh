#!/bin/bash
# Runs command tests.
#   BIN=build/bin tests/cli/run.sh [COMMAND/CASE]...
# A case is a folder tests/cli/<command>/<case>/ with
#   cmd            bash script, run in an empty folder; DATA is the case's folder
#   stdout.exact   what standard output must be, or
#   stdout.glob    globs: each must match an output line, in this order
#   stderr.glob    the same for standard error
#   exit           exit status, 0 when there is no such file
set -u
here=$(cd "$(dirname "$0")" && pwd)
: "${BIN:=$here/../../build/bin}"
BIN=$(realpath "$BIN")
export BIN
export LC_ALL=C.UTF-8 TZ=UTC
unset LANGUAGE COLUMNS

scratch=$(mktemp -d) || exit 2
trap 'chmod -R u+rwX "$scratch" 2>/dev/null; rm -rf "$scratch"' EXIT
passed=0
failed=0

# Prints the first glob of file $1 that no line of file $2 matches in order.
glob_misses() {
    local glob line found
    exec 3<"$2"
    while IFS= read -r glob || [ -n "$glob" ]; do
        found=no
        while IFS= read -r line <&3 || [ -n "$line" ]; do
            # shellcheck disable=SC2053  # the right side is a glob on purpose
            if [[ $line == $glob ]]; then
                found=yes
                break
            fi
        done
        if [ $found = no ]; then
            printf '%s\n' "$glob"
            break
        fi
    done <"$1"
    exec 3<&-
}

complain() {
    problems+="$1"$'\n'
}

run_case() {
    local dir=$1 name=$2 work=$scratch/work want status miss
    problems=
    chmod -R u+rwX "$work" 2>/dev/null
    rm -rf "$work"
    mkdir "$work"
    (cd "$work" && DATA=$dir timeout -k 5 120 bash "$dir/cmd") >"$scratch/out" 2>"$scratch/err" </dev/null
    status=$?
    want=0
    [ -f "$dir/exit" ] && read -r want <"$dir/exit"
    [ "$status" -eq "$want" ] || complain "exit status $status, expected $want"
    if [ -f "$dir/stdout.exact" ] && ! diff -u "$dir/stdout.exact" "$scratch/out" >"$scratch/diff"; then
        complain "standard output differs:"$'\n'"$(head -n 20 "$scratch/diff")"
    fi
    for stream in out err; do
        [ -f "$dir/std$stream.glob" ] || continue
        miss=$(glob_misses "$dir/std$stream.glob" "$scratch/$stream")
        [ -z "$miss" ] || complain "no line of std$stream matches, in order: $miss"
    done
    if [ -z "$problems" ]; then
        passed=$((passed + 1))
        return
    fi
    failed=$((failed + 1))
    echo "FAIL cli/$name"
    { printf '%s' "$problems"; head -n 8 "$scratch/out" | sed 's/^/stdout: /'
      head -n 8 "$scratch/err" | sed 's/^/stderr: /'; } | cut -c1-300 | cat -v | sed 's/^/    /'
}

if [ $# -gt 0 ]; then
    cases=("${@/#/$here/}")
else
    mapfile -t cases < <(find "$here" -mindepth 3 -maxdepth 3 -name cmd -printf '%h\n' | sort)
fi

# Many cases: two workers take a few at a time, each an instance of this script.
if [ ${#cases[@]} -gt 4 ]; then
    mkdir "$scratch/log"
    # shellcheck disable=SC2016  # the inner shell expands them
    printf '%s\0' "${cases[@]#"$here"/}" |
        LOGS=$scratch/log xargs -0 -n 3 -P 2 bash -c '"$0" "$@" >"$LOGS/$$" 2>&1' "$here/run.sh"
    cat "$scratch"/log/* | awk '
        /^[0-9]+ passed, [0-9]+ failed$/ { passed += $1; failed += $3; next }
        { print }
        END { print passed + 0 " passed, " failed + 0 " failed"; exit failed > 0 || passed == 0 }'
    exit
fi
for dir in "${cases[@]}"; do
    if [ ! -f "$dir/cmd" ]; then
        echo "FAIL no such case: ${dir#"$here"/}"
        failed=$((failed + 1))
        continue
    fi
    run_case "$dir" "${dir#"$here"/}"
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
