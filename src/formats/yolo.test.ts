import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { corpus, corpusCases } from "./media/testing/corpus.js";
import { jpegBytes, pngBytes } from "./media/testing/images.js";
import { filesBelow, folderOfFiles, inputOf, type Recording, record, shownBy } from "./media/testing/sink.js";
import { settleYolo, yoloFormats } from "./yolo.js";

/** Detects the files one by one, settles the format of all, and reads them as that. */
async function readYolo(root: string): Promise<Recording & { readonly format: string }> {
  const input = inputOf(root, (sample) => yoloFormats.some(({ detect }) => detect(sample).match === "yes"));
  const { format, reason, files } = settleYolo(shownBy(yoloFormats, input.files), input.all);
  if (format === undefined) throw new Error(reason.en);
  return { ...(await record(format, root, { ...input, files })), format: format.id };
}

const yaml = "names: [cat, dog]\ntrain: images/train\n";

test("a box, in shares of its image and in px", async () => {
  const root = folderOfFiles({
    "data.yaml": yaml,
    "images/train/a.png": pngBytes(40, 30),
    "labels/train/a.txt": "1 0.5 0.5 0.25 0.2\n",
  });
  const { format, files, categories, media, annotations, faults, errors } = await readYolo(root);
  expect({ format, faults, errors }).toEqual({ format: "yolo-detection", faults: [], errors: [] });
  expect(files.map(({ path }) => path)).toEqual(["data.yaml", "labels/train/a.txt"]);
  expect(categories).toEqual([
    { file: "data.yaml", offset: 8, element: 0, record: { id: 0, name: "cat" } },
    { file: "data.yaml", offset: 13, element: 1, record: { id: 1, name: "dog" } },
  ]);
  const id = "labels/train/a.txt";
  expect(media).toEqual([
    {
      file: id,
      offset: 0,
      element: 0,
      record: { id, path: "images/train/a.png", width: 40, height: 30, split: "train" },
    },
  ]);
  expect(annotations).toEqual([
    {
      file: id,
      offset: 0,
      element: 0,
      record: {
        media_id: id,
        category_id: 1,
        normalised: Float64Array.of(0.5, 0.5, 0.25, 0.2),
        box: { x: 15, y: 12, width: 10, height: 6 },
      },
    },
  ]);
});

test("without the image the shares are read, and nothing in px", async () => {
  const { media, annotations } = await readYolo(
    folderOfFiles({ "a/labels/x.txt": "0 0.5 0.5 0.25 0.2\n0 0.5 0.5 1 1\n" }),
  );
  expect(media[0]?.record).toEqual({ id: "a/labels/x.txt", path: "a/labels/x" });
  expect(annotations[1]).toMatchObject({ offset: 19, element: 1 });
  expect(annotations[1]?.record).toEqual({
    media_id: "a/labels/x.txt",
    category_id: 0,
    normalised: Float64Array.of(0.5, 0.5, 1, 1),
  });
});

const image = { "a.jpg": jpegBytes({ width: 100, height: 200 }) };
test("a polygon, and a box beside it", async () => {
  const read = await readYolo(folderOfFiles({ ...image, "a.txt": "0 0.1 0.1 0.5 0.1 0.5 0.5\n1 0.5 0.5 0.5 0.5\n" }));
  expect(read.format).toBe("yolo-segmentation");
  expect(read.annotations.map(({ record: one }) => one)).toEqual([
    {
      media_id: "a.txt",
      category_id: 0,
      normalised: Float64Array.of(0.1, 0.1, 0.5, 0.1, 0.5, 0.5),
      polygon: [Float64Array.of(10, 20, 50, 20, 50, 100)],
      polygon_length: Float64Array.of(6),
    },
    {
      media_id: "a.txt",
      category_id: 1,
      normalised: Float64Array.of(0.5, 0.5, 0.5, 0.5),
      box: { x: 25, y: 50, width: 50, height: 100 },
    },
  ]);
});

test("four corners of a rotated box", async () => {
  const read = await readYolo(folderOfFiles({ ...image, "a.txt": "0 0.1 0.1 0.5 0.1 0.5 0.5 0.1 0.5\n" }));
  expect(read.format).toBe("yolo-obb");
  expect(read.annotations[0]?.record).toEqual({
    media_id: "a.txt",
    category_id: 0,
    normalised: Float64Array.of(0.1, 0.1, 0.5, 0.1, 0.5, 0.5, 0.1, 0.5),
    rotated_box: Float64Array.of(10, 20, 50, 20, 50, 100, 10, 100),
  });
});

