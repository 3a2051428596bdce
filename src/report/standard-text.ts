import { UsageError } from "../records/errors.js";
import type { Clause, LocalText, Rule } from "../records/grammar.gen.js";
import type { ClauseCoverage } from "../records/report.gen.js";
import type { LoadedStandard } from "../standards/load.js";
import { isProven } from "../standards/proof.js";
import { words as localWords } from "./locale.js";
import { proofSentence } from "./proof-text.js";

type Language = "zh" | "en";

const words = {
  zh: {
    obligation: {
      requirement: "要求",
      instruction: "指示",
      recommendation: "推荐",
      permission: "允许",
      statement: "陈述",
    },
    severity: { critical: "严重", major: "重要", minor: "轻微", observation: "观察" },
    claim: { normative: "原文", reported: "转引", illustrative: "示例" },
    certainty: { exact: "确定", heuristic: "疑似" },
    status: { published: "已发布", "technical-document": "技术文件", draft: "草案", ours: "自编" },
    means: "后果",
    fix: "处理",
    clause: "条款",
    source: "来源",
    params: "参数",
    asked: "何时询问",
    holds: "应成立",
    colon: "：",
    noFault: "读取时没有 {0}",
    schema: "原始记录符合 {0}",
    rules: "{0} 条规则",
    scheme: "，含方案",
    cases: "用例",
    none: "无",
    open: "未定（由约定的质量基线给出）",
    within: "分组",
    standard: "标准",
    indicator: "指标",
  },
  en: {
    obligation: {
      requirement: "requirement",
      instruction: "instruction",
      recommendation: "recommendation",
      permission: "permission",
      statement: "statement",
    },
    severity: { critical: "critical", major: "major", minor: "minor", observation: "observation" },
    claim: { normative: "normative", reported: "reported", illustrative: "illustrative" },
    certainty: { exact: "exact", heuristic: "heuristic" },
    status: { published: "published", "technical-document": "technical document", draft: "draft", ours: "our own" },
    means: "Means",
    fix: "Fix",
    clause: "Clause",
    source: "Source",
    params: "Parameters",
    asked: "Asked when",
    holds: "Must hold",
    colon: ": ",
    noFault: "reading finds no {0}",
    schema: "the raw record fits {0}",
    rules: "{0} rules",
    scheme: " + scheme",
    cases: "Cases",
    none: "none",
    open: "open (the agreed quality baseline gives it)",
    within: "Within",
    standard: "Standard",
    indicator: "Indicator",
  },
} as const;

function indent(text: string, by: string): string {
  return text
    .split("\n")
    .map((line) => by + line)
    .join("\n");
}

function ruleLines(rule: Rule, lang: Language): string[] {
  const w = words[lang];
  const head = `${rule.id}  (${w.claim[rule.claim]}, ${w.obligation[rule.obligation]}, ${w.severity[rule.severity]}, ${w.certainty[rule.certainty]})`;
  return [`    ${rule.title[lang]}`, `      ${head}`];
}

function put(pattern: string, value: string | number | undefined): string {
  return pattern.replace("{0}", String(value));
}

/** What decides each clause, one a line, and how many clauses each decides. */
export function coverageText(rows: readonly ClauseCoverage[], lang: Language): string {
  const w = localWords(lang);
  const { colon, obligation: names } = words[lang];
  const lines = rows.map(({ clause, title, decided_by, obligation, rules, reason }) => {
    const kind = obligation === undefined ? "" : lang === "zh" ? `（${names[obligation]}）` : ` (${names[obligation]})`;
    const what = decided_by === "heading" ? "" : `  ${w(`decided_by.${decided_by}`)}${kind}`;
    const by = rules.length > 0 ? `${colon}${rules.join(", ")}` : "";
    const why = reason === undefined ? "" : lang === "zh" ? `：${reason.zh}` : ` — ${reason.en}`;
    return `${clause.padEnd(10)} ${title[lang]}${what}${by}${why}`;
  });
  const counts = new Map<ClauseCoverage["decided_by"], number>();
  for (const { decided_by } of rows)
    if (decided_by !== "heading") counts.set(decided_by, (counts.get(decided_by) ?? 0) + 1);
  const sums = [...counts].map(([kind, count]) => `${w(`decided_by.${kind}`)} ${count}`);
  return [...lines, sums.join(lang === "zh" ? "，" : ", ")].join("\n");
}

/** One line of the list of standards. */
export function standardLine({ document, rules, scheme }: LoadedStandard, lang: Language): string {
  const w = words[lang];
  const holds = `${put(w.rules, rules.length)}${scheme === undefined ? "" : w.scheme}`;
  return `${`${document.id}@${document.edition}`.padEnd(40)} ${holds}  ${w.claim[document.claim]}  ${document.title[lang]}`;
}

