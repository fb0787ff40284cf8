#!/bin/bash
# Everything that has to hold before a change lands.
#   B=build tests/check.sh [STEP]...      all steps, or the named ones
# A step says little; its full output is kept in $B/check/STEP.log. The last line
# is "N passed, N failed": test cases where a step counts them, else the step.
# shellcheck disable=SC2317  # the steps are called by their names
set -u
cd "$(dirname "$0")/.." || exit 2
. tests/lib/files.sh
B=${B:-build}
make=(make --no-print-directory -j2)
asan='-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer'
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 UBSAN_OPTIONS=print_stacktrace=1

step_build() { "${make[@]}" "B=$B" build tools; }
step_unit() { "${make[@]}" "B=$B" unit; }
step_cli() { make --no-print-directory "B=$B" cli; }
step_e2e() { B=$B tests/lib/run-scripts.sh tests/e2e/*.sh; }
step_arch() { make --no-print-directory "B=$B" arch; }
step_leak() { B=$B tests/arch/leak.sh; }
step_fuzz() { "${make[@]}" "B=$B" fuzz-replay; }
step_clang() { "${make[@]}" "B=$B/clang" CC=clang OPT=-O1 build unit-programs; }

# The same tests, with every access and every overflow watched.
step_sanitize() {
    "${make[@]}" "B=$B/asan" OPT=-O1 "SAN=$asan" build unit-programs fuzz-programs || return
    export SANITIZED=unlimited          # the shadow memory does not fit into a bounded address space
    export CK_FORK=no                   # a process for each test costs more than the tests
    make -k --no-print-directory "B=$B/asan" OPT=-O1 "SAN=$asan" unit fuzz-replay cli
}

step_tidy() {
    # shellcheck disable=SC2016  # the inner shell expands them
    # Programs that make tables when the tree is built end with their process.
    tree_files '*.c' | grep -vE '^tests/|/data/' |
        xargs -P2 -n4 sh -c 'clang-tidy --quiet "$@" -- -std=c17 -D_GNU_SOURCE -I. -I"$0/gen" 2>/dev/null' "$B" |
        grep ' error: ' && return 1
    return 0
}

# overlappingWriteFunction takes an offset in words for one in bytes.
step_cppcheck() {
    tree_files '*.c' | grep -vE '^tests/' |
        xargs cppcheck --quiet --std=c11 --language=c -j2 --inline-suppr --error-exitcode=1 \
            --enable=warning,performance,portability --suppress=missingIncludeSystem --suppress=overlappingWriteFunction \
            -I. "-I$B/gen" -D_GNU_SOURCE -D__x86_64__ --template='{file}:{line}: {severity}: {message} [{id}]'
}

step_shellcheck() {
    tree_files '*.sh' '.ci/run' | xargs shellcheck -x -P SCRIPTDIR --shell=bash --severity=style || return
    # Command tests are short and read like what a user types.
    tree_files 'tests/cli/**/cmd' | xargs shellcheck --shell=bash --severity=warning --exclude=SC2154,SC2034,SC1010
}

# Manual pages without a complaint, completions that their shells can read.
step_man() {
    local command out passed=0
    mkdir -p "$B/check/man"
    for command in "$B"/bin/*; do
        out=$B/check/man/${command##*/}
        "$command" --print-man >"$out.1" || return 1
        groff -man -Tutf8 -ww -z "$out.1" 2>"$out.log" || return 1
        [ ! -s "$out.log" ] || { cat "$out.log"; return 1; }
        for shell in bash zsh fish; do
            "$command" --print-completion="$shell" >"$out.$shell" || return 1
            ! command -v "$shell" >/dev/null || "$shell" -n "$out.$shell" || return 1
        done
        passed=$((passed + 1))
    done
    echo "$passed passed, 0 failed"
    [ "$passed" -gt 0 ]
}

main() {
    all=(build unit cli arch shellcheck man e2e leak fuzz clang sanitize cppcheck tidy)
    steps=("$@")
    [ ${#steps[@]} -gt 0 ] || steps=("${all[@]}")
    passed=0
    failed=0
    mkdir -p "$B/check"

    for step in "${steps[@]}"; do
        log=$B/check/$step.log
        start=$EPOCHREALTIME
        (step_"$step") >"$log" 2>&1
        status=$?
        took=$(((${EPOCHREALTIME/./} - ${start/./}) / 100000))
        read -r good bad < <(awk '/^[0-9]+ passed, [0-9]+ failed$/ { p += $1; f += $3 } END { print p + 0, f + 0 }' "$log")
        if [ $status -ne 0 ] && [ "$bad" -eq 0 ]; then
            bad=1
        elif [ $status -eq 0 ] && [ "$good" -eq 0 ]; then
            good=1
        fi
        passed=$((passed + good))
        failed=$((failed + bad))
        printf '%-4s  %-11s %5d passed  %3d failed  %4d.%d s\n' "$([ "$bad" -eq 0 ] && echo ok || echo FAIL)" "$step" \
            "$good" "$bad" $((took / 10)) $((took % 10))
        if [ "$bad" -gt 0 ]; then
            grep -vE '^  (CC|LINK|GEN) ' "$log" | tail -n 40 | cut -c1-300 | sed 's/^/      /'
            echo "      ($log)"
        fi
    done
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}

# A function is read whole: the script may be edited while it runs.
main "$@"; exit
