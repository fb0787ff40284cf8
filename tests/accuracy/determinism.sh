#!/bin/bash
# Two runs over the same bytes give the same findings. Makes the labelled corpus by
# SEED and compares what is told of it: by the detector alone with every kernel and
# many windows (determinism.c), and by whole runs of pan-finder with each kernel, one
# to four scanners, and the files in reverse. Differences are printed, masked.
#   B=build tests/accuracy/determinism.sh SEED
set -u
cd "$(dirname "$0")/../.." || exit 2
B=${B:-build}
seed=${1:?which seed?}
finder=$B/bin/pan-finder
top=$(mktemp -d) || exit 2
trap 'rm -rf "$top"' EXIT
bad=0

echo "seed $seed"
mkdir "$top/corpus" || exit 2
PYTHONDONTWRITEBYTECODE=1 python3 tests/accuracy/run.py "$finder" "$top/corpus" "$seed" >/dev/null
find "$top/corpus" -type f | sort >"$top/list"
"$B/tools/determinism" "$seed" <"$top/list" >"$top/windows" || bad=1
sed "s|$top/corpus/||" "$top/windows"

# Some of it in containers too: their members are objects like others.
head -n 300 "$top/list" | tar -czf "$top/corpus/some.tar.gz" -P -T -
mapfile -t files < <(sort -r "$top/list")
files=("$top/corpus/some.tar.gz" "${files[@]}")

# run OUT OPTION|FILE...: the records, but those of the run itself, sorted.
run() {
    local out=$1
    shift
    "$finder" --key-file="$top/key" "$@" >"$top/records"
    [ $? -le 3 ] || { echo "pan-finder ends with an error: $*" | cut -c1-200; bad=1; }
    grep -vE '^\{"record":"(run|end)"' "$top/records" | sort >"$top/$out"
}

# same NAME: compares what run kept with the first run.
same() {
    local name=$1
    if cmp -s "$top/first" "$top/next"; then
        echo "same: $name"
        return
    fi
    bad=1
    echo "differs: $name"
    diff "$top/first" "$top/next" | sed "s|$top/corpus/||" | head -n 6 | cut -c1-300
}

run first --jobs=1 "$top/corpus"
echo "$(wc -l <"$top/first") records, $(grep -c '"record":"finding"' "$top/first") findings"
[ -s "$top/first" ] || bad=1
for kernel in avx512 avx2 stride scalar; do
    "$finder" --kernel=$kernel /dev/null >/dev/null 2>&1
    [ $? -ne 2 ] || { echo "not on this processor: $kernel"; continue; }
    run next --jobs=1 --kernel=$kernel "$top/corpus"
    same "kernel $kernel"
done
for jobs in 2 4; do
    run next --jobs=$jobs "$top/corpus"
    same "$jobs scanners"
done
run next --jobs=2 "${files[@]}"
same "files in reverse"
exit $bad
