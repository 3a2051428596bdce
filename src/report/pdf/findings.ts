import type { Report, ReportFinding, ReportRule, Text } from "../../records/report.gen.js";
import { drawingSentence, howMany, notSo, placeText, shownText, valuesText, whereText } from "../captions.js";
import { whereStrip } from "../charts.js";
import { both, entry } from "../locale.js";
import { count } from "../numbers.js";
import { paperPalette } from "../palette.js";
import { findingsByRule, groupRules, isUnproven, ruleKey, spread } from "../rules.js";
import { isOfWhole, isWhole, recordText } from "../subjects.js";
import { closeUp } from "../svg.js";
import { cutMiddle, visible } from "../text.js";
import { titled } from "./cells.js";
import { bodyWidth, type Line, page, sizes } from "./measures.js";
import type { Sheet } from "./sheet.js";

const drawingsOfRule = 3;
const drawingSize = (52 * 72) / 25.4;
const stripHeight = 18;

/** How much of the findings is shown: rules with drawings, and rules shown at all. */
export interface Caps {
  readonly drawn: number;
  readonly blocks: number;
}

/** 4: each rule a block: requirement, result, consequence, remedy, up to three drawings, where in the data. */
export function findingsSection(sheet: Sheet, report: Report, caps: Caps): void {
  const { found } = groupRules(report);
  const byRule = findingsByRule(report);
  const blocks = found
    .slice(0, caps.blocks)
    .map((rule, i) =>
      blockOf(sheet, report, rule, { kept: byRule.get(ruleKey(rule.standard, rule.id)) ?? [], i, drawn: caps.drawn }),
    );
  const first = blocks[0];
  sheet.section(entry("pdf.nonconformities"), { follows: first === undefined ? 60 : heightOf(sheet, first) });
  if (found.length === 0) sheet.paragraph(entry("pdf.none_found"));
  for (const block of blocks) drawBlock(sheet, block);
  if (found.length > caps.blocks) sheet.paragraph(entry("pdf.more_rules", { n: count(found.length - caps.blocks) }));
}

/** A rule with all its lines: their heights are known before anything is drawn, so that no block is broken. */
interface Block {
  readonly rule: ReportRule;
  readonly number: number;
  readonly title: Text;
  readonly kind: readonly Line[];
  readonly sentences: readonly (readonly Line[])[];
  readonly strip: boolean;
  readonly drawn: readonly { readonly finding: ReportFinding; readonly caption: readonly Line[] }[];
  readonly told: readonly (readonly Line[])[];
  readonly shown: readonly Line[];
}

function blockOf(
  sheet: Sheet,
  report: Report,
  rule: ReportRule,
  { kept, i, drawn }: { kept: readonly ReportFinding[]; i: number; drawn: number },
): Block {
  const examples = spread(kept, i < drawn ? drawingsOfRule : 1);
  const pictured = i < drawn ? examples.filter((finding) => (finding.drawing?.shapes.length ?? 0) > 0) : [];
  const inLangs = (text: Text, between = " "): string => sheet.langs.map((lang) => text[lang]).join(between);
  const kind = [
    rule.id,
    inLangs(entry("rule.clause", { clause: rule.clause })),
    inLangs(entry(`claim.${rule.claim}`)),
    inLangs(entry(`severity.${rule.severity}`)),
    ...(rule.verdict === "advisory" ? [inLangs(entry("rule.advisory"))] : []),
    ...(isUnproven(rule) ? [inLangs(entry("rule.unproven"))] : []),
  ].join(" · ");
  const muted = { size: sizes.small, colour: paperPalette.muted };
  const sentences = [
    ["rule.how_many", both((w) => howMany(rule, w))],
    ["rule.means", rule.means],
    ["rule.fix", rule.fix],
    ...(isOfWhole(rule) ? [] : [["rule.where", both((w) => whereText(rule, w))] as const]),
  ] as const;
  return {
    rule,
    number: i,
    title: notSo(rule.certainty, titled(report, rule)),
    kind: [{ text: kind, ...muted }],
    sentences: sentences.map(([key, text]) =>
      sheet.text(
        both((w) => `${w(key)}${w.lang === "zh" ? "：" : ": "}${visible(w.text(text))}`),
        { size: sizes.body },
      ),
    ),
    strip: !isOfWhole(rule),
    drawn: pictured.map((finding) => ({ finding, caption: captionLines(sheet, finding) })),
    told: examples.filter((one) => !pictured.includes(one)).map((finding) => captionLines(sheet, finding)),
    shown: [
      {
        text: inLangs(
          both((w) => shownText(examples.length, rule, report, w)),
          " · ",
        ),
        ...muted,
      },
    ],
  };
}

