import fc from "fast-check";
import { expect, test } from "vitest";
import type { AnnotationRecord } from "../../records/types.gen.js";
import {
  annotationOf,
  box,
  categoryOf,
  datasetOf,
  dyadic,
  holdsWriter,
  maybe,
  mediaOf,
  read,
  someText,
  textOf,
  withEdits,
  write,
} from "../testing/writing.js";
import { vocWriter } from "./write.js";

const name = someText
  .map((text) => text.replace(/^#+|:/g, "").trim())
  .filter((text) => text !== "" && !text.startsWith("#") && text !== "background");

const polygon = maybe(fc.array(dyadic, { maxLength: 9 }).map((xy) => Float64Array.from(xy))).map((ring) =>
  ring === undefined
    ? {}
    : {
        polygon: [ring.subarray(0, ring.length - (ring.length % 2))],
        polygon_length: Float64Array.of(ring.length),
      },
);

const fields = fc
  .tuple(
    fc.record({
      truncated: maybe(fc.boolean()),
      difficult: maybe(fc.boolean()),
      occluded: maybe(fc.boolean()),
      pose: maybe(someText),
      score: maybe(dyadic),
      attributes: maybe(
        fc.array(fc.record({ name: someText, type: fc.constant("string" as const), text: someText }), { maxLength: 2 }),
      ),
    }),
    box,
    polygon,
  )
  .map(([rest, { x, y, width, height }, drawn]): Partial<AnnotationRecord> => {
    const corners = { x_min: x, y_min: y, x_max: x + width, y_max: y + height };
    return { ...rest, box: { x, y, width, height }, corners, ...drawn };
  });

const dataset = fc
  .record({
    names: fc.uniqueArray(name, { minLength: 1, maxLength: 3 }),
    media: fc.array(
      fc.record({
        path: someText.map((text) => `JPEGImages/${text}.jpg`),
        width: fc.integer({ min: 1, max: 5000 }),
        height: fc.integer({ min: 1, max: 5000 }),
        annotations: fc.array(fields, { maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ names, media }) =>
    datasetOf(
      names.map((label, at) => categoryOf({ id: at + 1, name: label })),
      media.map(({ annotations, ...medium }, at) => ({
        record: mediaOf({ id: at, ...medium }),
        annotations: annotations.map((one, index) =>
          annotationOf({
            media_id: at,
            category_id: 1 + (index % names.length),
            label: names[index % names.length],
            ...one,
          }),
        ),
      })),
    ),
  );

test("what VOC carries reads back from where it is said to stand", async () => {
  await fc.assert(
    fc.asyncProperty(dataset, (one) => holdsWriter(vocWriter, one)),
    { numRuns: 80 },
  );
}, 60_000);

const one = (annotation: Partial<AnnotationRecord>, path = "a.jpg") =>
  datasetOf(
    [categoryOf({ id: 7, name: "cat" })],
    [
      {
        record: mediaOf({ id: 1, path, width: 8, height: 6 }),
        annotations: [annotationOf({ media_id: 1, ...annotation })],
      },
    ],
  );
const plain = one({ category_id: 7, box: { x: 1, y: 2, width: 3, height: 4 }, truncated: false });

test("the list of a split names its media", async () => {
  const medium = (at: number, split: "train" | "val") => ({
    record: mediaOf({ id: at, path: `images/${at}.png`, width: 8, height: 6, split }),
    annotations: [],
  });
  const split = datasetOf([], [medium(1, "train"), medium(2, "val"), medium(3, "train")]);
  expect(textOf(write(vocWriter, split), "ImageSets/Main/train.txt")).toBe("1\n3\n");
  await holdsWriter(vocWriter, split);
});

test("the corners are those of the box, the label that of the category", () =>
  expect(textOf(write(vocWriter, plain), "Annotations/a.xml")).toBe(
    `<annotation>
\t<filename>a.jpg</filename>
\t<size>
\t\t<width>8</width>
\t\t<height>6</height>
\t\t<depth>3</depth>
\t</size>
\t<segmented>0</segmented>
\t<object>
\t\t<name>cat</name>
\t\t<truncated>0</truncated>
\t\t<bndbox>
\t\t\t<xmin>1</xmin>
\t\t\t<ymin>2</ymin>
\t\t\t<xmax>4</xmax>
\t\t\t<ymax>6</ymax>
\t\t</bndbox>
\t</object>
</annotation>
`,
  ));

test.each([
  ["/bndbox/xmin", "replace", "nan", "<xmin>nan</xmin>"],
  ["/name", "replace", "a &amp; b", "<name>a &amp; b</name>"],
  ["/bndbox", "replace", "", "<bndbox></bndbox>"],
  ["/new/x", "replace", "1", "<new>\n\t\t\t<x>1</x>\n\t\t</new>"],
  ["/name", "repeat", "", "</bndbox>\n\t\t<name>cat</name>\n\t</object>"],
  ["/name", "repeat", "dog", "</bndbox>\n\t\t<name>dog</name>\n\t</object>"],
  ["/bndbox/ymin", "omit", "", "<xmin>1</xmin>\n\t\t\t<xmax>"],
  ["/2/0", "omit", "", "<bndbox>\n\t\t\t<ymin>"],
] as const)("%s is edited: %s", (at, how, text, part) =>
  expect(textOf(write(vocWriter, withEdits(plain, [{ at, how, text }])), "Annotations/a.xml")).toContain(part));

test("what is not there is left out without effect", () => {
  const edits = [{ at: "/x/y", how: "omit", text: "" }] as const;
  expect(write(vocWriter, withEdits(plain, edits)).files).toEqual(write(vocWriter, plain).files);
});

test("edits of media and categories stand in their files, and lines are counted behind them", () => {
  const [medium] = plain.media();
  const written = write(vocWriter, {
    categories: plain.categories.map((category) => ({
      ...category,
      edits: [{ at: "/name", how: "replace", text: "x" }],
    })),
    media: () => [{ ...medium!, edits: [{ at: "/size", how: "replace", text: "\n\n" }] }],
  });
  expect(textOf(written, "labelmap.txt")).toBe("# label:color_rgb:parts:actions\nx:::\n");
  expect(textOf(written, "Annotations/a.xml").split("\n").indexOf("\t<object>") + 1).toBe(written.places[2]![1].line);
});

test("media of one stem have a file each, and one whose path names no place too", async () => {
  const media = ["x/a.jpg", "y/A.png", "../b.jpg"].map((path, id) => ({
    record: mediaOf({ id, path }),
    annotations: [],
  }));
  const written = write(vocWriter, datasetOf([], media));
  expect(Object.keys(written.files)).toEqual(["Annotations/a.xml", "Annotations/A-2.xml", "Annotations/medium.xml"]);
  expect((await read(written)).media.map(({ record }) => record.path).sort()).toEqual([
    "../b.jpg",
    "x/a.jpg",
    "y/A.png",
  ]);
});

test("a polygon has as many numbers as the record says that it was written with", () => {
  const odd = one({ polygon: [Float64Array.of(1, 2)], polygon_length: Float64Array.of(3) });
  expect(textOf(write(vocWriter, odd), "Annotations/a.xml")).toContain("<y1>2</y1>\n\t\t\t<x2>0</x2>\n\t\t</polygon>");
});
