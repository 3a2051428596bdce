"""supervision's DetectionDataset: read in one format, written in another, with pictures, as its documentation shows."""
import sys
from pathlib import Path

import supervision as sv

source, out, read_as, write_as = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4]
images = source / "images"
if read_as == "coco":
    # File names below the folder of images: Touchstone's data have them below that of the data, supervision's own below images.
    (annotations,) = (source / "annotations").glob("*.json")
    root = source if '"file_name":"images/' in annotations.read_text() else images
    dataset = sv.DetectionDataset.from_coco(str(root), str(annotations))
elif read_as == "yolo":
    dataset = sv.DetectionDataset.from_yolo(str(images), str(source / "labels"), str(source / "data.yaml"))
else:
    dataset = sv.DetectionDataset.from_pascal_voc(str(images), str(source / "Annotations"))
if write_as == "coco":
    dataset.as_coco(str(out / "images"), str(out / "annotations/instances.json"))
elif write_as == "yolo":
    dataset.as_yolo(str(out / "images"), str(out / "labels"), str(out / "data.yaml"))
else:
    dataset.as_pascal_voc(str(out / "images"), str(out / "Annotations"))
