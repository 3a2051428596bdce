import type { CommandModule } from "yargs";
import { UsageError } from "../records/errors.js";
import { toolOf } from "../report/tool.js";
import { wantWhole } from "./inputs.js";
import type { Cli } from "./lang.js";
import { openGrowing, writeWhole } from "./output.js";
import { progressLine } from "./progress.js";
import { texts } from "./texts.js";

const inferences = ["census", "sample", "process"] as const;

interface CompareArguments {
  gold: string;
  data: string;
  match: string;
  by: string | undefined;
  "min-score": number | undefined;
  inference: (typeof inferences)[number] | undefined;
  confidence: number;
  media: string | undefined;
  require: string[] | undefined;
  errors: string | undefined;
  out: string | undefined;
  json: boolean;
}

const matchText = {
  zh: "何为一对：iou=0.5 即两框交并比至少 0.5",
  en: "What makes a pair: iou=0.5 for boxes of IoU at least 0.5",
};

/** `touchstone compare GOLD DATA`: data against what is taken for true. */
export function compareCommand({ done, lang, say }: Cli): CommandModule<unknown, CompareArguments> {
  return {
    command: "compare <gold> <data>",
    describe: say({
      zh: "以真值比对数据：精确率、召回率、AP、平均交并比、混淆",
      en: "Hold data against gold: precision, recall, AP, mean IoU, confusion",
    }),
    builder: (yargs) =>
      yargs
        .positional("gold", {
          type: "string",
          demandOption: true,
          describe: say({ zh: "被当作真值的文件或目录", en: "File or folder that is taken for true" }),
        })
        .positional("data", { type: "string", demandOption: true, describe: say(texts.data) })
        .option("match", { type: "string", default: "iou=0.5", requiresArg: true, describe: say(matchText) })
        .option("by", {
          type: "string",
          choices: ["category"],
          requiresArg: true,
          describe: say({ zh: "另按类别给出", en: "Also by category" }),
        })
        .option("min-score", {
          type: "number",
          requiresArg: true,
          describe: say({
            zh: "匹配时略去低于此分数的结果；AP 不受影响",
            en: "Leave results below this score out of the matches; AP takes all",
          }),
        })
        .option("inference", {
          choices: inferences,
          requiresArg: true,
          describe: say({
            zh: "数值针对：这些数据、其所抽自的总体，还是产生它们的人或模型；默认依覆盖范围而定",
            en: "What the values speak of: these data, what they are a sample of, or who made them; default by what the gold covers",
          }),
        })
        .option("confidence", {
          type: "number",
          default: 0.95,
          requiresArg: true,
          describe: say(confidenceText),
        })
        .option("media", { type: "string", requiresArg: true, describe: say(texts.media) })
        .option("require", {
          type: "string",
          array: true,
          requiresArg: true,
          describe: say({
            zh: "至少要达到的值，如 recall=0.9：以区间下限为准；退出码 0 达到，1 未达到，4 未能判定",
            en: "A least value, recall=0.9: the lower end of the interval counts; exit status 0 met, 1 not met, 4 open",
          }),
        })
        .option("errors", {
          type: "string",
          requiresArg: true,
          describe: say({
            zh: "JSONL 文件：逐条写出漏标、多标和标签不同的标注，可退回返工",
            en: "JSONL file: each annotation that is missed, extra or has another label, to send back",
          }),
        })
        .option("out", { type: "string", requiresArg: true, describe: say(texts.outFile) })
        .option("json", { type: "boolean", default: false, describe: say(texts.json) })
        .example("$0 compare gold/ delivery/ --by category", say({ zh: "逐类别比对", en: "category by category" }))
        .example(
          "$0 compare instances.json results.json --json",
          say({ zh: "模型结果的 COCO AP", en: "COCO AP of results" }),
        ),
    async handler({ gold, data, match, by, "min-score": minScore, inference, confidence, media, ...rest }) {
      const { require, errors, out, json } = rest;
      wantConfidence(confidence);
      const iou = iouOf(match);
      const least = require === undefined ? undefined : leastValues(require);
      const [{ compare }, { compareText }, { statusOf }] = await Promise.all([
        import("../comparison/compare.js"),
        import("../comparison/text.js"),
        import("../comparison/requirements.js"),
      ]);
      let status = 0;
      const listed = errors === undefined ? undefined : openGrowing(errors);
      await printing({ lang, json, out }, async (tick) => {
        const result = await compare(gold, data, toolOf(), {
          iou,
          tick,
          confidence,
          byCategory: by === "category",
          ...(least === undefined ? {} : { require: least }),
          ...(listed === undefined ? {} : { onError: (error) => listed.add(JSON.stringify(error)) }),
          ...(media === undefined ? {} : { media }),
          ...(minScore === undefined ? {} : { minScore }),
          ...(inference === undefined ? {} : { inference }),
        });
        listed?.finish();
        status = statusOf(result.requirements ?? []);
        return { result, text: compareText(result, lang) };
      });
      done(status);
    },
  };
}

/** `recall=0.9` → {recall: 0.9}. @throws UsageError */
function leastValues(require: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    require.map((one) => {
      const [, id = "", value = ""] = /^([a-z0-9-]+)=(\d*\.?\d+)$/.exec(one) ?? [];
      if (id === "")
        throw new UsageError("TS-USAGE-0001", {
          found: `--require ${one}`,
          expected: "a measurement and its least value, recall=0.9",
        });
      return [id, Number(value)];
    }),
  );
}

