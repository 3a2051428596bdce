"""pycocotools and scikit-learn under our names; the inputs are those of the reference cases."""

import contextlib
import copy
import io
import warnings

import numpy as np
from pycocotools import mask as masks
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from sklearn import metrics

DETECTION = ["AP", "AP50", "AP75", "APsmall", "APmedium", "APlarge", "AR1", "AR10", "AR100", "ARsmall", "ARmedium", "ARlarge"]
KEYPOINTS = ["AP", "AP50", "AP75", "APmedium", "APlarge", "AR", "AR50", "AR75", "ARmedium", "ARlarge"]


def coco(inputs, kind, names):
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO()
        truth.dataset = copy.deepcopy(inputs["ground_truth"])
        truth.createIndex()
        evaluation = COCOeval(truth, truth.loadRes(copy.deepcopy(inputs["detections"])), kind)
        if "sigmas" in inputs:
            evaluation.params.kpt_oks_sigmas = np.array(inputs["sigmas"])
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
    return dict(zip(names, evaluation.stats))


def polygon(inputs):
    rle = masks.frPyObjects([inputs["polygon"]], *inputs["size"])[0]
    return {"counts": rle["counts"].decode(), "area": masks.area(rle)}


def merged(inputs):
    rles = [{"size": inputs["size"], "counts": one} for one in inputs["counts"]]
    return {"counts": masks.merge(rles, intersect=inputs["mode"] != "union")["counts"].decode()}


def iou(inputs):
    sides = [[{"size": inputs["size"], "counts": one} for one in inputs[side]] for side in ("dt_counts", "gt_counts")]
    return {"iou": masks.iou(*sides, inputs["iscrowd"])}


def scores(inputs, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of categories without prediction or truth
        return metrics.precision_recall_fscore_support(inputs["y_true"], inputs["y_pred"], zero_division=0, **options)


def prf(inputs):
    names = ("precision", "recall", "f1")
    labels = sorted({*inputs["y_true"], *inputs["y_pred"]})
    rows = zip(*scores(inputs, labels=labels, average=None))
    means = {average: dict(zip(names, scores(inputs, average=average))) for average in ("macro", "micro", "weighted")}
    accuracy = metrics.accuracy_score(inputs["y_true"], inputs["y_pred"])
    per_class = {label: dict(zip((*names, "support"), row)) for label, row in zip(labels, rows)}
    return {**means, "accuracy": accuracy, "per_class": per_class}


def mcc(inputs):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return {"mcc": metrics.matthews_corrcoef(inputs["y_true"], inputs["y_pred"])}


def confusion(inputs):
    return {"table": metrics.confusion_matrix(inputs["y_true"], inputs["y_pred"])}


def rotated(inputs):
    from shapely import affinity, box

    def shape(x, y, width, height, angle):
        upright = box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        return affinity.rotate(upright, angle, origin=(x, y), use_radians=True)

    return [[(shape(*a), shape(*b)) for b in inputs["boxes2"]] for a in inputs["boxes1"]]


def rotated_iou(inputs):
    return {"matrix": [[a.intersection(b).area / a.union(b).area for a, b in row] for row in rotated(inputs)]}


def rotated_iof(inputs):
    return {"matrix": [[a.intersection(b).area / a.area for a, b in row] for row in rotated(inputs)]}


def bodies(inputs):
    """Half-spaces of both bodies, from a point inside of them that linear programming finds."""
    from scipy.optimize import linprog
    from scipy.spatial import ConvexHull, HalfspaceIntersection

    hulls = [ConvexHull(np.array(inputs[name])) for name in ("corners1", "corners2")]
    planes = np.vstack([hull.equations for hull in hulls])
    widths = np.hstack([planes[:, :3], np.ones((len(planes), 1))])
    found = linprog([0, 0, 0, -1], A_ub=widths, b_ub=-planes[:, 3], bounds=[(None, None)] * 3 + [(0, None)])
    shared = 0.0
    if found.status == 0 and found.x[3] > 1e-9:
        shared = ConvexHull(HalfspaceIntersection(planes, found.x[:3]).intersections).volume
    first, second = (hull.volume for hull in hulls)
    return {"intersection": shared, "iou": shared / (first + second - shared), "volume1": first, "volume2": second}


def matching(inputs):
    """A pair below the threshold costs more than all others together."""
    from scipy.optimize import linear_sum_assignment

    sides = [np.array(inputs[side], dtype=float).reshape(-1, 4) for side in ("preds", "target")]
    left, right = (side[:, None] if at == 0 else side[None] for at, side in enumerate(sides))
    extent = np.clip(np.minimum(left[..., 2:], right[..., 2:]) - np.maximum(left[..., :2], right[..., :2]), 0, None)
    shared = extent.prod(-1)
    areas = [(side[..., 2:] - side[..., :2]).prod(-1) for side in (left, right)]
    iou = shared / (areas[0] + areas[1] - shared)
    rows, columns = linear_sum_assignment(np.where(iou >= inputs["iou_threshold"], 1 - iou, 1e3))
    matched = [value for value in iou[rows, columns] if value >= inputs["iou_threshold"]]
    return {"TP": len(matched), **({"mean_iou": np.mean(matched)} if matched else {})}


CHECKS = {
    "coco_bbox": lambda inputs: coco(inputs, "bbox", DETECTION),
    "coco_segm": lambda inputs: coco(inputs, "segm", DETECTION),
    "coco_keypoints": lambda inputs: coco(inputs, "keypoints", KEYPOINTS),
    "polygon": polygon,
    "merged": merged,
    "iou": iou,
    "rotated_iou": rotated_iou,
    "rotated_iof": rotated_iof,
    "bodies": bodies,
    "matching": matching,
    "prf": prf,
    "mcc": mcc,
    "confusion": confusion,
}
