import type { Report, Text } from "../records/report.gen.js";
import { both, type Words } from "./locale.js";
import { reasonOf } from "./not-asked.js";
import { count } from "./numbers.js";
import { columns, cutColumns, visible } from "./text.js";

/** What the verdict extends to, and what it says nothing about. */

/** The data name media and not one of them was found: the verdict is then about the annotations alone. */
export function mediaMissing({ object, records }: Report): boolean {
  return object.scope === "annotations" && records.media_files.declared > 0 && records.media_files.found === 0;
}

/** «符合（仅标注，媒体未检）»: the scope stands in the line of the verdict, not below it. */
export function verdictText(report: Report, w: Words): string {
  const word = w(`verdict.${report.verdict}`);
  return mediaMissing(report) ? `${word}${w("paren", { text: w("scope.annotations") })}` : word;
}

export function verdictEntry(report: Report): Text {
  return both((w) => verdictText(report, w));
}

/** What was not examined although it matters: the rules that need the media, and indicators that the verdict leaves out. */
export function notExamined(report: Report, w: Words): string[] {
  const lines: string[] = [];
  if (mediaMissing(report)) {
    const rules = report.rules.filter(
      (rule) => rule.evaluated === 0 && rule.not_evaluated === 0 && reasonOf(rule) === "no-media",
    );
    const critical = rules.filter((rule) => rule.severity === "critical");
    const titles = w.list(critical.map((rule) => quoted(visible(w.text(rule.title)), w)));
    if (rules.length > 0)
      lines.push(
        w("change.media", {
          n: count(rules.length),
          critical: critical.length === 0 ? "" : w("change.media_critical", { titles }),
        }),
      );
  }
  const outside = new Set(report.dimensions.filter((one) => !one.decides).flatMap((one) => one.indicators));
  const missing = report.indicators.filter((one) => one.evidence === "missing" && outside.has(one.code));
  if (missing.length > 0) lines.push(w("change.outside", { n: count(missing.length) }));
  return lines;
}

/** «未涉及  媒体（24 个文件）、文件（4 项指标）»: one line of a terminal; where it is too long the words in brackets go first. */
export function notCoveredLine(report: Report, w: Words, width = 100): string {
  const parts: (readonly [long: string, middle: string, short: string])[] = [];
  const { declared } = report.records.media_files;
  if (mediaMissing(report)) {
    const media = w("term.media_files", { n: count(declared) });
    parts.push([media, media, w("evidence.kind.media")]);
  }
  const missing = report.indicators.filter((one) => one.evidence === "missing");
  for (const kind of ["document", "review", "model", "rules"] as const) {
    const n = count(missing.filter((one) => one.decided_by[0] === kind).length);
    const short = w(`term.lacking.${kind}`);
    if (n !== "0") parts.push([w("term.lacking", { kind: short, n }), `${short}${w("paren", { text: n })}`, short]);
  }
  if (parts.length === 0) return "";
  const lines = ([0, 1, 2] as const).map(
    (size) => `${w("term.not_covered")}  ${parts.map((part) => part[size]).join(w.lang === "zh" ? "、" : ", ")}`,
  );
  return cutColumns(lines.find((line) => columns(line) <= width) ?? lines.at(-1) ?? "", width);
}

function quoted(text: string, w: Words): string {
  return w.lang === "zh" ? `「${text}」` : `“${text}”`;
}
