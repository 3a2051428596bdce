import type { Scope } from "../standards/cel/api.js";
import type { BoundColumn } from "../standards/cel/column-parts.js";
import type { GroupBindings, Question } from "./bindings.js";
import { type Column, Table } from "./column.js";
import { RulesByPresence } from "./presence.js";
import type { Recorder } from "./recorder.js";
import type { RuleState } from "./rule-state.js";
import type { SpillFolder } from "./spill-folder.js";
import type { Units } from "./units.js";

/** Where a record stands and what rows it refers to. */
export interface Place {
  readonly row: number;
  readonly file: number;
  readonly offset: number;
  readonly element: number;
  readonly mediaRow: number;
  readonly categoryRow: number;
}

/** What group rules need of every annotation, kept in columns until all has been read. */
export interface GroupRows {
  readonly rules: readonly RuleState[];
  readonly table: Table;
  /** Bit i: rule i is asked of this row. */
  readonly mask: Column<Uint32Array>;
  /** Row of the medium + 1, row of the category + 1; 0 for none. */
  readonly media: Column<Uint32Array>;
  readonly category: Column<Uint32Array>;
  /** File, offset, element and id of the record. An id is a number here: a text 2^53 and more, NaN for none. */
  readonly place: Column<Float64Array>;
  readonly box: Column<Float64Array>;
  readonly area: Column<Float64Array>;
  readonly iscrowd: Column<Uint8Array>;
  /** The `column` of each rule that has one, by its place in `rules`. */
  readonly values: readonly (Column<Float64Array> | undefined)[];
  idText(id: number): string | undefined;
  /** @param present what the record has (`annotationPresence`) */
  push(scope: Scope, present: number, place: Place, units: Units, recorder: Recorder): void;
}

const firstText = 2 ** 53;

/** @param states those of all rules, in the order of the bindings */
export function newGroupRows(groups: GroupBindings, states: readonly RuleState[], spill: SpillFolder): GroupRows {
  const rules = groups.at.map((at) => states[at]!);
  const doubles = (count: number) => new Float64Array(count);
  const whole = (count: number) => new Uint32Array(count);
  const texts: string[] = [];
  const numberOfText = new Map<string, number>();
  const table = new Table(spill);
  const mask = table.column("mask", whole);
  const media = table.column("media", whole);
  const category = table.column("category", whole);
  const place = table.column("place", doubles, 4);
  const box = table.column("box", doubles, 4);
  const area = table.column("area", doubles);
  const iscrowd = table.column("iscrowd", (count) => new Uint8Array(count));
  const values = rules.map(({ column }, at) =>
    column === undefined ? undefined : table.column(`value${at}`, doubles),
  );
  const valued = values.flatMap((column, at) => {
    const bound = rules[at]!.column;
    return column === undefined || bound === undefined ? [] : [{ column, bound, bit: (1 << at) >>> 0 }];
  });

  const questions = groups.questions.map((together) => new RulesByPresence(together, together.rules));

  function idNumber(value: number | string | undefined): number {
    if (value === undefined) return Number.NaN;
    if (typeof value === "number") return value;
    let number = numberOfText.get(value);
    if (number === undefined) {
      number = texts.push(value) - 1;
      numberOfText.set(value, number);
    }
    return firstText + 2 * number;
  }

  /** Bit i: rule i is asked of the record in the scope. */
  function bitsOf(scope: Scope, present: number, row: number, units: Units, recorder: Recorder): number {
    let bits = groups.always;
    for (let q = 0; q < questions.length; q++) {
      const group = questions[q]!;
      if ((present & group.bit) !== group.bit) continue;
      const { outcomes } = group;
      group.ask(scope, outcomes);
      for (let i = 0; i < outcomes.length; i++) {
        if (outcomes[i] === 1) bits |= group.rules[i]!.bits;
        else if (outcomes[i] === 3) notEvaluated(group.rules[i]!, states, row, units, recorder);
      }
    }
    return bits >>> 0;
  }

  return {
    rules,
    table,
    mask,
    media,
    category,
    place,
    box,
    area,
    iscrowd,
    values,
    idText(number) {
      if (Number.isNaN(number)) return undefined;
      return number < firstText ? String(number) : texts[(number - firstText) / 2];
    },
    push(scope, present, { row, file, offset, element, mediaRow, categoryRow }, units, recorder) {
      const bits = bitsOf(scope, present, row, units, recorder);
      const at = table.next();
      const { annotation } = scope;
      for (let i = 0; i < valued.length; i++) {
        const { column, bound, bit } = valued[i]!;
        column.open[at] = (bits & bit) === 0 ? Number.NaN : numberOf(bound, scope);
      }
      mask.open[at] = bits;
      media.open[at] = mediaRow + 1;
      category.open[at] = categoryRow + 1;
      place.open[4 * at] = file;
      place.open[4 * at + 1] = offset;
      place.open[4 * at + 2] = element;
      place.open[4 * at + 3] = idNumber(annotation.id);
      const b = annotation.box;
      box.open[4 * at] = b === undefined ? Number.NaN : b.x;
      box.open[4 * at + 1] = b === undefined ? Number.NaN : b.y;
      box.open[4 * at + 2] = b === undefined ? Number.NaN : b.width;
      box.open[4 * at + 3] = b === undefined ? Number.NaN : b.height;
      area.open[at] = annotation.area ?? Number.NaN;
      iscrowd.open[at] = annotation.iscrowd === 1 ? 1 : 0;
    },
  };
}

function notEvaluated(
  { membership, at }: Question,
  states: readonly RuleState[],
  row: number,
  units: Units,
  recorder: Recorder,
): void {
  for (const place of at) {
    const state = states[place]!;
    recorder.notEvaluated(state, membership);
    units.add(row, state.bit, 0, state.bit);
  }
}

/** The number of the record for one rule; NaN where it has none. */
function numberOf(bound: BoundColumn, scope: Scope): number {
  try {
    return bound.value(scope);
  } catch {
    // An expression that fails on this record has no value for it.
    return Number.NaN;
  }
}
