import { readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { Answer } from "../measures/function.js";
import { calculate, functionOf, functions } from "../measures/functions.js";
import { measures } from "../measures/index.js";
import { type Inputs, MeasureError } from "../measures/inputs.js";
import { type Reason, reasons } from "../measures/reasons.js";
import { validationOf } from "../measures/validation.js";
import { UsageError } from "../records/errors.js";
import type { LocalText } from "../records/grammar.gen.js";
import { table } from "../report/text.js";
import { toolOf } from "../report/tool.js";

type Lang = "zh" | "en";

interface Asked {
  readonly id: string;
  /** The `inputs` object, as JSON. */
  readonly text: string;
  /** Paths in the inputs are relative to it. */
  readonly folder: string;
  readonly lang: Lang;
  readonly json: boolean;
}

/** One measure of one text, for a person or a machine. */
export function measureText({ id, text, folder, lang, json }: Asked): {
  readonly text: string;
  readonly failed: boolean;
} {
  try {
    const answer = calculate(id, withFiles(objectOf(parsed(text)), folder));
    return {
      text: json ? JSON.stringify(plain(answer, lang), undefined, 1) : readable(id, answer, lang),
      failed: false,
    };
  } catch (error) {
    const told = errorOf(error, lang);
    return { text: json ? JSON.stringify(told) : `${id}: ${told.error.message} (${told.error.code})`, failed: true };
  }
}

/** One line of a batch: a result, or why there is none. */
export function answerLine(line: string, folder: string, lang: Lang): string {
  try {
    const { measure, inputs } = objectOf(parsed(line));
    if (typeof measure !== "string") throw new MeasureError("input-missing", { input: "measure" });
    return JSON.stringify(plain(calculate(measure, withFiles(objectOf(inputs), folder)), lang));
  } catch (error) {
    return JSON.stringify(errorOf(error, lang));
  }
}

/** What the inputs cannot be is told; anything else is a fault of ours and rises. */
function errorOf(error: unknown, lang: Lang): { readonly error: { readonly code: string; readonly message: string } } {
  if (!(error instanceof MeasureError)) throw error;
  return { error: { code: error.code, message: error.localised(lang) } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new MeasureError("json-parse-error", { found: cause instanceof Error ? cause.message : "" });
  }
}

function objectOf(value: unknown): Inputs {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new MeasureError("input-type", { input: "inputs", expected: { zh: "JSON 对象", en: "a JSON object" } });
  return value as Inputs;
}

/** `…_file` inputs become what the file holds, under the name without `_file`: measures read no files. */
export function withFiles(inputs: Inputs, folder: string): Inputs {
  const entries = Object.entries(inputs).map(([name, value]) =>
    /_files?$/.test(name) ? [name.replace(/_file/, ""), filesOf(name, value, folder)] : [name, value],
  );
  return Object.fromEntries(entries);
}

function filesOf(name: string, value: unknown, folder: string): unknown {
  if (Array.isArray(value)) return value.map((one) => filesOf(name, one, folder));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([part, one]) => [part, filesOf(name, one, folder)]));
  if (typeof value !== "string")
    throw new MeasureError("input-type", { input: name, expected: { zh: "文件路径", en: "the path of a file" } });
  const path = isAbsolute(value) ? value : join(folder, value);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new MeasureError("file-unreadable", { input: name, found: cause instanceof Error ? cause.message : value });
  }
  return /\.jsonl?$/i.test(path) ? parsed(text) : text;
}

/** JSON of an answer: undefined is null and has its reason; typed arrays are lists. */
export function plain({ values, undefined_because, peer_convention }: Answer, lang: Lang): Record<string, unknown> {
  return {
    ...(plainValue(values) as Record<string, unknown>),
    ...(undefined_because === undefined ? {} : { undefined_because: worded(undefined_because, lang) }),
    ...(peer_convention === undefined ? {} : { peer_convention: plainValue(peer_convention) }),
  };
}

function worded(because: Readonly<Record<string, Reason>>, lang: Lang): Record<string, string> {
  return Object.fromEntries(Object.entries(because).map(([name, reason]) => [name, reasons[reason][lang]]));
}

function plainValue(value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value !== "object" || value === null) return value;
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  if (Array.isArray(value)) return value.map(plainValue);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plainValue(one)]));
}

