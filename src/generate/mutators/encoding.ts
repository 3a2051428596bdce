import type { Mutator } from "./mutator.js";

/** What is wrong with the bytes of a text file, whatever they say. */
export const encoding: Readonly<Record<string, Mutator>> = {
  "byte-order-mark": {
    files(files, { file }) {
      change(files, file, (bytes) => Buffer.concat([Buffer.from("\ufeff"), bytes]));
    },
  },
  "mixed-newlines": {
    /** The first line ends as on Windows, or where it does, as elsewhere; where there is one line only, a second is begun. */
    files(files, { file }) {
      change(files, file, (bytes) => {
        const text = bytes.toString("latin1");
        const first = text.indexOf("\n");
        if (first > 0 && text[first - 1] === "\r")
          return Buffer.from(text.slice(0, first - 1) + text.slice(first), "latin1");
        return first >= 0 && first + 1 < text.length
          ? Buffer.from(`${text.slice(0, first)}\r${text.slice(first)}`, "latin1")
          : Buffer.from(`${text.trimEnd()}\r\n\n`, "latin1");
      });
    },
  },
  "invalid-utf8": {
    /** A lone continuation byte: at the beginning of the first text of the record, or at the end of its line where it has none. */
    files(files, { file, line }) {
      change(files, file, (bytes) => {
        const text = bytes.toString("latin1");
        let start = 0;
        for (let at = 1; at < line; at++) start = text.indexOf("\n", start) + 1;
        const ends = text.indexOf("\n", start);
        const end = ends < 0 ? text.length : ends;
        // A record that is laid out has its texts in the lines behind its first.
        const isOpen = /[[{]\s*$/.test(text.slice(start, end));
        const value = /":\s*"/.exec(text.slice(start, isOpen ? text.length : end));
        const at = value === null ? end : start + value.index + value[0].length;
        return Buffer.from(`${text.slice(0, at)}\x80${text.slice(at)}`, "latin1");
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