function heightOf(sheet: Sheet, block: Block): number {
  const paragraphs = [...block.sentences, ...block.told];
  return (
    sheet.heightOf(sheet.text(block.title, { size: sizes.head, bold: true }), bodyWidth) +
    paragraphs.reduce((sum, lines) => sum + sheet.heightOf(lines, bodyWidth) + 3, 0) +
    sheet.heightOf(block.kind, bodyWidth) +
    sheet.heightOf(block.shown, bodyWidth) +
    (block.strip ? stripHeight : 0) +
    rowHeight(sheet, block) +
    8
  );
}

/** Drawings side by side, and the tallest of their captions. */
function rowHeight(sheet: Sheet, { drawn }: Block): number {
  if (drawn.length === 0) return 0;
  return drawingSize + 6 + Math.max(...drawn.map(({ caption }) => sheet.heightOf(caption, captionWidth)));
}

function drawBlock(sheet: Sheet, block: Block): void {
  sheet.ensure(heightOf(sheet, block));
  sheet.head(block.title, 0);
  sheet.paragraph(block.kind, { size: sizes.small });
  for (const lines of block.sentences) sheet.paragraph(lines);
  if (block.strip) strip(sheet, block.rule);
  drawnRow(sheet, block);
  for (const lines of block.told) sheet.paragraph(lines);
  sheet.paragraph(block.shown, { size: sizes.small });
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
  sheet.y += stripHeight;
}

const step = bodyWidth / drawingsOfRule;
const captionWidth = step - 14;

function drawnRow(sheet: Sheet, block: Block): void {
  const top = sheet.y;
  block.drawn.forEach(({ finding, caption }, i) => {
    if (finding.drawing === undefined) return;
    const x = page.left + i * step;
    const id = `g${block.number}-${i}`;
    const svg = closeUp(finding.drawing, { palette: paperPalette, id, name: "", size: 200 });
    sheet.figure(svg, both((w) => drawingSentence(finding, w))[sheet.langs[0] ?? "zh"], {
      x,
      y: top,
      width: drawingSize,
      height: drawingSize,
    });
    sheet.artifact(() => {
      sheet.doc.rect(x, top, drawingSize, drawingSize).lineWidth(0.5).stroke(paperPalette.rule);
    });
    sheet.at("Caption", caption, { x, y: top + drawingSize + 3, width: captionWidth });
  });
  sheet.y = top + rowHeight(sheet, block);
}

/** Values, ids and places stand once, whatever the languages. */
function captionLines(sheet: Sheet, finding: ReportFinding): Line[] {
  const head = [recordText(finding), finding.category === undefined ? "" : visible(finding.category)]
    .filter((part) => part !== "")
    .join(" ");
  const lines: Line[] = [{ text: cutMiddle(head, 60), size: sizes.small, bold: true }];
  const lang = sheet.langs[0] ?? "zh";
  lines.push({ text: cutMiddle(both((w) => valuesText(finding, w))[lang], 100), size: sizes.small, lang });
  const muted = { size: sizes.small, colour: paperPalette.muted };
  const place = isWhole(finding) ? entry("place.whole") : both((w) => placeText(finding, w));
  lines.push({ text: cutMiddle(place[lang], 70), ...muted });
  if (finding.media !== undefined) lines.push({ text: cutMiddle(visible(finding.media), 70), ...muted });
  return lines.filter((line) => line.text !== "");
}