/** A standard to read: number, title, provenance, then clause after clause with its rules. */
export function showStandard(standard: LoadedStandard, clause: string | undefined, lang: Language): string {
  const { document, rules } = standard;
  const w = words[lang];
  const lines: string[] = [];
  if (clause === undefined) {
    lines.push(
      `${document.number}  ${document.title[lang]}`,
      `${document.id}@${document.edition}  ${w.status[document.status]}, ${w.claim[document.claim]}`,
      document.provenance.note[lang],
      "",
    );
  }
  let found = false;
  const visit = (one: Clause, depth: number, inside: boolean): void => {
    const shown = inside || clause === undefined || one.id === clause;
    if (shown) {
      found = true;
      lines.push(
        `${one.id}  ${one.title[lang]}${one.obligation === undefined ? "" : `  [${w.obligation[one.obligation]}]`}`,
      );
      if (one.text !== undefined) lines.push(indent(one.text[lang], "    "));
      if (one.source !== undefined) lines.push(`    ${w.source}${w.colon}${one.source.document}, ${one.source.place}`);
      if (one.reason !== undefined) lines.push(`    ${one.reason[lang]}`);
      for (const rule of rules) if (rule.clause === one.id) lines.push(...ruleLines(rule, lang));
    }
    for (const part of one.clauses ?? []) visit(part, depth + 1, shown);
  };
  for (const one of document.clauses) visit(one, 0, false);
  if (!found)
    throw new UsageError("TS-USAGE-0003", { found: `clause ${clause}`, expected: `a clause of ${document.id}` });
  return lines.join("\n");
}

function paramText(value: unknown, lang: Language): string {
  return value === null || value === undefined ? words[lang].open : JSON.stringify(value);
}

/** All that is known of a rule, in every standard that has it. */
export function explainRule(standards: readonly LoadedStandard[], id: string, lang: Language, json: boolean): string {
  const w = words[lang];
  const local = localWords(lang);
  const found = standards.flatMap((standard) =>
    standard.rules.filter((rule) => rule.id === id).map((rule) => ({ standard, rule })),
  );
  if (found.length === 0) {
    const near = standards
      .flatMap(({ rules }) => rules.map((rule) => rule.id))
      .filter((other) => other.includes(id) || id.split("-").some((part) => part.length > 3 && other.includes(part)));
    throw new UsageError("TS-USAGE-0003", {
      found: id,
      expected: near.length > 0 ? `a rule, such as ${near.slice(0, 5).join(", ")}` : "a rule of a shipped standard",
    });
  }
  if (json)
    return JSON.stringify(
      found.map(({ standard, rule }) => ({
        standard: standard.document.id,
        edition: standard.document.edition,
        ...rule,
        proven: isProven(rule, standard),
        proof: standard.proof?.rules[rule.id],
      })),
      undefined,
      1,
    );
  return found
    .map(({ standard, rule }) => {
      const title = clauseTitle(standard.document.clauses, rule.clause);
      const lines = [
        rule.title[lang],
        `${rule.id}  (${w.claim[rule.claim]}, ${w.obligation[rule.obligation]}, ${w.severity[rule.severity]}, ${w.certainty[rule.certainty]})`,
        "",
        `${w.means}${w.colon}${rule.means[lang]}`,
        `${w.fix}${w.colon}${rule.fix[lang]}`,
        `${w.standard}${w.colon}${standard.document.id}@${standard.document.edition}  ${standard.document.title[lang]}`,
        `${w.clause}${w.colon}${rule.clause}${title === undefined ? "" : `  ${title[lang]}`}`,
        ...(rule.indicator === undefined ? [] : [`${w.indicator}${w.colon}${rule.indicator}`]),
        `${w.source}${w.colon}${rule.source === undefined ? w.none : `${rule.source.document}, ${rule.source.place}${rule.source.url === undefined ? "" : ` <${rule.source.url}>`}`}`,
        `${local("proof.label")}${w.colon}${proofSentence(rule, standard, local)}`,
        ...(rule.within === undefined ? [] : [`${w.within}${w.colon}${rule.within}`]),
        ...(rule.when === undefined ? [] : [`${w.asked}${w.colon.trim()}`, indent(rule.when, "    ")]),
        ...(rule.assert === undefined
          ? [
              `${w.holds}${w.colon}${rule.fault === undefined ? put(w.schema, rule.schema) : put(w.noFault, rule.fault)}`,
            ]
          : [`${w.holds}${w.colon.trim()}`, indent(rule.assert, "    ")]),
        ...(rule.params === undefined
          ? []
          : [
              `${w.params}${w.colon.trim()}`,
              ...Object.entries(rule.params).map(([name, value]) => `    ${name} = ${paramText(value, lang)}`),
            ]),
        `${w.cases}${w.colon.trim()}`,
        ...(["conforming", "violating", "inapplicable"] as const).flatMap((side) =>
          (rule.cases[side] ?? []).map((one, at) => `    ${side}/${one.name ?? at}  ${JSON.stringify(one)}`),
        ),
      ];
      return lines.join("\n");
    })
    .join("\n\n");
}

function clauseTitle(clauses: readonly Clause[], id: string): LocalText | undefined {
  for (const clause of clauses) {
    if (clause.id === id) return clause.title;
    const below = clauseTitle(clause.clauses ?? [], id);
    if (below !== undefined) return below;
  }
  return undefined;
}
