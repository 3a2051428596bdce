import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { heldData, listData } from "../../formats/walk.js";
import { UsageError } from "../../records/errors.js";
import type { LocalText } from "../../records/grammar.gen.js";
import { applyStandards } from "../../standards/apply.js";
import type { DataFiles } from "../call-tool.js";
import { findingsOf } from "../drawn-files.js";
import type { LoadedTool } from "../tool-file.js";
import type { CallRow, ConversionRow, NotAsked } from "../tool-report.js";
import type { ConformSettings } from "../validator.js";
import { newWays } from "./ask.js";
import { stemOf } from "./compare.js";
import { nameOfPair } from "./pool.js";
import { type Records, readRecords } from "./read-records.js";
import { throughTool } from "./through.js";

/** What came of real data. */
export interface RealPass {
  readonly rows: readonly ConversionRow[];
  readonly calls: readonly CallRow[];
  readonly notAsked: readonly NotAsked[];
}

/** Data are held in memory, and copied for each call. */
const most = 256 * 2 ** 20;

/**
 * Data that the user gives, through every way that begins with their format. Only data that conform are asked of a tool: what is wrong with others is no
 * fault of its. Nothing of them is made smaller or written anywhere.
 *
 * @throws UsageError TS-USAGE-0001 more than can be held; TS-FORMAT-0001 nothing is recognised
 */
export async function askReal(tool: LoadedTool, folder: string, settings: ConformSettings): Promise<RealPass> {
  const files = filesOf(folder);
  const given = await readRecords(heldData(files));
  const name = basename(resolve(folder));
  const pairs = tool.pairs.filter(({ from }) => from.format === given.format);
  const reason = pairs.length === 0 ? noWay(given.format) : await whyNot(tool, files, given);
  if (reason !== undefined) return { rows: [], calls: [], notAsked: [{ what: name, format: given.format, reason }] };
  const rows: ConversionRow[] = [];
  const calls: CallRow[] = [];
  for (const pair of pairs) {
    settings.onStep?.(`${nameOfPair(pair)} ${name}`);
    const ways = newWays(tool, pair, name);
    for (const one of await throughTool(tool, pair, files, { isolation: settings.isolation, back: ways.back }))
      ways.add(one, given, name);
    const result = ways.result();
    rows.push(...result.rows);
    calls.push(...result.calls);
  }
  return { rows, calls, notAsked: [] };
}

function filesOf(folder: string): DataFiles {
  const { files } = listData(folder);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes > most)
    throw new UsageError("TS-USAGE-0001", {
      found: `--data ${folder}`,
      expected: `at most ${most / 2 ** 20} MB`,
    });
  return new Map(files.map(({ path, absolute }) => [path, readFileSync(absolute)]));
}

function noWay(format: string): LocalText {
  return {
    zh: `未声明任何以 ${format} 为起点的转换`,
    en: `no way that begins with ${format} is claimed`,
  };
}

/** Why nothing can be learnt of a tool from these data. */
async function whyNot(
  { standard }: LoadedTool,
  files: DataFiles,
  { format, media }: Records,
): Promise<LocalText | undefined> {
  if (new Set(media.map(stemOf)).size < media.length)
    return {
      zh: "有数据项的文件名（不计扩展名）相同，转换后无法对应",
      en: "media have the same file name but for its ending, so that they cannot be told apart afterwards",
    };
  const { rules } = await applyStandards([standard], { scheme: undefined, profile: undefined, only: [] });
  const held = new Map([...files].map(([path, bytes]) => [path, Buffer.from(bytes)]));
  const exact = new Set(
    standard.rules.flatMap(({ id, certainty, severity }) =>
      certainty === "exact" && (severity === "critical" || severity === "major") ? [id] : [],
    ),
  );
  const found = new Map<string, number>();
  for (const { rule } of await findingsOf(held, rules, format))
    if (exact.has(rule)) found.set(rule, (found.get(rule) ?? 0) + 1);
  if (found.size === 0) return undefined;
  const list = [...found].map(([rule, count]) => `${rule} × ${count}`).join(", ");
  return { zh: `数据本身不符合标准：${list}`, en: `the data do not conform: ${list}` };
}
