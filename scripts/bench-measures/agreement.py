"""Krippendorff's alpha of a million ratings, by the krippendorff package: units by categories counted, then timed. It has no bootstrap."""

import json
import sys
import time
from importlib.metadata import version

import krippendorff
import numpy

RATINGS = 1_000_000


def main(folder):
    columns = numpy.fromfile(f"{folder}/ratings.i32", dtype=numpy.int32).reshape(3, RATINGS)
    unit, _, category = columns
    before = time.perf_counter()
    counts = numpy.zeros((unit.max() + 1, category.max() + 1), dtype=numpy.int64)
    numpy.add.at(counts, (unit, category), 1)
    alpha = krippendorff.alpha(value_counts=counts, level_of_measurement="nominal")
    seconds = time.perf_counter() - before
    peer = "krippendorff " + version("krippendorff")
    print(json.dumps({"seconds": seconds, "values": {"alpha": float(alpha)}, "peer": peer}))


main(sys.argv[2])
