import type { Report, ReportRule, Text, Verdict } from "../../records/report.gen.js";
import { entry } from "../locale.js";
import { verdictColours } from "../shapes.js";
import { visible } from "../text.js";
import { type Column, type Line, sizes } from "./measures.js";
import type { Sheet } from "./sheet.js";

/** Cells and heads that several sections of the PDF share. */

export function verdictLines(sheet: Sheet, verdict: Verdict): Line[] {
  return sheet.text(entry(`verdict.${verdict}`), {
    size: sizes.table,
    colour: verdictColours[verdict],
    shape: verdict,
  });
}

/** Heads by key of the locale; a head of capital letters is itself in both languages. */
export function columns(sheet: Sheet, keys: readonly string[], widths: readonly number[]): Column[] {
  return keys.map((key, i) => ({
    head: /^[A-Z]+(-\d+)?$/.test(key)
      ? [{ text: key, size: sizes.table, bold: true }]
      : sheet.text(entry(key), { size: sizes.table, bold: true }),
    width: widths[i] ?? 60,
  }));
}

export function cell(text: string): Line[] {
  return [{ text, size: sizes.table }];
}

/** A clause or rule outside the scope of a supplied accreditation mark carries a star. */
export function titled(report: Report, rule: ReportRule): Text {
  const marks = report.issue?.marks ?? [];
  const inside =
    marks.length === 0 || marks.some((mark) => mark.scope.includes(rule.id) || mark.scope.includes(rule.clause));
  const star = inside ? "" : " *";
  return { zh: `${visible(rule.title.zh)}${star}`, en: `${visible(rule.title.en)}${star}` };
}
