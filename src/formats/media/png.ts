import type { ImageReader } from "./image-reader.js";
import { readOrientation } from "./tiff.js";

export const pngSignature = "\x89PNG\r\n\x1a\n";

/** PNG (W3C PNG 3rd edition §5). Whole: the chunks lead from IHDR through at least one IDAT to IEND. */
export const png: ImageReader = {
  type: "image/png",
  matches: (head) => head.toString("latin1", 0, 8) === pngSignature,
  read(bytes, shape, toTheEnd) {
    if (bytes.text(12, 4) !== "IHDR") return "the first chunk is not IHDR";
    shape.width = bytes.u32be(16);
    shape.height = bytes.u32be(20);
    let dataChunks = 0;
    for (let at = 8; ; ) {
      if (at + 12 > bytes.size) return "there is no IEND chunk";
      const length = bytes.u32be(at);
      const type = bytes.text(at + 4, 4);
      if (at + 12 + length > bytes.size) return `the chunk ${printable(type)} at byte ${at} is cut off`;
      if (type === "eXIf") readOrientation(bytes, at + 8, at + 8 + length, shape);
      if (type === "IDAT") {
        dataChunks += 1;
        if (!toTheEnd) return undefined;
      }
      if (type === "IEND") {
        if (dataChunks === 0) return "there is no IDAT chunk";
        return undefined;
      }
      at += 12 + length;
    }
  },
};

function printable(type: string): string {
  return /^[A-Za-z]{4}$/.test(type) ? type : "with a damaged name";
}
