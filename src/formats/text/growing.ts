import type { FileSink } from "../write.js";

/** A text file that grows, and the line at which it does. */
export interface GrowingFile {
  readonly path: string;
  /** Adds text without line breaks in it, and a line break. Gives the line that it stands on. */
  line(text: string): number;
  /** Adds text that may have line breaks in it, and a line break. Gives the line that it begins on. */
  lines(text: string): number;
  /** Gives the rest to the sink; a file without lines is made too. */
  end(): void;
}

/** So many characters go to the sink at once. */
const chunk = 65_536;

export function growFile(path: string, files: FileSink): GrowingFile {
  let held = "";
  let at = 0;
  let begun = false;
  function give(): void {
    begun = true;
    files.text(path, held);
    held = "";
  }
  function line(text: string): number {
    held += text;
    held += "\n";
    if (held.length > chunk) give();
    at += 1;
    return at;
  }
  return {
    path,
    line,
    lines(text) {
      const first = line(text);
      for (let feed = text.indexOf("\n"); feed >= 0; feed = text.indexOf("\n", feed + 1)) at += 1;
      return first;
    },
    end() {
      if (held !== "" || !begun) give();
    },
  };
}
