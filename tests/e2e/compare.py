"""Compares records with the manifest of the demo shop.

    compare.py MANIFEST.tsv ROOT RECORDS.jsonl

Says which planted place was not named, which gap was not reported, and what was
named as confirmed or probable though nobody planted it. Status 1 if anything.
"""
import json
import sys

manifest_path, root, records_path = sys.argv[1:4]
found, gaps, objects, end = [], [], 0, None
with open(records_path, encoding="utf-8") as lines:
    for line in lines:
        record = json.loads(line)
        kind = record["record"]
        objects += kind == "object"
        if kind == "finding":
            found.append(record)
        elif kind == "gap" and not record.get("note"):
            gaps.append(record)
        elif kind == "end":
            end = record


def place(record):
    return record["path"].removeprefix(root).lstrip("/")


def holds(inner, steps):
    """True when the manifest's steps appear in this order in the record's."""
    rest = iter(steps)
    return all(step in rest for step in inner)


bad = []
planted = set()
firm = {}  # place -> whether a number in it was named with more than "possible"
with open(manifest_path, encoding="utf-8") as lines:
    for line in lines:
        if line.startswith("#"):
            continue
        path, inner, cls, what = line.rstrip("\n").split("\t")
        inner = inner.split(">") if inner else []
        if cls == "gap":
            if not any(place(g) == path and g["reason"] == what for g in gaps):
                bad.append(f"gap not reported: {path}: {what}")
            continue
        planted.add((path, what))
        same = [f for f in found if place(f) == path and f["pan"] == what and holds(inner, f.get("inner", []))]
        named = [f for f in same if f["class"] == cls]
        if not named:
            seen = sorted({f["class"] for f in same})
            bad.append(f"not named: {path} {inner or ''}: {cls} {what}" + (f" (named as {seen})" if seen else ""))
        elif cls != "TEST_PAN":
            here = (path, *inner)
            firm[here] = firm.get(here, False) or any(f["confidence"] != "possible" for f in named)

bad += [f"only possible numbers: {' > '.join(here)}" for here, is_firm in firm.items() if not is_firm]
for f in found:
    if f["confidence"] != "possible" and (place(f), f["pan"]) not in planted:
        bad.append(f"not planted: {place(f)} line {f.get('line')}: {f['class']} {f['pan']} {f['confidence']} {f['reasons']}")
expected_gaps = {"home/office/会員_202605.7z", "home/office/会員_202604.zip"}
for g in gaps:
    if place(g) not in expected_gaps:
        bad.append(f"gap not planted: {place(g)}: {g['reason']} {g.get('detail', '')}")
if objects == 0 or end is None or end["status"] != "complete":
    bad.append("the records have no objects or no end")
if bad:
    print("\n".join(bad))
sys.exit(bool(bad))
