import type { Tool } from "../records/report.gen.js";
import { clopperPearson } from "../statistics/exact-interval.js";
import type { Interval } from "../statistics/interval.js";

/**
 * What is known of a tool under test after `conform`, or after its results for a pack were scored. Facts alone: no score, no grade. It is rendered from
 * this and nothing else, and holds no clock and no path of the machine.
 */
export interface ToolReport {
  readonly report: "tool";
  readonly version: 1;
  readonly made_by: Tool;
  readonly tool: ToolIdentity;
  readonly standard: { readonly id: string; readonly edition: string; readonly deciding_digest: string };
  /** All figures are «over data generated with this seed». */
  readonly seed: number;
  readonly claims: ToolClaims;
  /** One row for each rule of the standard and each format: those that are not claimed too. */
  readonly rules: readonly RuleRow[];
  /** Of converters, a row a pair of formats and what was put through it. */
  readonly conversions: readonly ConversionRow[];
  /** What the tool was given, in order, and how each call ended; of a pack, the cases by format. */
  readonly calls: readonly CallRow[];
  /** Disagreements, each with the smallest dataset that shows it. */
  readonly cases: readonly SmallestCase[];
  /** What was not asked though claimed, and disagreements that were not made smaller in time, each with the reason. */
  readonly not_asked: readonly NotAsked[];
}

/** What is being tested, as far as it can be told. */
export interface ToolIdentity {
  readonly kind: "validator" | "converter";
  readonly name: string;
  readonly version: string | null;
  /** SHA-256 over the files that TOOL.yaml names as the tool; null where it names none. */
  readonly digest: string | null;
  /** As TOOL.yaml has it, `{in}` and `{out}` not put in; null where somebody else ran it. */
  readonly command: readonly string[] | null;
  readonly platform: string | null;
  /** `group`: writes outside its folder are not claimed to be prevented; `none`: it was run by somebody else. */
  readonly isolation: "namespace" | "group" | "none";
}

/** What the tool says that it supports; nothing else is held against it. `rules: "all"`: every rule of the standard. */
export interface ToolClaims {
  readonly rules: readonly string[];
  readonly formats: readonly string[];
  /** Fields of the records that a converter says it keeps (`annotation.attributes`), or `all` alone. */
  readonly fields: readonly string[];
}

/** How often something was asked, and what came of it: right + wrong + refused = asked. */
export interface Tally {
  readonly asked: number;
  readonly right: number;
  readonly wrong: number;
  /** No answer: the tool ended without a result that can be read. */
  readonly refused: number;
  /** Clopper–Pearson, 95 %, of right among right + wrong; null where there was no answer. */
  readonly interval: Interval | null;
}

/** One rule in one format. */
export interface RuleRow {
  readonly rule: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly format: string;
  /** A rule that is not claimed is not applicable: it is not asked, and both tallies are null. */
  readonly claimed: boolean;
  /** Planted defects: right where the tool found them. Its share is the recall. Null where none was asked. */
  readonly planted: Tally | null;
  /** Records of clean data: wrong where the tool found the rule's fault. Its share of wrong ones is the rate of false alarms. Null where none was asked. */
  readonly clean: Tally | null;
  /** Findings of the rule at records of the defective data that the answer key does not name and no planted defect explains. */
  readonly elsewhere: number;
}

/** One way through a converter: X → Y, or X → Y → X. */
export interface ConversionRow {
  readonly from: string;
  readonly to: string;
  readonly way: "there" | "back";
  /** `generated`, or the name of the folder of real data that was given. */
  readonly data: string;
  /** `refused`: the tool gave nothing that can be read. */
  readonly outcome: "read" | "refused";
  readonly reason?: string;
  /** What is no change of a coordinate: so many px, and so much of the longer side of the medium. */
  readonly tolerance?: { readonly px: number; readonly of_side: number };
  /** What our reader found wrong with the files that the tool wrote. */
  readonly faults?: readonly { readonly rule: string; readonly count: number }[];
  /** What was held against what went in, where both formats have a place for it by our readers. */
  readonly kept: readonly KeptRow[];
}

/** One property of the records on its way: right = kept, wrong = lost or changed. */
export interface KeptRow {
  /** `annotations`, `media`, `categories`, `order`, `media.name`, a field (`annotation.box`), or what was added: `annotations that were not there`. */
  readonly what: string;
  readonly claimed: boolean;
  readonly asked: number;
  readonly kept: number;
  readonly lost: number;
  readonly changed: number;
  /** The greatest change of a coordinate, px; null where there are none. */
  readonly greatest?: number;
  /** The first record that lost or changed it: «annotation 12: 10 → 9.99». */
  readonly example?: string;
}

/** How a call ended. */
export type CallEnd = "exit" | "signal" | "time-limit" | "memory-limit" | "output-limit" | "not-started" | "unreadable";

export interface CallRow {
  readonly format: string;
  /** What it was given: `defects`, `clean`, `there`, `back`, or the rule that was asked alone. */
  readonly data: string;
  readonly media: number;
  readonly annotations: number;
  readonly ended: CallEnd;
  readonly status: number | null;
  /** Why its result could not be read, or the end of what it wrote to stderr where it refused. */
  readonly reason?: string;
}

/** A disagreement, with the least data that show it. */
export interface SmallestCase {
  /** Of a converter what did not come through, as its row has it; or `call` where it refused. */
  readonly rule: string;
  /** Of a converter the way: `coco-instances → voc`. */
  readonly format: string;
  readonly what: "missed" | "false-alarm" | "refused" | "lost" | "changed";
  readonly expected: string;
  readonly got: string;
  readonly annotations: number;
  readonly media: number;
  /** Names of its files, with their text where they are short and text; a path below the folder of cases holds them all. */
  readonly files: readonly { readonly path: string; readonly text?: string }[];
  /** Below the output folder; absent where none was written. */
  readonly folder?: string;
  /** Whether shrinking came to its end in the time that it had. */
  readonly shrunk: boolean;
}

export interface NotAsked {
  /** A rule, a format, or a disagreement. */
  readonly what: string;
  readonly format: string | null;
  readonly reason: { readonly zh: string; readonly en: string };
}

/** A tally with its exact interval. */
export function tally(right: number, wrong: number, refused: number): Tally {
  return {
    asked: right + wrong + refused,
    right,
    wrong,
    refused,
    interval: clopperPearson(right, right + wrong) ?? null,
  };
}

/** Whether the tool gave an answer to everything that it was asked: a limit that was hit, or a tool that is not there, is no judgement. */
export function isJudged({ calls }: ToolReport): boolean {
  return calls.every(({ ended }) => ended === "exit");
}

/** Whether the tool did all that it claims, as far as it was asked. */
export function isAsClaimed({ rules, conversions }: ToolReport): boolean {
  const isRight = (one: Tally | null): boolean => one === null || (one.wrong === 0 && one.refused === 0);
  return (
    rules.every(
      ({ claimed, planted, clean, elsewhere }) => !claimed || (isRight(planted) && isRight(clean) && elsewhere === 0),
    ) &&
    conversions.every(
      ({ outcome, kept }) => outcome === "read" && kept.every((row) => !row.claimed || row.lost + row.changed === 0),
    )
  );
}
