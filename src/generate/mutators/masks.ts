import type { AnnotationRecord } from "../../records/types.gen.js";
import type { Mutator } from "./mutator.js";

/** What is wrong with the mask of an annotation, or with its file. */
export const masks: Readonly<Record<string, Mutator>> = {
  "mask-dotted": {
    /** Every second pixel of the first columns, a thousand in all: much border around little area. */
    sample({ target }) {
      const { rle } = target.item.record as AnnotationRecord;
      if (rle === undefined) return;
      const dots = Math.min(2000, rle.height * rle.width - 1);
      rle.counts = Float64Array.of(...Array.from({ length: dots }, () => 1), rle.height * rle.width - dots);
    },
  },
  "segments-shrunk": {
    /** Of each segment one pixel is left. */
    sample({ target }) {
      const annotation = target.item.record as AnnotationRecord;
      annotation.segments = annotation.segments?.map((segment) =>
        segment.box === undefined ? segment : { ...segment, area: 1, box: { ...segment.box, width: 1, height: 1 } },
      );
    },
  },
  "mask-as-jpeg": {
    /** The file is named as it was and holds the head of a JPEG of the same size. */
    files(files, _, __, record) {
      const { mask_path = "" } = record as AnnotationRecord;
      const path = [...files.keys()].find((name) => name.endsWith(`/${mask_path}`));
      const png = path === undefined ? undefined : files.get(path);
      if (path === undefined || png === undefined) throw new Error(`no mask was written at ${mask_path}`);
      files.set(path, jpegHead({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) }));
    },
  },
};

/** Start of image, JFIF segment, a baseline frame of one component, end of image. */
function jpegHead({ width, height }: { width: number; height: number }): Buffer {
  const head = Buffer.from("ffd8ffe000104a46494600010100000100010000ffc0000b080000000001011100ffd9", "hex");
  const frame = 25;
  head.writeUInt16BE(height, frame);
  head.writeUInt16BE(width, frame + 2);
  return head;
}
