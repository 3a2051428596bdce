import type { Mutator } from "./mutator.js";

/** What is wrong with the bytes of a text file, whatever they say. */
export const encoding: Readonly<Record<string, Mutator>> = {
  "byte-order-mark": {
    files(files, { file }) {
      change(files, file, (bytes) => Buffer.concat([Buffer.from("\ufeff"), bytes]));
    },
  },
  "mixed-newlines": {
    /** The first line ends as on Windows; where there is one line only, a second is begun. */
    files(files, { file }) {
      change(files, file, (bytes) => {
        const text = bytes.toString("latin1");
        const first = text.indexOf("\n");
        return first >= 0 && first + 1 < text.length
          ? Buffer.from(`${text.slice(0, first)}\r${text.slice(first)}`, "latin1")
          : Buffer.from(`${text.trimEnd()}\r\n\n`, "latin1");
      });
    },
  },
  "invalid-utf8": {
    /** A lone continuation byte: at the beginning of the first text in the record's line, or at the end of a line without one. */
    files(files, { file, line }) {
      change(files, file, (bytes) => {
        const lines = bytes.toString("latin1").split("\n");
        const own = lines[line - 1] ?? "";
        const text = own.indexOf('":"');
        const at = text < 0 ? own.length : text + 3;
        lines[line - 1] = `${own.slice(0, at)}\x80${own.slice(at)}`;
        return Buffer.from(lines.join("\n"), "latin1");
      });
    },
  },
  "cut-off": {
    /** Ends in the middle of the record's line. */
    files(files, { file, line }) {
      change(files, file, (bytes) => {
        const lines = bytes.toString("latin1").split("\n");
        const own = lines[line - 1] ?? "";
        return Buffer.from([...lines.slice(0, line - 1), own.slice(0, own.length >> 1)].join("\n"), "latin1");
      });
    },
  },
};

function change(files: Map<string, Buffer>, file: string, how: (bytes: Buffer) => Buffer): void {
  const bytes = files.get(file);
  if (bytes === undefined) throw new Error(`${file} was not written`);
  files.set(file, how(bytes));
}
