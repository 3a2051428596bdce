"""TrackEval and py-motmetrics under our names."""

import numpy
from trackeval.metrics import CLEAR, HOTA, VACE, Identity


def dense(inputs):
    """The data of a sequence as TrackEval's own tests make them; a track that is in no frame is left out."""
    similarity = numpy.asarray(inputs["similarity"], dtype=float)
    gt = numpy.asarray(inputs["gt_present"], dtype=bool)
    tracker = numpy.asarray(inputs["tracker_present"], dtype=bool)
    similarity = similarity[:, gt.any(0)][:, :, tracker.any(0)]
    gt = gt[:, gt.any(0)]
    tracker = tracker[:, tracker.any(0)]
    frames = range(len(gt))
    return {
        "num_timesteps": len(gt),
        "num_gt_ids": gt.shape[1],
        "num_tracker_ids": tracker.shape[1],
        "num_gt_dets": int(gt.sum()),
        "num_tracker_dets": int(tracker.sum()),
        "gt_ids": [numpy.flatnonzero(gt[t]) for t in frames],
        "tracker_ids": [numpy.flatnonzero(tracker[t]) for t in frames],
        "similarity_scores": [similarity[t][gt[t]][:, tracker[t]] for t in frames],
    }


def hota(inputs):
    found = HOTA().eval_sequence(dense(inputs))
    means = {name: numpy.mean(found[name]) for name in ("HOTA", "DetA", "AssA", "LocA")}
    return {**means, **{name: numpy.sum(found[name]) for name in ("HOTA_TP", "HOTA_FN", "HOTA_FP")}}


def clear(inputs):
    config = {"THRESHOLD": inputs.get("threshold", 0.5), "PRINT_CONFIG": False}
    found = CLEAR(config).eval_sequence(dense(inputs))
    names = ("MOTA", "MOTP", "CLR_TP", "CLR_FN", "CLR_FP", "IDSW", "Frag", "MT", "PT", "ML")
    return {name: found[name] for name in names}


def identity(inputs):
    config = {"THRESHOLD": inputs.get("threshold", 0.5), "PRINT_CONFIG": False}
    found = Identity(config).eval_sequence(dense(inputs))
    return {name: found[name] for name in ("IDTP", "IDFN", "IDFP", "IDP", "IDR", "IDF1")}


def vace(inputs):
    found = VACE().eval_sequence(dense(inputs))
    return {name: found[name] for name in ("STDA", "ATA", "SFDA")}


EVENTS = {
    "frames": "num_frames",
    "matches": "num_matches",
    "switches": "num_switches",
    "transfers": "num_transfer",
    "ascends": "num_ascend",
    "migrates": "num_migrate",
    "misses": "num_misses",
    "false_positives": "num_false_positives",
    "detections": "num_detections",
    "objects": "num_objects",
    "predictions": "num_predictions",
    "mota": "mota",
    "motp": "motp",
}
SUMMARY = {
    **{name: name for name in ("idf1", "idp", "idr", "recall", "precision", "mota", "motp")},
    **{name: name for name in ("mostly_tracked", "partially_tracked", "mostly_lost")},
    **{name: f"num_{name}" for name in ("unique_objects", "false_positives", "misses", "switches", "fragmentations")},
}


def motmetrics(frames, names):
    import motmetrics as mm  # where it cannot be had, TrackEval still answers

    accumulator = mm.MOTAccumulator(auto_id=True)
    for frame in frames:
        distances = [[numpy.nan if one is None else one for one in row] for row in frame["dist"]]
        accumulator.update(frame["gt"], frame["hyp"], distances)
    wanted = sorted(set(names.values()))
    found = mm.metrics.create().compute(accumulator, metrics=wanted, return_dataframe=False)
    return {name: found[key] for name, key in names.items()}


def events(inputs):
    return motmetrics(inputs["frames"], EVENTS)


def summary(inputs):
    return motmetrics(inputs["data"]["frames"], SUMMARY)


CHECKS = {
    "events": events,
    "summary": summary,
    "hota": hota,
    "clear": clear,
    "identity": identity,
    "vace": vace,
}
