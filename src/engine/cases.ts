import type { InputFile, Sink } from "../formats/format.js";
import { faultsOf } from "../formats/index.js";
import { measures } from "../measures/index.js";
import { givenMeasure, type Measure, ratio } from "../measures/measure.js";
import { TouchstoneError } from "../records/errors.js";
import type { Case, Kind, LocalText, Rule } from "../records/grammar.gen.js";
import { activateForCase } from "../standards/apply.js";
import { lintMessage } from "../standards/lint-messages.js";
import type { LoadedStandard } from "../standards/load.js";
import type { ActiveRule } from "../standards/ruleset.js";
import { finishRun, type MediaAccess } from "./finish.js";
import { readHeld } from "./read-files.js";
import { type CaseRecord, recordsOfJoin, recordsOfList } from "./records-of-case.js";
import type { RuleState } from "./rule-state.js";
import { createRun, type Run } from "./run.js";

export type Side = "conforming" | "violating" | "inapplicable";

export interface CaseOutcome {
  readonly rule: string;
  readonly side: Side;
  readonly position: number;
  /** `side/position`, or the case's own name. */
  readonly name: string;
  readonly ok: boolean;
  /** What the case should give and what it gave, where the two differ. */
  readonly problem?: LocalText;
}

const noMedia: MediaAccess = {
  resolve: () => undefined,
  examine: () => Promise.reject(new Error("a case names no media")),
};
const oneFile: InputFile = { path: "case", absolute: "", bytes: 0, index: 0 };
const order: readonly Kind[] = ["file", "dataset", "category", "media", "annotation", "node"];

/** Feeds records to the engine as a reader would: categories and media before annotations. */
export async function feed(run: Run, records: readonly CaseRecord[]): Promise<ReadonlyMap<string, number>> {
  const sink = run.sink;
  const file = records.find(({ kind }) => kind === "file")?.record ?? {};
  sink.file(
    { path: "case", format: undefined, bytes: 0, split: undefined, version: undefined, ...file } as Parameters<
      Sink["file"]
    >[0],
    oneFile,
  );
  const counts = new Map<Kind, number>();
  const positions = new Map<string, number>();
  for (const kind of order.slice(1)) {
    for (const one of records) {
      if (one.kind !== kind) continue;
      const element = counts.get(kind) ?? 0;
      counts.set(kind, element + 1);
      positions.set(`${kind} ${element}`, one.position);
      const put = sink[kind as "annotation"] as (record: unknown, offset: number, element: number) => void;
      put(one.record, element, element);
    }
  }
  await finishRun(run, noMedia);
  return positions;
}

/** Puts the files of a case into a temporary folder and reads them with the real reader. */
async function readFiles(
  newRun: (inputs: readonly InputFile[]) => Run,
  files: NonNullable<Case["files"]>,
): Promise<Run> {
  const held = files.map(
    ({ name, text, bytes }) =>
      [name, bytes === undefined ? Buffer.from(text ?? "") : Buffer.from(bytes, "base64")] as const,
  );
  return readHeld(new Map(held), newRun);
}

export function filesOf(one: Case): NonNullable<Case["files"]> | undefined {
  if (one.files !== undefined) return one.files;
  const { file } = one;
  if (file === undefined || typeof file["name"] !== "string") return undefined;
  const { name, text, bytes } = file as { name: string; text?: string; bytes?: string };
  return [{ name, ...(text === undefined ? {} : { text }), ...(bytes === undefined ? {} : { bytes }) }];
}

/** Runs one case of a rule through the engine and says whether the outcome is what its side says. */
export async function runCase(
  standard: LoadedStandard,
  rule: Rule,
  side: Side,
  position: number,
): Promise<CaseOutcome> {
  const one = rule.cases[side]?.[position];
  const name = `${side}/${one?.name ?? position}`;
  const base = { rule: rule.id, side, position, name };
  if (one === undefined) return { ...base, ok: false, problem: lintMessage("case/none", {}).message };
  const active = await activateForCase(rule, standard, one.params ?? {});
  if (active.openParams.length > 0)
    return { ...base, ok: false, problem: lintMessage("case/open", { params: active.openParams.join(", ") }).message };
  return { ...base, ...(await caseVerdict(active, side, one)) };
}

/** Whether a rule gives on a case what its side says; `values`: and its findings show what broke it. */
export async function caseVerdict(
  active: ActiveRule,
  side: Side,
  one: Case,
  { values = true }: { readonly values?: boolean } = {},
): Promise<{ readonly ok: boolean; readonly problem?: LocalText }> {
  const files = filesOf(one);
  if (files === undefined) {
    const records =
      one.records === undefined
        ? recordsOfJoin(one as Parameters<typeof recordsOfJoin>[0])
        : recordsOfList(one.records);
    const run = runOf([active], goldOf(one))([oneFile]);
    try {
      const positions = await feed(run, records);
      return judge(run, side, one, records, positions, values);
    } finally {
      run.close();
    }
  }
  const run = await readFiles(runOf([active], goldOf(one)), files);
  try {
    return judge(run, side, one, [], undefined, values);
  } finally {
    run.close();
  }
}

