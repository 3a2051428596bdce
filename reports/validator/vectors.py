"""Runs the test vectors of this folder, as far as two libraries reach: `python3 vectors.py`.

jsonschema holds every record against the JSON Schema of its kind: the vectors themselves must fit.
A CEL library (cel-python, `pip install cel-python`) evaluates the rules that call only functions of CEL and see one record with its joins.
What is not installed, and what is out of reach, is skipped by name. Exit status: 0 all agree, 1 something differs.
"""

import collections
import json
import pathlib
import sys

here = pathlib.Path(__file__).resolve().parent
vectors = [json.loads(line) for line in (here / "vectors.jsonl").read_text("utf-8").splitlines()]
document = json.loads((here / "rules.json").read_text("utf-8"))
rules = {rule["id"]: rule for rule in document["rules"]}
schemas = {path.name: json.loads(path.read_text("utf-8")) for path in sorted((here / "schemas" / "records").glob("*.json"))}
failures = []
skipped = collections.Counter()


def check_schemas():
    try:
        from jsonschema import Draft202012Validator
        from referencing import Registry, Resource
    except ImportError:
        print("skipped jsonschema: it is not installed (pip install jsonschema)")
        return
    registry = Registry().with_resources([(schema["$id"], Resource.from_contents(schema)) for schema in schemas.values()])
    validators = {name.split(".")[0]: Draft202012Validator(schema, registry=registry) for name, schema in schemas.items()}
    count = 0
    for vector in vectors:
        for entry in vector["records"]:
            for kind, record in entry.items():
                count += 1
                for error in validators[kind].iter_errors(record):
                    failures.append(f"{vector['id']}: {kind}{error.json_path[1:]} {error.message}")
    print(f"jsonschema: {count} records held against {len(validators)} schemas")


def joins(records):
    """By position: the record with those that it refers to."""
    def by_id(kind):
        found = collections.defaultdict(list)
        for entry in records:
            if kind in entry and "id" in entry[kind]:
                value = entry[kind]["id"]
                found[(type(value) is str, value)].append(entry[kind])
        return {key: own[0] for key, own in found.items() if len(own) == 1}
    media, categories = by_id("media"), by_id("category")
    file = next((entry["file"] for entry in records if "file" in entry), {})
    for position, entry in enumerate(records):
        (kind, record), = entry.items()
        scope = {"file": file, kind: record}
        if kind == "annotation":
            for name, field, table in (("media", "media_id", media), ("category", "category_id", categories)):
                value = record.get(field)
                joined = table.get((type(value) is str, value), {})
                scope[name] = {key: joined[key] for key in ("id", "path", "width", "height", "split") if key in joined} if name == "media" else joined
        yield position, kind, scope


def out_of_reach(rule):
    if "assert" not in rule:
        return "no expression"
    if "within" in rule:
        return "groups"
    if rule["on"] not in ("annotation", "node"):
        return "asked after reading"
    if rule["functions"]:
        return "functions of ours"
    return None


def doubles(kind, record):
    """Whole numbers in fields of type number are doubles."""
    def turned(schema, value, base):
        while "$ref" in schema:
            name, _, path = schema["$ref"].partition("#")
            base = schemas[name] if name else base
            schema = base
            for part in path.split("/")[1:]:
                schema = schema[part]
        if isinstance(value, dict):
            return {key: turned(schema.get("properties", {}).get(key, {}), item, base) for key, item in value.items()}
        if isinstance(value, list):
            return [turned(schema.get("items", {}), item, base) for item in value]
        return float(value) if schema.get("type") == "number" and type(value) is int else value
    return turned(schemas[f"{kind}.schema.json"], record, schemas[f"{kind}.schema.json"])


def as_doubles(value):
    if isinstance(value, list):
        return [as_doubles(item) for item in value]
    return float(value) if type(value) is int else value


def check_cel():
    try:
        import celpy
    except ImportError:
        print("skipped cel: no CEL library is installed (pip install cel-python)")
        return
    environment = celpy.Environment()
    programs = {}

    def program(text):
        if text not in programs:
            programs[text] = environment.program(environment.compile(text))
        return programs[text]

    def outcome(rule, params, scope):
        """None: not asked. True, False. "error": could not be evaluated."""
        activation = {kind: celpy.json_to_cel(doubles(kind, record)) for kind, record in scope.items()}
        activation["params"] = celpy.json_to_cel({name: as_doubles(value) for name, value in params.items()})
        try:
            if "when" in rule and not program(rule["when"]).evaluate(activation):
                return None
            return bool(program(rule["assert"]).evaluate(activation))
        except celpy.CELEvalError:
            return "error"

    compared = 0
    for vector in vectors:
        for expected in vector["expected"]:
            rule = rules[expected["rule"]]
            reason = out_of_reach(rule)
            if reason is not None:
                skipped[reason] += 1
                continue
            params = {**rule.get("params", {}), **vector.get("params", {}).get(rule["id"], {})}
            outcomes = []
            try:
                for position, kind, scope in joins(vector["records"]):
                    if kind == rule["on"]:
                        outcomes.append((position, outcome(rule, params, scope)))
            except celpy.CELParseError:
                skipped["the library does not parse it"] += 1
                continue
            got = {
                "asked": sum(1 for _, one in outcomes if one in (True, False)),
                "not_evaluated": sum(1 for _, one in outcomes if one == "error"),
                "findings": [position for position, one in outcomes if one is False],
            }
            compared += 1
            if any(got[key] != expected[key] for key in got):
                failures.append(f"{vector['id']}: {rule['id']} {json.dumps(got)}, expected {json.dumps(expected)}")
    print(f"cel: {compared} answers compared; out of reach: {dict(sorted(skipped.items()))}")


check_schemas()
check_cel()
for line in failures[:50]:
    print(line)
print(f"{len(vectors)} vectors, {len(failures)} differences")
sys.exit(1 if failures else 0)
