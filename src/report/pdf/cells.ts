import type { Report, ReportRule, Text, Verdict } from "../../records/report.gen.js";
import { fractionText, notAskedText } from "../captions.js";
import { both, entry, type Words } from "../locale.js";
import { count, fraction, percent } from "../numbers.js";
import { paperPalette } from "../palette.js";
import { openFindings } from "../rules.js";
import { verdictColours } from "../shapes.js";
import { askedOnce } from "../subjects.js";
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

/** In one language a sentence with its numbers; in both the numbers alone, once: the head of the column says what they are. */
export function resultCell(sheet: Sheet, rule: ReportRule): Line[] {
  const bilingual = sheet.langs.length > 1;
  const counted = rule.evaluated > 0 && rule.not_evaluated === 0 && !askedOnce(rule) && rule.fault === undefined;
  // A reason in two languages would make the row higher than the requirement does.
  if (!counted || !bilingual)
    return sheet.text(
      both((w) => resultText(rule, w)),
      { size: bilingual ? sizes.small : sizes.table },
    );
  const open = openFindings(rule);
  return cell(`${fraction(open, rule.evaluated, "en")} (${percent(open, rule.evaluated) ?? "—"})`);
}

function resultText(rule: ReportRule, w: Words): string {
  if (rule.evaluated === 0 && rule.violations === 0 && rule.not_evaluated === 0)
    return `${w("pdf.result_none")}${w("paren", { text: notAskedText(rule, w) })}`;
  const open = openFindings(rule);
  if (askedOnce(rule) && rule.evaluated > 0) return w(open > 0 ? "pdf.result_whole_violated" : "pdf.result_whole_held");
  const base =
    rule.fault === undefined
      ? w("pdf.result_violations", {
          a: count(open),
          b: count(rule.evaluated),
          x: percent(open, rule.evaluated) ?? "—",
        })
      : fractionText(rule, w);
  return rule.not_evaluated > 0 ? base + w("pdf.result_open", { n: count(rule.not_evaluated) }) : base;
}

export function verdictCell(sheet: Sheet, rule: ReportRule): Line[] {
  if (rule.verdict === "advisory")
    return sheet.text(entry("verdict.advisory"), { size: sizes.table, colour: paperPalette.muted });
  return verdictLines(sheet, rule.verdict);
}
