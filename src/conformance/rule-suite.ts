import type { Writer, WrittenPlace } from "../formats/write.js";
import { writers } from "../formats/writers.js";
import { type Bounds, boundsOf } from "../generate/bounds.js";
import { type Breaker, compileBreak } from "../generate/break.js";
import { type Draw, seededDraw } from "../generate/draw.js";
import { drawSample } from "../generate/draw-sample.js";
import { drawFrom, loadFastCheck } from "../generate/fast-check-draw.js";
import { neverCarried, type Wish, wishFor, wishOf } from "../generate/wish.js";
import type { Said } from "../records/fill.js";
import type { LocalText, Rule } from "../records/grammar.gen.js";
import { applyStandards } from "../standards/apply.js";
import type { LoadedStandard } from "../standards/load.js";
import type { ActiveRule } from "../standards/ruleset.js";
import { activeWith, type Drawn, drawBroken, type Files, type Found, findingsOf, writeFiles } from "./drawn-files.js";
import { suiteMessage } from "./suite-messages.js";

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
  /** Runs whose dataset showed something: some have no place for what is to be done to them. At 0 nothing is shown. */
  readonly asked: number;
  readonly seed: number;
  readonly ok: boolean;
  /** Why no dataset is drawn: nothing can be shown, and nothing is wrong. */
  readonly notAsked?: LocalText;
  /** Why there are fewer runs than were asked for. */
  readonly fewer?: LocalText;
  /** What was wrong with the smallest dataset that shows it, and that dataset. */
  readonly problem?: LocalText;
  readonly files?: ReadonlyMap<string, Buffer>;
}

/** Runs of a rule that decodes media: each draws pictures, writes and reads them, many times the work of the records. */
const mostRunsWithMedia = 100;

/** The suite of a standard: made once, run rule by rule. */
export interface StandardSuite {
  readonly rules: readonly Rule[];
  /** Those of formats whose records the rules ask. */
  readonly writers: readonly Writer[];
  /** A conforming dataset in which the rule is broken raises that rule, at a record that was broken, and nothing but what the break names. */
  broken(rule: Rule, options: SuiteOptions): Promise<RuleOutcome>;
  /** A conforming dataset raises nothing. */
  conforming(writer: Writer, options: SuiteOptions): Promise<RuleOutcome>;
  /** The files of the dataset that a run of `conforming` would read. */
  drawConforming(writer: Writer, draw: Draw): ReadonlyMap<string, Buffer>;
  /** Draws what the runs of `broken` read; undefined where no format can carry what the rule reads. */
  drawerOf(rule: Rule): Promise<((draw: Draw) => DrawnDataset) | undefined>;
}

/** A dataset in which a rule is broken, as files. */
export interface DrawnDataset {
  readonly format: string;
  readonly files: ReadonlyMap<string, Buffer>;
}

/** Writers of the formats whose records the rules of a standard ask. */
export function writersAsked({ rules }: LoadedStandard): readonly Writer[] {
  return writers.filter(({ carries }) => rules.some(({ on }) => (on === "node") === (carries.node === true)));
}

export async function suiteOf(standard: LoadedStandard): Promise<StandardSuite> {
  const bounds = boundsOf(standard.rules);
  const { rules: applied } = await applyStandards([standard], { scheme: undefined, profile: undefined, only: [] });
  const heuristics = new Set(standard.rules.filter(({ certainty }) => certainty === "heuristic").map(({ id }) => id));

  function writtenConforming(writer: Writer, draw: Draw): Files {
    const wish = wishOf(writer.carries, bounds, {
      categoryFields: new Set(draw.int(0, 1) === 1 ? ["keypoints", "skeleton"] : []),
      splits: draw.int(0, 1) === 1,
    });
    return writeFiles(drawSample(draw, wish), writer);
  }

  return {
    rules: standard.rules,
    writers: writersAsked(standard),
    drawConforming: (writer, draw) => writtenConforming(writer, draw).files,
    async drawerOf(rule) {
      const breaker = await compileBreak(rule, standard);
      const fitting = writersFor(breaker, bounds);
      if (fitting.length === 0) return undefined;
      return (draw) => {
        const fit = draw.pick(fitting);
        return { format: fit.writer.format, files: drawBroken(draw, breaker, fit).files };
      };
    },
    async conforming(writer, { runs, seed }) {
      const check = async (draw: Draw): ReturnType<Check> => {
        const written = writtenConforming(writer, draw);
        if (written.places.size === 0) return "not asked";
        const found = await findingsOf(written.files, applied, writer.format);
        if (found.length === 0) return undefined;
        return {
          problem: suiteMessage("conforming", { found: found.map(told).join(", ") }).message,
          files: written.files,
        };
      };
      return outcome("(conforming)", [writer.format], { runs, seed }, check);
    },
    async broken(rule, { runs: wanted, seed }) {
      const runs = rule.needs_media === true ? Math.min(wanted, mostRunsWithMedia) : wanted;
      const options = { runs, seed };
      if (rule.break === undefined) return withoutBreak(rule, seed, applied);
      const breaker = await compileBreak(rule, standard);
      const fitting = writersFor(breaker, bounds);
      if (fitting.length === 0)
        return {
          rule: rule.id,
          formats: [],
          ...options,
          asked: 0,
          ok: false,
          problem: suiteMessage("no-format", {}).message,
        };
      const active = activeWith(breaker, applied);
      const check = async (draw: Draw): ReturnType<Check> => {
        const fit = draw.pick(fitting);
        const { format } = fit.writer;
        const drawn = drawBroken(draw, breaker, fit);
        if (drawn.broken === undefined)
          return { problem: suiteMessage("no-record", { format }).message, files: drawn.files };
        const found = await findingsOf(drawn.files, active, format);
        const problem = judge(rule, breaker, drawn, found, heuristics, format);
        return problem === undefined ? undefined : { problem: problem.message, files: drawn.files };
      };
      const formats = fitting.map(({ writer }) => writer.format);
      const made = await outcome(rule.id, formats, options, check);
      return runs < wanted ? { ...made, fewer: suiteMessage("decodes", {}).message } : made;
    },
  };
}

