"""Answers for a tool of the field: a line of JSON {answers, inputs} on standard input, a line {outputs} or {error} on standard output."""

import importlib
import json
import math
import sys


def plain(value):
    """NaN and infinities have no JSON: they are null."""
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


checks = importlib.import_module(sys.argv[1]).CHECKS
for line in sys.stdin:
    asked = json.loads(line)
    try:
        told = {"outputs": plain(checks[asked["answers"]](asked["inputs"]))}
    except Exception as error:  # what a tool cannot take is told, and compared
        told = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(told), flush=True)
