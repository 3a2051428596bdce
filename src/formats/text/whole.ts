import { InputError } from "../../records/errors.js";
import { openFile } from "../bytes/source.js";
import type { InputFile } from "../format.js";
import { readLines } from "./lines.js";

/** All bytes of a small file. @throws InputError TS-FORMAT-0031 when it has more than `most`, TS-IO-0001 when it cannot be read. */
export function wholeFile(file: InputFile, most: number): Buffer {
  const source = openFile(file);
  try {
    if (source.size > most) {
      throw new InputError("TS-FORMAT-0031", { expected: `at most ${most} bytes`, found: `${source.size}` });
    }
    const bytes = Buffer.alloc(source.size);
    let length = 0;
    for (let got = -1; got !== 0 && length < bytes.length; length += got) {
      got = source.read(bytes.subarray(length), length);
    }
    return bytes.subarray(0, length);
  } finally {
    source.close();
  }
}

/** All lines of a small file, faults of the text left out. @throws InputError as `readLines` does, TS-IO-0001 when it cannot be read. */
export function linesOf(file: InputFile): readonly { readonly text: string; readonly offset: number }[] {
  const source = openFile(file);
  try {
    const lines = readLines(source);
    const all: { text: string; offset: number }[] = [];
    while (lines.next()) all.push({ text: lines.text, offset: lines.offset });
    return all;
  } finally {
    source.close();
  }
}
