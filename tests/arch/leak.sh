#!/bin/bash
# No clear card number leaves the detector. Plants synthetic numbers in files of
# every dress, in names, archives, command lines, scope files and broken input;
# runs every command on them, also in ways that fail and with a crash in the
# middle; then searches whatever was written: outputs, logs, temporary files,
# evidence folders, core dumps. A planted leak in each form proves the search.
#   B=build tests/arch/leak.sh [SEED]
set -u
cd "$(dirname "$0")/../.." || exit 2
B=$(realpath "${B:-build}")
seed=${1:-20261012}
bin=$B/bin
plant=$B/tools/leak-plant
search=$B/tools/leak-grep

top=$(mktemp -d) || exit 2
trap 'chmod -R u+rwX "$top"; rm -rf "$top"' EXIT
list=$top/list            # the numbers in clear: outside of what is searched
tree=$top/tree            # what is scanned
seen=$top/seen            # everything that was written
mkdir -p "$seen/tmp" "$seen/home" "$seen/cwd" "$seen/out"
passed=0
failed=0

ok() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    echo "FAIL leak: $*"
}

# ---- the search is able to see each form
"$plant" proof "$top/proof" "$list" $((seed + 1)) || exit 2
for f in "$top"/proof/*; do
    if "$search" "$list" "$f" >/dev/null; then bad "the search is blind to ${f##*/}"; else ok; fi
done
"$search" "$list" tests/arch/leak.sh || bad "the search sees what is not there"

# ---- the tree
"$plant" tree "$tree" "$list" "$seed" || exit 2
mapfile -t pan < <(head -n 20 "$list")
(
    cd "$tree" || exit 2
    mkdir "$top/pack" && cp plain.txt utf16le.txt "$top/pack/" && cp plain.txt "$top/pack/${pan[1]}.txt"
    tar -czf members.tar.gz -C "$top/pack" .
    gzip -c plain.txt >"${pan[2]}.gz"
    (cd "$top/pack" && 7z a -bd -tzip "$tree/inner.zip" . && 7z a -bd -tzip "-p${pan[3]}" "$tree/locked.zip" . &&
        7z a -bd -t7z -mhe=on "-p${pan[3]}" "$tree/locked.7z" .) >/dev/null
    tar -cJf nested.tar.xz inner.zip members.tar.gz
    head -c 150 members.tar.gz >cut.tar.gz
    { head -c 60 members.tar.gz; printf '%s' "${pan[4]}"; tail -c +80 members.tar.gz; } >damaged.tar.gz
    { printf 'PK\003\004'; cat plain.txt; } >not-really.zip
    ln -s "/nowhere/${pan[5]}" "link-${pan[6]}"
)

# ---- the runs
export TMPDIR=$seen/tmp HOME=$seen/home XDG_STATE_HOME=$seen/home XDG_CACHE_HOME=$seen/home XDG_RUNTIME_DIR=$seen/tmp
ulimit -c unlimited
cd "$seen/cwd" || exit 2
number=0

# run LABEL COMMAND...: keeps what it prints; a command that is not built is not run.
run() {
    local label=$1 status
    shift
    [ -x "$1" ] || return 0
    number=$((number + 1))
    timeout -k 5 60 "$@" >"$seen/out/$number-$label.out" 2>"$seen/out/$number-$label.err" </dev/null
    status=$?
    case $status in
    [0-3]) ok ;;
    124) bad "$label hangs" ;;
    *) bad "$label ends with status $status" ;;
    esac
}

finder=$bin/pan-finder
run finder "$finder" "$tree"
scan=$seen/out/$number-finder.out
cp "$scan" "$seen/scan.jsonl" 2>/dev/null
run finder-jobs "$finder" --jobs=2 "$tree" "$tree/plain.txt"
run finder-relative "$finder" "$tree/../tree/${pan[2]}.gz"
run finder-missing "$finder" "$tree/no/${pan[8]}"
run finder-unknown "$finder" "--${pan[9]}" "$tree"
run finder-value "$finder" "--jobs=${pan[9]}" "$tree"
run finder-letter "$finder" "-${pan[9]}"
run finder-kernel "$finder" "--kernel=${pan[9]}" "$tree"
run finder-nothing "$finder"
# Files of rules with numbers where none may stand, and where they may.
in_rules() {
    printf 'detection: {%s}\n' "$2" >"$tree/$1.rules.yaml"
    run "rules-$1" "$finder" --rules="$tree/$1.rules.yaml" "$tree/plain.txt"
    run "explain-$1" "$finder" --explain --rules="$tree/$1.rules.yaml" "$tree/plain.txt"
}
in_rules pattern "rules: [{name: a, pattern: '${pan[0]}', effect: card, reason: r}]"
in_rules broken "rules: [{name: a, pattern: '(${pan[0]}', effect: card, reason: r}]"
in_rules pieces "rules: [{name: a, pattern: '${pan[0]:0:4}[ -]?${pan[0]:4}', effect: card, reason: r}]"
in_rules slow "rules: [{name: a, pattern: '(.+)+(.+)+(.+)+${pan[0]:0:7}x', effect: card, reason: r}]"
in_rules name "rules: [{name: '${pan[0]}', pattern: a, effect: card, reason: r}]"
in_rules effect "rules: [{name: a, pattern: a, effect: '${pan[0]}', reason: r}]"
in_rules reason "ignore: {paths: [{path: /a, reason: 'see ${pan[0]}'}]}"
in_rules commas "ignore: {paths: [{path: '$tree*', reason: '${pan[0]:0:4},${pan[0]:4:4},${pan[0]:8}'}]}"
in_rules path "ignore: {paths: [{path: '/srv/${pan[0]}', reason: r}]}"
in_rules number "ignore: {numbers: [{number: '${pan[0]}', reason: of the manual}]}"
in_rules key "'${pan[0]}': 1"
in_rules yaml "[*${pan[0]}"

