#!/bin/bash
# Fuzzes one target with clang's engine; new inputs go to build/fuzz/NOUN.
#   tests/lib/fuzz.sh NOUN SECONDS
set -eu
cd "$(dirname "$0")/../.."
noun=${1:?which target? one of: $(cd tests/fuzz && echo fuzz_*.c)}
seconds=$2
b=build/fuzzer
flags='-fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all'
make --no-print-directory B=$b CC=clang OPT=-O1 SAN="$flags" "$b/tests/fuzz/fuzz_$noun"
# The same objects without replay.c, linked with the engine.
mapfile -t objects < <(make -n --no-print-directory V=1 -W "tests/fuzz/fuzz_$noun.c" B=$b CC=clang SAN="$flags" \
    "$b/tests/fuzz/fuzz_$noun" | awk '/ -o .*tests\/fuzz\/fuzz_[a-z0-9_]* / { for (i = 1; i <= NF; i++)
        if ($i ~ /\.o$/ && $i !~ /lib\/replay\.o$/ || $i ~ /^-l/) print $i }')
clang -fsanitize=address,undefined,fuzzer -o "$b/engine_$noun" "${objects[@]}"
mkdir -p "build/fuzz/$noun"
exec "$b/engine_$noun" -max_total_time="$seconds" -print_final_stats=1 -artifact_prefix="build/fuzz/$noun-" \
    "build/fuzz/$noun" "tests/fuzz/corpus/$noun"
