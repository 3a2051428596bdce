import type { InputFile } from "../../formats/format.js";
import { examineImage } from "../../formats/media/image.js";
import { encodePng, pngChunk } from "../../formats/png/encode.js";

const white = [[255, 255, 255]] as const;
const behindHeader = 33;
/** What tells the type of a file. */
const signatureBytes = 32;

/**
 * A white PNG that is like a picture in what its file says: size, orientation, and whether it is whole. Of what has no size the first bytes alone, which
 * tell its type.
 */
export function blankLike(file: InputFile, head: Buffer): Buffer {
  const { width, height, orientation, whole } = examineImage(file);
  if (width === undefined || height === undefined || width * height === 0) return head.subarray(0, signatureBytes);
  let bytes = encodePng({ width, height, pixels: new Uint8Array(width * height) }, white);
  if (orientation !== undefined && orientation !== 1) bytes = withOrientation(bytes, orientation);
  return whole === false ? bytes.subarray(0, Math.ceil(bytes.length / 2)) : bytes;
}

/** A chunk eXIf behind the header, with one entry (PNG 3rd edition §11.3.4.5). */
function withOrientation(bytes: Buffer, orientation: number): Buffer {
  const exif = Buffer.from("4d4d002a00000008000101120003000000010000000000000000", "hex");
  exif.writeUInt16BE(orientation, 18);
  return Buffer.concat([bytes.subarray(0, behindHeader), pngChunk("eXIf", exif), bytes.subarray(behindHeader)]);
}
