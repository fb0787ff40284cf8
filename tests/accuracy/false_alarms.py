"""Scans real data that holds no card data and lists what was found all the same.
usage: false_alarms.py PAN-FINDER FOLDER...

Every confirmed or probable finding is shown, for a person to explain: target, at most
one in 10 GB."""
import json
import subprocess
import sys


def main():
    run = subprocess.Popen([sys.argv[1], *sys.argv[2:]], stdout=subprocess.PIPE, text=True, errors="replace")
    counts, tests, size, objects = {}, 0, 0, 0
    for line in run.stdout:
        record = json.loads(line)
        if record["record"] == "end":
            size, objects = record["bytes"], record["objects"]
        if record["record"] != "finding":
            continue
        if record["test_pan"]:
            tests += 1
            continue
        sure = record["confidence"]
        counts[sure] = counts.get(sure, 0) + 1
        if sure != "possible":
            print("%s %s %s %s line %s: %s %s" % (sure, record["class"], record.get("pan", ""), record["encoding"], record.get("line", "-"),
                                                  " > ".join([record["path"], *record.get("inner", [])]), ",".join(record["reasons"])))
    status = run.wait()
    if status not in (0, 1, 3):
        sys.exit("false-alarms: pan-finder ends with status %d" % status)
    alarms = counts.get("confirmed", 0) + counts.get("probable", 0)
    print("%d objects, %.2f GB searched: confirmed %d, probable %d, possible %d; published test numbers %d" % (
        objects, size / 1e9, counts.get("confirmed", 0), counts.get("probable", 0), counts.get("possible", 0), tests))
    print("false alarms per 10 GB: %.2f (at most 1)" % (alarms / (size / 1e10) if size else 0))


if __name__ == "__main__":
    main()
