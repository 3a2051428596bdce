import { InputError } from "../../records/errors.js";
import type { MediaRecord } from "../../records/types.gen.js";
import type { InputFile } from "../format.js";
import { examineImage, type ImageFacts } from "./image.js";

/** What the bytes of a medium say, as fields of its record. */
export type MediaFacts = Pick<
  MediaRecord,
  "readable" | "type" | "decoded_width" | "decoded_height" | "orientation" | "sha256"
>;

export async function examineMedia(file: InputFile): Promise<MediaFacts> {
  const { type, width, height, orientation, whole, sha256 } = factsOf(file);
  return { readable: whole, type, decoded_width: width, decoded_height: height, orientation, sha256 };
}

/** @throws InputError that names the file: one that may not be read ends the run, for nothing can then be said of it. */
function factsOf(file: InputFile): ImageFacts {
  try {
    return examineImage(file);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(error.code, { ...error.details, file: file.path });
  }
}
