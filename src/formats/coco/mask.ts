import type { AnnotationRecord, Box, MediaRecord } from "../../records/types.gen.js";
import { encodeRgbPng } from "../png/encode.js";

/** Larger masks are not drawn: a legal size of 2^31 by 2^31 is no picture that anybody keeps. */
const mostPixels = 2 ** 24;

/**
 * The PNG of a panoptic annotation: each segment is the box of its pixels, or else its box, filled with its id (R + 256 G + 256² B) over those before
 * it; 0 is what no segment covers. Where boxes do not overlap, a segment has the pixels of its box. Segments without a box, with 0 `pixels`, or with an
 * id that three bytes do not hold are not drawn. Its size is `mask_width` by `mask_height`, or else that of the medium.
 * Undefined where that is no size, or the record says that the mask is not there.
 */
export function drawMask(annotation: AnnotationRecord, media: MediaRecord): Buffer | undefined {
  if (annotation.mask_found === false) return undefined;
  const width = annotation.mask_width ?? media.width;
  const height = annotation.mask_height ?? media.height;
  if (width === undefined || height === undefined || !Number.isInteger(width) || !Number.isInteger(height))
    return undefined;
  if (width < 1 || height < 1 || width * height > mostPixels) return undefined;
  const pixels = new Uint8Array(3 * width * height);
  for (const { id, box, pixels: count, pixel_box } of annotation.segments ?? []) {
    const drawn = pixel_box ?? box;
    if (drawn === undefined || count === 0 || !Number.isInteger(id) || id < 0 || id >= 2 ** 24) continue;
    fill({ width, height, pixels }, drawn, id);
  }
  return encodeRgbPng({ width, height, pixels });
}

interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Pixels whose centres lie in the box, and in the picture. */
function fill({ width, height, pixels }: Raster, box: Box, id: number): void {
  const left = Math.max(0, Math.round(box.x));
  const right = Math.min(width, Math.round(box.x + box.width));
  const top = Math.max(0, Math.round(box.y));
  const bottom = Math.min(height, Math.round(box.y + box.height));
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = 3 * (y * width + x);
      pixels[at] = id & 255;
      pixels[at + 1] = (id >> 8) & 255;
      pixels[at + 2] = id >> 16;
    }
  }
}
