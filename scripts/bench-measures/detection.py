"""python detection.py TASK FOLDER: the time that a tool of the field takes for gt.json and dt.json of the folder, without reading them."""

import contextlib
import io
import json
import sys
import time

NAMES = ["AP", "AP50", "AP75", "APsmall", "APmedium", "APlarge", "AR1", "AR10", "AR100", "ARsmall", "ARmedium", "ARlarge"]

task, folder = sys.argv[1:]
tool, kind = task.split(":")
if tool == "pycocotools":
    from pycocotools.coco import COCO
    from pycocotools.cocoeval import COCOeval
else:
    from faster_coco_eval import COCO
    from faster_coco_eval import COCOeval_faster as COCOeval

with contextlib.redirect_stdout(io.StringIO()):
    truth = COCO(f"{folder}/gt.json")
    evaluation = COCOeval(truth, truth.loadRes(f"{folder}/dt.json"), kind)
    start = time.perf_counter()
    evaluation.evaluate()
    evaluation.accumulate()
    seconds = time.perf_counter() - start
    evaluation.summarize()
print(json.dumps({"seconds": seconds, "values": dict(zip(NAMES, map(float, evaluation.stats))), "peer": tool}))
