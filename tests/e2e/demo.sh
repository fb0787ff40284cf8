#!/bin/bash
# The demo shop: an assessment names every planted place, the locked archives as
# gaps, and nothing else as confirmed or probable; the verdict is N3.
set -u
cd "$(dirname "$0")/../.." || exit 2
B=${B:-build}
top=$(mktemp -d) || exit 2
trap 'rm -rf "$top"' EXIT
bad=0
complain() { echo "$*"; bad=1; }

tests/data/gen/demo-shop.sh "$B/tools/demo-shop" "$top/demo" 1 || exit 2
"$B/bin/pan-finder" "$top/demo/shop" >"$top/scan.jsonl" 2>"$top/scan.err"
status=$?
[ $status -eq 1 ] || complain "pan-finder: exit status $status, expected 1: $(head -n 3 "$top/scan.err")"
python3 tests/e2e/compare.py "$top/demo/MANIFEST.tsv" "$top/demo/shop" "$top/scan.jsonl" || bad=1

"$B/bin/pan-assess" --out="$top/evidence" "$top/demo/shop" >"$top/assess.out" 2>"$top/assess.err"
status=$?
[ $status -eq 1 ] || complain "pan-assess: exit status $status, expected 1: $(head -n 3 "$top/assess.err")"
grep -q 'N3' "$top/assess.out" || complain "pan-assess: no verdict N3 in: $(head -n 5 "$top/assess.out")"
for file in run.json findings.jsonl verdict.json report.html manifest.json; do
    [ -s "$top/evidence/$file" ] || complain "the evidence folder has no $file"
done
exit $bad
