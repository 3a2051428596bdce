import { expect, test } from "vitest";
import { jpegBytes } from "../media/testing/images.js";
import { folderOfFiles, inputOf, type Recording, record } from "../media/testing/sink.js";
import { encodePng } from "../png/testing/encode.js";
import { cocoFormats } from "./index.js";

const panoptic = cocoFormats.find(({ id }) => id === "coco-panoptic")!;
const mask = (width: number, height: number, ids: readonly number[]) =>
  encodePng({
    width,
    height,
    colourType: 2,
    bitDepth: 8,
    interlaced: false,
    samples: ids.flatMap((id) => [id & 255, (id >> 8) & 255, id >> 16]),
    filters: [0],
  });

const segments = [
  { id: 1, category_id: 7, area: 2, bbox: [0, 0, 2, 1], iscrowd: 0 },
  { id: 300, category_id: 1, area: 1 },
];
const file = (mask_path: string, image = "a.jpg") =>
  JSON.stringify({
    images: [{ id: 1, width: 2, height: 2, file_name: image }],
    annotations: [{ image_id: 1, file_name: mask_path, segments_info: segments }],
    categories: [
      { id: 7, name: "sky", isthing: 0 },
      { id: 1, name: "cat", isthing: 1 },
    ],
  });

function read(files: Readonly<Record<string, string | Uint8Array>>): Promise<Recording> {
  const root = folderOfFiles(files);
  return record(
    panoptic,
    root,
    inputOf(root, ({ file: { path } }) => path.endsWith(".json")),
  );
}

test("a segment has its category's isthing, and its pixels and tight box from the PNG, though annotations stand before categories", async () => {
  const read1 = await read({
    "panoptic_val.json": file("a.png"),
    "panoptic_val/a.png": mask(2, 2, [1, 1, 300, 0]),
    "panoptic_val_2ch/a.png": mask(2, 2, [9, 9, 9, 9]),
  });
  expect(read1.annotations.map(({ record }) => record)).toEqual([
    {
      media_id: 1,
      mask_path: "a.png",
      mask_found: true,
      mask_type: "image/png",
      mask_width: 2,
      mask_height: 2,
      mask_values: Float64Array.of(0, 1, 300),
      segments: [
        {
          id: 1,
          category_id: 7,
          isthing: 0,
          area: 2,
          box: { x: 0, y: 0, width: 2, height: 1 },
          iscrowd: 0,
          pixels: 2,
          pixel_box: { x: 0, y: 0, width: 2, height: 1 },
        },
        { id: 300, category_id: 1, isthing: 1, area: 1, pixels: 1, pixel_box: { x: 0, y: 1, width: 1, height: 1 } },
      ],
    },
  ]);
  expect(read1.faults).toEqual([]);
});

const maskOf = async (files: Readonly<Record<string, string | Uint8Array>>) => {
  const { annotations, faults } = await read(files);
  const { mask_found, mask_type, mask_values } = annotations[0]!.record;
  return {
    found: mask_found,
    type: mask_type,
    values: mask_values && [...mask_values],
    faults: faults.map(({ rule, kind, element, values }) => [rule, kind, element, values[0]?.value]),
  };
};

test.each([
  ["beside the file", { "x.json": file("a.png"), "a.png": mask(1, 1, [1]) }],
  ["in another folder", { "annotations/x.json": file("a.png"), "masks/a.png": mask(1, 1, [1]) }],
])("a PNG %s is found", async (_, files) =>
  expect(await maskOf(files)).toEqual({ found: true, type: "image/png", values: [1], faults: [] }));

test("an image of the same name is no mask", async () =>
  expect(await maskOf({ "x.json": file("a.png", "a.png"), "images/a.png": mask(1, 1, [1]) })).toEqual({
    found: false,
    type: undefined,
    values: undefined,
    faults: [],
  }));

test("a segment that is not in the PNG has 0 pixels and no tight box", async () => {
  const { annotations } = await read({ "x.json": file("a.png"), "a.png": mask(1, 1, [1]) });
  expect(annotations[0]!.record.segments![1]).toEqual({ id: 300, category_id: 1, isthing: 1, area: 1, pixels: 0 });
});

test("of a lossy file type and size are told, and no values", async () =>
  expect(await maskOf({ "x.json": file("a.png"), "a.png": jpegBytes({ width: 2, height: 2 }) })).toEqual({
    found: true,
    type: "image/jpeg",
    values: undefined,
    faults: [],
  }));

test("a PNG that is cut short is a fault of its annotation", async () => {
  const whole = mask(2, 2, [1, 1, 300, 0]);
  const { found, values, faults } = await maskOf({ "x.json": file("a.png"), "a.png": whole.subarray(0, 50) });
  expect({ found, values }).toEqual({ found: true, values: undefined });
  expect(faults).toEqual([
    ["field-type-mismatch", "annotation", 0, "TS-FORMAT-0030: the end of the file, not a chunk of 9 bytes"],
  ]);
});

test("a path that leaves the root is a fault and is never opened", async () => {
  const { found, faults } = await maskOf({ "x.json": file("../../etc/a.png") });
  expect(found).toBe(false);
  expect(faults).toEqual([["package-path-unsafe", "annotation", 0, "../../etc/a.png"]]);
});
