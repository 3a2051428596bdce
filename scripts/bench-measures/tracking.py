"""python tracking.py TASK FOLDER: TrackEval on the sequences that tracking.ts wrote; prints {seconds, values, peer}."""

import json
import os
import sys
import time

import numpy
import trackeval
from importlib.metadata import version
from trackeval.metrics import CLEAR, HOTA, Identity



def load(folder, at):
    def column(name, kind):
        return numpy.fromfile(os.path.join(folder, f"{at}-{name}.bin"), dtype=kind)

    with open(os.path.join(folder, f"{at}.json"), encoding="utf-8") as file:
        plain = json.load(file)
    gt, gt_start = column("truth", "<i4"), column("truthStart", "<i4")
    tracker, tracker_start = column("tracker", "<i4"), column("trackerStart", "<i4")
    similarity, similarity_start = column("similarity", "<f8"), column("similarityStart", "<i4")
    frames = range(plain["frames"])
    gt_ids = [gt[gt_start[t] : gt_start[t + 1]].astype(int) for t in frames]
    tracker_ids = [tracker[tracker_start[t] : tracker_start[t + 1]].astype(int) for t in frames]
    return {
        "num_timesteps": plain["frames"],
        "num_gt_ids": plain["truthIds"],
        "num_tracker_ids": plain["trackerIds"],
        "num_gt_dets": len(gt),
        "num_tracker_dets": len(tracker),
        "gt_ids": gt_ids,
        "tracker_ids": tracker_ids,
        "similarity_scores": [
            similarity[similarity_start[t] : similarity_start[t + 1]].reshape(len(gt_ids[t]), len(tracker_ids[t]))
            for t in frames
        ],
    }


def mot(folder):
    count = len([name for name in os.listdir(folder) if name.endswith(".json")])
    data = {str(at): load(folder, at) for at in range(count)}
    start = time.perf_counter()
    found = {}
    for metric in (HOTA(), CLEAR({"PRINT_CONFIG": False}), Identity({"PRINT_CONFIG": False})):
        found[metric.get_name()] = metric.combine_sequences({name: metric.eval_sequence(one) for name, one in data.items()})
    seconds = time.perf_counter() - start
    values = {name: float(numpy.mean(found["HOTA"][name])) for name in ("HOTA", "DetA", "AssA", "LocA")}
    values |= {name: float(numpy.sum(found["HOTA"][name])) for name in ("HOTA_TP", "HOTA_FN", "HOTA_FP")}
    values |= {name: float(found["CLEAR"][name]) for name in ("MOTA", "MOTP", "CLR_TP", "CLR_FN", "CLR_FP")}
    values |= {name: float(found["CLEAR"][name]) for name in ("IDSW", "Frag", "MT", "PT", "ML")}
    values |= {name: float(found["Identity"][name]) for name in ("IDTP", "IDFN", "IDFP", "IDP", "IDR", "IDF1")}
    return {"seconds": seconds, "values": values, "peer": f"trackeval {version('trackeval')}"}


print(json.dumps({"mot": mot}[sys.argv[1]](sys.argv[2])))
