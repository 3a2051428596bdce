import { askGroup, holdsAlone } from "./ask-group.js";
import { contentOfTexts } from "./fingerprint.js";
import type { Subject } from "./recorder.js";
import type { RuleState } from "./rule-state.js";
import type { Run } from "./run.js";
import { noColumns } from "./siblings.js";

/** What a group rule on media or categories needs of its rows. */
export interface Table {
  /** By row what it is grouped by; undefined: the rule is not asked of it. A number and a text are never one key. */
  readonly keys: readonly unknown[];
  /** Rows of different files are in different groups; rows of one file follow each other. undefined: groups are of the whole dataset. */
  readonly file: ((row: number) => number) | undefined;
  /** The rule's `column` by row, where it has one. */
  readonly values: Float64Array | undefined;
  unit(row: number): number;
  name(row: number): string;
  /** What the row is, without its id. */
  content(row: number): string;
  subject(row: number): Subject;
}

/** Group rules on media and categories: the rows are in memory, grouped by one field. */
export function runTableGroups(run: Run, state: RuleState, table: Table): void {
  const groups = new Map<unknown, number | number[]>();
  const alone = holdsAlone(run, state);
  const units = run.units[state.active.kind];
  const ask = (): void => {
    for (const group of groups.values()) {
      if (typeof group !== "number") askTableGroup(run, state, table, group);
      else if (alone) {
        state.evaluated++;
        units.add(table.unit(group), state.bit, 0, 0);
      } else askTableGroup(run, state, table, [group]);
    }
    groups.clear();
  };
  let file: number | undefined;
  for (let row = 0; row < table.keys.length; row++) {
    const key = table.keys[row];
    if (key === undefined) continue;
    const own = table.file?.(row);
    if (own !== file) ask();
    file = own;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, row);
    else if (typeof group === "number") groups.set(key, [group, row]);
    else group.push(row);
  }
  ask();
}

function askTableGroup(run: Run, state: RuleState, table: Table, members: readonly number[]): void {
  const { values } = table;
  const units = members.map((row) => table.unit(row));
  const value = values === undefined ? noColumns.value : Float64Array.from(members, (row) => values[row]!);
  askGroup(run, state, { size: members.length, ...noColumns, value }, units, (at, partners) => {
    const subject = table.subject(members[at]!);
    const content = contentOfTexts(subject.kind, table.content(members[at]!));
    const waived = run.recorder.violation(state, subject, content, "", {
      values: () => state.bound!.values(run.scope),
      others: () => partners.map((partner) => table.name(members[partner]!)),
    });
    if (!waived) run.units[state.active.kind].add(units[at]!, 0, state.badBit, 0);
  });
}
