import type { Writer } from "../formats/write.js";
import { writers } from "../formats/writers.js";
import { boundsOf } from "../generate/bounds.js";
import { type Breaker, compileBreak } from "../generate/break.js";
import type { Draw } from "../generate/draw.js";
import type { Item, MediumItem, Sample } from "../generate/sample.js";
import type { Wish } from "../generate/wish.js";
import type { Rule } from "../records/grammar.gen.js";
import { applyStandards } from "../standards/apply.js";
import type { LoadedStandard } from "../standards/load.js";
import type { ActiveRule } from "../standards/ruleset.js";
import { activeWith, type Drawn, drawBroken, type Found, findingsOf, writeFiles } from "./drawn-files.js";
import { pairsOf, sameInBoth } from "./format-law.js";
import { type Respelling, renumbered, reordered, shuffled, spaced } from "./respell.js";
import { type Check, outcome, type RuleOutcome, type SuiteOptions, writersFor } from "./rule-suite.js";
import { suiteMessage } from "./suite-messages.js";

/** What may be done to a dataset without any finding coming or going. */
interface Law {
  readonly name: string;
  /** It is done to the records, before there are files. */
  readonly ofRecords?: true;
  holdsFor(writer: Writer): boolean;
  /** The same dataset otherwise, in one or several parts; undefined where it cannot be done to this one. */
  other(drawn: Drawn, writer: Writer, draw: Draw): readonly FilesOf[] | undefined;
  /** Findings that it is about; default: all. */
  readonly among?: (finding: Found, rule: Rule | undefined) => boolean;
}

type FilesOf = ReadonlyMap<string, Buffer>;

const isJson = ({ format }: Pick<Writer, "format">): boolean => /^(coco|lvis|tc609|croissant)/.test(format);

/** A file that is no JSON stays as it is, with what is wrong in it, and so does one whose line ends may be. */
function respelling(name: string, respell: (lines: boolean) => Respelling): Law {
  return {
    name,
    holdsFor: isJson,
    other: ({ files }, _, draw) => [
      new Map(
        [...files].map(([path, bytes]) => {
          const text = bytes.toString("latin1");
          if (path.endsWith(".json")) return [path, isValue(text) ? latin1(respell(false)(text, draw)) : bytes];
          if (!path.endsWith(".jsonl")) return [path, bytes];
          const lines = text.split("\n").map((line) => (isValue(line) ? respell(true)(line, draw) : line));
          return [path, latin1(lines.join("\n"))];
        }),
      ),
    ],
  };
}

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");

