"""python speech.py TASK FOLDER: jiwer on the pairs that speech.ts wrote; prints {seconds, values, peer}."""

import json
import os
import sys
import time
from importlib.metadata import version

import jiwer


def words(folder):
    with open(os.path.join(folder, "pairs.json"), encoding="utf-8") as file:
        pairs = json.load(file)
    references = [one for one, _ in pairs]
    hypotheses = [one for _, one in pairs]
    start = time.perf_counter()
    found = jiwer.process_words(references, hypotheses)
    seconds = time.perf_counter() - start
    names = ("wer", "mer", "wil", "wip", "hits", "substitutions", "deletions", "insertions")
    return {
        "seconds": seconds,
        "values": {name: getattr(found, name) for name in names},
        "peer": f"jiwer {version('jiwer')}",
    }


print(json.dumps({"words": words}[sys.argv[1]](sys.argv[2])))
