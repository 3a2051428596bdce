import { join } from "node:path";
import { UsageError } from "../../records/errors.js";
import { toolOf } from "../../report/tool.js";
import type { LoadedStandard } from "../../standards/load.js";
import type { CallRow, NotAsked, SmallestCase, ToolReport } from "../tool-report.js";
import type { PackCase } from "./pack.js";
import { filesBelow, type ReadPack } from "./read-pack.js";
import type { CaseResult } from "./results.js";
import { scoreExports } from "./score-exports.js";
import { disagreements, type Scored, scoreRules, unknownRules } from "./score-findings.js";

export interface ScoreOptions {
  readonly pack: ReadPack;
  /** Folder of the pack, and file of the results: exports lie beside it. */
  readonly at: { readonly pack: string; readonly results: string };
  readonly results: readonly CaseResult[];
  readonly standard: LoadedStandard;
  readonly tool: { readonly name: string; readonly version: string | null };
  /** Rules that the tool says it supports; empty: all of the pack. */
  readonly claims: readonly string[];
}

/** Texts of a case that are shorter stand in the report. */
const shortText = 4096;

/**
 * The tool report from results that somebody else obtained: the same as that of `conform`, but for what only a run can tell.
 *
 * @throws UsageError TS-USAGE-0003 a claim that is no rule; TS-PACK-0002 the standard is not that of the pack; -0003 an export that is not there
 */
export async function scorePack(options: ScoreOptions): Promise<ToolReport> {
  const { pack, at, results, standard, tool, claims } = options;
  const { manifest, cases } = pack;
  wantStandard(manifest.standard, standard);
  const unknown = claims.find((id) => !standard.rules.some((rule) => rule.id === id));
  if (unknown !== undefined)
    throw new UsageError("TS-USAGE-0003", { found: `--claim ${unknown}`, expected: "a rule of the standard" });
  const isClaimed = (rule: string): boolean => claims.length === 0 || claims.includes(rule);
  const byCase = new Map(results.map((result) => [result.case, result]));
  const scored = [...cases.values()].flatMap((one): readonly Scored[] => {
    const result = byCase.get(one.case.case);
    return result === undefined ? [] : [{ ...one, result }];
  });
  const kind = scored.some(({ result }) => "export" in result) ? "converter" : "validator";
  const isAsked = kind === "validator" || scored.some(({ result }) => "findings" in result);
  const filesOf = (one: PackCase): SmallestCase["files"] =>
    [...filesBelow(join(at.pack, one.path))].map(([path, bytes]) =>
      bytes.length <= shortText && !/\.(png|jpe?g)$/i.test(path) ? { path, text: bytes.toString("utf8") } : { path },
    );
  return {
    report: "tool",
    version: 1,
    made_by: toolOf(),
    tool: { kind, ...tool, digest: null, command: null, platform: null, isolation: "none" },
    standard: manifest.standard,
    seed: manifest.seed,
    claims: { rules: claims.length === 0 ? ["all"] : claims, formats: [manifest.format], fields: [] },
    rules: isAsked ? scoreRules(standard.rules, manifest.format, scored, isClaimed) : [],
    conversions: await scoreExports(scored, at),
    calls: callsOf(scored, manifest.format),
    cases: disagreements(scored, isClaimed, filesOf),
    not_asked: [
      ...(isAsked ? leftOut(pack, isClaimed) : []),
      ...withoutResult(pack, byCase),
      ...unknownRules(scored, standard.rules, manifest.format),
    ],
  };
}

/** Whether all is as it should be; undefined where nothing was asked. */
export function isConforming({ rules, conversions }: ToolReport): boolean | undefined {
  const tallies = rules.flatMap(({ planted, clean }) => [planted, clean].filter((one) => one !== null));
  if (tallies.length === 0 && conversions.length === 0) return undefined;
  return (
    tallies.every(({ wrong, refused }) => wrong + refused === 0) &&
    rules.every(({ elsewhere }) => elsewhere === 0) &&
    conversions.every(
      ({ outcome, kept }) =>
        outcome === "read" && kept.every(({ claimed, lost, changed }) => !claimed || lost + changed === 0),
    )
  );
}

function wantStandard(wanted: ReadPack["manifest"]["standard"], { document, digests }: LoadedStandard): void {
  if (document.id === wanted.id && digests.deciding === wanted.deciding_digest) return;
  throw new UsageError("TS-PACK-0002", {
    file: "manifest.json",
    found: `${document.id}@${document.edition} with deciding digest ${digests.deciding.slice(0, 12)}`,
    expected: `${wanted.id}@${wanted.edition} with ${wanted.deciding_digest.slice(0, 12)}`,
    hint: "Export the pack again",
  });
}

/** Somebody else ran the tool: what it was given, by side. */
function callsOf(scored: readonly Scored[], format: string): readonly CallRow[] {
  return (["violating", "conforming"] as const).flatMap((side): readonly CallRow[] => {
    const own = scored.filter((one) => one.case.side === side);
    if (own.length === 0) return [];
    return [
      {
        format,
        data: side === "violating" ? "defects" : "clean",
        media: own.reduce((sum, { answer }) => sum + answer.media, 0),
        annotations: own.reduce((sum, { answer }) => sum + answer.annotations, 0),
        ended: "exit",
        status: null,
      },
    ];
  });
}

/** Rules that the pack leaves out. */
function leftOut(
  { manifest: { format, left_out } }: ReadPack,
  isClaimed: (rule: string) => boolean,
): readonly NotAsked[] {
  return left_out.filter(({ rule }) => isClaimed(rule)).map(({ rule, reason }) => ({ what: rule, format, reason }));
}

/** Cases for which there is no result, by rule. */
function withoutResult({ manifest, cases }: ReadPack, results: { has(name: string): boolean }): readonly NotAsked[] {
  const missing = new Map<string, number>();
  for (const [name, { case: one }] of cases)
    if (!results.has(name)) missing.set(one.rule, (missing.get(one.rule) ?? 0) + 1);
  return [...missing].map(([what, count]) => ({
    what,
    format: manifest.format,
    reason: { zh: `${count} 个用例没有结果`, en: `no result for ${count} cases` },
  }));
}
