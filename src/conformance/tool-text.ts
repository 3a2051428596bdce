import type { LocalText } from "../records/grammar.gen.js";
import type { Lang } from "../report/locale.js";
import type { CallEnd, ConversionRow, RuleRow, SmallestCase, Tally, ToolReport } from "./tool-report.js";

/** A report of a tool as blocks, which every rendering sets in its own way: what is said is the same in all of them. */
export type Block =
  | { readonly kind: "title" | "section" | "text" | "small"; readonly text: string }
  | { readonly kind: "table"; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: "code"; readonly name: string; readonly text: string };

const ends: Readonly<Record<CallEnd, LocalText>> = {
  exit: { zh: "正常结束", en: "ended" },
  signal: { zh: "崩溃（被信号终止）", en: "crashed (ended by a signal)" },
  "time-limit": { zh: "超过时限，已终止", en: "ran over its time and was ended" },
  "memory-limit": { zh: "超过内存上限，已终止", en: "ran over its memory and was ended" },
  "output-limit": { zh: "输出超过 64 MB，已终止", en: "wrote more than 64 MB and was ended" },
  "not-started": { zh: "无法启动", en: "could not be started" },
  unreadable: { zh: "结果不可读", en: "left a result that cannot be read" },
};

const whats: Readonly<Record<SmallestCase["what"], LocalText>> = {
  missed: { zh: "漏报", en: "missed" },
  "false-alarm": { zh: "误报", en: "false alarm" },
  refused: { zh: "拒绝", en: "refused" },
  lost: { zh: "丢失", en: "lost" },
  changed: { zh: "改变", en: "changed" },
};

const isolations: Readonly<Record<ToolReport["tool"]["isolation"], LocalText>> = {
  namespace: {
    zh: "namespace：独立的进程与挂载命名空间，工作目录之外只读",
    en: "namespace: PID and mount namespaces of its own, read-only outside its working folder",
  },
  group: {
    zh: "group：进程组；不声明已阻止对工作目录之外的写入",
    en: "group: a process group; writes outside its folder are not claimed to be prevented",
  },
  none: { zh: "none：由他人运行", en: "none: it was run by somebody else" },
};

/** The blocks of a report in one language. */
export function toolBlocks(report: ToolReport, lang: Lang): readonly Block[] {
  const say = (zh: string, en: string): string => (lang === "zh" ? zh : en);
  return [
    { kind: "title", text: say(`工具检验报告：${report.tool.name}`, `Report on a tool: ${report.tool.name}`) },
    {
      kind: "text",
      text:
        report.tool.kind === "converter"
          ? say(
              `除另有注明外，以下各数均指种子 ${report.seed} 所生成的数据。没有总分，也不评级；未声明的内容只作记录，不算失败。`,
              `All figures are over data generated with seed ${report.seed} where nothing else is said. There is no score and no grade; what is not claimed is told, and is no failure.`,
            )
          : say(
              `以下各数均指种子 ${report.seed} 所生成的数据；区间为 95 % 精确区间（Clopper–Pearson）。没有总分，也不评级；未声明的规则不适用，不算失败。`,
              `All figures are over data generated with seed ${report.seed}; intervals are exact, 95 % (Clopper–Pearson). There is no score and no grade; a rule that is not claimed is not applicable, and no failure.`,
            ),
    },
    ...identity(report, lang),
    ...ruleBlocks(report, lang),
    ...conversionBlocks(report, lang),
    ...caseBlocks(report, lang),
    ...notAskedBlocks(report, lang),
    ...callBlocks(report, lang),
  ];
}

function identity({ tool, standard, claims, made_by }: ToolReport, lang: Lang): Block[] {
  const say = (zh: string, en: string): string => (lang === "zh" ? zh : en);
  const unknown = say("未给出", "not given");
  const kind = tool.kind === "validator" ? say("校验工具", "validator") : say("转换工具", "converter");
  const rows = [
    [say("名称", "Name"), tool.name],
    [say("种类", "Kind"), kind],
    [say("版本", "Version"), tool.version ?? unknown],
    ["SHA-256", tool.digest ?? unknown],
    [say("命令", "Command"), tool.command?.join(" ") ?? unknown],
    [say("平台", "Platform"), tool.platform ?? unknown],
    [say("隔离", "Isolation"), isolations[tool.isolation][lang]],
    [say("标准", "Standard"), `${standard.id} ${standard.edition}`],
    ...(tool.kind === "validator" ? [[say("声明的规则", "Rules claimed"), String(claims.rules.length)]] : []),
    [say("声明的格式", "Formats claimed"), claims.formats.join(", ")],
    ...(claims.fields.length > 0 ? [[say("声明的字段", "Fields claimed"), claims.fields.join(", ")]] : []),
    [say("检验者", "Tested by"), `${made_by.name} ${made_by.version}`],
  ];
  return [
    { kind: "section", text: say("被检工具", "The tool") },
    { kind: "table", head: ["", ""], rows },
  ];
}