/** What a rule says of some records. */
export interface Answer {
  readonly asked: number;
  readonly notEvaluated: number;
  /** Positions of the records that it finds; of the dataset as a whole -1. */
  readonly found: readonly number[];
}

/** What each of some rules says of the same records. */
export async function askRecords(active: readonly ActiveRule[], records: readonly CaseRecord[]): Promise<Answer[]> {
  const run = runOf(active)([oneFile]);
  try {
    const positions = await feed(run, records);
    return run.states.map((state) => answerOf(state, positions));
  } finally {
    run.close();
  }
}

function answerOf(state: RuleState, positions: ReadonlyMap<string, number>): Answer {
  const found = new Set(
    state.examples
      .kept()
      .map(({ kind, element }) => (kind === "dataset" ? -1 : (positions.get(`${kind} ${element}`) ?? -1))),
  );
  return {
    asked: state.evaluated,
    notEvaluated: state.notEvaluated,
    found: [...found].sort((left, right) => left - right),
  };
}

/** What a case says that gold came to. */
function goldOf({ gold = {} }: Case): readonly Measure<undefined>[] {
  return Object.entries(gold).flatMap(([id, found]) =>
    found === undefined ? [] : [givenMeasure({ id, title: { zh: id, en: id }, ...ratio(found.a, found.b) })],
  );
}

function runOf(
  active: readonly ActiveRule[],
  given: readonly Measure<undefined>[] = [],
): (inputs: readonly InputFile[]) => Run {
  return (inputs) =>
    createRun(active, [], [...measures, ...given], inputs, { maxExamples: 1000, pointer: () => undefined, faultsOf });
}

function judge(
  run: Run,
  side: Side,
  one: Case,
  records: readonly CaseRecord[],
  positions: ReadonlyMap<string, number> | undefined,
  values: boolean,
): { ok: boolean; problem?: LocalText } {
  const state = run.states[0];
  if (state === undefined) return { ok: false, problem: lintMessage("case/not-run", {}).message };
  const { evaluated, violations, notEvaluated } = state;
  const counts = { asked: evaluated, findings: violations, unknown: notEvaluated };
  const got =
    notEvaluated === 0
      ? lintMessage("case/counts", counts).message
      : lintMessage("case/counts-codes", { ...counts, codes: [...state.codes.keys()].join(", ") }).message;
  const fail = (wanted: "not-asked" | "evaluated" | "holds" | "breaks") => ({
    ok: false,
    problem: lintMessage("case/outcome", { wanted: lintMessage(`case/${wanted}`, {}).message, got }).message,
  });
  if (side === "inapplicable") return evaluated + notEvaluated + violations === 0 ? { ok: true } : fail("not-asked");
  if (notEvaluated > 0) return fail("evaluated");
  if (side === "conforming") return evaluated > 0 && violations === 0 ? { ok: true } : fail("holds");
  if (violations === 0) return fail("breaks");
  if (
    values &&
    state.active.rule.assert !== undefined &&
    state.examples.kept().some((kept) => kept.values.length === 0)
  )
    return { ok: false, problem: lintMessage("case/no-value", {}).message };
  if (positions === undefined || one.records === undefined) return { ok: true };
  const found = answerOf(state, positions).found.filter((at) => at >= 0);
  const wanted =
    one.finds ??
    (state.active.kind === "dataset"
      ? []
      : records.filter(({ kind }) => kind === state.active.kind).map(({ position }) => position));
  if (JSON.stringify(found) === JSON.stringify([...wanted].sort((a, b) => a - b))) return { ok: true };
  return {
    ok: false,
    problem: lintMessage("case/records", { wanted: JSON.stringify(wanted), found: JSON.stringify(found) }).message,
  };
}

/** All cases of all rules of a standard, in the order of the rules. */
export async function runCases(standard: LoadedStandard, only?: readonly string[]): Promise<CaseOutcome[]> {
  const outcomes: CaseOutcome[] = [];
  for (const rule of standard.rules) {
    if (only !== undefined && only.length > 0 && !only.includes(rule.id)) continue;
    for (const side of ["conforming", "violating", "inapplicable"] as const) {
      const count = rule.cases[side]?.length ?? 0;
      for (let position = 0; position < count; position++) {
        try {
          outcomes.push(await runCase(standard, rule, side, position));
        } catch (error) {
          outcomes.push({
            rule: rule.id,
            side,
            position,
            name: `${side}/${rule.cases[side]?.[position]?.name ?? position}`,
            ok: false,
            problem: errorText(error),
          });
        }
      }
    }
  }
  return outcomes;
}

/** An error of our catalogue has its own Chinese. */
function errorText(error: unknown): LocalText {
  if (error instanceof TouchstoneError) return error.both;
  return lintMessage("case/error", { words: error instanceof Error ? error.message : String(error) }).message;
}
