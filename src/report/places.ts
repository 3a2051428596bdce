import type { Example } from "../engine/examples.js";
import type { RuleState } from "../engine/rule-state.js";
import { positions } from "../formats/bytes/position.js";
import { openMaybeGzip } from "../formats/bytes/source.js";
import type { InputFile } from "../formats/format.js";

/** Line and column of every kept example: one pass over each file, as far as the last of them. */
export async function placeExamples(
  states: readonly RuleState[],
  files: readonly InputFile[],
): Promise<ReadonlyMap<Example, { line: number; column: number }>> {
  const byFile = new Map<number, Example[]>();
  for (const state of states) {
    for (const example of state.examples.kept()) {
      if (example.kind === "dataset") continue;
      const list = byFile.get(example.file);
      if (list === undefined) byFile.set(example.file, [example]);
      else list.push(example);
    }
  }
  const byIndex = new Map(files.map((file) => [file.index, file]));
  const placed = new Map<Example, { line: number; column: number }>();
  for (const [index, examples] of byFile) {
    const file = byIndex.get(index);
    if (file === undefined) continue;
    examples.sort((left, right) => left.offset - right.offset);
    const source = await openMaybeGzip(file).catch(() => undefined);
    if (source === undefined) continue;
    try {
      const found = positions(
        source,
        examples.map(({ offset }) => offset),
      );
      examples.forEach((example, at) => {
        const place = found[at];
        if (place !== undefined) placed.set(example, { line: place.line, column: place.column });
      });
    } finally {
      source.close();
    }
  }
  return placed;
}
