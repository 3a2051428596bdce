import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { CommandModule } from "yargs";
import type { ToolReport } from "../conformance/tool-report.js";
import { writers } from "../formats/writers.js";
import { UsageError } from "../records/errors.js";
import { standardWithCases } from "../standards/find.js";
import { wantWhole } from "./inputs.js";
import type { Cli } from "./lang.js";
import { openFolder, removeUnfinished, writeWhole } from "./output.js";
import { texts } from "./texts.js";

interface ExportArguments {
  reference: string;
  format: string;
  seed: number;
  "per-rule": number;
  out: string;
}

/** `touchstone suite export ID --format F --seed S --out DIR` */
export function exportCommand({ done, say }: Cli): CommandModule<unknown, ExportArguments> {
  return {
    command: "export <reference>",
    describe: say({
      zh: "为没有命令行的工具写出一包小数据集，附清单，答案另存",
      en: "Write a pack of small datasets for a tool without a command line, with a manifest and the answers apart",
    }),
    builder: (yargs) =>
      yargs
        .positional("reference", { type: "string", demandOption: true, describe: say(texts.reference) })
        .option("format", {
          choices: writers.map(({ format }) => format),
          default: "coco-instances",
          describe: say({ zh: "写出的格式", en: "Format to write" }),
        })
        .option("seed", { type: "number", default: 1, describe: say(texts.sameBytes) })
        .option("per-rule", {
          type: "number",
          default: 2,
          describe: say({ zh: "违反每条规则的数据集数", en: "Datasets that break each rule" }),
        })
        .option("out", { type: "string", demandOption: true, describe: say(texts.newFolder) })
        .example(
          "$0 suite export ref-image-annotation --format voc --seed 7 --out pack",
          say({ zh: "给读取 VOC 的工具的用例包", en: "a pack for a tool that reads VOC" }),
        ),
    async handler({ reference, format, seed, "per-rule": perRule, out }) {
      wantWhole("--seed", seed, 0);
      wantWhole("--per-rule", perRule, 1);
      if (existsSync(out) && readdirSync(out).length > 0)
        throw new UsageError("TS-USAGE-0001", { found: `--out ${out}`, expected: "a folder that is new or empty" });
      const writer = writers.find((one) => one.format === format);
      if (writer === undefined) throw new UsageError("TS-USAGE-0001", { found: `--format ${format}` });
      // Late: it brings the compiler of expressions.
      const { exportPack } = await import("../conformance/pack/export-pack.js");
      const { files, manifest } = await exportPack({ standard: standardWithCases(reference), writer, seed, perRule });
      if (manifest.cases.length === 0)
        throw new UsageError("TS-STANDARD-0004", {
          file: reference,
          found: `no rule that ${format} can carry`,
          expected: "another format",
        });
      const folder = openFolder(out);
      try {
        for (const [path, bytes] of files) folder.sink.bytes(path, bytes);
        folder.finish();
      } finally {
        removeUnfinished();
      }
      const rules = new Set(manifest.cases.map(({ rule }) => rule)).size;
      const left = manifest.left_out.length;
      process.stdout.write(
        say({
          zh: `${out}：${manifest.cases.length} 个用例，${rules} 条规则，${left} 条不在包内（见 manifest.json）；种子 ${seed}\n`,
          en: `${out}: ${manifest.cases.length} cases of ${rules} rules, ${left} left out (manifest.json says why); seed ${seed}\n`,
        }),
      );
      done(0);
    },
  };
}

interface ScoreArguments {
  pack: string;
  results: string;
  name: string;
  "tool-version": string | undefined;
  claim: string[] | undefined;
  standard: string | undefined;
  out: string | undefined;
  json: boolean;
}

