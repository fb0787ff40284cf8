"""Makes a labelled corpus of card data by seed, scans it, and prints recall, false
alarms and calibration. usage: run.py PAN-FINDER SCRATCH SEED

SCRATCH is made anew. Exit status 1 when a target of docs/detection.md is missed."""
import json
import os
import random
import subprocess
import sys

import elements
import lookalikes
import negatives
import pairs
import positives
import records
import varied_elements
import variations
import written_out
from cardnumbers import Numbers

TARGET = {"basic": 1.0, "standard": 1.0, "hard": 0.99, "further": 0.0}
SHOWN = 4


class Context:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.numbers = Numbers(self.rng)


def write(path, data):
    with open(path, "wb") as f:
        f.write(data)


def build(ctx, root):
    """Writes all files; returns {path: (level, group, expected)}."""
    labels = {}
    for level, group, make in (positives.GROUPS + elements.GROUPS + variations.GROUPS + varied_elements.GROUPS + records.GROUPS +
                               pairs.GROUPS + written_out.GROUPS):
        folder = os.path.join(root, "positive", group.replace(" ", "-").replace(",", ""))
        os.makedirs(folder)
        for i, sample in enumerate(make(ctx)):
            path = os.path.join(folder, "%03d.%s" % (i, sample.suffix))
            write(path, sample.data)
            labels[path] = (level, group, sample.expect)
    os.makedirs(os.path.join(root, "negative"))
    for group, data in [*negatives.make(ctx), *lookalikes.make(ctx)]:
        path = os.path.join(root, "negative", group.replace(" ", "-").replace(",", ""))
        write(path, data)
        labels[path] = ("negative", group, [])
    return labels


def scan(finder, root):
    """{path: [finding]} of one run; the records hold masked numbers only."""
    run = subprocess.run([finder, root], capture_output=True, text=True, errors="replace", check=False)
    if run.returncode not in (0, 1, 3):
        sys.exit("accuracy: pan-finder ends with status %d: %s" % (run.returncode, run.stderr[-500:]))
    found = {}
    for line in run.stdout.splitlines():
        record = json.loads(line)
        if record["record"] == "finding":
            found.setdefault(record["path"], []).append(record)
    return found


def fits(finding, want):
    classes, number = want
    return finding["class"] in classes and (number is None or finding.get("pan") == number)


def count_positives(labels, found):
    """Per group: wanted, found at all, found confirmed or probable; and what was missed."""
    table, missed = {}, {}
    for path, (level, group, expect) in labels.items():
        if level == "negative":
            continue
        row = table.setdefault((level, group), [0, 0, 0])
        for want in expect:
            hits = [f for f in found.get(path, []) if fits(f, want)]
            row[0] += 1
            row[1] += bool(hits)
            row[2] += any(f["confidence"] != "possible" for f in hits)
            if not hits:
                missed.setdefault((level, group), []).append((path, want))
    return table, missed


def is_right(finding, expect):
    """A finding in a file of positives is right when it is one of what was put there."""
    number = finding.get("pan", "")
    if not number:
        return any(w[1] is None and finding["class"] in w[0] for w in expect) or finding.get("reasons", [""])[0] == "not-listed-singly"
    return any(w[1] == number for w in expect)


def calibration(labels, found):
    table = {c: [0, 0] for c in ("confirmed", "probable", "possible")}
    wrong = []
    for path, findings in found.items():
        level, group, expect = labels[path]
        for f in findings:
            right = level != "negative" and is_right(f, expect)
            table[f["confidence"]][0] += 1
            table[f["confidence"]][1] += right
            if not right and f["confidence"] != "possible":
                wrong.append((group, path, f))
    return table, wrong


def percent(part, whole):
    return 100.0 * part / whole if whole else 100.0


def print_positives(table, missed, root):
    failed = []
    print("%-9s %-32s %7s %9s %9s" % ("level", "group", "wanted", "recall", "conf+prob"))
    for (level, group), (n, any_, sure) in table.items():
        ok = any_ >= n * TARGET[level]
        print("%-9s %-32s %7d %8.2f%% %8.2f%%%s" % (level, group, n, percent(any_, n), percent(sure, n), "" if ok else "  MISS"))
        if not ok:
            failed.append(group)
    for level in TARGET:
        rows = [v for (lv, _), v in table.items() if lv == level]
        n, any_, sure = (sum(r[i] for r in rows) for i in range(3))
        print("%-9s %-32s %7d %8.2f%% %8.2f%%" % (level, "all", n, percent(any_, n), percent(sure, n)))
    for key, rows in missed.items():
        for path, want in rows[:SHOWN]:
            print("missed: %s: %s wants %s %s" % (key[1], os.path.relpath(path, root), "/".join(want[0]), want[1] or ""))
    return failed


def print_negatives(labels, found):
    print("\n%-34s %9s %9s %9s" % ("negatives", "confirmed", "probable", "possible"))
    for path, (level, group, _) in labels.items():
        if level != "negative":
            continue
        counts = dict.fromkeys(("confirmed", "probable", "possible"), 0)
        for f in found.get(path, []):
            counts[f["confidence"]] += f["count"] if f["confidence"] == "possible" else 1
        print("%-34s %9d %9d %9d" % (group, counts["confirmed"], counts["probable"], counts["possible"]))


def print_calibration(table, wrong, root):
    least = {"confirmed": 99.0, "probable": 80.0, "possible": 0.0}
    failed = []
    print("\n%-12s %8s %8s" % ("called", "findings", "right"))
    for name, (n, right) in table.items():
        ok = percent(right, n) >= least[name]
        print("%-12s %8d %7.2f%%%s" % (name, n, percent(right, n), "" if ok else "  MISS"))
        if not ok:
            failed.append(name)
    n, right = (table["confirmed"][i] + table["probable"][i] for i in (0, 1))
    print("%-12s %8d %7.2f%%" % ("conf+prob", n, percent(right, n)))
    if percent(right, n) < 99.0:
        failed.append("precision")
    shown = {}
    for group, path, f in wrong:
        shown[group] = shown.get(group, 0) + 1
        if shown[group] <= SHOWN:
            print("wrong: %s: %s %s %s %s %s %s" % (group, os.path.relpath(path, root), f["class"], f["confidence"],
                                                    f.get("pan", ""), f["encoding"], ",".join(f["reasons"])))
    return failed


def main():
    finder, root, seed = sys.argv[1], sys.argv[2], int(sys.argv[3])
    print("seed %d" % seed)
    labels = build(Context(seed), root)
    found = scan(finder, root)
    table, missed = count_positives(labels, found)
    failed = print_positives(table, missed, root)
    print_negatives(labels, found)
    failed += print_calibration(*calibration(labels, found), root)
    print("\n%s" % ("missed: " + ", ".join(failed) if failed else "all targets met"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
