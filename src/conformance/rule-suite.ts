import { readHeld } from "../engine/read-files.js";
import type { StreamedFinding } from "../engine/recorder.js";
import { createRun } from "../engine/run.js";
import { faultsOf, formats, settlers } from "../formats/index.js";
import type { Writer, WrittenPlace } from "../formats/write.js";
import { writers } from "../formats/writers.js";
import { type Bounds, boundsOf } from "../generate/bounds.js";
import { type Breaker, type Broken, compileBreak } from "../generate/break.js";
import { type Draw, seededDraw } from "../generate/draw.js";
import { drawSample } from "../generate/draw-sample.js";
import { drawFrom, loadFastCheck } from "../generate/fast-check-draw.js";
import { type Sample, writtenSample } from "../generate/sample.js";
import { type Wish, wishFor, wishOf } from "../generate/wish.js";
import { measures } from "../measures/index.js";
import type { Rule } from "../records/grammar.gen.js";
import { applyStandards } from "../standards/apply.js";
import type { LoadedStandard } from "../standards/load.js";
import type { ActiveRule } from "../standards/ruleset.js";

/** A dataset as files, with the place of each record. */
interface Files {
  readonly files: Map<string, Buffer>;
  readonly places: ReadonlyMap<object, WrittenPlace>;
}

export interface SuiteOptions {
  /** Runs a rule. */
  readonly runs: number;
  readonly seed: number;
}

/** What the suite says of one rule. */
export interface RuleOutcome {
  readonly rule: string;
  readonly formats: readonly string[];
  readonly runs: number;
  readonly seed: number;
  readonly ok: boolean;
  /** What was wrong with the smallest dataset that shows it, and that dataset. */
  readonly problem?: string;
  readonly files?: ReadonlyMap<string, Buffer>;
}

/** The suite of a standard: made once, run rule by rule. */
export interface StandardSuite {
  readonly rules: readonly Rule[];
  /** Those of formats whose records the rules ask. */
  readonly writers: readonly Writer[];
  /** A conforming dataset in which the rule is broken raises that rule, at a record that was broken, and nothing but what the break names. */
  broken(rule: Rule, options: SuiteOptions): Promise<RuleOutcome>;
  /** A conforming dataset raises nothing. */
  conforming(writer: Writer, options: SuiteOptions): Promise<RuleOutcome>;
}

/** Writers of the formats whose records the rules of a standard ask. */
export function writersAsked({ rules }: LoadedStandard): readonly Writer[] {
  return writers.filter(({ carries }) => rules.some(({ on }) => (on === "node") === (carries.node === true)));
}

