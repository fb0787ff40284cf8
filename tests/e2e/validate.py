"""Validates records against finding.schema.json, and the schema's lists against the tables in C.

    validate.py RECORDS.jsonl...

Prints at most ten breaches; status 1 if there is one.
"""
import json
import re
import sys

import jsonschema

with open("pan-finder/finding/finding.schema.json", encoding="utf-8") as f:
    schema = json.load(f)
defs = schema["$defs"]
jsonschema.Draft202012Validator.check_schema(schema)
validators = {
    name: jsonschema.Draft202012Validator({**schema, "oneOf": [{"$ref": f"#/$defs/{name}"}]})
    for name in (ref["$ref"].rsplit("/", 1)[1] for ref in schema["oneOf"])
}

bad = []
for table, macro, name in (("class.def", "PF_CLASS", "class"), ("gap.def", "PF_GAP", "reason")):
    with open(f"pan-finder/finding/{table}", encoding="utf-8") as f:
        in_c = re.findall(rf"^{macro}\((\w+)", f.read(), re.M)
    if in_c != defs[name]["enum"]:
        bad.append(f"finding.schema.json: {name} differs from {table}")

seen = set()
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            record = json.loads(line)
            name = record.get("subject") if record["record"] == "verdict" else record["record"]
            seen.add(name)
            if name not in validators:
                bad.append(f"{path}:{number}: no such record: {name}")
                continue
            for error in validators[name].iter_errors(record):
                bad.append(f"{path}:{number}: {name}: {error.message[:160]}")
for name in ("run", "object", "finding", "gap", "end", "entity", "location", "rule", "requirement", "coverage"):
    if name not in seen:
        bad.append(f"no {name} record was seen")
if bad:
    print("\n".join(bad[:10]))
sys.exit(bool(bad))
