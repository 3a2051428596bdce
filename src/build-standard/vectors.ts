import { askedFormat } from "../conformance/drawn-files.js";
import { suiteOf } from "../conformance/rule-suite.js";
import { filesOf, type Side } from "../engine/cases.js";
import { recordsOfJoin } from "../engine/records-of-case.js";
import { seededDraw } from "../generate/draw.js";
import type { Case, Parameter, Rule } from "../records/grammar.gen.js";
import { activateForCase } from "../standards/apply.js";
import type { LoadedStandard } from "../standards/load.js";
import type { ActiveRule } from "../standards/ruleset.js";
import type { Entry } from "../validator/assessor.js";
import { askEngine, type Expected, plainRecord, readRecords } from "./records.js";

/** Records and what a right implementation says of them. */
export interface Vector {
  readonly id: string;
  /** Values of parameters in this vector, by rule, where they are not those of the standard. */
  readonly params?: Readonly<Record<string, Readonly<Record<string, Parameter | undefined>>>>;
  /** `case`: `expected` is about one rule. `dataset`: every rule that is asked of a record is in `expected`. */
  readonly about: "case" | "dataset";
  readonly records: readonly Entry[];
  readonly expected: readonly Expected[];
}

const sides: readonly Side[] = ["conforming", "violating", "inapplicable"];

/** The cases of the standard that are records; those that are files go through a reader, which has to be there first. */
export async function caseVectors(standard: LoadedStandard): Promise<readonly Vector[]> {
  const vectors: Vector[] = [];
  for (const rule of standard.rules) {
    if (rule.assert === undefined) continue;
    for (const side of sides) {
      for (const [position, one] of (rule.cases[side] ?? []).entries()) {
        if (filesOf(one) !== undefined) continue;
        const params = one.params ?? {};
        const active = await activateForCase(rule, standard, params);
        const records = entriesOf(one);
        vectors.push({
          id: `${rule.id}/${side}/${one.name ?? position}`,
          ...(one.params === undefined ? {} : { params: { [rule.id]: params } }),
          about: "case",
          records,
          expected: await askEngine([active], records),
        });
      }
    }
  }
  return vectors;
}

/** The records of a case as a list; a join becomes records that refer to each other. */
function entriesOf(one: Case): readonly Entry[] {
  if (one.records !== undefined) return one.records.map((entry) => plainRecord(entry) as Entry);
  return recordsOfJoin(one as Parameters<typeof recordsOfJoin>[0]).map(({ kind, record }) => ({
    [kind]: plainRecord(record),
  }));
}

/** Small drawn datasets of one file: one that conforms for each format, and one for each rule that is broken. Same seed, same vectors. */
export async function drawnVectors(
  standard: LoadedStandard,
  active: readonly ActiveRule[],
  seed: number,
): Promise<readonly Vector[]> {
  const vectors: Vector[] = [];
  const suite = await suiteOf(standard);
  const add = async (id: string, format: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> => {
    const { steps } = await readRecords(active, files, askedFormat(format));
    const records = steps.filter((step): step is Entry => !("declares" in step));
    if (records.filter(({ file }) => file !== undefined).length !== 1) return;
    const expected = await askEngine(active, records);
    vectors.push({
      id,
      about: "dataset",
      records,
      expected: expected.filter(({ verdict }) => verdict !== "not-applicable"),
    });
  };
  for (const writer of suite.writers) {
    const draw = seededDraw(seed);
    await add(`drawn/conforming/${writer.format}`, writer.format, suite.drawConforming(writer, draw));
  }
  for (const rule of drawable(standard)) {
    const drawer = await suite.drawerOf(rule);
    if (drawer === undefined) continue;
    const { format, files } = drawer(seededDraw(seed));
    await add(`drawn/${rule.id}/${format}`, format, files);
  }
  return vectors;
}

/** Rules that are asked of records and can be broken with the parameters of the standard. */
function drawable({ rules }: LoadedStandard): readonly Rule[] {
  return rules.filter(
    (rule) => rule.assert !== undefined && rule.break !== undefined && rule.break.params === undefined,
  );
}
