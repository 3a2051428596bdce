import { join } from "node:path";
import { expect, test } from "vitest";
import { InputError } from "../records/errors.js";
import { corpus, corpusCases, hasCorpus } from "./media/testing/corpus.js";
import { gifBytes, jpegBytes } from "./media/testing/images.js";
import { filesBelow, folderOfFiles, inputOf, record, sampleOf } from "./media/testing/sink.js";
import { voc, withLists } from "./voc.js";

const size = "<size><width>640</width><height>480</height><depth>3</depth></size>";
const box = "<bndbox><xmin>10</xmin><ymin>20.5</ymin><xmax>110</xmax><ymax>60</ymax></bndbox>";
const cat = `<object><name>cat</name>${box}</object>`;
const wrap = (inside: string, filename = "a.jpg") =>
  `<annotation><filename>${filename}</filename>${inside}</annotation>`;
const readXml = (xml: string | Uint8Array, others: Readonly<Record<string, string | Uint8Array>> = {}) =>
  record(voc, folderOfFiles({ "Annotations/a.xml": xml, ...others }));

test("an object with all its fields", async () => {
  const object = `<object><name>猫</name><pose>Left</pose><truncated>1</truncated><difficult>0</difficult><occluded>True</occluded>${box}
    <polygon><x1>1</x1><y1>2</y1><x2>3</x2><y2>4</y2><x3>5</x3></polygon>
    <attributes><attribute><name>colour</name><value>red</value></attribute></attributes>
    <part><name>head</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax></bndbox></part></object>`;
  const { media, annotations, faults, declared } = await readXml(wrap(size + cat + object));
  expect(faults).toEqual([]);
  expect([...declared]).toEqual(["media"]);
  expect(media).toEqual([
    {
      file: "Annotations/a.xml",
      offset: 0,
      element: 0,
      record: { id: "Annotations/a.xml", path: "a.jpg", width: 640, height: 480 },
    },
  ]);
  expect(annotations).toHaveLength(2);
  expect(annotations[1]).toEqual({
    file: "Annotations/a.xml",
    offset: wrap(size + cat).indexOf("</annotation>"),
    element: 1,
    record: {
      media_id: "Annotations/a.xml",
      label: "猫",
      box: { x: 10, y: 20.5, width: 100, height: 39.5 },
      corners: { x_min: 10, y_min: 20.5, x_max: 110, y_max: 60 },
      polygon: [Float64Array.of(1, 2, 3, 4)],
      polygon_length: Float64Array.of(5),
      truncated: true,
      difficult: false,
      occluded: true,
      pose: "Left",
      attributes: [{ name: "colour", type: "string", text: "red" }],
    },
  });
});

const media = { kind: "media", element: 0 };
const annotation = { kind: "annotation", element: 0 };
const file = { kind: "file", element: -1 };
const flawed = (fields: string) => wrap(`${size}<object>${fields}</object>`);
const missing = (name: string) => [{ name, value: null }];
test.each([
  ["a size", wrap(cat), "field-missing", media, missing("annotation/size"), "<annotation"],
  ["a width", wrap(`<size><height>4</height></size>${cat}`), "field-missing", media, missing("size/width"), "<size"],
  [
    "a filename",
    `<annotation>${size}${cat}</annotation>`,
    "field-missing",
    media,
    missing("annotation/filename"),
    "<annotation",
  ],
  ["a name", flawed(box), "field-missing", annotation, missing("object/name"), "<object"],
  ["a bndbox", flawed("<name>cat</name>"), "field-missing", annotation, missing("object/bndbox"), "<object"],
  [
    "an xmax",
    flawed(`<name>cat</name>${box.replace(/<xmax.*xmax>/, "")}`),
    "field-missing",
    annotation,
    missing("bndbox/xmax"),
    "<bndbox",
  ],
])("without %s there is a fault", async (_, xml, rule, unit, values, place) => {
  const { faults } = await readXml(xml);
  expect(faults).toEqual([{ rule, ...unit, offset: xml.indexOf(place), values, file: "Annotations/a.xml" }]);
});

