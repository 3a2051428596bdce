import { rleSum } from "../../checks/rle.js";
import { decodeCompressedRle } from "../../checks/rle-codec.js";
import { rleMerge } from "../../checks/rle-merge.js";
import { rleFromPolygon } from "../../checks/rle-polygon.js";
import type { RleMask } from "../../records/types.gen.js";
import { type Inputs, MeasureError, type NumberRange, shown, toList, toNumbers } from "../inputs.js";

type Size = readonly [height: number, width: number];

/** Height or width of an image; the product stays a whole number of 53 bits. */
export const pixels: NumberRange = { min: 1, max: 2 ** 20, whole: true };

/** Height and width of a mask. @throws MeasureError */
export function sizeOf(value: unknown, input: string): Size {
  const [height, width] = toNumbers(value, input, pixels, 2);
  return [height ?? 0, width ?? 0];
}

/** The mask of run lengths, in COCO's compressed text or as numbers. @throws MeasureError where they do not make up the image */
export function maskOf(counts: unknown, [height, width]: Size, input: string): RleMask {
  const runs =
    typeof counts === "string" ? decodeCompressedRle(counts) : toNumbers(counts, input, { min: 0, whole: true });
  if (runs === undefined)
    throw new MeasureError("input-range", {
      input,
      expected: { zh: "COCO 压缩游程", en: "COCO's compressed run lengths" },
      found: shown(counts),
    });
  const mask = { height, width, counts: runs };
  if (rleSum(mask) !== height * width)
    throw new MeasureError("inputs-disagree", {
      input,
      expected: { zh: `游程之和为 ${height} × ${width}`, en: `runs that add up to ${height} × ${width}` },
      found: `${rleSum(mask)}`,
    });
  return mask;
}

/** The mask of one polygon: x and y in turn, three points at least. @throws MeasureError */
export function polygonMaskOf(value: unknown, [height, width]: Size, input: string): RleMask {
  const polygon = toNumbers(value, input, { min: -1e6, max: 1e6 }, 6);
  if (polygon.length % 2 !== 0)
    throw new MeasureError("input-range", {
      input,
      expected: { zh: "x、y 成对", en: "x and y in turn" },
      found: `${polygon.length}`,
    });
  return rleFromPolygon(polygon, height, width);
}

/** The mask of a `segmentation` of COCO: polygons, or run lengths with their size, which must be that of the image. @throws MeasureError */
export function segmentationOf(value: unknown, size: Size, input: string): RleMask {
  if (Array.isArray(value))
    return toList(value, input, 1)
      .map((one, i) => polygonMaskOf(one, size, `${input}[${i}]`))
      .reduce((left, right) => rleMerge(left, right, "union"));
  const { size: own, counts } = rleObject(value, input);
  const [height, width] = sizeOf(own, `${input}.size`);
  if (height !== size[0] || width !== size[1])
    throw new MeasureError("inputs-disagree", {
      input: `${input}.size`,
      expected: { zh: `图像的 ${size[0]} × ${size[1]}`, en: `the image's ${size[0]} × ${size[1]}` },
      found: `${height} × ${width}`,
    });
  return maskOf(counts, size, `${input}.counts`);
}

function rleObject(value: unknown, input: string): Inputs {
  const expected = { zh: "多边形列表或游程编码", en: "a list of polygons, or run lengths" };
  if (value === undefined) throw new MeasureError("input-missing", { input, expected });
  if (typeof value !== "object" || value === null)
    throw new MeasureError("input-type", { input, expected, found: shown(value) });
  return value as Inputs;
}
