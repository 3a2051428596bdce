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


CHECKS = {
    "coco_bbox": lambda inputs: coco(inputs, "bbox", DETECTION),
    "coco_segm": lambda inputs: coco(inputs, "segm", DETECTION),
    "coco_keypoints": lambda inputs: coco(inputs, "keypoints", KEYPOINTS),
    "polygon": polygon,
    "merged": merged,
    "iou": iou,
    "prf": prf,
    "mcc": mcc,
    "confusion": confusion,
}
