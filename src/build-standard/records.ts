import { feed } from "../engine/cases.js";
import { readHeld } from "../engine/read-files.js";
import type { StreamedFinding } from "../engine/recorder.js";
import { recordsOfList } from "../engine/records-of-case.js";
import type { RuleState } from "../engine/rule-state.js";
import { createRun } from "../engine/run.js";
import type { Sink } from "../formats/format.js";
import { faultsOf } from "../formats/index.js";
import { measures } from "../measures/index.js";
import type { Kind } from "../records/grammar.gen.js";
import { kindNames } from "../records/kinds.js";
import type { Verdict } from "../records/report.gen.js";
import type { ActiveRule } from "../standards/ruleset.js";
import { verdictOf } from "../validator/answer.js";
import type { Entry } from "../validator/assessor.js";

/** What the engine says of one rule over some records. */
export interface Expected {
  readonly rule: string;
  readonly verdict: Verdict;
  readonly asked: number;
  readonly not_evaluated: number;
  /** Positions of the records for which it does not hold, in ascending order; -1 for the dataset and for a file that has no record here. */
  readonly findings: readonly number[];
}

/** A record as JSON has it: no absent fields, and lists of numbers as lists. */
export function plainRecord(record: object): Record<string, unknown> {
  return plain(record) as Record<string, unknown>;
}

function plain(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (value instanceof Float64Array) return [...value];
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, plain(item)]])),
  );
}

/** Whether JSON can carry a value: it has no infinite number and no NaN, though a file may hold 1e999. */
export function isJson(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  return value === null || typeof value !== "object" || Object.values(value).every(isJson);
}

/** Asks the engine about records in memory, of one file. */
export async function askEngine(
  active: readonly ActiveRule[],
  records: readonly Entry[],
): Promise<readonly Expected[]> {
  const found: StreamedFinding[] = [];
  const run = createRun(active, [], measures, [], {
    maxExamples: 0,
    pointer: () => undefined,
    faultsOf,
    onFinding: (finding) => found.push(finding),
  });
  const positions = await feed(run, recordsOfList(records as readonly Record<string, Record<string, unknown>>[]));
  run.close();
  const fileAt = records.findIndex((entry) => entry.file !== undefined);
  const positionOf = ({ kind, offset }: StreamedFinding): number =>
    kind === "dataset" ? -1 : kind === "file" ? fileAt : (positions.get(`${kind} ${offset}`) ?? -1);
  return run.states.map((state) => expectedOf(state, found, positionOf));
}

function expectedOf(
  state: RuleState,
  found: readonly StreamedFinding[],
  positionOf: (finding: StreamedFinding) => number,
): Expected {
  const { id } = state.active.rule;
  return {
    rule: id,
    verdict: verdictOf(state),
    asked: state.evaluated,
    not_evaluated: state.notEvaluated,
    findings: found
      .filter(({ rule }) => rule === id)
      .map(positionOf)
      .sort((left, right) => left - right),
  };
}

/** What a reader tells: a record, or that the file at hand lists a kind. */
export type Step = Entry | { readonly declares: Kind };

/** Records that a reader gave, and what the engine says of them in the same pass. */
export interface ReadRecords {
  readonly steps: readonly Step[];
  /** Place of each record: `file kind offset`. */
  readonly places: readonly string[];
  /** Of each rule; `at` is the places of its findings, sorted. */
  readonly answers: readonly (Omit<Expected, "findings"> & { readonly at: readonly string[] })[];
}

/** Reads files with the real reader of their format, and asks the engine about them. */
export async function readRecords(
  active: readonly ActiveRule[],
  files: ReadonlyMap<string, Uint8Array>,
  format: string,
): Promise<ReadRecords> {
  const steps: Step[] = [];
  const places: string[] = [];
  const found: StreamedFinding[] = [];
  const run = await readHeld(
    files,
    (inputs, pointer) => {
      const made = createRun(active, [], measures, inputs, {
        maxExamples: 0,
        pointer,
        faultsOf,
        onFinding: (finding) => found.push(finding),
      });
      listen(made.sink, steps, places);
      return made;
    },
    format,
  );
  run.close();
  const placeOf = ({ kind, file, offset }: StreamedFinding): string =>
    kind === "dataset" ? "dataset" : kind === "file" ? `${file} file` : `${file} ${kind} ${offset}`;
  const answers = run.states.map((state) => {
    const { findings: _, ...expected } = expectedOf(state, [], () => -1);
    const own = found.filter(({ rule }) => rule === expected.rule);
    return { ...expected, at: own.map(placeOf).sort() };
  });
  return { steps, places, answers };
}

/** Notes every record before the engine takes it: a reader fills one record again and again. */
function listen(sink: Sink, steps: Step[], places: string[]): void {
  let path = "";
  const { file, declares } = sink;
  sink.file = (record, input) => {
    path = input.path;
    steps.push({ file: plainRecord(record) });
    places.push(`${path} file`);
    file(record, input);
  };
  sink.declares = (kind) => {
    steps.push({ declares: kind });
    declares(kind);
  };
  for (const kind of kindNames) {
    if (kind === "file") continue;
    const put = sink[kind] as (record: object, offset: number, element: number, raw?: unknown) => void;
    Object.assign(sink, {
      [kind](record: object, offset: number, element: number, raw?: unknown) {
        steps.push({ [kind]: plainRecord(record) });
        places.push(kind === "dataset" ? "dataset" : `${path} ${kind} ${offset}`);
        put(record, offset, element, raw);
      },
    });
  }
}
