"""crowd-kit's side of scripts/bench-measures/annotators.ts: python annotators.py TASK FOLDER prints {seconds, values, peer}."""

import json
import sys
import time
import warnings
from importlib.metadata import version

import numpy as np
import pandas as pd
from crowdkit.aggregation import DawidSkene

warnings.filterwarnings("ignore")
folder = sys.argv[2]
data = pd.DataFrame({name: np.fromfile(f"{folder}/{name}.i32", dtype=np.int32) for name in ("task", "worker", "label")})
before = time.perf_counter()
# No early end: the same 20 steps as ours, from the same shares of votes.
model = DawidSkene(n_iter=20, tol=-np.inf).fit(data)
seconds = time.perf_counter() - before
posteriors = model.probas_.sort_index().sort_index(axis=1).to_numpy()
labels = posteriors.argmax(axis=1)
weighted = 0
for t, label in enumerate(labels.tolist()):
    weighted = (weighted * 31 + label + 1 + t % 7) % 1_000_003
values = {"labels": weighted}
values |= {f"prior {c}": float(p) for c, p in model.priors_.sort_index().items()}
values |= {f"task {t} label {c}": float(posteriors[t, c]) for t in range(0, len(posteriors), 500) for c in range(posteriors.shape[1])}
print(json.dumps({"seconds": seconds, "values": values, "peer": f"crowd-kit {version('crowd-kit')}"}))
