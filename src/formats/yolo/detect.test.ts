import { expect, test } from "vitest";
import { corpus, hasCorpus } from "../media/testing/corpus.js";
import { filesBelow, folderOfFiles, inputOf, sampleOf, shownBy } from "../media/testing/sink.js";
import { settleYolo, yoloFormats } from "../yolo.js";

const box = "0 0.5 0.5 0.5 0.5";
const nine = "0 0.1 0.1 0.5 0.1 0.5 0.5 0.1 0.5";
const seven = "0 0.1 0.1 0.5 0.1 0.5 0.5";
const eight = "0 0.5 0.5 0.5 0.5 0.25 0.25 2";
test.each([
  ["boxes", [box], "", "yolo-detection"],
  ["boxes in one, polygons in another", [box, seven], "", "yolo-segmentation"],
  ["nine columns throughout", [nine, nine], "", "yolo-obb"],
  ["nine columns, and data.yaml says segment", [nine, nine], "task: segment\nnames: [a]", "yolo-segmentation"],
  ["four-point polygons beside others", [nine, seven], "", "yolo-segmentation"],
  ["polygons, and data.yaml says detect", [seven], "task: detect\nnames: [a]", "yolo-segmentation"],
  ["one keypoint of three numbers", [eight], "", "yolo-pose"],
  ["an odd number of columns, and kpt_shape", ["0 0.5 0.5 0.5 0.5 0.1 0.1"], "kpt_shape: [1, 2]", "yolo-pose"],
  ["keypoints and boxes without kpt_shape", [eight, box], "", ["yolo-detection", "yolo-pose"]],
])("a dataset of %s", (_, lines, data, expected) => {
  const labels = Object.fromEntries(lines.map((line, index) => [`${index}.txt`, line]));
  const input = inputOf(folderOfFiles({ ...labels, ...(data === "" ? {} : { "data.yaml": data }) }), () => true);
  const { format, candidates } = settleYolo(shownBy(yoloFormats, input.files), input.all);
  expect(format?.id ?? candidates).toEqual(expected);
});

test.each([
  ["a.txt", "cat 0.47 0 13 174", 'the first line is "cat 0.47 0 13 174": no whole number and coordinates'],
  ["a.txt", "1 10 20 30 40", "no line has all its coordinates between 0 and 1"],
  ["a.txt", "0.0 0.5 0.5 0.5 0.5", 'the first line is "0.0 0.5 0.5 0.5 0.5": no whole number and coordinates'],
  ["a.txt", "\n\n", "it has no line"],
  ["classes.txt", box, "its name is that of a list or of a note"],
  ["README.dataset.txt", box, "its name is that of a list or of a note"],
  ["a.csv", box, "it is not a .txt file"],
])("%s with %j is no label file", (name, text, reason) => {
  const [file] = filesBelow(folderOfFiles({ [name]: text }));
  for (const format of yoloFormats)
    expect(file && format.detect(sampleOf(file))).toMatchObject({ match: "no", reason: { en: reason } });
});

test("a label file stays one when a few of its lines are broken", () => {
  const [file] = filesBelow(folderOfFiles({ "a.txt": `${box}\nnonsense\n${box}\n` }));
  expect(file && yoloFormats[0]?.detect(sampleOf(file))).toEqual({
    match: "yes",
    reason: { zh: "3 行中有 2 行是一个整数加一个框", en: "2 of 3 lines are a whole number and a box" },
  });
});

test("a label file stays one when a byte of each line is no UTF-8", () => {
  const [file] = filesBelow(folderOfFiles({ "a.txt": Buffer.from(`${box}\x80\n${box} \xc3\n`, "latin1") }));
  expect(file && yoloFormats[0]?.detect(sampleOf(file))).toMatchObject({
    match: "yes",
    reason: { en: "2 of 2 lines are a whole number and a box" },
  });
});

test.skipIf(!hasCorpus)("corpus-yolo: of all text files only those of YOLO cases are detected", () => {
  const found = filesBelow(corpus)
    .filter((file) => yoloFormats.some(({ detect }) => detect(sampleOf(file)).match === "yes"))
    .map(({ path }) => path.split("/").slice(0, 2).join("/"));
  expect([...new Set(found)]).toEqual([
    "classification-csv/datumaro-kaggle-csv", // holds a folder relaxed_yolo
    "yolo/datumaro-relaxed_yolo",
    "yolo/datumaro-yolo-annotations",
    "yolo/datumaro-yolo-strict",
    "yolo/review-odm-yolo",
    "yolo/roboflow-sharks-yolov9-seg",
  ]);
});