export async function suiteOf(standard: LoadedStandard): Promise<StandardSuite> {
  const bounds = boundsOf(standard.rules);
  const { rules: applied } = await applyStandards([standard], { scheme: undefined, profile: undefined, only: [] });
  const heuristics = new Set(standard.rules.filter(({ certainty }) => certainty === "heuristic").map(({ id }) => id));

  return {
    rules: standard.rules,
    writers: writersAsked(standard),
    async conforming(writer, { runs, seed }) {
      const wish = (draw: Draw): Wish =>
        wishOf(writer.carries, bounds, {
          categoryFields: new Set(draw.int(0, 1) === 1 ? ["keypoints", "skeleton"] : []),
          splits: draw.int(0, 1) === 1,
        });
      const check = async (draw: Draw): Promise<Problem | undefined> => {
        const written = writeFiles(drawSample(draw, wish(draw)), writer);
        if (written.places.size === 0) return undefined;
        const found = await findingsOf(written.files, applied, writer.format);
        if (found.length === 0) return undefined;
        return { problem: `a conforming dataset raises ${found.map(told).join(", ")}`, files: written.files };
      };
      return outcome("(conforming)", [writer.format], { runs, seed }, check);
    },
    async broken(rule, options) {
      const breaker = await compileBreak(rule, standard);
      const fitting = writersFor(breaker, bounds);
      if (fitting.length === 0)
        return {
          rule: rule.id,
          formats: [],
          ...options,
          ok: false,
          problem: "no format can carry what the rule reads",
        };
      const active = applied.map((one) => (one.rule.id === rule.id ? { ...breaker.rule, index: one.index } : one));
      const check = async (draw: Draw): Promise<Problem | undefined> => {
        const { writer, wish } = draw.pick(fitting);
        const sample = drawSample(draw, wish);
        const targets = breaker.targets(sample, writer.carries);
        if (targets.length === 0)
          return { problem: `${writer.format}: no record can be broken`, files: writeFiles(sample, writer).files };
        const broken = breaker.apply(sample, targets, draw, writer.carries);
        const written = writeFiles(sample, writer);
        const before = new Map(written.files);
        for (const { mutate, record } of broken.files)
          mutate(written.files, written.places.get(record) ?? firstPlace(written), draw, record);
        const changed = [...written.files].flatMap(([path, bytes]) => (before.get(path) === bytes ? [] : [path]));
        const found = await findingsOf(written.files, active, writer.format);
        const problem = judge(rule, breaker, { ...broken, changed }, written, found, heuristics);
        return problem === undefined ? undefined : { problem: `${writer.format}: ${problem}`, files: written.files };
      };
      return outcome(
        rule.id,
        fitting.map(({ writer }) => writer.format),
        options,
        check,
      );
    },
  };
}

interface Problem {
  readonly problem: string;
  readonly files: ReadonlyMap<string, Buffer>;
}

/**
 * Runs a check over seeded datasets, which is fast. Where one falls short, fast-check looks for a small one that does, and shrinks it; the seeded one
 * stands where it finds none.
 */
async function outcome(
  rule: string,
  ids: readonly string[],
  { runs, seed }: SuiteOptions,
  check: (draw: Draw) => Promise<Problem | undefined>,
): Promise<RuleOutcome> {
  const base = { rule, formats: ids, runs, seed };
  const draw = seededDraw(seed);
  for (let run = 0; run < runs; run++) {
    draw.stream(seed, run);
    const problem = await check(draw);
    if (problem !== undefined) return { ...base, ok: false, ...((await shrunk(seed, check)) ?? problem) };
  }
  return { ...base, ok: true };
}

/** The smallest dataset that fast-check finds for which a check falls short. */
async function shrunk(seed: number, check: (draw: Draw) => Promise<Problem | undefined>): Promise<Problem | undefined> {
  const fc = await loadFastCheck();
  let last: Problem | undefined;
  const property = fc.asyncProperty(fc.gen(), async (gen) => {
    const problem = await check(drawFrom(fc, gen));
    if (problem !== undefined) last = problem;
    return problem === undefined;
  });
  await fc.check(property, { numRuns: shrinkRuns, seed, interruptAfterTimeLimit: shrinkMs });
  return last;
}

const shrinkRuns = 300;
const shrinkMs = 20_000;

function writersFor({ rule, source }: Breaker, bounds: Bounds): readonly { writer: Writer; wish: Wish }[] {
  return writers.flatMap((writer) => {
    const wish = wishFor(rule, source, writer, bounds);
    return wish === undefined ? [] : [{ writer, wish }];
  });
}

function writeFiles(sample: Sample, writer: Writer): Files {
  const parts = new Map<string, (string | Uint8Array)[]>();
  const places = new Map<object, WrittenPlace>();
  const add = (path: string, part: string | Uint8Array): void => {
    const list = parts.get(path);
    if (list === undefined) parts.set(path, [part]);
    else list.push(part);
  };
  writer.write(writtenSample(sample), { text: add, bytes: add }, ({ record }, place) => places.set(record, place));
  const files = new Map(
    [...parts].map(([path, list]) => [path, Buffer.concat(list.map((part) => Buffer.from(part as string)))]),
  );
  return { files, places };
}

