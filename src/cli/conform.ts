import { existsSync, readdirSync } from "node:fs";
import type { CommandModule } from "yargs";
import { UsageError } from "../records/errors.js";
import { wantWhole } from "./inputs.js";
import { alsoBoth, type Cli, type Lang } from "./lang.js";
import { openFolder, removeUnfinished } from "./output.js";
import { texts } from "./texts.js";

interface ConformArguments {
  tool: string;
  seed: number;
  "per-rule": number;
  "shrink-seconds": number;
  data: string | undefined;
  out: string;
  lang: Lang | undefined;
  json: boolean;
}

/** `touchstone conform TOOL.yaml` */
export function conformCommand({ done, lang, say }: Cli): CommandModule<unknown, ConformArguments> {
  return {
    command: "conform <tool>",
    describe: say({
      zh: "以生成的数据检验一个命令行工具：检查器查出、漏报、误报多少，转换器保留、丢失、改动多少",
      en: "Put a validator or a converter with a command line to the test: what it finds, misses and makes up, or keeps, loses and changes",
    }),
    builder: (yargs) =>
      yargs
        .positional("tool", {
          type: "string",
          demandOption: true,
          describe: say({ zh: "TOOL.yaml 文件", en: "TOOL.yaml" }),
        })
        .option("seed", {
          type: "number",
          default: 1,
          describe: say({ zh: "种子相同，数据相同", en: "Same seed, same data" }),
        })
        .option("per-rule", {
          type: "number",
          default: 20,
          describe: say({
            zh: "每条规则植入的缺陷数；检验转换器时每条规则给五个数据项",
            en: "Planted defects a rule; a converter is given five media for each",
          }),
        })
        .option("shrink-seconds", {
          type: "number",
          default: 120,
          describe: say({
            zh: "为每处分歧求最小数据的秒数；0 为不求",
            en: "For the smallest data of each disagreement; 0: none",
          }),
        })
        .option("data", {
          type: "string",
          requiresArg: true,
          describe: say({
            zh: "另外交给转换器的、您自己的无误数据",
            en: "Clean data of your own that a converter is given too",
          }),
        })
        .option("out", {
          type: "string",
          demandOption: true,
          describe: say({ zh: "新目录：报告及其用例", en: "New folder: the report and its cases" }),
        })
        .option("lang", alsoBoth)
        .option("json", { type: "boolean", default: false, describe: say(texts.json) })
        .example(
          "$0 conform TOOL.yaml --out tested",
          say({ zh: "报告与最小用例在 tested/", en: "report and smallest cases in tested/" }),
        ) as never,
    async handler({ tool, seed, "per-rule": perRule, "shrink-seconds": shrinkSeconds, data, out, lang: asked, json }) {
      wantWhole("--seed", seed, 0);
      wantWhole("--per-rule", perRule, 1);
      wantWhole("--shrink-seconds", shrinkSeconds, 0);
      if (existsSync(out) && readdirSync(out).length > 0)
        throw new UsageError("TS-USAGE-0001", { found: `--out ${out}`, expected: "a folder that is new or empty" });
      // A run that is interrupted ends the tool first: `exit` is when that is done.
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
      // Late: it brings the compiler of expressions.
      const { conform } = await import("../conformance/conform.js");
      const { renderTool } = await import("../conformance/tool-render.js");
      const { isolationHere } = await import("../conformance/isolation.js");
      const { isAsClaimed, isJudged } = await import("../conformance/tool-report.js");
      const showsSteps = process.stderr.isTTY === true && !json;
      const { report, cases } = await conform(tool, {
        seed,
        perRule,
        shrinkSeconds,
        data,
        isolation: isolationHere(),
        ...(showsSteps ? { onStep: (what: string) => void process.stderr.write(`${what}\n`) } : {}),
      });
      const language = asked ?? lang;
      const folder = openFolder(out);
      try {
        for (const target of ["json", "md", "html"] as const)
          folder.sink.text(`tool-report.${target}`, renderTool(report, target, language));
        for (const [name, files] of cases)
          for (const [path, bytes] of files) folder.sink.bytes(`${name}/${path}`, bytes);
        folder.finish();
      } finally {
        removeUnfinished();
      }
      process.stdout.write(renderTool(report, json ? "json" : "terminal", language));
      done(!isJudged(report) ? 4 : isAsClaimed(report) ? 0 : 1);
    },
  };
}
