import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Argv, CommandModule } from "yargs";
import { type AssessOptions, assess } from "../assess.js";
import { UsageError } from "../records/errors.js";
import type { Report, Verdict } from "../records/report.gen.js";
import { serialise } from "../report/digest.js";
import { redactStreamed } from "../report/redact.js";
import { renderTo, targets } from "../report/render.js";
import { renderTerminal } from "../report/terminal.js";
import { readEvidence, readIssue, readProfile, readReport } from "./inputs.js";
import { alsoBoth, type Cli, type Lang } from "./lang.js";
import { openGrowing, removeUnfinished, writeWhole } from "./output.js";
import { picturesOf } from "./pictures.js";
import { progressLine } from "./progress.js";
import { texts } from "./texts.js";

const statusOf: Readonly<Record<Verdict, number>> = {
  conforming: 0,
  nonconforming: 1,
  indeterminate: 4,
  "not-applicable": 4,
};

interface AssessArguments {
  data: string;
  scheme: string | undefined;
  standard: string[] | undefined;
  profile: string | undefined;
  evidence: string | undefined;
  baseline: string | undefined;
  gold: string | undefined;
  issue: string | undefined;
  media: string | undefined;
  format: string | undefined;
  redact: boolean;
  date: string | undefined;
  name: string | undefined;
  "max-examples": number;
  findings: string | undefined;
  rule: string[] | undefined;
  to: string | undefined;
  lang: Lang | undefined;
  quiet: boolean;
  out: string | undefined;
  json: boolean;
  "embed-images": boolean;
}

function options(yargs: Argv, say: Cli["say"]): Argv<AssessArguments> {
  return yargs
    .positional("data", { type: "string", demandOption: true, describe: say(texts.data) })
    .option("scheme", {
      type: "string",
      describe: say({
        zh: "评分与判定所用的方案（默认 ref-dataset-assessment）",
        en: "Scheme that scores and judges (default ref-dataset-assessment)",
      }),
    })
    .option("standard", {
      type: "string",
      array: true,
      requiresArg: true,
      describe: say({
        zh: "ID、ID@版次或目录；不指定方案时从严判定",
        en: "ID, ID@edition or folder; without a scheme it is judged strictly",
      }),
    })
    .option("profile", {
      type: "string",
      describe: say({
        zh: "profile.yaml：偏离与豁免，各附理由",
        en: "profile.yaml: departures and waivers, each with its reason",
      }),
    })
    .option("evidence", {
      type: "string",
      describe: say({
        zh: "evidence.yaml：文件、评审、模型结果等证据",
        en: "evidence.yaml: documents, reviews, model results",
      }),
    })
    .option("baseline", {
      type: "string",
      describe: say({
        zh: "以前的 report.json：区分新出现、仍存在、已修复的发现",
        en: "An earlier report.json: what is new, persisting, fixed",
      }),
    })
    .option("gold", {
      type: "string",
      requiresArg: true,
      describe: say({
        zh: "被当作真值的文件或目录：与之比对的度量写入报告",
        en: "File or folder that is taken for true: measurements against it enter the report",
      }),
    })
    .option("issue", {
      type: "string",
      describe: say({
        zh: "issue.yaml：由出具机构填写的内容（编号、名称、日期）",
        en: "issue.yaml: what a body supplies (number, names, dates)",
      }),
    })
    .option("media", {
      type: "string",
      describe: say({
        zh: "数据项文件所在的目录，与标注不在一处时用",
        en: "Folder of the media, where they do not lie beside the data",
      }),
    })
    .option("format", { type: "string", describe: say(texts.format) })
    .option("rule", {
      type: "string",
      array: true,
      requiresArg: true,
      describe: say({
        zh: "只检查这些规则，供整改时用；在报告中记为偏离",
        en: "Only these rules, while mending; stands as a departure",
      }),
    })
    .option("date", {
      type: "string",
      describe: say({ zh: "YYYY-MM-DD；报告中唯一的时间", en: "YYYY-MM-DD; the only time in the report" }),
    })
    .option("name", {
      type: "string",
      describe: say({ zh: "报告中数据集的名称", en: "Name of the dataset in the report" }),
    })
    .option("max-examples", {
      type: "number",
      default: 100,
      describe: say({
        zh: "每条规则保留的例子数；计数总是准确的",
        en: "Examples kept a rule; counts are always exact",
      }),
    })
    .option("findings", {
      type: "string",
      describe: say({ zh: "把全部发现写入这个 JSONL 文件", en: "Write every finding to this JSONL file" }),
    })
    .option("redact", {
      type: "boolean",
      default: false,
      describe: say({
        zh: "只留编号与几何：不含名称、文本、数据项路径",
        en: "Ids and geometry only: no names, texts, paths of media",
      }),
    })
    .option("embed-images", {
      type: "boolean",
      default: false,
      describe: say({
        zh: "HTML 中嵌入发现的图像（至多 12 MB）",
        en: "Pictures of the findings in the HTML (12 MB at most)",
      }),
    })
    .option("to", {
      type: "string",
      describe: say({
        zh: `report.json 和 report.html 之外的输出：${targets.join("、")}`,
        en: `More outputs beside report.json and report.html: ${targets.join(", ")}`,
      }),
    })
    .option("lang", alsoBoth)
    .option("out", {
      type: "string",
      describe: say({ zh: "输出目录；默认 out", en: "Folder for the outputs; default out" }),
    })
    .option("quiet", {
      type: "boolean",
      default: false,
      describe: say({ zh: "不输出；退出码即结论", en: "Print nothing; the exit status says the verdict" }),
    })
    .option("json", {
      type: "boolean",
      default: false,
      describe: say({
        zh: "report.json 输出到标准输出；只在 --out 或 --to 要求时写文件",
        en: "Print report.json on stdout; files only where --out or --to asks for them",
      }),
    })
    .example("$0 assess data/", say({ zh: "评测一个目录；报告在 out/", en: "Assess a folder; report in out/" }))
    .example(
      "$0 assess train.json --media images/ --to pdf,sarif",
      say({ zh: "标注与数据项分处两地；更多输出", en: "Annotations and media apart; more outputs" }),
    )
    .example(
      "$0 assess data/ --standard mlc-croissant-1.0",
      say({ zh: "按一项标准从严判定", en: "Judge by one standard, strictly" }),
    ) as Argv<AssessArguments>;
}