function firstPlace({ places }: Files): WrittenPlace {
  const first = [...places.values()][0];
  if (first === undefined) throw new Error("nothing was written");
  return first;
}

/** Every finding, with its line. */
interface Found extends StreamedFinding {
  readonly line: number;
}

async function findingsOf(
  files: ReadonlyMap<string, Buffer>,
  active: readonly ActiveRule[],
  format: string,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  const run = await readHeld(
    files,
    (inputs, pointer) =>
      createRun(active, [], measures, inputs, {
        maxExamples: 0,
        pointer,
        faultsOf,
        onFinding: (finding) => found.push({ ...finding, line: lineOf(files.get(finding.file), finding.offset) }),
      }),
    askedFormat(format),
  );
  run.close();
  return found;
}

/** A file of YOLO alone does not show its task, which data.yaml tells: the format is settled as it is for a user who names the family. */
function askedFormat(format: string): string {
  const family = formats.find(({ id }) => id === format)?.family;
  return family !== undefined && settlers[family] !== undefined ? family : format;
}

function lineOf(bytes: Buffer | undefined, offset: number): number {
  let line = 1;
  for (let at = bytes?.indexOf(10) ?? -1; at >= 0 && at < offset; at = bytes?.indexOf(10, at + 1) ?? -1) line++;
  return line;
}

const told = ({ rule, kind, file, line, record, values }: Found): string =>
  `${rule} (${kind} ${record ?? ""} at ${file}:${line}: ${values.map(({ name, value }) => `${name} = ${JSON.stringify(value)}`).join(", ")})`;

/** Whether a line of a record's file is before that of the next record: one may go over several lines (XML), and a fault is found at its field. */
function isWithin(line: number, { file, line: first }: WrittenPlace, places: Files["places"]): boolean {
  if (line < first) return false;
  return ![...places.values()].some((other) => other.file === file && other.line > first && other.line <= line);
}

/** What is wrong with the findings of a broken dataset; undefined where all is as the break says. */
function judge(
  rule: Rule,
  { source }: Breaker,
  { touched, changed }: Broken & { readonly changed: readonly string[] },
  { places }: Files,
  found: readonly Found[],
  heuristics: ReadonlySet<string>,
): string | undefined {
  const own = found.filter((finding) => finding.rule === rule.id);
  if (own.length === 0)
    return `the rule finds nothing${found.length > 0 ? `; found instead: ${found.map(told).join(", ")}` : ""}`;
  const allowed = new Set([rule.id, ...(source.entails ?? []), ...(source.may ?? []), ...heuristics]);
  const strange = found.filter((finding) => !allowed.has(finding.rule));
  if (strange.length > 0) return `it comes with ${strange.map(told).join(", ")}, which the break does not name`;
  for (const id of source.entails ?? [])
    if (!found.some((finding) => finding.rule === id)) return `${id} does not come with it, though entailed`;
  // Groups are found at all their members, and what is found about the whole, or about a kind that was not touched, has nothing to be held against.
  if (rule.within !== undefined) return undefined;
  const at = [...touched].flatMap(([record, kind]) => {
    const place = places.get(record);
    return place === undefined ? [] : [{ ...place, kind }];
  });
  const broken = new Set([...at.map((place) => place.file), ...changed]);
  const inBroken = own.some(({ file }) => broken.has(file));
  const elsewhere = own.filter(({ kind, file, line }) => {
    // What two files have in common is found at both.
    if (kind === "file") return !inBroken;
    const same = at.filter((place) => place.kind === kind);
    return same.length > 0 && !same.some((place) => place.file === file && isWithin(line, place, places));
  });
  if (elsewhere.length > 0 && at.length > 0)
    return `it is found at ${elsewhere.map(told).join(", ")}, and broken was ${at.map(({ file, line }) => `${file}:${line}`).join(", ")}`;
  return undefined;
}
