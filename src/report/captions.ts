import type { DrawingMark, Report, ReportFinding, ReportRule, Text, Verdict } from "../records/report.gen.js";
import { both, type Words } from "./locale.js";
import { reasonOf } from "./not-asked.js";
import { count, decimal, fraction, percent } from "./numbers.js";
import { isUnproven, openFindings } from "./rules.js";
import { countOf } from "./sentences.js";
import { askedOnce, isOfWhole, isWhole, othersText, recordText } from "./subjects.js";
import { visible } from "./text.js";
import { valuesIn } from "./values.js";

/** What is said of one rule and of one finding, in every rendering. */

/** Signs for plain text; drawings have paths of their own. */
export const verdictSigns: Readonly<Record<Verdict, string>> = {
  conforming: "✓",
  nonconforming: "✕",
  indeterminate: "◇",
  "not-applicable": "–",
};

/** «对 ref-image-annotation 1.0.0（示例规则集）»; the scheme goes without saying where it joins only these. */
export function againstText(report: Report, w: Words): string {
  const named = report.standards.slice(0, 2).map((standard) =>
    w(standard.partial ? "standard.partial" : "standard.claim", {
      id: visible(standard.id),
      edition: standard.edition,
      claim: w(`claim.${standard.claim}`),
    }),
  );
  const more = report.standards.length - named.length;
  const list =
    more > 0
      ? `${named.join(w.lang === "zh" ? "、" : ", ")} ${w("standard.more", { n: count(w.lang === "zh" ? report.standards.length : more) })}`
      : w.list(named);
  return w("against", { standards: list });
}

/** What must hold, as the finding that it does not: the title of a rule alone would read as if it did. */
export function notSo(certainty: ReportRule["certainty"], text: Text): Text {
  const key = certainty === "heuristic" ? "rule.may_not" : "rule.not_so";
  return both((w) => w(key, { text: w.text(text) }));
}

/** `annotations.json:1:48213`, which a terminal makes a link; the dataset as a whole has no such place. */
export function placeText(finding: ReportFinding, w: Words): string {
  return isWhole(finding) ? w("place.whole") : `${visible(finding.file)}${spotText(finding)}`;
}

/** `:1:48213`: line and column, or nothing where there are none. */
export function spotText(finding: ReportFinding): string {
  const column = finding.line !== undefined && finding.column !== undefined ? `:${finding.column}` : "";
  const line = finding.line === undefined ? "" : `:${finding.line}`;
  return `${line}${column}`;
}

/** The values that broke the rule, or where the fault lies; what a drawing marks goes before a bare «true». */
export function valuesText(finding: ReportFinding, w: Words): string {
  const marks = marksText(finding.drawing?.marks ?? [], w);
  const values = finding.values.filter((value) => marks === "" || typeof value.value !== "boolean");
  const parts = values.length === 0 ? [] : [valuesIn(values, w.lang, visible)];
  if (marks !== "") parts.push(marks);
  const others = othersText(finding, w);
  if (others !== "") parts.push(others);
  return parts.join(w.lang === "zh" ? "；" : "; ");
}

/** What a drawing shows, for who cannot see it: the rule, the record, the fault and the place. */
export function drawingSentence(finding: ReportFinding, w: Words): string {
  return w("caption.drawing", {
    rule: finding.rule,
    record: recordText(finding) || w(`kind.${finding.kind}`),
    values: valuesText(finding, w) || w.text(finding.message),
    place: placeText(finding, w),
  });
}