/** `touchstone assess DATA` */
export function assessCommand({ done, lang, say }: Cli): CommandModule<unknown, AssessArguments> {
  return {
    command: "assess <data>",
    describe: say({
      zh: "按标准评测数据集，写出 report.json 和 report.html",
      en: "Assess a dataset against a standard; write report.json and report.html",
    }),
    builder: (yargs) => options(yargs, say),
    async handler(args) {
      const report = await run(args, lang);
      done(statusOf[report.verdict]);
    },
  };
}

async function run(args: AssessArguments, locale: Cli["lang"]): Promise<Report> {
  if (args.date !== undefined && !isDate(args.date))
    throw new UsageError("TS-USAGE-0001", { found: `--date ${args.date}`, expected: "YYYY-MM-DD" });
  const examples = args["max-examples"];
  if (!(Number.isSafeInteger(examples) && examples >= 0))
    throw new UsageError("TS-USAGE-0001", {
      found: `--max-examples ${examples}`,
      expected: "a whole number from 0 up",
    });
  const wanted = (args.to ?? "")
    .split(",")
    .map((target) => target.trim())
    .filter((target) => target !== "");
  for (const target of wanted)
    if (!(targets as readonly string[]).includes(target))
      throw new UsageError("TS-USAGE-0001", { found: `--to ${target}`, expected: targets.join(", ") });
  const progress = progressLine(process.stderr.isTTY === true && !args.quiet && !args.json, locale);
  try {
    const findings = args.findings === undefined ? undefined : openGrowing(args.findings);
    const report = await assess(args.data, {
      ...optionsOf(args),
      onProgress: progress.onProgress,
      ...(findings === undefined
        ? {}
        : { onFinding: (finding) => findings.add(JSON.stringify(args.redact ? redactStreamed(finding) : finding)) }),
    });
    await progress.heard();
    findings?.finish();
    await write(report, args, wanted, locale);
    return report;
  } finally {
    progress.finish();
    removeUnfinished();
  }
}

/** A day of the calendar: JavaScript turns 30 February into 2 March. */
function isDate(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(Number.NaN);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function optionsOf(args: AssessArguments): AssessOptions {
  const { scheme, standard, media, format, date, name, rule } = args;
  return {
    ...(scheme === undefined ? {} : { scheme }),
    ...(standard === undefined ? {} : { standards: standard }),
    ...(args.profile === undefined ? {} : { profile: readProfile(args.profile) }),
    ...(args.evidence === undefined ? {} : { evidence: readEvidence(args.evidence) }),
    ...(args.baseline === undefined ? {} : { baseline: readReport(args.baseline) }),
    ...(args.issue === undefined ? {} : { issue: readIssue(args.issue) }),
    ...(args.gold === undefined ? {} : { gold: args.gold }),
    ...(media === undefined ? {} : { media }),
    ...(format === undefined ? {} : { format }),
    ...(date === undefined ? {} : { date }),
    ...(name === undefined ? {} : { name }),
    ...(rule === undefined ? {} : { rules: rule }),
    redact: args.redact,
    maxExamples: args["max-examples"],
  };
}

async function write(
  report: Report,
  args: AssessArguments,
  wanted: readonly string[],
  locale: Cli["lang"],
): Promise<void> {
  const json = serialise(report);
  if (args.json) process.stdout.write(json);
  if (args.json && args.out === undefined && args.to === undefined) return;
  // A body's report is in both languages; otherwise the locale decides.
  const lang = args.lang ?? (report.issue === null ? locale : "zh+en");
  const digest = createHash("sha256").update(json).digest("hex");
  const images = args["embed-images"] ? picturesOf(report, args.data, args.media) : undefined;
  const outputs: string[] = [];
  const put = (name: string, content: string | Uint8Array): void => {
    const path = join(args.out ?? "out", name);
    writeWhole(path, content);
    outputs.push(path);
  };
  for (const target of ["html", ...wanted.filter((one) => one !== "html")]) {
    const { name, content } = await renderTo(report, target, {
      lang,
      digest,
      ...(images === undefined ? {} : { images }),
    });
    put(name, content);
  }
  put("report.json", json);
  if (report.object.scope === "annotations" && report.records.media_files.declared > 0 && !args.quiet && !args.json) {
    process.stderr.write(
      lang === "en"
        ? `media were not examined: none of the media files was found${args.media === undefined ? " (--media DIR)" : ` below ${args.media}`}\n`
        : "数据项文件未检：没有找到任何数据项文件（--media 目录）\n",
    );
  }
  if (args.quiet || args.json) return;
  const text = renderTerminal(report, {
    lang,
    colour: process.stdout.isTTY === true && process.env["NO_COLOR"] === undefined,
    ...(process.stdout.isTTY === true && process.stdout.columns !== undefined ? { width: process.stdout.columns } : {}),
    outputs,
    digest,
    exit: statusOf[report.verdict],
  });
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}