test.each([
  [
    "three numbers",
    "[2, 3]",
    "0 0.5 0.5 0.5 0.5 0.25 0.25 2 0 0 0",
    [
      { x: 25, y: 50, v: 2 },
      { x: 0, y: 0, v: 0 },
    ],
    6,
  ],
  [
    "two numbers",
    "[2, 2]",
    "0 0.5 0.5 0.5 0.5 0.25 0.25 -1 -1",
    [
      { x: 25, y: 50, v: 2 },
      { x: -100, y: -200, v: 0 },
    ],
    4,
  ],
])("keypoints of %s, by kpt_shape", async (_, shape, line, keypoints, values) => {
  const data = `kpt_shape: ${shape}\nnames: { 0: person }\nkpt_names: { 0: [nose, tail] }\n`;
  const read = await readYolo(folderOfFiles({ ...image, "data.yaml": data, "a.txt": `${line}\n` }));
  expect(read.format).toBe("yolo-pose");
  expect(read.faults).toEqual([]);
  expect(read.categories[0]?.record).toEqual({ id: 0, name: "person", keypoints: ["nose", "tail"] });
  expect(read.annotations[0]?.record).toMatchObject({
    box: { x: 25, y: 50, width: 50, height: 100 },
    keypoints,
    keypoint_values: values,
  });
});

const box = "0 0.5 0.5 0.5 0.5";
const fault = (rule: string, name: string, value: string | number, bound: string) => ({
  rule,
  kind: "annotation",
  values: [{ name, value, relation: "expected", bound }],
});
test.each([
  ["six columns", `${box} 0.9`, fault("box-column-count", "columns", 6, "5"), "not read"],
  ["four columns", "0 0.5 0.5 0.5", fault("box-column-count", "columns", 4, "5"), "not read"],
  [
    "a word for a coordinate",
    "0 0.5 left 0.5 0.5",
    fault("field-type-mismatch", "column 3", "left", "a number"),
    "no geometry",
  ],
  [
    "nan for a coordinate",
    "0 0.5 nan 0.5 0.5",
    fault("value-not-finite", "column 3", "nan", "a number"),
    "no geometry",
  ],
  [
    "a name for the category",
    "cat 0.5 0.5 0.5 0.5",
    fault("field-type-mismatch", "column 1", "cat", "a whole number"),
    "no category",
  ],
  [
    "half a category",
    "0.5 0.5 0.5 0.5 0.5",
    fault("field-type-mismatch", "column 1", "0.5", "a whole number"),
    "no category",
  ],
])("a line with %s is a fault, and the lines around it are read", async (_, line, expected, outcome) => {
  const text = `${box}\r\n\r\n${line}\r\n${box}\r\n`;
  const read = await readYolo(folderOfFiles({ ...image, "a.txt": text }));
  expect(read.faults).toEqual([{ ...expected, offset: 21, element: 1, file: "a.txt" }]);
  const elements = read.annotations.map(({ element }) => element);
  if (outcome === "not read") {
    expect(elements).toEqual([0, 2]);
    expect(read.notRead).toEqual([{ kind: "annotation", offset: 21, element: 1, reason: "column count" }]);
  } else {
    expect(elements).toEqual([0, 1, 2]);
    const { normalised, category_id } = read.annotations[1]?.record ?? {};
    expect([normalised === undefined, category_id === undefined]).toEqual([
      outcome === "no geometry",
      outcome === "no category",
    ]);
  }
});

const token = fc.oneof(
  fc.constantFrom("0", "1", "0.5", "nan", "-inf", "cat", "1e400", "\ufffd", "0x1"),
  fc.double({ noNaN: true }).map(String),
);
test("of any text, each line that is not blank is an annotation or not read, and each of these has its fault", () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.array(token, { maxLength: 7 }), { maxLength: 8 }), async (rows) => {
      const root = folderOfFiles({ "a.txt": rows.map((row) => row.join("\t")).join("\n") });
      const input = inputOf(root, () => true);
      const { annotations, notRead, faults } = await record(yoloFormats[0]!, root, input);
      const filled = rows.filter((row) => row.length > 0);
      expect(annotations.length + notRead.length).toBe(filled.length);
      const faulty = new Set(faults.map(({ element }) => element));
      for (const { element } of notRead) expect(faulty).toContain(element);
      for (const { element, record: one } of annotations) {
        expect(one.normalised === undefined || one.category_id === undefined).toBe(faulty.has(element));
      }
    }),
  ));

