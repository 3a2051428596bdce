import type { MediaRecord } from "../../records/types.gen.js";
import type { InputFile } from "../format.js";
import { examineImage } from "./image.js";

/** What the bytes of a medium say, as fields of its record. */
export type MediaFacts = Pick<
  MediaRecord,
  "readable" | "type" | "decoded_width" | "decoded_height" | "orientation" | "sha256"
>;

export async function examineMedia(file: InputFile): Promise<MediaFacts> {
  const { type, width, height, orientation, whole, sha256 } = examineImage(file.absolute);
  return { readable: whole, type, decoded_width: width, decoded_height: height, orientation, sha256 };
}
