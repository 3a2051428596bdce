import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { arch, platform, tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../records/errors.js";
import { toolOf } from "../report/tool.js";
import type { DataFiles } from "./call-tool.js";
import { conformConverter } from "./converter/converter.js";
import { runTool, usualLimits } from "./run-tool.js";
import { type Smallest, smallestFor } from "./smallest.js";
import { type LoadedTool, loadTool } from "./tool-file.js";
import type { CallRow, ConversionRow, NotAsked, RuleRow, SmallestCase, ToolReport } from "./tool-report.js";
import { askPooled, type ConformSettings, type Disagreement } from "./validator.js";
import { askAlone } from "./validator-alone.js";

/** A report, and the files of its cases by the folder that each is named with. */
export interface Conformed {
  readonly report: ToolReport;
  readonly cases: ReadonlyMap<string, DataFiles>;
}

/**
 * Puts the tool of a TOOL.yaml to the test.
 *
 * @throws UsageError where TOOL.yaml does not fit
 */
export async function conform(path: string, settings: ConformSettings): Promise<Conformed> {
  const tool = loadTool(path);
  const { document, standard } = tool;
  if (settings.data !== undefined && document.kind !== "converter")
    throw new UsageError("TS-USAGE-0001", { found: `--data ${settings.data}`, expected: "a TOOL.yaml of a converter" });
  const rules: RuleRow[] = [];
  const conversions: ConversionRow[] = [];
  const calls: CallRow[] = [];
  const notAsked: NotAsked[] = [];
  const cases: SmallestCase[] = [];
  const files = new Map<string, DataFiles>();
  if (document.kind === "validator")
    for (const writer of tool.writers) {
      const pass = await (document.pool === false ? askAlone : askPooled)(tool, writer, settings);
      rules.push(...pass.rows);
      calls.push(...pass.calls);
      notAsked.push(...pass.notAsked);
      for (const disagreement of pass.disagreements) {
        settings.onStep?.(`${writer.format}: ${disagreement.what} ${disagreement.rule.id}`);
        const smallest = settings.shrinkSeconds > 0 ? await smallestFor(tool, disagreement, settings) : undefined;
        if (smallest === undefined) notAsked.push(notShrunk(disagreement, settings));
        else {
          const one = caseOf(disagreement, smallest);
          cases.push(one);
          files.set(one.folder, withIssue(one, smallest, tool));
        }
      }
    }
  const { id, edition } = standard.document;
  const { rules: claimed = [], formats, fields = [] } = document.claims;
  if (document.kind === "converter") {
    const result = await conformConverter(tool, settings);
    conversions.push(...result.conversions);
    calls.push(...result.calls);
    notAsked.push(...result.notAsked);
    cases.push(...result.cases);
    for (const [folder, own] of result.files) files.set(folder, own);
  }
  const report: ToolReport = {
    report: "tool",
    version: 1,
    made_by: toolOf(),
    tool: {
      kind: document.kind,
      name: document.name,
      version: await versionOf(tool, settings),
      digest: tool.digest,
      command: document.command,
      platform: `${platform()} ${arch()}`,
      isolation: settings.isolation,
    },
    standard: { id, edition, deciding_digest: standard.digests.deciding },
    seed: settings.seed,
    claims: {
      rules: claimed === "all" ? tool.claimed.map((rule) => rule.id) : claimed,
      formats,
      fields: fields === "all" ? ["all"] : fields,
    },
    rules,
    conversions,
    calls,
    cases,
    not_asked: notAsked,
  };
  return { report, cases: files };
}

async function versionOf(tool: LoadedTool, { isolation }: ConformSettings): Promise<string | null> {
  const { version } = tool.document;
  if (version === undefined || typeof version === "string") return version ?? null;
  const work = realpathSync(mkdtempSync(join(tmpdir(), "touchstone-tool-")));
  try {
    const command = version.map((part) => part.replaceAll("{here}", tool.folder));
    const { ended, stdout, stderr } = await runTool(command, { work, isolation, limits: usualLimits });
    const line = (stdout.length > 0 ? stdout : stderr).toString("utf8").trim().split("\n")[0] ?? "";
    return ended === "exit" && line !== "" ? line.slice(0, 200) : null;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function notShrunk({ rule, writer, what }: Disagreement, { shrinkSeconds }: ConformSettings): NotAsked {
  return {
    what: `${rule.id}, ${what}`,
    format: writer.format,
    reason:
      shrinkSeconds === 0
        ? { zh: "未要求缩小", en: "shrinking was not asked for" }
        : {
            zh: `${shrinkSeconds} 秒内没有小数据集单独显示这一分歧`,
            en: `no small dataset showed it alone within ${shrinkSeconds} s`,
          },
  };
}

const longestText = 4000;

function caseOf({ rule, writer, what }: Disagreement, { files, media, annotations, expected, got, done }: Smallest) {
  return {
    rule: rule.id,
    format: writer.format,
    what,
    expected,
    got,
    annotations,
    media,
    files: [...files]
      .map(([path, bytes]) => ({
        path,
        ...(isShortText(path, bytes) ? { text: Buffer.from(bytes).toString("utf8") } : {}),
      }))
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
    folder: `cases/${writer.format}/${rule.id}-${what}`,
    shrunk: done,
  } satisfies SmallestCase;
}

function isShortText(path: string, bytes: Uint8Array): boolean {
  return bytes.length <= longestText && /\.(json|jsonl|xml|txt|ya?ml)$/.test(path);
}

/** The data of a case, and beside them the text of an issue for whoever makes the tool. */
function withIssue(one: SmallestCase, { files }: Smallest, { document, standard }: LoadedTool): DataFiles {
  const title = standard.rules.find(({ id }) => id === one.rule)?.title;
  const command = document.command.join(" ").replaceAll("{in}", "data").replaceAll("{out}", "out");
  const issue = `# ${document.name}: ${one.what === "missed" ? `${one.rule} is not found` : `${one.rule} is found where there is none`} (${one.format})

The rule: ${title?.en ?? one.rule} (${standard.document.id} ${standard.document.edition}).

## Steps
1. Take the folder \`data\` beside this text: ${one.media} media, ${one.annotations} annotations.
2. Run \`${command}\`.

## Expected
${one.expected}

## Got
${one.got}

The data were generated and made as small as they are by Touchstone; nothing of anybody's is in them.
`;
  return new Map([
    ...[...files].map(([path, bytes]) => [`data/${path}`, bytes] as const),
    ["ISSUE.md", Buffer.from(issue)],
  ]);
}