/** `touchstone suite score DIR --results F.jsonl` */
export function scoreCommand({ done, lang, say }: Cli): CommandModule<unknown, ScoreArguments> {
  return {
    command: "score <pack>",
    describe: say({
      zh: "为工具对用例包的结果评分：与 conform 相同的报告，结果由他人取得",
      en: "Score what a tool gave for a pack: the report of conform, from results that somebody else obtained",
    }),
    builder: (yargs) =>
      yargs
        .positional("pack", {
          type: "string",
          demandOption: true,
          describe: say({ zh: "suite export 写出的目录", en: "Folder that suite export wrote" }),
        })
        .option("results", {
          type: "string",
          demandOption: true,
          describe: say({ zh: "JSONL：每个用例一行，见包内 README", en: "JSONL: a line a case, see its README" }),
        })
        .option("name", {
          type: "string",
          default: "tool",
          describe: say({ zh: "工具的名称", en: "Name of the tool" }),
        })
        .option("tool-version", { type: "string", describe: say({ zh: "工具的版本", en: "Version of the tool" }) })
        .option("claim", {
          type: "string",
          array: true,
          requiresArg: true,
          describe: say({
            zh: "工具声明支持的规则；默认全部",
            en: "Rules that the tool says it supports; default all",
          }),
        })
        .option("standard", {
          type: "string",
          describe: say({ zh: "标准所在的目录，未随附时用", en: "Folder of the standard, where it does not ship" }),
        })
        .option("out", {
          type: "string",
          describe: say({ zh: "tool-report.json 的目录", en: "Folder for tool-report.json" }),
        })
        .option("json", { type: "boolean", default: false, describe: say(texts.json) }),
    async handler({ pack: folder, results, name, "tool-version": version, claim, standard, out, json }) {
      const { readPack } = await import("../conformance/pack/read-pack.js");
      const { readResults } = await import("../conformance/pack/results.js");
      const { isConforming, scorePack } = await import("../conformance/pack/score-pack.js");
      const pack = readPack(folder);
      const { id, edition } = pack.manifest.standard;
      const report = await scorePack({
        pack,
        at: { pack: folder, results },
        results: readResults(results, pack.cases),
        standard: standardWithCases(standard ?? `${id}@${edition}`),
        tool: { name, version: version ?? null },
        claims: claim ?? [],
      });
      const text = `${JSON.stringify(report, undefined, 1)}\n`;
      if (out !== undefined) writeWhole(join(out, "tool-report.json"), text);
      process.stdout.write(json ? text : tableOf(report, lang));
      const ok = isConforming(report);
      done(ok === undefined ? 4 : ok ? 0 : 1);
    },
  };
}

/** A line for what was asked: planted defects found, false alarms, what came through a converter. */
function tableOf({ rules, conversions, not_asked, seed }: ToolReport, lang: "zh" | "en"): string {
  const zh = lang === "zh";
  const lines = rules.flatMap(({ rule, planted, clean, elsewhere }) => {
    if (planted === null) return [];
    const found = `${planted.right}/${planted.asked}`;
    const alarms = (clean?.wrong ?? 0) + elsewhere;
    const refused = planted.refused + (clean?.refused ?? 0);
    return [
      `${rule.padEnd(34)} ${zh ? "找到" : "found"} ${found.padEnd(6)} ${zh ? "误报" : "false alarms"} ${alarms}  ${zh ? "拒绝" : "refused"} ${refused}`,
    ];
  });
  for (const { from, to, data, outcome, reason, kept } of conversions) {
    lines.push(
      `${from} → ${to}${zh ? `（${data}）` : ` (${data})`}${outcome === "refused" ? (zh ? `：不能读取：${reason}` : `: cannot be read: ${reason}`) : ""}`,
    );
    for (const { what, asked, kept: same, lost, changed, example } of kept)
      lines.push(
        `  ${what.padEnd(32)} ${zh ? "保留" : "kept"} ${same}/${asked}  ${zh ? "丢失" : "lost"} ${lost}  ${zh ? "改变" : "changed"} ${changed}${example === undefined ? "" : `  ${example}`}`,
      );
  }
  const left = zh ? `未问 ${not_asked.length} 项` : `${not_asked.length} not asked`;
  return `${lines.join("\n")}\n${zh ? `基于种子 ${seed} 生成的数据` : `over data generated with seed ${seed}`}${zh ? "；" : "; "}${left}\n`;
}