const number = { relation: "expected", bound: "a number" };
test.each([
  [
    "text for a coordinate",
    flawed(`<name>cat</name>${box.replace("20.5", "top")}`),
    { rule: "field-type-mismatch", ...annotation, values: [{ name: "bndbox/ymin", value: "top", ...number }] },
    "<ymin",
  ],
  [
    "NaN for a coordinate",
    flawed(`<name>cat</name>${box.replace("20.5", "nan")}`),
    { rule: "value-not-finite", ...annotation, values: [{ name: "bndbox/ymin", value: "nan", ...number }] },
    "<ymin",
  ],
  [
    "a word for a flag",
    flawed(`<name>cat</name><difficult>yes</difficult>${box}`),
    {
      rule: "field-type-mismatch",
      ...annotation,
      values: [{ name: "object/difficult", value: "yes", relation: "expected", bound: "0 or 1" }],
    },
    "<difficult",
  ],
  [
    "a width that is not whole",
    wrap(`<size><width>640.5</width><height>480</height></size>`),
    {
      rule: "field-type-mismatch",
      ...media,
      values: [{ name: "size/width", value: "640.5", relation: "expected", bound: "a whole number" }],
    },
    "<size",
  ],
  [
    "an unknown field of an object",
    flawed(`<name>cat</name><colour>red</colour>${box}`),
    { rule: "field-unknown", ...annotation, values: [{ name: "object/colour", value: "red" }] },
    "<colour",
  ],
  [
    "an unknown field of the file",
    wrap(`${size}<weather>rain</weather>`),
    { rule: "field-unknown", ...media, values: [{ name: "annotation/weather", value: "rain" }] },
    "<weather",
  ],
  [
    "a DOCTYPE",
    `<!DOCTYPE annotation>${wrap(size)}`,
    { rule: "xml-external-entity", ...file, values: [{ name: "bytes", value: "annotation" }] },
    "<!DOCTYPE",
  ],
  [
    "a byte order mark",
    `\ufeff${wrap(size)}`,
    { rule: "bom-present", ...file, values: [{ name: "bytes", value: "EF BB BF" }] },
    "\ufeff",
  ],
  [
    "mixed line ends",
    `<annotation>\n\r\n<filename>a.jpg</filename>${size}</annotation>`,
    { rule: "newline-mixed", ...file, values: [{ name: "bytes", value: "CRLF after LF" }] },
    "\n<file",
  ],
])("%s is a fault at its place", async (_, xml, fault, place) => {
  const { faults, media: read } = await readXml(xml);
  expect(faults).toEqual([{ ...fault, offset: xml.indexOf(place), file: "Annotations/a.xml" }]);
  expect(read).toHaveLength(1);
});

test("an external entity is never resolved: its reference stays as text", async () => {
  const root = folderOfFiles({ "secret.txt": "the secret" });
  const xml = `<!DOCTYPE annotation [<!ENTITY xxe SYSTEM "file://${root}/secret.txt">]>${wrap(`${size}<object><name>&xxe;</name>${box}</object>`)}`;
  const { annotations, faults } = await readXml(xml);
  expect(annotations[0]?.record.label).toBe("&xxe;");
  expect(faults.map(({ rule }) => rule)).toEqual(["xml-external-entity", "xml-external-entity"]);
});

test("bytes that are not UTF-8 are reported, and what follows keeps its place", async () => {
  const start = Buffer.from(`<annotation><filename>a.jpg</filename>${size}<object><name>`);
  const bytes = Buffer.concat([
    start,
    Buffer.from([0xc3, 0xa8, 0xb0, 0xa1]),
    Buffer.from(`</name>${box}</object>${cat}</annotation>`),
  ]);
  const { faults, annotations } = await readXml(bytes);
  expect(faults).toMatchObject([
    { rule: "invalid-utf8", offset: start.length + 2, values: [{ value: "B0 A1 3C 2F" }] },
  ]);
  expect(annotations.map(({ offset }) => offset)).toEqual([start.lastIndexOf("<object"), bytes.lastIndexOf("<object")]);
});

