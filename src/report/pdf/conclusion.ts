import type { IssueData, Report, Text } from "../../records/report.gen.js";
import { againstText } from "../captions.js";
import { mediaMissing, verdictEntry } from "../extent.js";
import { listDigest, recordsText } from "../html/method-view.js";
import { both, entry, type Words, words } from "../locale.js";
import { count, date, shortDigest } from "../numbers.js";
import { paperPalette } from "../palette.js";
import {
  basisSentences,
  countOf,
  departuresHead,
  departureText,
  waiverSentences,
  whySentences,
  wouldChange,
} from "../sentences.js";
import { verdictColours } from "../shapes.js";
import { cutMiddle, visible } from "../text.js";
import { bodyWidth, type Line, page, sizes } from "./measures.js";
import type { Sheet } from "./sheet.js";

const mm = 72 / 25.4;

/** Page 1: one ruled grid and the conclusion; for a body the place of the seal and the signatures. */
export function conclusionPage(sheet: Sheet, report: Report): void {
  const { issue } = report;
  const label = { size: sizes.table, colour: paperPalette.muted };
  const rows = gridRows(report).map((pairs) =>
    pairs.map(({ key, value }) => ({ label: sheet.text(entry(key), label), value: valueLines(sheet, value) })),
  );
  sheet.grid(
    [...rows, [{ label: sheet.text(entry("pdf.verdict"), label), value: verdictLines(sheet, report) }]],
    27 * mm,
  );
  if (issue !== null) sealAndSignatures(sheet, issue);
  if (sheet.left > (page.height - page.top - page.bottom) / 3) {
    sheet.y += 10;
    sheet.write("P", sheet.text(entry("pdf.blank"), { size: sizes.table, colour: paperPalette.muted }), "center");
  }
}

interface GridRow {
  readonly key: string;
  readonly value: readonly Text[];
}

/** Short fields stand two in a row, so that the page holds the conclusion, the seal and the signatures. */
function gridRows(report: Report): GridRow[][] {
  const { issue } = report;
  const name = same(cutMiddle(visible(report.object.name), 120));
  const item = {
    key: "pdf.item",
    value: [name, ...(issue?.item_name === undefined ? [] : [same(`${visible(issue.item_name)} †`)])],
  };
  const quantity = { key: "pdf.quantity", value: [both((w) => recordsText(report.records.read, w))] };
  const condition = { key: "pdf.condition", value: [both((w) => conditionText(report, w))] };
  const plan = { key: "pdf.plan", value: [entry("pdf.plan_census")] };
  const rows: GridRow[][] = [[item, quantity], [{ key: "pdf.item_id", value: [itemId(report)] }], [condition, plan]];
  if (issue !== null) {
    rows.push(
      [
        { key: "issue.received", value: [given(issue.received)] },
        { key: "issue.performed", value: [given(issue.performed)] },
      ],
      [
        { key: "issue.client", value: [given(issue.client)] },
        { key: "issue.place", value: [given(issue.place)] },
      ],
    );
  }
  return [
    ...rows,
    [{ key: "pdf.specification", value: [both((w) => againstText(report, w))] }],
    [{ key: "method.decision", value: [entry(report.scheme === null ? "formula.strict" : "formula.scheme")] }],
    [{ key: "pdf.departures", value: departures(report) }],
  ];
}

function verdictLines(sheet: Sheet, report: Report): Line[] {
  const word = verdictEntry(report);
  const style = { size: 13, bold: true, colour: verdictColours[report.verdict] };
  const inLangs = sheet.langs.map((lang) => word[lang]);
  // With its scope the verdict fills a line in each language; the word alone does not.
  const heads = mediaMissing(report) ? inLangs : [inLangs.join(" ")];
  // That no media were found stands in the cell of the condition, on the same page.
  return [
    ...heads.map((text, i) => (i === 0 ? { text, ...style, shape: report.verdict } : { text, ...style, size: 11 })),
    ...sheet.text(
      both((w) => w.join(whySentences(report, w))),
      { size: sizes.body },
    ),
    ...sheet.text(
      both((w) => w.join(basisSentences(report, w).filter((one) => one !== w("basis.no_media")))),
      { size: sizes.table },
    ),
    ...changeLines(sheet, report),
  ];
}