interface DiffArguments {
  old: string;
  new: string;
  match: string;
  out: string | undefined;
  json: boolean;
}

/** `touchstone diff OLD NEW`: what changed between two deliveries. */
export function diffCommand({ done, lang, say }: Cli): CommandModule<unknown, DiffArguments> {
  return {
    command: "diff <old> <new>",
    describe: say({
      zh: "两次交付之间的变化：新增、删除、改标、移动",
      en: "What changed between two deliveries: added, removed, relabelled, moved",
    }),
    builder: (yargs) =>
      yargs
        .positional("old", {
          type: "string",
          demandOption: true,
          describe: say({ zh: "上一次交付", en: "The earlier delivery" }),
        })
        .positional("new", {
          type: "string",
          demandOption: true,
          describe: say({ zh: "这一次交付", en: "The later delivery" }),
        })
        .option("match", { type: "string", default: "iou=0.5", requiresArg: true, describe: say(matchText) })
        .option("out", { type: "string", requiresArg: true, describe: say(texts.outFile) })
        .option("json", { type: "boolean", default: false, describe: say(texts.json) })
        .example("$0 diff delivery-1/ delivery-2/", say({ zh: "返工改了什么", en: "what rework has changed" })),
    async handler({ old, new: later, match, out, json }) {
      const iou = iouOf(match);
      const [{ diff }, { diffText }] = await Promise.all([
        import("../comparison/diff.js"),
        import("../comparison/text.js"),
      ]);
      await printing({ lang, json, out }, async (tick) => {
        const result = await diff(old, later, toolOf(), { iou, tick });
        return { result, text: diffText(result, lang) };
      });
      done(0);
    },
  };
}

interface AgreementArguments {
  data: string[];
  match: string;
  confidence: number;
  seed: number;
  out: string | undefined;
  json: boolean;
}

/** `touchstone agreement A B [C…]`: annotators of the same media, none of whom is taken for right. */
export function agreementCommand({ done, lang, say }: Cli): CommandModule<unknown, AgreementArguments> {
  return {
    command: "agreement <data...>",
    describe: say({
      zh: "同一批数据项的几份标注之间的一致性：F1、α、κ",
      en: "Agreement of several annotations of the same media: F1, α, κ",
    }),
    builder: (yargs) =>
      yargs
        .positional("data", {
          type: "string",
          array: true,
          demandOption: true,
          describe: say({ zh: "每名标注者一个文件或目录，至少两个", en: "A file or folder an annotator, two or more" }),
        })
        .option("match", { type: "string", default: "iou=0.5", requiresArg: true, describe: say(matchText) })
        .option("confidence", {
          type: "number",
          default: 0.95,
          requiresArg: true,
          describe: say(confidenceText),
        })
        .option("seed", {
          type: "number",
          default: 1,
          requiresArg: true,
          describe: say({ zh: "自助法区间的种子", en: "Seed of the bootstrap intervals" }),
        })
        .option("out", { type: "string", requiresArg: true, describe: say(texts.outFile) })
        .option("json", { type: "boolean", default: false, describe: say(texts.json) })
        .example("$0 agreement anna/ ben/ carl/", say({ zh: "三名标注者", en: "three annotators" })),
    async handler({ data, match, confidence, seed, out, json }) {
      if (data.length < 2)
        throw new UsageError("TS-USAGE-0001", { found: data.join(" "), expected: "two or more files or folders" });
      wantConfidence(confidence);
      wantWhole("--seed", seed, 0);
      const iou = iouOf(match);
      const [{ agree }, { agreementText }] = await Promise.all([
        import("../comparison/agree.js"),
        import("../comparison/text.js"),
      ]);
      await printing({ lang, json, out }, async (tick) => {
        const result = await agree(data, toolOf(), { iou, confidence, seed, tick });
        return { result, text: agreementText(result, lang) };
      });
      done(0);
    },
  };
}

const confidenceText = { zh: "区间的置信水平", en: "Confidence of the intervals" };

/** @throws UsageError */
function wantConfidence(confidence: number): void {
  if (!(confidence > 0 && confidence < 1))
    throw new UsageError("TS-USAGE-0001", {
      found: `--confidence ${confidence}`,
      expected: "a number between 0 and 1",
    });
}

interface Printing {
  readonly lang: "zh" | "en";
  readonly json: boolean;
  readonly out: string | undefined;
}

/** Runs with a progress line, and prints the result as JSON or as text. */
async function printing(
  { lang, json, out }: Printing,
  run: (tick: (bytes: number, of: number) => Promise<void> | undefined) => Promise<{ result: unknown; text: string }>,
): Promise<void> {
  const progress = progressLine(process.stderr.isTTY === true, lang);
  try {
    const { result, text } = await run((done, of) => progress.onProgress({ phase: "read", done, of }));
    progress.finish();
    const told = `${json ? JSON.stringify(result, undefined, 1) : text}\n`;
    if (out === undefined) process.stdout.write(told);
    else writeWhole(out, told);
  } finally {
    progress.finish();
  }
}

/** `iou=0.5`. @throws UsageError */
function iouOf(match: string): number {
  const iou = Number(/^iou=(\d*\.?\d+)$/.exec(match)?.[1]);
  if (!(iou > 0 && iou <= 1))
    throw new UsageError("TS-USAGE-0001", { found: `--match ${match}`, expected: "iou=T, T above 0 and at most 1" });
  return iou;
}
