/**
 * Text from the data as it may be shown: what would act on the page or turn its direction (controls, marks of direction, lone surrogates,
 * invisible characters) is written `[U+202E]`; everything else stands as it is. Source: Unicode 16, table 23-3, and UAX 9 section 2.
 */
export function visible(text: string): string {
  let out = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    out += acts(code) ? `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]` : character;
  }
  return out;
}

/** At most `most` characters, what is left out marked in the middle, where paths differ least. */
export function cutMiddle(text: string, most: number): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  const tail = Math.ceil((most - 1) * 0.6);
  return `${characters.slice(0, most - 1 - tail).join("")}…${characters.slice(-tail).join("")}`;
}

/** Columns of a terminal: Han, kana, Hangul, full-width signs and emoji count two, marks that combine none. Source: UAX 11, W and F. */
export function columns(text: string): number {
  let sum = 0;
  for (const character of text) sum += columnsOf(character.codePointAt(0) ?? 0, character);
  return sum;
}

/** Filled with blanks on the right up to `width` columns. */
export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columns(text)));
}

/** Filled with blanks on the left up to `width` columns. */
export function padStart(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - columns(text))) + text;
}

/** At most `width` columns, the end left out with an ellipsis. */
export function cutColumns(text: string, width: number): string {
  if (columns(text) <= width) return text;
  let out = "";
  let used = 0;
  for (const character of text) {
    const more = columnsOf(character.codePointAt(0) ?? 0, character);
    if (used + more > width - 1) break;
    out += character;
    used += more;
  }
  return `${out}…`;
}

function acts(code: number): boolean {
  return (
    code < 0x20 ||
    (code >= 0x7f && code <= 0x9f) ||
    code === 0xad ||
    code === 0x61c ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    (code >= 0xd800 && code <= 0xdfff) ||
    code === 0xfeff ||
    (code >= 0xfff9 && code <= 0xfffb) ||
    (code & 0xfffe) === 0xfffe
  );
}

const combining = /^\p{M}$/u;

function columnsOf(code: number, character: string): number {
  if (code < 0x300) return 1;
  if (combining.test(character)) return 0;
  const wide =
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0x303e) ||
    (code >= 0x3041 && code <= 0x33ff) ||
    (code >= 0x3400 && code <= 0x4dbf) ||
    (code >= 0x4e00 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd);
  return wide ? 2 : 1;
}

/** Rows of cells as lines whose columns stand below one another; those named `right` end alike, as numbers do. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => columns(row[at] ?? ""))));
  return rows.map((row) =>
    row
      .map((cell, at) => (right.includes(at) ? padStart : padEnd)(cell, widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
