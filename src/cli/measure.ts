import { createReadStream, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import type { CommandModule } from "yargs";
import { UsageError } from "../records/errors.js";
import type { Cli } from "./lang.js";
import { texts } from "./texts.js";

interface MeasureArguments {
  id: string | undefined;
  input: string | undefined;
  batch: string | undefined;
  list: boolean;
  json: boolean;
}

/** `touchstone measure`: one measure of values in a file, many of a file, or the list of them. */
export function measureCommand({ done, lang, say }: Cli): CommandModule<unknown, MeasureArguments> {
  return {
    command: "measure [id]",
    describe: say({
      zh: "计算一个度量：一致性、准确率、检测、跟踪、区间、抽样方案等",
      en: "Compute a measure: agreement, accuracy, detection, tracking, intervals, sampling plans",
    }),
    builder: (yargs) =>
      yargs
        .positional("id", {
          type: "string",
          describe: say({ zh: "度量的标识；下划线与连字符等同", en: "Id of the measure; _ and - are the same" }),
        })
        .option("input", {
          type: "string",
          requiresArg: true,
          describe: say({
            zh: "JSON 文件，内为该度量的输入；- 为标准输入",
            en: "JSON file with the inputs of the measure; - for standard input",
          }),
        })
        .option("batch", {
          type: "string",
          requiresArg: true,
          describe: say({
            zh: "JSONL 文件，每行 {measure, inputs}；依次每行输出一个结果",
            en: "JSONL file, {measure, inputs} a line; prints one result a line, in order",
          }),
        })
        .option("list", {
          type: "boolean",
          default: false,
          describe: say({ zh: "列出全部度量及其验证记录", en: "List all measures with their validation record" }),
        })
        .option("json", { type: "boolean", default: false, describe: say(texts.json) })
        .example("$0 measure --list", say({ zh: "有哪些度量", en: "which measures there are" }))
        .example(
          "$0 measure cohen-kappa",
          say({ zh: "它回答什么，有哪些输入", en: "what it answers, and which inputs it has" }),
        )
        .example("$0 measure cohen-kappa --input kappa.json --json", '{"table": [[45, 5], [10, 40]]}'),
    async handler({ id, input, batch, list, json }) {
      const asked = [list, batch !== undefined, id !== undefined].filter(Boolean).length;
      if (asked !== 1)
        throw new UsageError("TS-USAGE-0001", {
          found: asked === 0 ? "no id" : "several of id, --batch and --list",
          expected: "an id with --input FILE, --batch FILE, or --list",
          hint: "touchstone measure --list names the measures",
        });
      const { answerLine, describeMeasure, listText, measureRow, measureRows, measureText } = await import(
        "./measure-text.js"
      );
      const put = (text: string): void => void process.stdout.write(`${text}\n`);
      if (list) {
        put(json ? JSON.stringify(measureRows(), undefined, 1) : listText(lang));
        done(0);
      } else if (batch !== undefined) {
        for await (const line of linesOf(batch)) if (line.trim() !== "") put(answerLine(line, dirname(batch), lang));
        done(0);
      } else {
        const name = id ?? "";
        if (input === undefined) {
          put(json ? JSON.stringify(measureRow(name), undefined, 1) : describeMeasure(name, lang));
          done(0);
          return;
        }
        const text = textIn(input);
        const result = measureText({ id: name, text, folder: dirname(input), lang, json });
        put(result.text);
        done(result.failed ? 2 : 0);
      }
    },
  };
}

function textIn(input: string): string {
  return read(input, () => readFileSync(input === "-" ? 0 : input, "utf8"));
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const stream = path === "-" ? process.stdin : createReadStream(path);
  try {
    yield* createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function read<T>(path: string, call: () => T): T {
  try {
    return call();
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): UsageError {
  const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
  return new UsageError(missing ? "TS-USAGE-0002" : "TS-IO-0001", {
    file: path,
    ...(missing ? {} : { found: cause instanceof Error ? cause.message : String(cause) }),
    cause,
  });
}