function readable(id: string, answer: Answer, lang: Lang): string {
  const { title } = functionOf(id);
  const { undefined_because = {} } = answer;
  const lines = Object.entries(answer.values).map(([name, value]) => {
    const reason = undefined_because[name];
    const told = value === undefined ? (lang === "zh" ? "无定义" : "undefined") : JSON.stringify(plainValue(value));
    return `  ${name.padEnd(12)} ${told}${reason === undefined ? "" : lang === "zh" ? `：${reasons[reason].zh}` : `: ${reasons[reason].en}`}`;
  });
  return [title[lang], ...lines].join("\n");
}

/**
 * A row a measure: what a body files as its record of the validation of the method (ISO/IEC 17025, 7.2.2). Those `from` values are functions; those from
 * records are tallied while data are read, and rules ask for them by id.
 */
export function measureRows(): readonly object[] {
  const { version } = toolOf();
  const ofValues = functions.map(
    ({ id, title, answers, misleads, orientation, inference, interval, inputs, outputs, state }) => {
      const { cases = 0, worst_error = null, tolerance = null, peers = [] } = validationOf(id);
      return {
        ...{ id, title, from: "values", answers, misleads, orientation, inference, interval: interval ?? null },
        ...{ mergeable: state !== undefined, inputs, outputs, cases, worst_error, tolerance, peers, version },
      };
    },
  );
  const ofRecords = measures
    .filter(({ charted }) => charted !== true)
    .map(({ id, title, orientation, unit, by, source }) => ({
      ...{ id, title, from: "records", by: by ?? null, unit, source, orientation, inference: "census", interval: null },
      ...{
        mergeable: true,
        inputs: [],
        outputs: ["a", "b", "x"],
        cases: 0,
        worst_error: null,
        tolerance: null,
        peers: [],
        version,
      },
    }));
  return [...ofValues, ...ofRecords];
}

/** The row of one measure. @throws UsageError for an id that is none */
export function measureRow(id: string): object {
  const wanted = id.replaceAll("_", "-").toLowerCase();
  const row = measureRows().find((one) => (one as { readonly id: string }).id === wanted);
  if (row === undefined)
    throw new UsageError("TS-USAGE-0001", {
      found: `measure ${id}`,
      expected: "the id of a measure",
      hint: "touchstone measure --list names the measures",
    });
  return row;
}

interface Described {
  readonly title: LocalText;
  /** Of functions alone. */
  readonly answers?: LocalText;
  readonly misleads?: LocalText;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** What a measure answers, when it misleads, and the names of its inputs and outputs. */
export function describeMeasure(id: string, lang: Lang): string {
  const say = (zh: string, en: string): string => (lang === "zh" ? zh : en);
  const row = measureRow(id) as Described;
  const { answers, misleads, outputs } = row;
  const heads = {
    answers: say("回答", "answers"),
    misleads: say("误导", "misleads"),
    inputs: say("输入", "inputs"),
    outputs: say("输出", "outputs"),
  };
  return [
    `${row.title[lang]}`,
    ...(answers === undefined ? [] : [`  ${heads.answers}  ${answers[lang]}`]),
    ...(misleads === undefined ? [] : [`  ${heads.misleads}  ${misleads[lang]}`]),
    row.inputs.length === 0
      ? `  ${say("读取数据时由记录计得，规则可问", "tallied from records while data are read; rules ask")} measure("${id}")`
      : `  ${heads.inputs}  ${row.inputs.join(", ")}`,
    `  ${heads.outputs}  ${outputs.join(", ")}`,
    ...(row.inputs.length === 0
      ? []
      : [
          say(
            "  公式、约定与出处：docs/measures.md；计算：--input FILE",
            "  formula, conventions, source: docs/measures.md; to compute it: --input FILE",
          ),
        ]),
  ].join("\n");
}

export function listText(lang: Lang): string {
  const rows = functions.map(({ id, title }) => {
    const { cases = 0, worst_error, tolerance = 0, peers = [] } = validationOf(id);
    const error = worst_error === undefined ? "–" : `${worst_error.toExponential(1)} (≤ ${tolerance})`;
    return [id, String(cases), error, peers.join(", ") || "–", title[lang]] as const;
  });
  const tallied = lang === "zh" ? "由记录计得" : "from records";
  for (const { id, title, charted } of measures)
    if (charted !== true) rows.push([id, "–", "–", tallied, title[lang]] as const);
  const head =
    lang === "zh"
      ? (["度量", "用例", "最大误差", "对照", "名称"] as const)
      : (["measure", "cases", "worst error", "peers", "title"] as const);
  return table([head, ...rows]).join("\n");
}
