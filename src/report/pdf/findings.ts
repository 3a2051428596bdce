import type { Report, ReportFinding, ReportRule, Text } from "../../records/report.gen.js";
import { drawingSentence, howMany, placeText, shownText, valuesText, whereText } from "../captions.js";
import { whereStrip } from "../charts.js";
import { both, entry } from "../locale.js";
import { count } from "../numbers.js";
import { paperPalette } from "../palette.js";
import { findingsByRule, groupRules, ruleKey, spread } from "../rules.js";
import { isOfWhole, isWhole, recordText } from "../subjects.js";
import { closeUp } from "../svg.js";
import { cutMiddle, visible } from "../text.js";
import { titled } from "./cells.js";
import { bodyWidth, type Line, page, sizes } from "./measures.js";
import type { Sheet } from "./sheet.js";

const drawingsOfRule = 3;
const drawingSize = (48 * 72) / 25.4;
/** Rules with drawings, and rules shown at all: the document stays below 25 pages, whatever the data. */
const rulesDrawn = 14;
const blocksShown = 30;

/** 4: each rule a block: requirement, result, consequence, remedy, up to three drawings, where in the data. */
export function findingsSection(sheet: Sheet, report: Report): void {
  const { found } = groupRules(report);
  sheet.section(entry("pdf.nonconformities"), { follows: found.length === 0 ? 60 : 320 });
  if (found.length === 0) sheet.paragraph(entry("pdf.none_found"));
  const byRule = findingsByRule(report);
  for (const [i, rule] of found.slice(0, blocksShown).entries())
    ruleBlock(sheet, report, rule, { kept: byRule.get(ruleKey(rule.standard, rule.id)) ?? [], i });
  if (found.length > blocksShown) sheet.paragraph(entry("pdf.more_rules", { n: count(found.length - blocksShown) }));
}

function ruleBlock(
  sheet: Sheet,
  report: Report,
  rule: ReportRule,
  options: { kept: readonly ReportFinding[]; i: number },
): void {
  const examples = spread(options.kept, options.i < rulesDrawn ? drawingsOfRule : 1);
  const drawn = drawnOf(examples, options.i).length > 0;
  // The block stays whole: head, four lines, strip, and the drawings with their captions.
  const height =
    84 + sheet.langs.length * 42 + (drawn ? drawingSize + 24 + 10 * sheet.langs.length : 30 * examples.length);
  sheet.ensure(Math.min(height, page.height - page.top - page.bottom));
  sheet.head(titled(report, rule));
  const inLangs = (text: Text): string => sheet.langs.map((lang) => text[lang]).join(" ");
  const kind = [
    rule.id,
    inLangs(entry("rule.clause", { clause: rule.clause })),
    inLangs(entry(`claim.${rule.claim}`)),
    inLangs(entry(`severity.${rule.severity}`)),
    ...(rule.verdict === "advisory" ? [inLangs(entry("rule.advisory"))] : []),
  ].join(" · ");
  sheet.paragraph([{ text: kind, size: sizes.small, colour: paperPalette.muted }], { size: sizes.small });
  for (const [key, text] of [
    ["rule.how_many", both((w) => howMany(rule, w))],
    ["rule.means", rule.means],
    ["rule.fix", rule.fix],
    ...(isOfWhole(rule) ? [] : [["rule.where", both((w) => whereText(rule, w))] as const]),
  ] as const) {
    sheet.paragraph(both((w) => `${w(key)}${w.lang === "zh" ? "：" : ": "}${visible(w.text(text))}`));
  }
  if (!isOfWhole(rule)) strip(sheet, rule);
  exampleRow(sheet, report, rule, examples, options.i);
  sheet.y += 10;
}

function strip(sheet: Sheet, rule: ReportRule): void {
  const svg = whereStrip(rule.where, { palette: paperPalette, name: "" });
  sheet.figure(svg, both((w) => `${rule.id}: ${whereText(rule, w)}`)[sheet.langs[0] ?? "zh"], {
    x: page.left,
    y: sheet.y + 2,
    width: 300,
    height: 9.4,
  });
  sheet.y += 18;
}

/** Drawings side by side with their captions; findings without geometry as lines. */
function exampleRow(
  sheet: Sheet,
  report: Report,
  rule: ReportRule,
  examples: readonly ReportFinding[],
  block: number,
): void {
  const size = drawingSize;
  const step = bodyWidth / drawingsOfRule;
  const drawn = drawnOf(examples, block);
  if (drawn.length > 0) sheet.ensure(size + 20 + 12 * captionLines(sheet, drawn[0] as ReportFinding).length);
  const top = sheet.y;
  let tallest = 0;
  drawn.forEach((finding, i) => {
    if (finding.drawing === undefined) return;
    const x = page.left + i * step;
    const svg = closeUp(finding.drawing, { palette: paperPalette, id: `g${block}-${i}`, name: "", size: 200 });
    sheet.figure(svg, both((w) => drawingSentence(finding, w))[sheet.langs[0] ?? "zh"], {
      x,
      y: top,
      width: size,
      height: size,
    });
    sheet.artifact(() => {
      sheet.doc.rect(x, top, size, size).lineWidth(0.5).stroke(paperPalette.rule);
    });
    const height = sheet.at("Caption", captionLines(sheet, finding), { x, y: top + size + 3, width: size });
    tallest = Math.max(tallest, height);
  });
  if (drawn.length > 0) sheet.y = top + size + 6 + tallest;
  for (const finding of examples) {
    if (!drawn.includes(finding)) sheet.paragraph(captionLines(sheet, finding));
  }
  sheet.paragraph(
    both((w) => shownText(examples.length, rule, report, w)),
    { size: sizes.small, colour: paperPalette.muted },
  );
}

function drawnOf(examples: readonly ReportFinding[], block: number): readonly ReportFinding[] {
  return block < rulesDrawn ? examples.filter((finding) => (finding.drawing?.shapes.length ?? 0) > 0) : [];
}

function captionLines(sheet: Sheet, finding: ReportFinding): Line[] {
  const head = [recordText(finding), finding.category === undefined ? "" : visible(finding.category)]
    .filter((part) => part !== "")
    .join(" ");
  const lines: Line[] = [{ text: cutMiddle(head, 60), size: sizes.small, bold: true }];
  lines.push(
    ...sheet.text(
      both((w) => cutMiddle(valuesText(finding, w), 100)),
      { size: sizes.small },
    ),
  );
  const muted = { size: sizes.small, colour: paperPalette.muted };
  if (isWhole(finding)) lines.push(...sheet.text(entry("place.whole"), muted));
  else lines.push({ text: cutMiddle(both((w) => placeText(finding, w)).zh, 70), ...muted });
  if (finding.media !== undefined) lines.push({ text: cutMiddle(visible(finding.media), 70), ...muted });
  return lines.filter((line) => line.text !== "");
}
