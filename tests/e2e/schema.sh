#!/bin/bash
# Every record of a run and of its judgement is valid under finding.schema.json.
set -u
cd "$(dirname "$0")/../.." || exit 2
B=${B:-build}
top=$(mktemp -d) || exit 2
trap 'chmod -R u+rwX "$top"; rm -rf "$top"' EXIT

tests/data/gen/demo-shop.sh "$B/tools/demo-shop" "$top/demo" 1 || exit 2
# Names that are not UTF-8, a FIFO, a link that leads out, a cut archive.
odd=$top/demo/shop/odd
mkdir "$odd"
touch "$odd/$(printf 'bad \377 name')" "$odd/empty"
mkfifo "$odd/fifo"
ln -s /etc "$odd/out"
head -c 200 "$top/demo/shop/var/log/nginx/access.log.2.gz" >"$odd/cut.gz"
"$B/bin/pan-finder" "$top/demo/shop" >"$top/scan.jsonl"
"$B/bin/pan-judge" "$top/scan.jsonl" >"$top/verdict.jsonl"
python3 tests/e2e/validate.py "$top/scan.jsonl" "$top/verdict.jsonl"
