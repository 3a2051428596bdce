import { readHeld } from "../engine/read-files.js";
import { createRun, type Run } from "../engine/run.js";
import { faultsOf } from "../formats/index.js";
import { boundsOf } from "../generate/bounds.js";
import { compileBreak } from "../generate/break.js";
import { seededDraw } from "../generate/draw.js";
import { drawSample } from "../generate/draw-sample.js";
import { measures } from "../measures/index.js";
import type { Case } from "../records/grammar.gen.js";
import { kindNames } from "../records/kinds.js";
import type { ActiveRule } from "../standards/ruleset.js";
import { askedFormat, drawBroken, writeFiles } from "./drawn-files.js";
import type { Mutant } from "./mutants.js";
import { writersFor } from "./rule-suite.js";
import { type Rivals, type SearchOptions, settle, type TellingCase } from "./tell-apart.js";

/** A drawn dataset that a rule and a mutant of it do not agree on. */
export interface TellingDataset {
  readonly format: string;
  readonly seed: number;
  readonly stream: number;
}

/**
 * Asks a rule and its mutants of drawn datasets, conforming ones and broken ones, through the real writers and readers. Mutants that are told apart are
 * taken out of `rivals`, with a case where the records alone show it.
 *
 * @returns how many records of the rule's kind were read; 0 where the rule has no `break`, or no format can carry what it reads
 */
export async function searchDrawn(
  rivals: Rivals,
  { records, seed, tick }: SearchOptions,
  found: (mutants: readonly Mutant[], told: TellingCase | TellingDataset) => void,
): Promise<number> {
  const { standard, rule, original } = rivals;
  if (rule.break === undefined) return 0;
  const breaker = await compileBreak(rule, standard);
  const fitting = writersFor(breaker, boundsOf(standard.rules));
  if (fitting.length === 0) return 0;
  const draw = seededDraw(seed);
  const caseParams = rule.break.params;
  const kind = rule.on ?? "file";
  let tried = 0;
  for (let stream = 0; tried < records && rivals.mutants.size > 0; stream++) {
    draw.stream(seed, stream);
    const { writer, wish } = draw.pick(fitting);
    const { files } =
      draw.int(0, 1) === 0 ? writeFiles(drawSample(draw, wish), writer) : drawBroken(draw, breaker, { writer, wish });
    const list = [...rivals.mutants];
    const active = await Promise.all([original, ...list.map(([, make]) => make)].map((make) => make(caseParams)));
    const { answers, read } = await readWith(files, active, writer.format);
    tried += Math.max(1, read[kind]);
    const told = list.flatMap(([mutant], at) => (answers[at + 1] === answers[0] ? [] : [mutant]));
    if (told.length > 0) {
      const seen = (await readWith(files, active.slice(0, 1), writer.format)).records;
      const one = { ...(caseParams === undefined ? {} : { params: caseParams }), records: seen } as unknown as Case;
      await settle(one, told, rivals, found);
      const rest = told.filter((mutant) => rivals.mutants.delete(mutant));
      if (rest.length > 0) found(rest, { format: writer.format, seed, stream });
    }
    await tick?.();
  }
  return tried;
}

interface Seen {
  /** What each rule said, to be compared. */
  readonly answers: readonly string[];
  readonly read: Run["read"];
  /** The records that were read, as a case has them. */
  readonly records: readonly { readonly [kind: string]: unknown }[];
}

async function readWith(
  files: ReadonlyMap<string, Buffer>,
  active: readonly ActiveRule[],
  format: string,
): Promise<Seen> {
  const records: { [kind: string]: unknown }[] = [];
  const run = await readHeld(
    files,
    (inputs, pointer) => {
      const made = createRun(
        active.map((one, index) => ({ ...one, index })),
        [],
        measures,
        inputs,
        { maxExamples: 1000, pointer, faultsOf },
      );
      return active.length > 1 ? made : { ...made, sink: keeping(made.sink, records) };
    },
    askedFormat(format),
  );
  const answers = run.states.map(({ evaluated, notEvaluated, violations, examples }) =>
    JSON.stringify([
      evaluated,
      notEvaluated,
      violations,
      examples.kept().map(({ kind, file, offset, element }) => [kind, file, offset, element]),
    ]),
  );
  run.close();
  return { answers, read: run.read, records };
}

/** A sink that also keeps a copy of each record. */
function keeping(sink: Run["sink"], records: { [kind: string]: unknown }[]): Run["sink"] {
  const out = { ...sink };
  for (const kind of kindNames) {
    if (kind === "file") continue;
    const put = sink[kind].bind(sink) as (record: unknown, ...rest: unknown[]) => void;
    out[kind] = (record: unknown, ...rest: unknown[]) => {
      records.push({ [kind]: asData(record) });
      put(record, ...rest);
    };
  }
  return out;
}

/** A record as YAML has it: lists of numbers are lists, what is absent is left out. */
function asData(value: unknown): unknown {
  if (value instanceof Float64Array) return [...value];
  if (Array.isArray(value)) return value.map(asData);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, asData(item)]])),
  );
}