/** `18 / 20 (68.3–98.8 %)`: right of what was answered. */
export function shareText({ right, wrong, interval }: Tally): string {
  return interval === null ? "—" : `${right} / ${right + wrong} (${percent(interval.low)}–${percent(interval.high)} %)`;
}

function percent(share: number): string {
  return (share * 100).toFixed(1).replace(/\.0$/, "");
}

function ruleBlocks({ rules, tool }: ToolReport, lang: Lang): Block[] {
  if (rules.length === 0) return [];
  const say = (zh: string, en: string): string => (lang === "zh" ? zh : en);
  const blocks: Block[] = [{ kind: "section", text: say("规则", "Rules") }];
  const head = [
    say("规则", "Rule"),
    say("已问", "Asked"),
    say("正确", "Right"),
    say("错误", "Wrong"),
    say("拒绝", "Refused"),
    say("检出（区间）", "Found (interval)"),
    say("干净数据误报", "False alarms, clean data"),
    say("别处误报", "Elsewhere"),
  ];
  for (const format of new Set(rules.map((row) => row.format))) {
    const own = rules.filter((row) => row.format === format);
    const asked = own.filter((row) => row.claimed && (row.planted !== null || isAlarmed(row)));
    const quiet = own.filter((row) => row.claimed && row.planted === null && !isAlarmed(row)).length;
    const unclaimed = own.filter((row) => !row.claimed).length;
    blocks.push({ kind: "text", text: `${say("格式", "Format")} ${format}` });
    if (asked.length > 0) blocks.push({ kind: "table", head, rows: asked.map(cells) });
    blocks.push({
      kind: "small",
      text: say(
        `另有 ${quiet} 条声明的规则未植入缺陷（见“未问”），干净数据上无误报；${unclaimed} 条规则未声明，不适用。`,
        `Of ${quiet} more rules that are claimed no defect was planted (see what was not asked), and clean data raised none; ${unclaimed} rules are not claimed, so not applicable.`,
      ),
    });
  }
  return tool.kind === "validator" ? blocks : [];
}

function isAlarmed({ clean, elsewhere }: RuleRow): boolean {
  return elsewhere > 0 || (clean !== null && clean.wrong > 0);
}

function cells({ rule, planted, clean, elsewhere }: RuleRow): string[] {
  const numbers =
    planted === null ? ["—", "—", "—", "—", "—"] : [planted.asked, planted.right, planted.wrong, planted.refused];
  const wrong = clean === null || clean.interval === null ? "—" : alarmText(clean);
  return [rule, ...numbers.map(String), ...(planted === null ? [] : [shareText(planted)]), wrong, String(elsewhere)];
}

/** `0 / 716 (0–0.5 %)`: the wrong ones of the records of clean data. */
function alarmText({ right, wrong, interval }: Tally): string {
  const { low = 0, high = 1 } = interval ?? {};
  return `${wrong} / ${right + wrong} (${percent(1 - high)}–${percent(1 - low)} %)`;
}

