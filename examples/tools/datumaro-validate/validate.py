"""Datumaro's own validator on a COCO folder; its report as it is. Datumaro wants a folder of its own layout, which the copy below gives it."""
import json
import shutil
import sys
from pathlib import Path

from datumaro.components.dataset import Dataset
from datumaro.plugins.validators import DetectionValidator

source, out = Path(sys.argv[1]), Path(sys.argv[2])
layout = out / "layout"
(layout / "annotations").mkdir(parents=True)
shutil.copytree(source / "images", layout / "images/default")
shutil.copy(source / "annotations/instances.json", layout / "annotations/instances_default.json")
dataset = Dataset.import_from(str(layout), "coco_instances")
validator = DetectionValidator(
    few_samples_thr=1, imbalance_ratio_thr=50, far_from_mean_thr=5.0, dominance_ratio_thr=0.8, topk_bins=0.1
)
report = validator.generate_reports(validator.compute_statistics(dataset))
reports = [error.to_dict() for error in report]
(out / "report.json").write_text(json.dumps({"validation_reports": reports}, default=str))
