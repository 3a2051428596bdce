import { hashingSource, openMaybeGzip } from "../bytes/source.js";
import type { InputFile, Sink } from "../format.js";
import { type CocoOptions, readCocoSource } from "./read-source.js";

/** Reads one COCO file from the disk, a .gz decompressed. */
export async function readCocoFile(file: InputFile, options: CocoOptions, sink: Sink): Promise<void> {
  const opened = await openMaybeGzip(file);
  // Read in order, the digest of the file comes with the reading; that of a .gz is of the packed bytes.
  const hashing = opened.decompressed ? undefined : hashingSource(opened);
  const source = hashing ?? opened;
  try {
    await readCocoSource(source, file, options, sink);
    if (hashing !== undefined) sink.digest(hashing.digest());
  } finally {
    source.close();
  }
}
