#!/bin/bash
# embed.sh OUT FILE...: writes OUT, C arrays with the bytes of each FILE and the
# SHA-256 that a Content-Security-Policy names it by. style.css becomes
# rpt_style_css (bytes, no NUL) and rpt_style_css_hash ("sha256-<base64>").
set -euo pipefail
out=$1
shift
mkdir -p "$(dirname "$out")"
{
    for file in "$@"; do
        name=rpt_$(basename "$file" | tr '.-' '__')
        hex=$(sha256sum < "$file" | cut -c1-64 | sed 's/../\\x&/g')
        # shellcheck disable=SC2059 # the format is the hash, as escapes
        hash=$(printf "$hex" | base64)
        echo "static const unsigned char ${name}[] = {"
        od -An -v -tx1 "$file" | sed 's/ \([0-9a-f][0-9a-f]\)/0x\1,/g'
        echo '};'
        echo "static const char ${name}_hash[] = \"sha256-$hash\";"
    done
} > "$out.new"
mv "$out.new" "$out"
