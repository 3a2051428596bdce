import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { InputError } from "../../records/errors.js";
import type { Expectation } from "../../records/expectations.js";
import type { AnnotationRecord, CategoryRecord, MediaRecord } from "../../records/types.gen.js";
import type { InputFile, ReadInput } from "../format.js";
import { examineHeader } from "../media/image.js";
import { decodePng } from "../png/decode.js";
import { type MaskSegments, segmentsOf } from "../png/segments.js";

/** What is wrong with a mask file, for a fault of the annotation that names it. */
export interface MaskFault {
  readonly rule: "package-path-unsafe" | "field-type-mismatch";
  readonly found: string;
  readonly expected: Expectation;
}

/** Adds to the annotations of one panoptic file what lies in its categories and PNGs. */
export interface PanopticMasks {
  category(record: CategoryRecord): void;
  media(record: MediaRecord): void;
  /** Fills `isthing` of the segments, and where the PNG is there the mask fields and the segments' pixels. */
  complete(annotation: AnnotationRecord): MaskFault | undefined;
}

/** The file that an annotation of a panoptic file names: in the folder of that file's name, beside it, or below the root. */
export function panopticMaskFile(
  file: InputFile,
  path: string,
  resolve: ReadInput["resolve"],
): ReturnType<ReadInput["resolve"]> {
  return resolve(`${posix.basename(file.path).replace(/\.json(\.gz)?$/i, "")}/${path}`, file) ?? resolve(path, file);
}

/**
 * The PNGs of `panoptic_val2017.json` lie in a folder of that name (panopticapi), beside the file, or below the root. An image of the same name is
 * no mask: a file that is the annotation's own image is not taken.
 */
export function newPanopticMasks(file: InputFile, resolve: ReadInput["resolve"]): PanopticMasks {
  const folder = posix.basename(file.path).replace(/\.json(\.gz)?$/i, "");
  const things = new Map<number | string, number>();
  const images = new Map<number | string, string>();

  function maskOf(annotation: AnnotationRecord, path: string): InputFile | "unsafe" | undefined {
    const own = resolve(`${folder}/${path}`, file);
    if (own !== undefined) return own;
    const other = resolve(path, file);
    if (other === undefined || other === "unsafe" || annotation.media_id === undefined) return other;
    const image = images.get(annotation.media_id);
    const imageFile = image === undefined ? undefined : resolve(image, file);
    return imageFile !== undefined && imageFile !== "unsafe" && imageFile.absolute === other.absolute
      ? undefined
      : other;
  }

  return {
    category({ id, isthing }) {
      if (id !== undefined && isthing !== undefined) things.set(id, isthing);
    },
    media({ id, path }) {
      if (id !== undefined && path !== undefined) images.set(id, path);
    },
    complete(annotation) {
      for (const segment of annotation.segments ?? [])
        if (segment.category_id !== undefined) segment.isthing = things.get(segment.category_id);
      const path = annotation.mask_path;
      if (path === undefined) return undefined;
      const mask = maskOf(annotation, path);
      annotation.mask_found = mask !== undefined && mask !== "unsafe";
      if (mask === "unsafe")
        return { rule: "package-path-unsafe", found: path, expected: "a path below the dataset's root" };
      return mask === undefined ? undefined : fillMask(annotation, mask);
    },
  };
}

/** Other types than PNG have their type and size only: lossy pixels are no ids. */
function fillMask(annotation: AnnotationRecord, mask: InputFile): MaskFault | undefined {
  try {
    const { type, width, height } = examineHeader(mask);
    annotation.mask_type = type;
    annotation.mask_width = width;
    annotation.mask_height = height;
    if (type === "image/png") fillSegments(annotation, segmentsOf(decodePng(mask.held ?? readFileSync(mask.absolute))));
    else if (type === undefined)
      return { rule: "field-type-mismatch", found: "a file of no known type", expected: "a PNG" };
    return undefined;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { found = "another file", expected } = error.details;
    const told = expected === undefined ? found : `${found}, not ${expected}`;
    return { rule: "field-type-mismatch", found: `${error.code}: ${told}`, expected: "a whole PNG" };
  }
}

function fillSegments(annotation: AnnotationRecord, { ids, pixels, boxes }: MaskSegments): void {
  annotation.mask_values = ids;
  const places = new Map<number, number>();
  ids.forEach((id, at) => {
    places.set(id, at);
  });
  for (const segment of annotation.segments ?? []) {
    const at = places.get(segment.id);
    segment.pixels = at === undefined ? 0 : pixels[at];
    if (at === undefined) continue;
    const [x = 0, y = 0, width = 0, height = 0] = boxes.subarray(4 * at, 4 * at + 4);
    segment.pixel_box = { x, y, width, height };
  }
}
