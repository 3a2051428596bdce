import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { CommandModule } from "yargs";
import { renderTo, targets } from "../report/render.js";
import { verify } from "../verify.js";
import { readEvidence, readProfile, readReport } from "./inputs.js";
import { alsoBoth, type Cli, type Lang } from "./lang.js";
import { writeWhole } from "./output.js";
import { progressLine } from "./progress.js";
import { texts } from "./texts.js";

/** `touchstone render report.json --to …` */
export function renderCommand({
  done,
  lang,
  say,
}: Cli): CommandModule<unknown, { report: string; to: string; lang: Lang | undefined; out: string | undefined }> {
  return {
    command: "render <report>",
    describe: say({ zh: "仅凭 report.json 重新生成报告", en: "Render a report.json again, from it alone" }),
    builder: (yargs) =>
      yargs
        .positional("report", { type: "string", demandOption: true, describe: say(texts.report) })
        .option("to", {
          type: "string",
          default: "html",
          describe: say({ zh: `以下一种或几种：${targets.join("、")}`, en: `One or more of ${targets.join(", ")}` }),
        })
        .option("lang", alsoBoth)
        .option("out", {
          type: "string",
          describe: say({ zh: "目录；默认为 report.json 所在目录", en: "Folder; default that of report.json" }),
        })
        .example(
          "$0 render out/report.json --to pdf,sarif --lang zh",
          say({ zh: "中文 PDF 和 SARIF", en: "A PDF in Chinese and SARIF" }),
        ),
    async handler({ report: path, to, lang: asked, out }) {
      const { report, digest } = readReport(path);
      const language = asked ?? (report.issue === null ? lang : "zh+en");
      for (const target of to.split(",").map((one) => one.trim())) {
        const { name, content } = await renderTo(report, target, { lang: language, digest });
        const file = join(out ?? dirname(path), name);
        writeWhole(file, content);
        process.stdout.write(`${file}\n`);
      }
      done(0);
    },
  };
}

const differenceKinds = {
  tool: { zh: "工具", en: "tool" },
  edition: { zh: "版次", en: "edition" },
  input: { zh: "输入", en: "input" },
  record: { zh: "记录", en: "record" },
  finding: { zh: "发现", en: "finding" },
  score: { zh: "得分", en: "score" },
  verdict: { zh: "结论", en: "verdict" },
} as const;

interface VerifyArguments {
  report: string;
  data: string;
  evidence: string | undefined;
  baseline: string | undefined;
  gold: string | undefined;
  media: string | undefined;
  standard: string[] | undefined;
  profile: string | undefined;
  json: boolean;
}

/** `touchstone verify report.json --data DIR` */
export function verifyCommand({ done, lang, say }: Cli): CommandModule<unknown, VerifyArguments> {
  return {
    command: "verify <report>",
    describe: say({
      zh: "重做报告的评测，逐字节比对",
      en: "Run the assessment of a report again and compare the bytes",
    }),
    builder: (yargs) =>
      yargs
        .positional("report", { type: "string", demandOption: true, describe: say(texts.report) })
        .option("data", {
          type: "string",
          demandOption: true,
          describe: say({ zh: "报告所评的数据", en: "The data that it is about" }),
        })
        .option("evidence", {
          type: "string",
          describe: say({ zh: "当时给出的 evidence.yaml", en: "The evidence.yaml that was given" }),
        })
        .option("gold", {
          type: "string",
          requiresArg: true,
          describe: say({ zh: "当时给出的真值", en: "The gold that was given" }),
        })
        .option("baseline", {
          type: "string",
          describe: say({ zh: "当时给出的基线报告", en: "The baseline that was given" }),
        })
        .option("media", { type: "string", describe: say(texts.media) })
        .option("standard", {
          type: "string",
          array: true,
          requiresArg: true,
          describe: say(texts.own),
        })
        .option("profile", { type: "string", describe: say(texts.profileOfRedacted) })
        .option("json", { type: "boolean", default: false, describe: say(texts.json) }) as never,
    async handler({ report: path, data, evidence, baseline, gold, media, standard, profile, json }) {
      const { report } = readReport(path);
      const progress = progressLine(process.stderr.isTTY === true && !json, lang);
      const bytes = readFileSync(path, "utf8");
      const result = await verify(report, bytes, data, {
        ...(evidence === undefined ? {} : { evidence: readEvidence(evidence) }),
        ...(gold === undefined ? {} : { gold }),
        ...(baseline === undefined ? {} : { baseline: readReport(baseline) }),
        ...(media === undefined ? {} : { media }),
        ...(standard === undefined ? {} : { standards: standard }),
        ...(profile === undefined ? {} : { profile: readProfile(profile) }),
        onProgress: progress.onProgress,
      }).finally(() => progress.finish());
      if (json) process.stdout.write(`${JSON.stringify(result, undefined, 1)}\n`);
      else {
        process.stdout.write(
          result.same
            ? `${say({ zh: "字节相同，", en: "the same bytes, " })}SHA-256 ${createHash("sha256").update(bytes).digest("hex")}\n`
            : `${say({ zh: "字节不同", en: "the bytes differ" })}\n`,
        );
        for (const { kind, what } of result.differences)
          process.stdout.write(`  ${say(differenceKinds[kind])}  ${say(what)}\n`);
      }
      done(result.same ? 0 : 1);
    },
  };
}