function conversionBlocks({ conversions }: ToolReport, lang: Lang): Block[] {
  if (conversions.length === 0) return [];
  const say = (zh: string, en: string): string => (lang === "zh" ? zh : en);
  const head = [
    say("内容", "What"),
    say("已问", "Asked"),
    say("保留", "Kept"),
    say("丢失", "Lost"),
    say("改变", "Changed"),
    say("最大偏差（像素）", "Greatest deviation (px)"),
    say("例", "Example"),
  ];
  return [
    { kind: "section", text: say("转换", "Conversions") },
    ...conversions.flatMap((row): Block[] => {
      const { from, to, way, data, outcome, reason, kept } = row;
      const title: Block = {
        kind: "text",
        text: `${from} → ${to}${way === "back" ? ` → ${from}` : ""} (${data === "generated" ? say("生成的数据", "generated data") : data})`,
      };
      if (outcome === "refused") return [title, { kind: "small", text: `${say("拒绝", "refused")}: ${reason ?? ""}` }];
      const rows = kept.map((one) => [
        `${one.what}${one.claimed ? "" : say("（未声明）", " (not claimed)")}`,
        ...[one.asked, one.kept, one.lost, one.changed].map(String),
        one.greatest === undefined ? "" : String(Number(one.greatest.toPrecision(3))),
        one.example ?? "",
      ]);
      return [title, { kind: "table", head, rows }, ...remarks(row, lang)];
    }),
  ];
}

/** What a coordinate may differ by, and what was wrong with the files. */
function remarks({ tolerance, faults = [] }: ConversionRow, lang: Lang): Block[] {
  const say = (zh: string, en: string): string => (lang === "zh" ? zh : en);
  const blocks: Block[] = [];
  if (tolerance !== undefined) {
    const side = tolerance.of_side;
    blocks.push({
      kind: "small",
      text: say(
        `坐标相差不超过 ${tolerance.px} 像素${side === 0 ? "" : ` 加长边的 ${side}`}即为保留。`,
        `A coordinate that differs by no more than ${tolerance.px} px${side === 0 ? "" : ` and ${side} of the longer side`} is kept.`,
      ),
    });
  }
  if (faults.length > 0)
    blocks.push({
      kind: "small",
      text: `${say("读取其输出时发现", "Found when what it wrote was read")}: ${faults.map(({ rule, count }) => `${rule} × ${count}`).join(", ")}`,
    });
  return blocks;
}

function caseBlocks({ cases }: ToolReport, lang: Lang): Block[] {
  const say = (zh: string, en: string): string => (lang === "zh" ? zh : en);
  if (cases.length === 0) return [];
  return [
    { kind: "section", text: say("最小案例", "Smallest cases") },
    ...cases.flatMap((one): Block[] => [
      {
        kind: "text",
        text: `${one.rule} · ${one.format} · ${whats[one.what][lang]} · ${say(`${one.media} 个数据项，${one.annotations} 条标注`, `${one.media} media, ${one.annotations} annotations`)}${one.shrunk ? "" : say(" · 未缩到最小", " · not shrunk to the end")}`,
      },
      { kind: "small", text: `${say("应有", "Expected")}: ${one.expected}` },
      { kind: "small", text: `${say("实得", "Got")}: ${one.got}` },
      ...one.files.flatMap(({ path, text }): Block[] =>
        text === undefined ? [] : [{ kind: "code", name: path, text }],
      ),
    ]),
  ];
}

function notAskedBlocks({ not_asked: rows }: ToolReport, lang: Lang): Block[] {
  const say = (zh: string, en: string): string => (lang === "zh" ? zh : en);
  if (rows.length === 0) return [];
  // One reason is often that of many rules.
  const groups = new Map<string, string[]>();
  for (const { what, format, reason } of rows) {
    const key = JSON.stringify([format ?? "", reason[lang]]);
    groups.set(key, [...(groups.get(key) ?? []), what]);
  }
  return [
    { kind: "section", text: say("未问", "What was not asked") },
    {
      kind: "table",
      head: [say("格式", "Format"), say("原因", "Reason"), say("内容", "What")],
      rows: [...groups].map(([key, names]) => [...(JSON.parse(key) as string[]), names.join(", ")]),
    },
  ];
}

function callBlocks({ calls }: ToolReport, lang: Lang): Block[] {
  const say = (zh: string, en: string): string => (lang === "zh" ? zh : en);
  if (calls.length === 0) return [];
  return [
    { kind: "section", text: say("调用", "Calls") },
    {
      kind: "table",
      head: [
        say("格式", "Format"),
        say("数据", "Data"),
        say("标注", "Annotations"),
        say("结果", "Ended"),
        say("状态", "Status"),
        say("说明", "Why"),
      ],
      rows: calls.map(({ format, data, annotations, ended, status, reason }) => [
        format,
        data,
        String(annotations),
        ends[ended][lang],
        status === null ? "—" : String(status),
        reason ?? "",
      ]),
    },
  ];
}