function isValue(text: string): boolean {
  if (text.includes("\r")) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const laws: readonly Law[] = [
  respelling("white space", spaced),
  respelling("number spelling", () => renumbered),
  respelling("key order", () => reordered),
  {
    name: "record order",
    ofRecords: true,
    holdsFor: ({ carries }) => carries.node !== true,
    other({ sample, files }, writer, draw) {
      // Which record an id names that two have, their order says.
      if (sharesId(sample.media) || sharesId(sample.categories)) return undefined;
      const other = writeFiles(inOtherOrder(sample, writer, draw), writer).files;
      // A picture is drawn from its annotations in their order; it stays.
      for (const [path, bytes] of files) if (path.endsWith(".png")) other.set(path, bytes);
      return [other];
    },
  },
  {
    name: "file split",
    ofRecords: true,
    holdsFor: splits,
    other(drawn, writer, draw) {
      const halves = halvesOf(drawn, writer, draw);
      return halves === undefined ? undefined : [new Map([...halves[0], ...halves[1]])];
    },
    among: isWithinMedium,
  },
  { name: "shard", ofRecords: true, holdsFor: splits, other: halvesOf, among: isWithinMedium },
];

/** Several files of the format are one dataset, and each says what its media are. */
function splits({ format, carries }: Writer): boolean {
  return isJson({ format }) && carries.node !== true && carries.media.length > 0;
}

/** What a file, a category or the whole shows is another thing where each file has its part of it; so is what is asked of more than one medium. */
function isWithinMedium({ kind }: Found, rule: Rule | undefined): boolean {
  if ((kind !== "annotation" && kind !== "media") || rule === undefined) return false;
  const { within, column, when, assert } = rule;
  // Whether pictures were delivered at all the whole tells: of none that is found nothing is said.
  const asksWhole = /\bdataset\.|\bmeasure\(|\bmedia\.found\b/.test(`${when} ${assert}`);
  return (within === undefined || within === "media") && column === undefined && !asksWhole;
}

/**
 * The media in two files, each with all categories; pictures lie beside both. Each begins with a record that is whole, which tells a reader what the file
 * is, and has annotations: a file without any is one that is not annotated yet.
 */
function halvesOf(
  { sample, broken, files }: Drawn,
  writer: Writer,
  draw: Draw,
): readonly [FilesOf, FilesOf] | undefined {
  if (sharesId(sample.media)) return undefined;
  const cuts = sample.media.flatMap(({ record, annotations: [first] }, at) =>
    at > 0 && first !== undefined && !broken.touched.has(record) && !broken.touched.has(first.record) ? [at] : [],
  );
  if (cuts.length === 0 || sample.media[0]?.annotations.length === 0) return undefined;
  const cut = draw.pick(cuts);
  const part = (name: string, media: MediumItem[]): FilesOf => {
    const written = writeFiles({ ...sample, media }, writer).files;
    const own = [...written].filter(([path]) => /\.jsonl?$/.test(path));
    const beside = [...files].filter(([path]) => !/\.jsonl?$/.test(path));
    return new Map([...beside, ...own.map(([path, bytes]) => [path.replace(/(?=\.jsonl?$)/, name), bytes] as const)]);
  };
  return [part("-1", sample.media.slice(0, cut)), part("-2", sample.media.slice(cut))];
}

function sharesId(items: readonly Item<{ id: number | string | undefined }>[]): boolean {
  return new Set(items.map(({ record: { id } }) => id)).size < items.length;
}

/** The first annotation stays the first: it tells a reader which format it is. Entries of a line that is judged as a whole stay in theirs. */
function inOtherOrder(sample: Sample, { carries }: Writer, draw: Draw): Sample {
  const [first] = sample.media.filter(({ annotations }) => annotations.length > 0);
  const media = shuffled(
    sample.media.filter((medium) => medium !== first),
    draw,
  );
  const ordered = (medium: MediumItem): MediumItem => {
    const { annotations } = medium;
    if (carries.raw === true) return medium;
    const kept = medium === first ? 1 : 0;
    return { ...medium, annotations: [...annotations.slice(0, kept), ...shuffled(annotations.slice(kept), draw)] };
  };
  return {
    ...sample,
    categories: shuffled(sample.categories, draw),
    media: [...(first === undefined ? [] : [first]), ...media].map(ordered),
  };
}

/** A law for one format, or for any two of several. */
export interface LawOfFormat {
  readonly law: string;
  readonly formats: readonly string[];
  run(options: SuiteOptions): Promise<RuleOutcome>;
}

/**
 * Laws over drawn datasets, each with one rule broken, whichever the draw gives: written in another way, every finding is there again, with its
 * fingerprint and its record. Where it stands is another matter.
 */
export async function lawsOf(standard: LoadedStandard): Promise<readonly LawOfFormat[]> {
  const bounds = boundsOf(standard.rules);
  const { rules: applied } = await applyStandards([standard], { scheme: undefined, profile: undefined, only: [] });
  const broken = standard.rules.filter((rule) => rule.break !== undefined);
  const breakers = await Promise.all(broken.map((rule) => compileBreak(rule, standard)));
  const all = breakers.map((breaker) => ({ breaker, active: activeWith(breaker, applied) }));
  const fits = all.flatMap((one) => writersFor(one.breaker, bounds).map((fit) => ({ ...one, ...fit })));
  const pairs = all.flatMap((one) => pairsOf(one.breaker, bounds).map((pair) => ({ ...one, ...pair })));
  const each = laws.flatMap((law) =>
    writers.filter(law.holdsFor).flatMap((writer) => {
      const fitting = fits.filter((fit) => fit.writer === writer && !(law.ofRecords && fit.breaker.changesFiles));
      if (fitting.length === 0) return [];
      return [lawOf(law.name, [writer.format], (draw) => kept(law, draw.pick(fitting), draw))];
    }),
  );
  if (pairs.length === 0) return each;
  const formats = new Set(pairs.flatMap(({ writers: two }) => two.map(({ format }) => format)));
  const inBoth = (draw: Draw) => {
    const pair = draw.pick(pairs);
    return sameInBoth(pair, pair.active, draw);
  };
  return [...each, lawOf("two formats", [...formats], inBoth)];
}

function lawOf(law: string, formats: readonly string[], check: Check): LawOfFormat {
  return { law, formats, run: (options) => outcome(`(${law})`, formats, options, check) };
}

/** A rule with a format in which it can be broken. */
interface Fit {
  readonly breaker: Breaker;
  /** The rules that are asked. */
  readonly active: readonly ActiveRule[];
  readonly writer: Writer;
  readonly wish: Wish;
}

async function kept(law: Law, { breaker, active, writer, wish }: Fit, draw: Draw): ReturnType<Check> {
  const drawn = drawBroken(draw, breaker, { writer, wish });
  if (drawn.broken === undefined) return "not asked";
  const other = law.other(drawn, writer, draw);
  if (other === undefined) return "not asked";
  const { rule } = breaker.rule;
  const rules = new Map(active.map((one) => [one.rule.id, one.rule]));
  const among = (list: readonly Found[]) => list.filter((one) => law.among?.(one, rules.get(one.rule)) ?? true);
  const found = among(await findingsOf(drawn.files, active, writer.format));
  const again: Found[] = [];
  for (const part of other) again.push(...among(await findingsOf(part, active, writer.format)));
  // Ids that are positions or names of the file are given anew with another order.
  const key = ({ rule: id, kind, record, fingerprint }: Found): string =>
    `${id} (${kind} ${writer.carries.ids === "own" ? "" : (record ?? "")}, ${fingerprint})`;
  const [before, after] = [found.map(key), again.map(key)];
  const [gone, come] = [without(before, after), without(after, before)];
  if (gone.length === 0 && come.length === 0) return undefined;
  return {
    problem: suiteMessage("respelt", {
      rule: rule.id,
      gone: gone.length > 0 ? gone.join(", ") : nothing,
      come: come.length > 0 ? come.join(", ") : nothing,
    }).message,
    files: new Map(other.flatMap((part) => [...part])),
  };
}

const nothing = { zh: "无", en: "nothing" };

/** What one list has and the other does not, each as often as it is there. */
function without(list: readonly string[], other: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const one of other) left.set(one, (left.get(one) ?? 0) + 1);
  return list.filter((one) => {
    const count = left.get(one) ?? 0;
    left.set(one, count - 1);
    return count <= 0;
  });
}
