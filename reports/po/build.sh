#!/bin/sh
# build.sh PO_DIR OUT_DIR: checks both catalogues and makes OUT_DIR/messages.h
# and OUT_DIR/messages.inc from them. Needs gettext.
set -eu
po=$1
out=$2
mkdir -p "$out"
rows=$(mktemp "$out/messages.XXXXXX")
trap 'rm -f "$rows" "$rows".sorted' EXIT

for lang in en ja; do
    msgfmt --check -o /dev/null "$po/$lang.po"
    msgcat --no-wrap --to-code=UTF-8 "$po/$lang.po" > "$rows.$lang"
    awk -v lang="$lang" -f "$po/messages.awk" "$rows.$lang" >> "$rows"
    rm -f "$rows.$lang"
done
LC_ALL=C sort -s -t "$(printf '\t')" -k1,1 "$rows" > "$rows.sorted"

{
    echo '/* Made from reports/po by build.sh. */'
    echo '#ifndef RPT_MESSAGES_H'
    echo '#define RPT_MESSAGES_H'
    echo 'enum rpt_msg {'
    awk -v want=enum -f "$po/table.awk" "$rows.sorted"
    echo '    RPT_MSG_COUNT'
    echo '};'
    echo '#endif'
} > "$out/messages.h.new"
awk -v want=table -f "$po/table.awk" "$rows.sorted" > "$out/messages.inc.new"
mv "$out/messages.h.new" "$out/messages.h"
mv "$out/messages.inc.new" "$out/messages.inc"