test.each([
  ["is cut off", wrap(size + cat).slice(0, -20), "TS-FORMAT-0019"],
  ["closes another element", wrap(size).replace("</annotation>", "</annotations>"), "TS-FORMAT-0019"],
  ["is nested 100,000 deep", wrap(size + "<a>".repeat(100_000)), "TS-FORMAT-0014"],
])("a file that %s is ended with an error, the one beside it is read", async (_, xml, code) => {
  const root = folderOfFiles({ "Annotations/a.xml": xml, "Annotations/b.xml": wrap(size + cat, "b.jpg") });
  const all = filesBelow(root);
  const files = new Map(all.map((one) => [one.path, one]));
  const { errors, annotations } = await record(voc, root, { files: all, all: files, resolve: () => undefined });
  expect(errors).toMatchObject([{ file: "Annotations/a.xml", error: { code } }]);
  expect(annotations.map(({ file: from }) => from)).toEqual(["Annotations/b.xml"]);
});

test.each([
  ["as written, where that leads to the image", "a.jpg", { "JPEGImages/a.jpg": jpegBytes() }, "a.jpg"],
  [
    "that of the image of this stem, where the name has no extension",
    "a",
    { "images/a.png": gifBytes() },
    "images/a.png",
  ],
  ["as written, where there is no such image", "a", {}, "a"],
  ["as written, though the file's own stem has an image", "b.jpg", { "JPEGImages/a.jpg": jpegBytes() }, "b.jpg"],
  [
    "as written, where it climbs out of the dataset",
    "../../etc/a.jpg",
    { "JPEGImages/a.jpg": jpegBytes() },
    "../../etc/a.jpg",
  ],
  [
    "that of the nearest image of the name",
    "c.jpg",
    { "x/y/c.jpg": jpegBytes(), "Annotations/z/c.jpg": jpegBytes(), "JPEGImages/c.jpg": jpegBytes() },
    "JPEGImages/c.jpg",
  ],
])("the path of the medium is %s", async (_, filename, images, path) => {
  const read = await readXml(wrap(size, filename), images);
  expect(read.media[0]?.record.path).toBe(path);
});

test("a file without filename stands for the image of its own stem", async () => {
  const read = await readXml(`<annotation>${size}</annotation>`, { "JPEGImages/a.jpg": jpegBytes() });
  expect(read.media[0]?.record.path).toBe("JPEGImages/a.jpg");
});

test("the split is that of ImageSets/Main, else of another list, else of the path", async () => {
  const xml = wrap(size);
  const { media: read } = await record(
    voc,
    folderOfFiles({
      "d/Annotations/a.xml": xml,
      "d/Annotations/b.xml": xml,
      "d/Annotations/c.xml": xml,
      "val/e.xml": xml,
      "d/ImageSets/Main/test.txt": "a -1\r\n",
      "d/ImageSets/Main/cat_train.txt": "c\n",
      "d/ImageSets/Layout/train.txt": "a\nb\n",
    }),
  );
  expect(read.map(({ record: { id, split } }) => [id, split])).toEqual([
    ["d/Annotations/a.xml", "test"],
    ["d/Annotations/b.xml", "train"],
    ["d/Annotations/c.xml", undefined],
    ["val/e.xml", "val"],
  ]);
});

test("a list of labels is the vocabulary, and its background no label", async () => {
  const labels = "# label:color_rgb:parts:actions\nbackground:0,0,0::\ncat:128,0,0::\n";
  const read = await readXml(wrap(size + cat), { "labelmap.txt": labels });
  expect(read.declared).toContain("category");
  expect(read.categories).toEqual([
    { file: "labelmap.txt", offset: labels.indexOf("cat:"), element: 0, record: { id: "cat", name: "cat" } },
  ]);
  expect(read.annotations[0]?.record).toMatchObject({ category_id: "cat", label: "cat" });
});