/** «4,784 条标注中 56 条（1.17%），涉及 48 个数据项、21 个类别。» */
export function howMany(rule: ReportRule, w: Words): string {
  const found = openFindings(rule);
  const parts = askedOnce(rule) && found > 0 ? [w("how_many.whole")] : [shareText(rule, found, w)];
  const spreadOver: string[] = [];
  if ((rule.media_with_findings ?? 0) > 0) spreadOver.push(countOf("media", rule.media_with_findings ?? 0, w));
  const categories = rule.by_category.counts.length + rule.by_category.remainder_keys;
  if (categories > 0) spreadOver.push(countOf("category", categories, w));
  if (spreadOver.length > 0) parts.push(w("how_many.over", { parts: w.list(spreadOver) }));
  if (rule.not_evaluated > 0) parts.push(w("how_many.not_evaluated", { n: count(rule.not_evaluated) }));
  if (rule.waived > 0) parts.push(w("how_many.waived", { n: count(rule.waived) }));
  return `${parts.join(w.lang === "zh" ? "，" : ", ")}${w("stop")}`;
}

function shareText(rule: ReportRule, found: number, w: Words): string {
  const share = percent(found, rule.evaluated);
  const n = count(found);
  if (share === undefined) return w("how_many.no_base", { n, base: fraction(0, 0, w.lang) });
  if (rule.fault !== undefined) return w("how_many.faults", { all: count(rule.evaluated), n });
  if (isOfWhole(rule)) return w("how_many.items", { all: count(rule.evaluated), n, share });
  return w("how_many", { records: countOf(rule.on, rule.evaluated, w), n, share });
}

/** `4 / 4,784`, of faults `7 in 5`, since a record can have several; empty where the rule is on the dataset, and a share of it says nothing. */
export function fractionText(rule: ReportRule, w: Words): string {
  if (askedOnce(rule)) return "";
  const found = openFindings(rule);
  return rule.fault === undefined || rule.evaluated === 0
    ? fraction(found, rule.evaluated, w.lang)
    : w("fraction.faults", { n: count(found), all: count(rule.evaluated) });
}

/** Why a rule was asked of no record. */
export function notAskedText(rule: ReportRule, w: Words): string {
  const reason = reasonOf(rule);
  return reason === "open-parameter" && (rule.open_params ?? []).length > 0
    ? w("not_asked.open", { params: (rule.open_params ?? []).join(", ") })
    : w(`not_asked.${reason}`);
}

/** Where in the data the findings lie: how many of the 64 parts, and the fullest one. */
export function whereText(rule: ReportRule, w: Words): string {
  if (isOfWhole(rule)) return w("place.whole");
  const filled = rule.where.filter((n) => n > 0).length;
  const most = Math.max(...rule.where);
  if (filled === 0) return w("where.unknown");
  if (filled === 1) return w("where.one", { n: count(rule.where.indexOf(most) + 1) });
  return w("where", { filled: count(filled), part: count(rule.where.indexOf(most) + 1), most: count(most) });
}

/** «显示 6 / 56；report.json 存 56 条». */
export function shownText(shown: number, rule: ReportRule, report: Report, w: Words): string {
  const kept = rule.kept ?? 0;
  const capped = kept < rule.violations && kept >= report.options.max_examples;
  return w(capped ? "shown.capped" : "shown", { shown: count(shown), all: count(rule.violations), kept: count(kept) });
}

function marksText(marks: readonly DrawingMark[], w: Words): string {
  const mark = marks.find((one) => one.kind === "crossing" || one.kind === "vertex") ?? undefined;
  if (mark === undefined) return "";
  const [x, y] = mark.points;
  if (x === undefined || y === undefined) return "";
  const of = marks.filter((one) => one.kind === mark.kind).length;
  const at = w(`mark.${mark.kind}`, { x: decimal(x), y: decimal(y) });
  return of === 1 ? at : w("mark.more", { at, n: count(of - 1) });
}

/** Severity, with a word beside that of a rule which decides nothing, and of one that is unproven. */
export function weightText(rule: ReportRule, w: Words): string {
  const severity = w(`severity.${rule.severity}`);
  const marks = [
    ...(rule.verdict === "advisory" ? [w(rule.certainty === "heuristic" ? "term.suspicion" : "term.advisory")] : []),
    ...(isUnproven(rule) ? [w("rule.unproven")] : []),
  ];
  if (marks.length === 0) return severity;
  return w.lang === "zh" ? [severity, ...marks].join(" ") : `${severity} (${marks.join(", ")})`;
}
