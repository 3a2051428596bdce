import type { TextEdit } from "../write.js";

/** Makes the edits in a label line, in their order: pointers are columns, counted from 0, one past the end is new. What they do not name stays as it is. */
export function editColumns(line: string, edits: readonly TextEdit[]): string {
  return edits.reduce((text, { at, how, text: by }) => {
    const columns = [...text.matchAll(/\S+/g)].map(({ 0: column, index }) => ({ column, start: index }));
    const found = columns[Number(at.slice(1))];
    if (how === "repeat" || (found === undefined && how !== "omit"))
      return `${text.trimEnd()} ${by === "" ? (found?.column ?? "") : by}`;
    if (found === undefined) return text;
    const { start, column } = found;
    const end = start + column.length;
    if (how !== "omit") return text.slice(0, start) + by + text.slice(end);
    return start === 0 ? text.slice(end).trimStart() : text.slice(0, start).trimEnd() + text.slice(end);
  }, line);
}