test.each([
  ["a VOC file", wrap(size + cat), "yes", "the root element is annotation, with filename, size, object"],
  [
    "a VOC file that breaks off",
    wrap(size + cat).slice(0, 110),
    "yes",
    "the root element is annotation, with filename, size",
  ],
  [
    "a LabelMe file",
    "<annotation><filename>a</filename><imagesize/></annotation>",
    "no",
    "the root annotation has imagesize (LabelMe)",
  ],
  [
    "a VOC file nested too deep",
    wrap(size + "<a>".repeat(300)),
    "yes",
    "the root element is annotation, with filename, size",
  ],
  ["a CVAT file", "<annotations><meta/></annotations>", "no", 'the root element is "annotations"'],
  [
    "an annotation of something else",
    "<annotation><text/></annotation>",
    "no",
    "the root annotation has no filename, size or object",
  ],
  ["JSON", '{"a": "<annotation>"}', "no", "it does not begin with <"],
  ["nothing", "", "no", "it does not begin with <"],
])("%s is detected by its content", (_, text, match, reason) => {
  const [one] = filesBelow(folderOfFiles({ "a.xml": text }));
  expect(one && voc.detect(sampleOf(one))).toMatchObject({ match, reason: { en: reason } });
});

test.skipIf(!hasCorpus)("corpus-voc: only the VOC cases, CVAT's and LabelMe's not, are detected", () => {
  const found = filesBelow(corpus)
    .filter(({ path }) => path.endsWith(".xml"))
    .filter((one) => voc.detect(sampleOf(one)).match === "yes")
    .map(({ path }) => path.split("/")[0]);
  expect(new Set(found)).toEqual(new Set(["voc"]));
});

test("every truncation of a file is an error of this file, at a place inside it", async () => {
  const xml = wrap(`${size}<object><name>猫</name>${box}</object>`);
  const bytes = Buffer.from(xml);
  const root = folderOfFiles(
    Object.fromEntries(
      Array.from({ length: bytes.length }, (_, length) => [`${length}.xml`, bytes.subarray(0, length)]),
    ),
  );
  const { errors, annotations } = await record(
    voc,
    root,
    inputOf(root, () => true),
  );
  expect(annotations).toEqual([]);
  expect(errors).toHaveLength(bytes.length);
  for (const { file: name, error } of errors) {
    if (!(error instanceof InputError)) throw error;
    expect(["TS-FORMAT-0018", "TS-FORMAT-0019"]).toContain(error.code);
    expect(error.details.offset).toBeLessThanOrEqual(Number.parseInt(name, 10));
  }
});

test("the list of labels is one of the dataset's files, and is read once", async () => {
  const root = folderOfFiles({ "a/b.xml": wrap(size + cat), "labelmap.txt": "cat:1,2,3::\n" });
  const input = inputOf(root, (sample) => voc.detect(sample).match === "yes");
  const files = withLists(input.files, input.all);
  expect(files.map(({ path }) => path)).toEqual(["a/b.xml", "labelmap.txt"]);
  const read = await record(voc, root, { ...input, files });
  expect([read.files.length, read.categories.length, read.errors]).toEqual([2, 1, []]);
});

test.each(corpusCases("voc"))("corpus-voc: $case has the counts of the manifest and no fault", async ({
  dir,
  counts,
}) => {
  const read = await record(voc, join(corpus, dir));
  expect({ errors: read.errors, faults: read.faults, notRead: read.notRead }).toEqual({
    errors: [],
    faults: [],
    notRead: [],
  });
  const classes: Record<string, number> = {};
  for (const {
    record: { label = "" },
  } of read.annotations)
    classes[label] = (classes[label] ?? 0) + 1;
  expect({ xml_files: read.media.length, objects: read.annotations.length, classes }).toEqual({
    xml_files: counts["xml_files"],
    objects: counts["objects"],
    classes: counts["classes"],
  });
});
