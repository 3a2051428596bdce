import type { Scope } from "../standards/cel/api.js";
import { Column, type SpillFolder } from "./column.js";
import type { Recorder } from "./recorder.js";
import type { RuleState } from "./rule-state.js";
import type { Units } from "./units.js";

/** At most this many group rules on annotations: one bit each says whether the rule is asked of the row. */
const maxGroupRules = 32;

/** What group rules need of every annotation, kept in columns until all has been read. */
export interface GroupRows {
  readonly rules: readonly RuleState[];
  /** Bit i: rule i is asked of this row. */
  readonly mask: Column<Uint32Array>;
  /** Row of the medium + 1, row of the category + 1; 0 for none. */
  readonly media: Column<Uint32Array>;
  readonly category: Column<Uint32Array>;
  readonly file: Column<Uint32Array>;
  readonly offset: Column<Float64Array>;
  readonly element: Column<Uint32Array>;
  /** The id as a number: a text by its number in `texts` + 2^53. */
  readonly id: Column<Float64Array>;
  readonly box: Column<Float64Array>;
  readonly area: Column<Float64Array>;
  readonly iscrowd: Column<Uint8Array>;
  /** The `column` of each rule that has one, by its place in `rules`. */
  readonly values: readonly (Column<Float64Array> | undefined)[];
  idText(id: number): string | undefined;
  push(
    scope: Scope,
    row: number,
    file: number,
    offset: number,
    element: number,
    mediaRow: number,
    categoryRow: number,
    units: Units,
    recorder: Recorder,
  ): void;
}

const firstText = 2 ** 53;

export function newGroupRows(states: readonly RuleState[], spill: SpillFolder): GroupRows {
  const rules = states.filter(
    ({ active, bound }) => active.kind === "annotation" && active.rule.within !== undefined && bound !== undefined,
  );
  if (rules.length > maxGroupRules) throw new RangeError(`at most ${maxGroupRules} group rules on annotations`);
  const doubles = (count: number) => new Float64Array(count);
  const whole = (count: number) => new Uint32Array(count);
  const texts: string[] = [];
  const numberOfText = new Map<string, number>();
  const mask = new Column(spill, "mask", whole);
  const media = new Column(spill, "media", whole);
  const category = new Column(spill, "category", whole);
  const fileColumn = new Column(spill, "file", whole);
  const offsets = new Column(spill, "offset", doubles);
  const elements = new Column(spill, "element", whole);
  const id = new Column(spill, "id", doubles);
  const box = new Column(spill, "box", doubles, 4);
  const area = new Column(spill, "area", doubles);
  const iscrowd = new Column(spill, "iscrowd", (count) => new Uint8Array(count));

  const values = rules.map((state, at) =>
    state.column === undefined ? undefined : new Column(spill, `value${at}`, doubles),
  );

  /** The number of the record for one rule; NaN where it is not asked or has none. */
  function columnValue(state: RuleState, scope: Scope, asked: boolean): number {
    if (!asked || state.column === undefined) return Number.NaN;
    try {
      return state.column.value(scope);
    } catch {
      // An expression that fails on this record has no value for it.
      return Number.NaN;
    }
  }

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

  return {
    rules,
    mask,
    media,
    category,
    file: fileColumn,
    offset: offsets,
    element: elements,
    id,
    box,
    area,
    iscrowd,
    values,
    idText(number) {
      if (Number.isNaN(number)) return undefined;
      return number < firstText ? String(number) : texts[(number - firstText) / 2];
    },
    push(scope, row, file, offset, element, mediaRow, categoryRow, units, recorder) {
      let bits = 0;
      for (let i = 0; i < rules.length; i++) {
        const state = rules[i]!;
        const { membership } = state;
        const outcome = membership === undefined ? 1 : membership.run(scope);
        if (outcome === 1) bits |= 1 << i;
        else if (outcome === 3) {
          recorder.notEvaluated(state, membership!);
          units.add(row, state.bit, 0, state.bit);
        }
        values[i]?.push(columnValue(state, scope, outcome === 1));
      }
      const { annotation } = scope;
      mask.push(bits >>> 0);
      media.push(mediaRow + 1);
      category.push(categoryRow + 1);
      fileColumn.push(file);
      offsets.push(offset);
      elements.push(element);
      id.push(idNumber(annotation.id));
      const b = annotation.box;
      if (b === undefined) box.push(Number.NaN, Number.NaN, Number.NaN, Number.NaN);
      else box.push(b.x, b.y, b.width, b.height);
      area.push(annotation.area ?? Number.NaN);
      iscrowd.push(annotation.iscrowd === 1 ? 1 : 0);
    },
  };
}