if [ -x "$finder" ]; then
    for f in plain full-sjis utf16be; do
        "$finder" - <"$tree/$f.txt" >"$seen/out/stdin-$f.out" 2>"$seen/out/stdin-$f.err"
    done
    # A reader that goes away, and a disk that is full.
    "$finder" "$tree" 2>"$seen/out/pipe.err" | head -n 1 >"$seen/out/pipe.out"
    "$finder" "$tree" >/dev/full 2>"$seen/out/full.err" && bad "a full disk is not noticed"
fi

for format in text json html csv; do
    for lang in en ja; do
        run "report-$format" "$bin/pan-report" "--format=$format" "--lang=$lang" "$seen/scan.jsonl"
    done
done
for scope in value key broken; do
    run "judge-$scope" "$bin/pan-judge" "--scope=$tree/scope-$scope.yaml" "$seen/scan.jsonl"
    run "assess-$scope" "$bin/pan-assess" "--scope=$tree/scope-$scope.yaml" "--out=$seen/evidence-$scope" "$tree"
done
run judge "$bin/pan-judge" "$seen/scan.jsonl"
run judge-wrong "$bin/pan-judge" "$tree/not-records.jsonl"
run judge-missing "$bin/pan-judge" "/nowhere/${pan[10]}"
run judge-unknown "$bin/pan-judge" "--${pan[11]}=${pan[12]}"
run report-wrong "$bin/pan-report" "$tree/not-records.jsonl"
run report-value "$bin/pan-report" "--format=${pan[11]}" "$seen/scan.jsonl"
run report-missing "$bin/pan-report" "/nowhere/${pan[11]}"
run assess "$bin/pan-assess" "--out=$seen/evidence" "$tree"
run assess-again "$bin/pan-assess" "--out=$seen/evidence" "$tree"
run assess-default "$bin/pan-assess" "$tree/plain.txt"
run assess-missing "$bin/pan-assess" "--out=$seen/evidence-missing" "/nowhere/${pan[13]}"
run assess-unknown "$bin/pan-assess" "--${pan[13]}" "$tree"
if [ -x "$bin/pan-assess" ]; then
    # On a terminal it shows progress.
    script -qec "'$bin/pan-assess' '--out=$seen/evidence-tty' '$tree'" "$seen/out/tty.out" </dev/null >/dev/null 2>&1
fi

# ---- crashes: every process of a run is killed while it holds numbers
descendants() {
    local child
    local -a children
    read -ra children 2>/dev/null <"/proc/$1/task/$1/children"
    for child in "${children[@]}"; do
        echo "$child"
        descendants "$child"
    done
}

crash() {
    local signal=$1 root process cwds=()
    { for _ in 1 2 3 4 5 6 7 8; do cat "$tree/plain.txt" "$tree/utf16le.txt"; sleep 0.2; done; } 2>/dev/null |
        "$finder" - >"$seen/out/crash-$signal.out" 2>"$seen/out/crash-$signal.err" &
    root=$!
    sleep 0.7
    mapfile -t family < <(echo "$root"; descendants "$root")
    for process in "${family[@]}"; do
        cwds+=("$(readlink "/proc/$process/cwd" 2>/dev/null)")
    done
    # Children first, one kind at a time: the parent must not hide what they leave.
    for ((i = ${#family[@]} - 1; i >= 0; i--)); do
        kill -"$signal" "${family[i]}" 2>/dev/null
        sleep 0.1
    done
    wait "$root" 2>/dev/null
    for dir in "${cwds[@]}"; do
        if [ -z "$dir" ] || [ "$dir" = "$seen/cwd" ]; then continue; fi
        find "$dir" -maxdepth 1 -type f -name 'core*' -newer "$list" -exec mv -t "$seen" {} + 2>/dev/null
    done
    ok
}
if [ -x "$finder" ]; then
    crash ABRT
    crash SEGV
    crash INT
fi
pattern=$(cat /proc/sys/kernel/core_pattern)
case $pattern in
'|'*) echo "leak: core dumps go to a program ($pattern): not looked at" ;;
/*) find "${pattern%/*}" -maxdepth 1 -type f -newer "$list" -exec cp -t "$seen" {} + 2>/dev/null ;;
esac

# ---- the search
chmod -R u+rwX "$seen"
find "$seen" -type f -name '*.zst' -exec zstd -dqk {} + 2>/dev/null
find "$seen" -type f -name '*.gz' -exec gunzip -k {} + 2>/dev/null
find "$seen" -depth -name '*' -printf '%f\n' >"$seen/names"
mapfile -d '' -t files < <(find "$seen" -type f -print0)
cores=$(find "$seen" -type f -name 'core*' | wc -l)
[ "$cores" -eq 0 ] || bad "$cores core dumps were written"
if "$search" "$list" "${files[@]}" >"$top/hits"; then
    ok
else
    bad "a planted number was written"
    sed "s|$seen/||" "$top/hits" | head -n 20
fi
# Masks show at most six digits before and four after.
if grep -rlaE '[0-9]{7,}\*{2,}|\*{2,}[0-9]{5,}' "$seen" >"$top/hits"; then
    bad "a mask shows too many digits"
    sed "s|$seen/||" "$top/hits" | head -n 20
else
    ok
fi
[ "$number" -gt 0 ] || bad "no command was run"
echo "leak: $number runs, ${#files[@]} files searched for $(wc -l <"$list") numbers"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