/** Beside a conforming verdict what was not examined; what would mend another one stands with its findings. */
function changeLines(sheet: Sheet, report: Report): Line[] {
  if (report.verdict !== "conforming" || wouldChange(report, words("zh")).length === 0) return [];
  const text = both((w) => `${w("section.change")}${w.lang === "zh" ? "：" : ": "}${w.join(wouldChange(report, w))}`);
  return sheet.text(text, { size: sizes.table });
}

function itemId(report: Report): Text {
  const only = report.inputs[0];
  if (report.inputs.length === 1 && only !== undefined) return same(`SHA-256 ${only.sha256}`);
  return entry("pdf.item_id_list", { n: count(report.inputs.length), digest: shortDigest(listDigest(report)) });
}

function conditionText(report: Report, w: Words): string {
  const parts = report.records.not_read.map((one) =>
    w("pdf.condition_part", { what: countOf(one.kind, one.count, w) }),
  );
  const failed = report.inputs.filter((input) => input.error !== undefined).length;
  if (failed > 0) parts.push(w("pdf.condition_files", { n: count(failed) }));
  if (mediaMissing(report)) parts.push(w("basis.no_media").replace(/[。.]$/, ""));
  return parts.length === 0 ? w("pdf.condition_whole") : parts.join(w.lang === "zh" ? "；" : "; ");
}

/** All departures, and never in an appendix; above eight the first seven and how many more. */
function departures(report: Report): Text[] {
  const most = 8;
  const all = report.departures.map((one) => both((w) => cutMiddle(departureText(one, w), 200)));
  const shown =
    all.length > most ? [...all.slice(0, most - 1), entry("change.more", { n: count(all.length - most + 1) })] : all;
  const waived = report.waivers.length === 0 ? [] : [both((w) => w.join(waiverSentences(report, w)))];
  return [both((w) => departuresHead(report, w)), ...shown, ...waived];
}

/** Three lines to sign at the left; at the right 45 mm of room for the seal, and the date of issue. */
function sealAndSignatures(sheet: Sheet, issue: IssueData): void {
  const height = 45 * mm;
  sheet.ensure(height + 8);
  const top = sheet.y + 8;
  const half = bodyWidth / 2;
  const people = [
    ["issue.approved", issue.approved_by],
    ["issue.reviewed", issue.reviewed_by],
    ["issue.examined", issue.examined_by],
  ] as const;
  people.forEach(([key, person], i) => {
    const y = top + i * (height / 3);
    sheet.at("P", sheet.text(entry(key), { size: sizes.body }), { x: page.left, y, width: 60 });
    const name = [person?.name, person?.post]
      .filter((part) => part !== undefined)
      .map(visible)
      .join(" ");
    if (name !== "")
      sheet.at("P", [{ text: `${name} †`, size: sizes.small, colour: paperPalette.muted }], {
        x: page.left + 62,
        y: y + 18,
        width: half - 80,
      });
    sheet.artifact(() => {
      const line = y + 15;
      sheet.doc
        .moveTo(page.left + 60, line)
        .lineTo(page.left + half - 24, line)
        .lineWidth(0.6)
        .stroke(paperPalette.ink);
    });
  });
  const seal = sheet
    .text(entry("pdf.seal"), { size: sizes.body })
    .map((line) => ({ ...line, colour: paperPalette.rule3 }));
  sheet.at("P", seal, { x: page.left + half, y: top + height / 2 - 24, width: half }, "center");
  const issued = both((w) => {
    const day = issue.issued === undefined ? w("pdf.not_given") : date(visible(issue.issued), w.lang);
    return `${w("pdf.issued")}${w.lang === "zh" ? "：" : ": "}${day}`;
  });
  sheet.at(
    "P",
    sheet.text(issued, { size: sizes.body }),
    { x: page.left + half, y: top + height - 26, width: half },
    "center",
  );
  sheet.y = top + height;
}

function given(value: string | undefined): Text {
  return value === undefined ? entry("pdf.not_given") : both((w) => `${date(visible(value), w.lang)} †`);
}

function valueLines(sheet: Sheet, values: readonly Text[]): Line[] {
  return values.flatMap((value) => sheet.text(value, { size: sizes.table }));
}

function same(text: string): Text {
  return { zh: text, en: text };
}