test("a category written 2.0 is whole, and one that the names do not have is left to the rules", async () => {
  const read = await readYolo(
    folderOfFiles({ "classes.txt": "cat\n", "a.txt": `${box}\n2.0${box.slice(1)}\n7${box.slice(1)}\n` }),
  );
  expect(read.annotations.map(({ record: one }) => one.category_id)).toEqual([0, 2, 7]);
  expect([...read.declared]).toEqual(["category", "media"]);
});

test("a byte order mark and mixed line ends are faults of the file", async () => {
  const read = await readYolo(folderOfFiles({ "a.txt": `\ufeff${box}\n${box}\r\n` }));
  expect(read.annotations.map(({ offset }) => offset)).toEqual([3, 21]);
  expect(read.faults).toEqual([
    {
      rule: "bom-present",
      kind: "file",
      offset: 0,
      element: -1,
      values: [{ name: "bytes", value: "EF BB BF" }],
      file: "a.txt",
    },
    {
      rule: "newline-mixed",
      kind: "file",
      offset: 38,
      element: -1,
      values: [{ name: "bytes", value: "CRLF after LF" }],
      file: "a.txt",
    },
  ]);
});

test("every image of the dataset's folders is a medium, be its label file there, empty or missing", async () => {
  const root = folderOfFiles({
    "data.yaml": yaml,
    "images/train/a.jpg": jpegBytes(),
    "images/train/b.jpg": jpegBytes(),
    "images/train/c.jpg": jpegBytes(),
    "runs/results.png": pngBytes(),
    "labels/train/a.txt": `${box}\n`,
    "labels/train/b.txt": "",
    "labels/train/d.txt": `${box}\n`,
  });
  const { media } = await readYolo(root);
  expect(media.map(({ file, element, record: { path, width } }) => [file, element, path, width])).toEqual([
    ["data.yaml", 0, "images/train/c.jpg", 40],
    ["labels/train/a.txt", 0, "images/train/a.jpg", 40],
    ["labels/train/b.txt", 0, "images/train/b.jpg", 40],
    ["labels/train/d.txt", 0, "labels/train/d", undefined],
  ]);
});

test("without a file of names, images without label file come with the first label file", async () => {
  const { media } = await readYolo(folderOfFiles({ "a.txt": `${box}\n`, "a.jpg": jpegBytes(), "b.jpg": jpegBytes() }));
  expect(media.map(({ file, element, record: { path } }) => [file, element, path])).toEqual([
    ["a.txt", 0, "a.jpg"],
    ["a.txt", 1, "b.jpg"],
  ]);
});

test("images under another root are found there", async () => {
  const root = folderOfFiles({ "labels/a.txt": `${box}\n` });
  const [found] = filesBelow(folderOfFiles({ "images/a.jpg": jpegBytes() }));
  const input = inputOf(root, () => true);
  const elsewhere = { ...input, resolve: (path: string) => (path === "images/a.jpg" ? found : undefined) };
  const { media } = await record(yoloFormats[0]!, root, elsewhere);
  expect(media[0]?.record).toMatchObject({ path: "images/a.jpg", width: 40 });
});

test("Darknet: names and splits by obj.data, a listed image without any file is a medium", async () => {
  const root = folderOfFiles({
    "d/obj.data": "classes = 1\ntrain = data/train.txt\nvalid = data/later.txt\nnames = data/obj.names\n",
    "d/obj.names": "cat\n",
    "d/train.txt": "data/obj_train_data/a.jpg\ndata/obj_train_data/gone.jpg\n",
    "d/later.txt": "data/obj_train_data/b.jpg\n",
    "d/obj_train_data/a.txt": `${box}\n`,
    "d/obj_train_data/b.txt": `${box}\n`,
  });
  const { media, categories } = await readYolo(root);
  expect(categories).toEqual([{ file: "d/obj.names", offset: 0, element: 0, record: { id: 0, name: "cat" } }]);
  expect(media.map(({ file, record: { path, split } }) => [file, path, split])).toEqual([
    ["d/obj.names", "data/obj_train_data/gone.jpg", "train"],
    ["d/obj_train_data/a.txt", "data/obj_train_data/a.jpg", "train"],
    ["d/obj_train_data/b.txt", "data/obj_train_data/b.jpg", "val"],
  ]);
});

