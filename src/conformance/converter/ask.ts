import { boundsOf } from "../../generate/bounds.js";
import type { Sample } from "../../generate/sample.js";
import type { LocalText } from "../../records/grammar.gen.js";
import type { Called, DataFiles } from "../call-tool.js";
import { writeFiles } from "../drawn-files.js";
import type { FormatPair, LoadedTool } from "../tool-file.js";
import type { CallRow, ConversionRow, NotAsked } from "../tool-report.js";
import type { ConformSettings } from "../validator.js";
import { type Comparison, newComparison } from "./compare.js";
import { drawPool, drawSmall, nameOfPair, wishForPair } from "./pool.js";
import type { Records } from "./read-records.js";
import { type Passed, recordsOf, throughTool } from "./through.js";

/** Something that did not come through, and a dataset that shows it. */
export interface LossOnTheWay {
  readonly pair: FormatPair;
  readonly way: ConversionRow["way"];
  /** As its row has it, or `call`. */
  readonly what: string;
  readonly how: "lost" | "changed" | "refused";
  readonly sample: Sample;
  /** Stems of the media that show it; none of what is about the whole dataset. */
  readonly media: ReadonlySet<string>;
}

/** What one pair of formats gave. */
export interface ConverterPass {
  readonly rows: readonly ConversionRow[];
  readonly calls: readonly CallRow[];
  readonly notAsked: readonly NotAsked[];
  readonly losses: readonly LossOnTheWay[];
}

/** Generated data through the converter: one dataset of five media for each defect that a rule would have, or with `pool: false` as many small ones. */
export async function askConverter(
  tool: LoadedTool,
  pair: FormatPair,
  settings: ConformSettings,
): Promise<ConverterPass> {
  const wish = wishForPair(pair, boundsOf(tool.standard.rules));
  if ("missing" in wish)
    return { rows: [], calls: [], losses: [], notAsked: [notHeld(pair, noPlace(pair, wish.missing))] };
  const samples =
    tool.document.pool === false
      ? drawSmall(wish, settings.perRule, settings.seed)
      : [drawPool(wish, mediaPerRun * settings.perRule, settings.seed)];
  const ways = newWays(tool, pair, "generated");
  const losses = new Map<string, LossOnTheWay>();
  let number = 0;
  for (const sample of samples) {
    number++;
    settings.onStep?.(`${nameOfPair(pair)} ${tool.document.pool === false ? number : ""}`);
    const { files } = writeFiles(sample, pair.from);
    const given = await recordsOf(files, pair.from.format);
    // A dataset of which nothing can be lost.
    if (typeof given === "string") continue;
    const dataset = tool.document.pool === false ? `dataset ${number}` : "generated";
    const passed = await throughTool(tool, pair, files, { isolation: settings.isolation, back: ways.back });
    for (const one of passed) {
      const shown = ways.add(one, given, dataset);
      for (const { what, how, media: where } of shown) {
        const key = `${one.way} ${what} ${how}`;
        if (!losses.has(key)) losses.set(key, { pair, way: one.way, what, how, sample, media: where });
      }
    }
  }
  return { ...ways.result(), notAsked: [], losses: [...losses.values()] };
}

const mediaPerRun = 5;

interface Shown {
  readonly what: string;
  readonly how: "lost" | "changed" | "refused";
  readonly media: ReadonlySet<string>;
}

/** Gathers what comes of a pair's datasets, there and back. */
export interface Ways {
  /** Whether the way back is claimed. */
  readonly back: boolean;
  /** Takes in one way of one dataset; gives what is claimed and did not come through. */
  add(passed: Passed, given: Records, dataset: string): readonly Shown[];
  result(): Pick<ConverterPass, "rows" | "calls">;
}

export function newWays(tool: LoadedTool, pair: FormatPair, data: string): Ways {
  const { from, to, fields } = pair;
  const { tolerance_px: tolerancePx } = tool.document.claims;
  const newOne = (way: ConversionRow["way"]): Comparison =>
    newComparison(from.carries, to.carries, { way, tolerancePx });
  const whole = { there: newOne("there"), back: newOne("back") };
  const asked = { there: 0, back: 0 };
  const refusals = { there: [] as string[], back: [] as string[] };
  const faults = { there: new Map<string, number>(), back: new Map<string, number>() };
  const calls: CallRow[] = [];
  return {
    back: from !== to && tool.pairs.some((other) => other.from === to && other.to === from),
    add({ way, called, records, reason = "" }, given, dataset) {
      asked[way]++;
      if (records === undefined || tool.document.pool !== false) calls.push(callRow(pair, way, given, called));
      if (records === undefined) {
        refusals[way].push(reason);
        return isAnswered(called) ? [{ what: "call", how: "refused", media: new Set() }] : [];
      }
      for (const [rule, count] of records.faults) faults[way].set(rule, (faults[way].get(rule) ?? 0) + count);
      whole[way].add(given, records, dataset);
      const own = newOne(way);
      own.add(given, records, dataset);
      return own
        .rows(fields)
        .flatMap(({ what, claimed, lost, changed }): Shown[] => [
          ...(claimed && lost > 0 ? [{ what, how: "lost" as const, media: own.mediaOf(what, "lost") }] : []),
          ...(claimed && changed > 0 ? [{ what, how: "changed" as const, media: own.mediaOf(what, "changed") }] : []),
        ]);
    },
    result: () => ({
      calls,
      rows: (["there", "back"] as const).flatMap((way): readonly ConversionRow[] => {
        const about = { from: from.format, to: to.format, way, data };
        const refused = refusals[way].length;
        return [
          ...(asked[way] > refused
            ? [
                {
                  ...about,
                  outcome: "read" as const,
                  tolerance: whole[way].tolerance,
                  ...(faults[way].size === 0 ? {} : { faults: faultRows(faults[way]) }),
                  kept: whole[way].rows(fields),
                },
              ]
            : []),
          ...(refused > 0
            ? [{ ...about, outcome: "refused" as const, reason: refusalText(refusals[way], asked[way]), kept: [] }]
            : []),
        ];
      }),
    }),
  };
}

/** Whether it ended by itself: a limit that is hit takes its whole time at each attempt, and says nothing of the data. */
export function isAnswered({ ended }: Called<unknown>): boolean {
  return ended === "exit" || ended === "signal" || ended === "unreadable";
}

function faultRows(faults: ReadonlyMap<string, number>): NonNullable<ConversionRow["faults"]> {
  return [...faults].map(([rule, count]) => ({ rule, count })).sort((a, b) => (a.rule < b.rule ? -1 : 1));
}

function refusalText(reasons: readonly string[], asked: number): string {
  return asked === 1 ? (reasons[0] ?? "") : `${reasons.length} / ${asked}: ${reasons[0] ?? ""}`;
}

function callRow(pair: FormatPair, data: string, given: Records, called: Called<DataFiles>): CallRow {
  const { ended, status, reason } = called;
  return {
    format: nameOfPair(pair),
    data,
    media: given.media.length,
    annotations: given.annotations.length,
    ended,
    status,
    ...(reason === undefined ? {} : { reason }),
  };
}

export function notHeld(pair: FormatPair, reason: LocalText): NotAsked {
  return { what: nameOfPair(pair), format: null, reason };
}

function noPlace({ from, to }: FormatPair, field: string): LocalText {
  return {
    zh: `${to.format} 的每条标注都有 ${field}，而 ${from.format} 没有它的位置`,
    en: `every annotation of ${to.format} has ${field}, for which ${from.format} has no place`,
  };
}
