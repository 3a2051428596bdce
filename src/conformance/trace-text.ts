import { words as localWords } from "../report/locale.js";
import { proofWord } from "../report/proof-text.js";
import type { LoadedStandard } from "../standards/load.js";
import type { ClauseTrace, RuleTrace } from "./trace.js";

type Language = "zh" | "en";

const words = {
  zh: {
    title: "追溯表",
    head: ["条款", "标题", "由何判定", "规则", "用例（符合 / 违反 / 不适用）", "杀死的变异体", "套件运行", "真实数据"],
    digest: "判定摘要",
    seed: "种子",
    all: "{0} 条规则，{1} 个用例；变异体 {2} 个中由用例杀死 {3} 个，另有 {4} 个列为等价；套件运行 {5} 次，{6} 条规则未达到；{7} 条规则已用真实数据验证。",
    key: "「—」：没有 CEL 表达式的规则不变异；没有 break 或未要求运行的规则没有套件运行。",
    ok: "均达到",
    short: "未达到",
  },
  en: {
    title: "Trace",
    head: [
      "Clause",
      "Title",
      "Decided by",
      "Rule",
      "Cases (conforming / violating / inapplicable)",
      "Mutants killed",
      "Suite runs",
      "Real data",
    ],
    digest: "Deciding digest",
    seed: "Seed",
    all: "{0} rules, {1} cases; of {2} mutants the cases kill {3}, and {4} more are named equivalent; {5} runs of the suite, {6} rules fell short; {7} rules are proven on real data.",
    key: "“—”: a rule without a CEL expression has no mutants; one without a break, or where none was asked for, has no runs.",
    ok: "as it should be",
    short: "fell short",
  },
} as const;

/** The trace of a standard as Markdown: a title, a table with one line a rule, and the sums. */
export function traceText(
  { document, digests }: LoadedStandard,
  clauses: readonly ClauseTrace[],
  seed: number,
  lang: Language,
): string {
  const w = words[lang];
  const local = localWords(lang);
  const rows = clauses.flatMap(({ clause, title, decided_by, reason, rules }) => {
    const why = reason === undefined ? "" : lang === "zh" ? `：${reason.zh}` : `: ${reason.en}`;
    const decided = decided_by === "heading" ? "" : `${local(`decided_by.${decided_by}`)}${why}`;
    const lines = rules.map((rule) => ruleCells(rule, lang));
    return (lines.length > 0 ? lines : [["", "", "", "", ""]]).map((cells, at) =>
      at === 0 ? [clause, title[lang], decided, ...cells] : ["", "", "", ...cells],
    );
  });
  const rules = clauses.flatMap((clause) => clause.rules);
  const sum = (of: (rule: RuleTrace) => number): number => rules.reduce((total, rule) => total + of(rule), 0);
  const sums = [
    rules.length,
    sum(({ cases }) => cases.conforming + cases.violating + cases.inapplicable),
    sum(({ mutants }) => mutants?.asked ?? 0),
    sum(({ mutants }) => mutants?.killed ?? 0),
    sum(({ mutants }) => mutants?.equivalent ?? 0),
    sum(({ runs }) => runs?.done ?? 0),
    sum(({ runs }) => (runs?.ok === false ? 1 : 0)),
    sum(({ proven }) => (proven === true ? 1 : 0)),
  ];
  const colon = lang === "zh" ? "：" : ": ";
  return [
    `# ${w.title}${colon}${document.number} ${document.title[lang]}`,
    "",
    `${document.id}@${document.edition}  `,
    `${w.digest}${colon}${digests.deciding}  `,
    `${w.seed}${colon}${seed}`,
    "",
    line(w.head),
    line(w.head.map(() => "---")),
    ...rows.map(line),
    "",
    w.all.replace(/\{(\d)\}/g, (_, at: string) => String(sums[Number(at)])),
    w.key,
  ].join("\n");
}

function ruleCells({ rule, cases, mutants, runs, proven }: RuleTrace, lang: Language): string[] {
  const w = words[lang];
  return [
    `\`${rule}\``,
    `${cases.conforming} / ${cases.violating} / ${cases.inapplicable}`,
    mutants === undefined ? "—" : `${mutants.killed} / ${mutants.asked}`,
    runs === undefined ? "—" : `${runs.done} ${runs.ok ? w.ok : w.short}`,
    proofWord(proven, localWords(lang)),
  ];
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
}