test("what says which images a split has is read as a file of the dataset, and one that cannot be read ends alone", async () => {
  const files = {
    "data.yaml": "names: [cat]\ntrain: train.txt\nval: val.txt\n",
    "train.txt": "images/a.jpg\n",
    "val.txt": Buffer.from("\ufeffimages/b.jpg\n", "utf16le"),
    "labels/a.txt": `${box}\n`,
  };
  const root = folderOfFiles(files);
  const input = inputOf(root, (sample) => yoloFormats.some(({ detect }) => detect(sample).match === "yes"));
  expect(settleYolo(shownBy(yoloFormats, input.files), input.all).files.map(({ path }) => path)).toEqual([
    "data.yaml",
    "labels/a.txt",
    "train.txt",
    "val.txt",
  ]);
  const read = await readYolo(root);
  expect(read.errors).toMatchObject([{ file: "val.txt", error: { code: "TS-FORMAT-0013" } }]);
  expect(read.media.map(({ record: { path, split } }) => [path, split])).toEqual([["images/a.jpg", "train"]]);
});

test("the split of a folder is the one that data.yaml gives it", async () => {
  const data = "names: [cat]\ntrain: ../images/a\nval: [images/b, images/c]\n";
  const root = folderOfFiles({
    "data.yaml": data,
    "labels/a/x.txt": box,
    "labels/b/y.txt": box,
    "labels/c/z.txt": box,
  });
  const { media } = await readYolo(root);
  expect(media.map(({ record: { split } }) => split)).toEqual(["train", "val", "val"]);
});

test.each([
  ["is no YAML", "names: [cat\n", "TS-FORMAT-0020"],
  ["is nested too deep", `names: ${"[".repeat(200_000)}`, "TS-FORMAT-0014"],
  ["is a line of dashes", `names: [cat]\nx:\n${"- ".repeat(100_000)}x`, "TS-FORMAT-0014"],
])("a data.yaml that %s is reported, and the labels are read", async (_, text, code) => {
  const read = await readYolo(folderOfFiles({ "data.yaml": text, "a.txt": box }));
  expect(read.errors).toMatchObject([{ file: "data.yaml", error: { code } }]);
  expect(read.annotations).toHaveLength(1);
});

test("aliases that explode are never expanded", async () => {
  const bomb = [
    "a: &a [x, x]",
    ..."bcdefghijklmnopqrstuvwxyz"
      .split("")
      .map((key, i) => `${key}: &${key} [*${"abcdefghijklmnopqrstuvwxyz"[i]}, *${"abcdefghijklmnopqrstuvwxyz"[i]}]`),
  ];
  const read = await readYolo(folderOfFiles({ "data.yaml": `${bomb.join("\n")}\nnames: *a\n`, "a.txt": box }));
  expect(read.categories.map(({ record: { name } }) => name)).toEqual(["x", "x"]);
});

const cases = corpusCases("yolo").filter(({ counts }) => counts["label_files"] !== undefined);
test.each(cases)("corpus-yolo: $case has the counts of the manifest and no fault", async ({
  case: name,
  dir,
  counts,
}) => {
  const read = await readYolo(join(corpus, dir));
  expect(read.format).toBe(name.endsWith("-seg") ? "yolo-segmentation" : "yolo-detection");
  expect({ errors: read.errors, faults: read.faults, notRead: read.notRead }).toEqual({
    errors: [],
    faults: [],
    notRead: [],
  });
  const classes: Record<string, number> = {};
  for (const {
    record: { category_id = "none" },
  } of read.annotations)
    classes[category_id] = (classes[category_id] ?? 0) + 1;
  expect({
    label_files: read.media.length,
    boxes_or_polys: read.annotations.length,
    classes_seen: classes,
    names: read.categories.map(({ record: { name: label } }) => label),
  }).toEqual({
    label_files: counts["label_files"],
    boxes_or_polys: counts["boxes_or_polys"],
    classes_seen: counts["classes_seen"],
    names: counts["names"],
  });
});