/** A rule that nothing breaks falls short, unless no writer carries a field that it is asked of: then it cannot be broken, and says so until one does. */
function withoutBreak({ id }: Rule, seed: number, applied: readonly ActiveRule[]): RuleOutcome {
  const base = { rule: id, formats: [], runs: 0, asked: 0, seed };
  const active = applied.find(({ rule }) => rule.id === id);
  const missing = active === undefined ? [] : neverCarried(active, writers);
  if (missing.length === 0) return { ...base, ok: false, problem: suiteMessage("no-break", {}).message };
  return { ...base, ok: true, notAsked: suiteMessage("not-carried", { fields: missing.join(", ") }).message };
}

/** What is wrong, and the dataset that shows it. */
export interface Problem {
  readonly problem: LocalText;
  readonly files: ReadonlyMap<string, Buffer>;
}

/** Draws a dataset and says what is wrong with it, or that this one shows nothing. */
export type Check = (draw: Draw) => Promise<Problem | "not asked" | undefined>;

/**
 * Runs a check over seeded datasets, which is fast. Where one falls short, fast-check looks for a small one that does, and shrinks it; the seeded one
 * stands where it finds none.
 */
export async function outcome(
  rule: string,
  ids: readonly string[],
  { runs, seed }: SuiteOptions,
  check: Check,
): Promise<RuleOutcome> {
  const base = { rule, formats: ids, runs, seed };
  const draw = seededDraw(seed);
  let asked = 0;
  for (let run = 0; run < runs; run++) {
    draw.stream(seed, run);
    const problem = await check(draw);
    if (problem === "not asked") continue;
    asked++;
    if (problem !== undefined) return { ...base, asked, ok: false, ...((await shrunk(seed, check)) ?? problem) };
  }
  return { ...base, asked, ok: true };
}

/** The smallest dataset that fast-check finds for which a check falls short. */
async function shrunk(seed: number, check: Check): Promise<Problem | undefined> {
  const fc = await loadFastCheck();
  let last: Problem | undefined;
  const property = fc.asyncProperty(fc.gen(), async (gen) => {
    const problem = await check(drawFrom(fc, gen));
    if (problem === undefined || problem === "not asked") return true;
    last = problem;
    return false;
  });
  await fc.check(property, { numRuns: shrinkRuns, seed, interruptAfterTimeLimit: shrinkMs });
  return last;
}

const shrinkRuns = 300;
const shrinkMs = 20_000;

/** The formats that carry what a rule reads, each with the wish for a dataset in which it can be broken. */
export function writersFor({ rule, source }: Breaker, bounds: Bounds): readonly { writer: Writer; wish: Wish }[] {
  return writers.flatMap((writer) => {
    const wish = wishFor(rule, source, writer, bounds);
    return wish === undefined ? [] : [{ writer, wish }];
  });
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
  { broken: { touched }, changed, places }: Drawn,
  found: readonly Found[],
  heuristics: ReadonlySet<string>,
  format: string,
): Said | undefined {
  const own = found.filter((finding) => finding.rule === rule.id);
  if (own.length === 0)
    return found.length === 0
      ? suiteMessage("nothing", { format })
      : suiteMessage("nothing/instead", { format, found: found.map(told).join(", ") });
  const allowed = new Set([rule.id, ...(source.entails ?? []), ...(source.may ?? []), ...heuristics]);
  const strange = found.filter((finding) => !allowed.has(finding.rule));
  if (strange.length > 0) return suiteMessage("strange", { format, found: strange.map(told).join(", ") });
  for (const id of source.entails ?? [])
    if (!found.some((finding) => finding.rule === id)) return suiteMessage("entailed", { format, rule: id });
  // Groups are found at all their members, and what is found about the whole, or about a kind that was not touched, has nothing to be held against.
  if (rule.within !== undefined) return undefined;
  const at = [...touched].flatMap(([record, kind]) => {
    const place = places.get(record);
    return place === undefined ? [] : [{ ...place, kind }];
  });
  const files = new Set([...at.map((place) => place.file), ...changed]);
  const inBroken = own.some(({ file }) => files.has(file));
  const elsewhere = own.filter(({ kind, file, line }) => {
    // What two files have in common is found at both.
    if (kind === "file") return !inBroken;
    const same = at.filter((place) => place.kind === kind);
    return same.length > 0 && !same.some((place) => place.file === file && isWithin(line, place, places));
  });
  if (elsewhere.length > 0 && at.length > 0)
    return suiteMessage("elsewhere", {
      format,
      found: elsewhere.map(told).join(", "),
      broken: at.map(({ file, line }) => `${file}:${line}`).join(", "),
    });
  return undefined;
}
