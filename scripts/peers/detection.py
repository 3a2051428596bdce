"""pycocotools and scikit-learn under our names; the inputs are those of the reference cases."""

import contextlib
import copy
import io

import numpy as np
from pycocotools import mask as masks
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

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


CHECKS = {
    "coco_bbox": lambda inputs: coco(inputs, "bbox", DETECTION),
    "coco_segm": lambda inputs: coco(inputs, "segm", DETECTION),
    "coco_keypoints": lambda inputs: coco(inputs, "keypoints", KEYPOINTS),
    "polygon": polygon,
    "merged": merged,
    "iou": iou,
}
