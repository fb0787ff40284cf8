#!/bin/bash
# Input made to be slow or large: lines without an end, and the worst bytes known for
# each finder and wrapping. Memory stays in its bound, time grows with the size and no
# faster; the speed of each is printed (docs/detection.md, "Bad input").
#   B=build tests/stress/run.sh [MIB]      size of the largest line, default 1024
set -u
cd "$(dirname "$0")/../.." || exit 2
B=${B:-build}
finder=$B/bin/pan-finder
largest=${1:-1024}
memory_max=$((64 * 1024))      # KiB
ratio_max=8                    # 256 MiB against 64 MiB; 4 is linear
bad=0
top=$(mktemp -d) || exit 2
trap 'rm -rf "$top"' EXIT

complain() {
    echo "FAIL $*"
    bad=1
}

# fill PATTERN MIB: makes a file of the pattern, again and again, in one line; backslashes as in printf.
fill() {
    # shellcheck disable=SC2059  # the pattern is a format without values
    for _ in {1..512}; do printf "$1"; done >"$top/a"
    while [ "$(stat -c %s "$top/a")" -lt $(($2 << 20)) ]; do
        cat "$top/a" "$top/a" "$top/a" "$top/a" >"$top/object"
        mv "$top/object" "$top/a"
    done
    mv "$top/a" "$top/object"
    truncate -s "$2M" "$top/object"
}

# scan NAME PATTERN MIB: sets `seconds` and prints a line.
scan() {
    local kib status
    fill "$2" "$3"
    read -r seconds kib status < <("$B/tools/measure" "$finder" --jobs=1 "$top/object")
    printf '%-28s %6d MiB %8.2f s %7.1f MB/s %6d KiB\n' "$1" "$3" "$seconds" \
        "$(awk -v n="$3" -v s="$seconds" 'BEGIN { print n * 1.048576 / (s > 0 ? s : 0.001) }')" "$kib"
    case $status in 0 | 1 | 3) ;; *) complain "$1 ends with status $status" ;; esac
    [ "$kib" -le $memory_max ] || complain "$1 takes $kib KiB"
}

# line NAME PATTERN: small against large.
line() {
    local small
    scan "$1" "$2" 64
    small=$seconds
    scan "$1" "$2" 256
    awk -v a="$small" -v b="$seconds" -v most=$ratio_max 'BEGIN { exit !(b <= most * (a > 0.2 ? a : 0.2)) }' ||
        complain "$1: 256 MiB take more than $ratio_max times as long as 64 MiB"
}

echo "lines without an end"
line 'digit 4' '4'
line 'digits' '1234567890123456789'
line 'base64 letters' 'TkRFeE1URXhN'
line 'percent' '%%'
line 'backslash' '\134'
line 'equals' '='
line 'less than' '<'
line 'ampersand' '&'
line 'quote' '"'
line 'comma' ','
line 'bytes 00' '\0'
line 'bytes 99' '\231'
scan 'digits' '4111111111111112 ' "$largest"

echo "worst cases of finders and wrappings"
while read -r name pattern; do
    scan "$name" "$pattern" 8
done <<'EOF'
base64-of-base64 TkRFeE1URXhNVEV4TVRFeA
hex-of-digits 34313131
hex-dump-pairs \0404\061\040\061\061\040\061\061
percent-digits %%34
percent-of-percent %%2534
entities &#52;
json-escapes \\\\u0034
quoted-printable =34
rtf \\\\'34
uuencode-lines \nM4131131131131131131131131131131131131131131131131131131131131
masked 4***
hidden-cells 4111,\042
csv-codes cvv,123;
split-cells 4111|1111|
exponents 4.11E+15,
names-of-codes cvv=123;pin=1234;
iso-2022-jp \033$B#4#1
ebcdic-digits \364\361
packed-decimals \001\101\021\021\021
tlv-rows \132\010\101\021\021\021\021\021\021\021
tlv-lengths \127\204\377\377\377\377\101\021
tlv-nesting \160\200\127\023\101\021
iso8583-heads 0200\162\040\0
utf-32 4\0\0\0
utf-16 4\0001\0
sql-tuples ('4111',(
tracks %%B4111^A;4111=
EOF
exit $bad
