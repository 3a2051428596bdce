import type { Report, ReportFinding, ReportRule, Severity } from "../records/report.gen.js";

/** The rules of a report in the four groups that every rendering shows; together they are all of them. */
export interface RuleGroups {
  /** With findings, worst first: severity, then share, then id. */
  readonly found: readonly ReportRule[];
  /** Without findings, and on some record neither held nor failed. */
  readonly undecided: readonly ReportRule[];
  /** Asked, and nothing found; by clause. */
  readonly holding: readonly ReportRule[];
  /** Asked of no record. */
  readonly notAsked: readonly ReportRule[];
}

export const severities: readonly Severity[] = ["critical", "major", "minor", "observation"];

export function groupRules(report: Report): RuleGroups {
  const found: ReportRule[] = [];
  const undecided: ReportRule[] = [];
  const holding: ReportRule[] = [];
  const notAsked: ReportRule[] = [];
  for (const rule of report.rules) {
    if (rule.violations > 0) found.push(rule);
    else if (rule.not_evaluated > 0) undecided.push(rule);
    else if (rule.evaluated > 0 && rule.off !== true) holding.push(rule);
    else notAsked.push(rule);
  }
  found.sort(worstFirst);
  for (const group of [undecided, holding, notAsked]) group.sort(byClause);
  return { found, undecided, holding, notAsked };
}

/** Findings that count: those that no waiver takes out. */
export function openFindings(rule: ReportRule): number {
  return rule.violations - rule.waived;
}

/** Whether a rule is known not to have been seen to work on real data; where its standard says nothing of that, nothing is known. */
export function isUnproven({ proven }: ReportRule): boolean {
  return proven === false;
}

/** The ids of the rules whose findings make the verdict nonconforming. */
export function overruling(report: Report): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const reason of report.reasons) {
    if (reason.code !== "findings-over-accept") continue;
    const named =
      reason.rules ?? report.rules.filter((rule) => overrules(rule, reason.severity)).map((rule) => rule.id);
    for (const id of named) ids.add(id);
  }
  return ids;
}

/** The kept findings of each rule, in the order of the report: order of place. */
export function findingsByRule(report: Report): ReadonlyMap<string, readonly ReportFinding[]> {
  const byRule = new Map<string, ReportFinding[]>();
  for (const finding of report.findings) {
    const key = ruleKey(finding.standard, finding.rule);
    const list = byRule.get(key);
    if (list === undefined) byRule.set(key, [finding]);
    else list.push(finding);
  }
  return byRule;
}

export function ruleKey(standard: string, rule: string): string {
  return `${standard}\n${rule}`;
}

/** `most` of a list, evenly spread over it, the first and the last among them; examples then come from all over the files. */
export function spread<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  if (most <= 1) return list.slice(0, Math.max(0, most));
  const step = (list.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, i) => list[Math.round(i * step)] as T);
}

/** Clauses in the order of their numbers: 5.2 before 5.10. */
export const compareClauses = new Intl.Collator("en", { numeric: true }).compare;

function overrules(rule: ReportRule, severity: Severity | undefined): boolean {
  return rule.verdict === "nonconforming" && (severity === undefined || rule.severity === severity);
}

function worstFirst(left: ReportRule, right: ReportRule): number {
  return (
    severities.indexOf(left.severity) - severities.indexOf(right.severity) ||
    shareOf(right) - shareOf(left) ||
    (left.id < right.id ? -1 : 1)
  );
}

function shareOf(rule: ReportRule): number {
  return rule.evaluated === 0 ? 1 : openFindings(rule) / rule.evaluated;
}

function byClause(left: ReportRule, right: ReportRule): number {
  return (
    (left.standard < right.standard ? -1 : left.standard > right.standard ? 1 : 0) ||
    compareClauses(left.clause, right.clause) ||
    (left.id < right.id ? -1 : 1)
  );
}
