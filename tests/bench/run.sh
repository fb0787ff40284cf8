#!/bin/bash
# Measures speed and memory as ratios: every row compares two commands that ran in
# turn on the same files with a warm page cache. Prints a table; judges nothing.
#   B=build tests/bench/run.sh [ROW]...
#   BENCH_MIB=512   size of the large files     BENCH_RUNS=5    runs, medians are shown
#   BENCH_FULL=1    five million small files instead of 200,000
set -u
cd "$(dirname "$0")/../.." || exit 2
B=$(realpath "${B:-build}")
mib=${BENCH_MIB:-512}
runs=${BENCH_RUNS:-5}
small=200000
[ "${BENCH_FULL:-0}" = 1 ] && small=5000000
data=$B/bench
finder=$B/bin/pan-finder
export LC_ALL=C
mkdir -p "$data"

# One measurement of COMMAND: appends to the two lists of its name.
declare -A seconds memory
take() {
    local name=$1 s kib status
    shift
    read -r s kib status < <("$B/tools/measure" "$@")
    if [ "${status:-9}" -gt 3 ]; then echo "bench: $name ends with status ${status:-?}" >&2; fi
    seconds[$name]+="${s:-0} "
    memory[$name]+="${kib:-0} "
}

median() { tr ' ' '\n' <<<"${seconds[$1]}" | grep . | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
most_kib() { tr ' ' '\n' <<<"${memory[*]}" | grep . | sort -n | tail -n 1; }

# row WHAT OURS THEIRS RATIO BOUND SENSE: SENSE is "most" or "least".
row() {
    awk -v what="$1" -v ours="$2" -v theirs="$3" -v ratio="$4" -v bound="$5" -v sense="$6" 'BEGIN {
        # A run that failed has no time: its row is never ok.
        ok = ratio > 0 && (sense == "most" ? ratio <= bound : ratio >= bound)
        printf "%-42s %9s %9s %8.2f  %s %-5s %s\n", what, ours, theirs, ratio, sense == "most" ? "<=" : ">=", bound,
            ok ? "ok" : "MISS" }'
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { print (b > 0 ? a / b : 0) }'; }
wanted() { [ ${#rows[@]} -eq 0 ] || [[ " ${rows[*]} " == *" $1 "* ]]; }
rows=("$@")

# What a person would grep for to see all that we look at: 13 to 19 digits, alone or
# with a space or hyphen anywhere between, as a word. No Luhn, ranges, context, masking.
expression='\b([0-9][ -]?){12,18}[0-9]\b'

# What each dress, element and wrapping costs there.
parts() { "$B/tools/dresscost" "$1"; }

large() {
    local kind=$1 cat_bound=$2 grep_bound=$3 file=$data/$1-$mib ours cat rg grep best
    [ -s "$file" ] || "$B/tools/bench-data" "$kind" "$file" "$mib" 1
    cat "$file" >/dev/null
    for ((i = 0; i < runs; i++)); do
        take "ours-$kind" "$finder" --jobs=1 "$file"
        take "cat-$kind" sh -c "cat '$file' >/dev/null"
        [ "$i" -lt 3 ] || continue          # slow, and steady enough
        # Each number, as we find each; through a pipe: into /dev/null they would stop
        # at the first match. One that is not done in half a minute is not the faster.
        take "rg-$kind" sh -c "timeout 30 rg -uuu -a -j1 -o -e '(?-u)$expression' '$file' | cat"
        [ "$i" -gt 0 ] || take "grep-$kind" sh -c "timeout 30 grep -a -o -E '$expression' '$file' | cat"
    done
    ours=$(median "ours-$kind") cat=$(median "cat-$kind") rg=$(median "rg-$kind") grep=$(median "grep-$kind")
    best=$(printf '%s\n' "$rg" "$grep" | sort -n | head -n 1)
    unset "memory[cat-$kind]" "memory[rg-$kind]" "memory[grep-$kind]"
    row "$kind, $mib MiB: times cat" "$ours" "$cat" "$(ratio "$ours" "$cat")" "$cat_bound" most
    row "$kind, $mib MiB: times faster than grep, rg" "$ours" "$best" "$(ratio "$best" "$ours")" "$grep_bound" least
    parts "$file"
}

# Most bytes stand in base64: none of the others looks into it.
mail() {
    local file=$data/mail-$mib ours cat
    [ -s "$file" ] || "$B/tools/bench-data" mail "$file" "$mib" 1
    cat "$file" >/dev/null
    for ((i = 0; i < runs; i++)); do
        take ours-mail "$finder" --jobs=1 "$file"
        take cat-mail sh -c "cat '$file' >/dev/null"
    done
    ours=$(median ours-mail) cat=$(median cat-mail)
    unset 'memory[cat-mail]'
    row "mail, $mib MiB: times cat" "$ours" "$cat" "$(ratio "$ours" "$cat")" 6 most
    parts "$file"
}

system_tree() {
    local ours cat
    find /usr -xdev -type f -print0 | xargs -0 cat >/dev/null
    for ((i = 0; i < runs; i++)); do
        take ours-usr "$finder" --jobs=2 /usr
        take cat-usr sh -c 'find /usr -xdev -type f -print0 | xargs -0 cat >/dev/null'
    done
    ours=$(median ours-usr) cat=$(median cat-usr)
    unset 'memory[cat-usr]'
    row "/usr, 2 scanners: times find | xargs cat" "$ours" "$cat" "$(ratio "$ours" "$cat")" 1.5 most
}

source_archive() {
    local file=$data/source.tar.gz ours gzip
    [ -s "$file" ] || tar -czf "$file" -C / usr/include 2>/dev/null
    for ((i = 0; i < runs; i++)); do
        take ours-gzip "$finder" --jobs=1 "$file"
        take gzip sh -c "gzip -dc '$file' >/dev/null"
    done
    ours=$(median ours-gzip) gzip=$(median gzip)
    unset 'memory[gzip]'
    row ".tar.gz of /usr/include: times gzip -dc" "$ours" "$gzip" "$(ratio "$ours" "$gzip")" 1.3 most
}

small_files() {
    local folder=$data/small-$small kib
    if [ ! -e "$folder/done" ]; then
        "$B/tools/bench-data" small "$folder" "$small" 1 && touch "$folder/done"
    fi
    take ours-small "$finder" --jobs=2 "$folder"
    kib=$(tr ' ' '\n' <<<"${memory[ours-small]}" | sort -n | tail -n 1)
    row "$small small files: MiB of the largest process" "$(median ours-small)" - "$(ratio "$kib" 1024)" 64 most
}

printf '%-42s %9s %9s %8s  %s\n' "row (medians of $runs; seconds)" ours theirs ratio floor
wanted log && large log 2.5 6
wanted random && large random 1.7 8
wanted csv && large csv 6 3
wanted mail && mail
wanted usr && system_tree
wanted gzip && source_archive
wanted small && small_files
row "every run: MiB of the largest process" - - "$(ratio "$(most_kib)" 1024)" 64 most
echo "machine: $(nproc) processors, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), kernel $(uname -r)"
