import type { IssueData, Report, Text } from "../../records/report.gen.js";
import { againstText } from "../captions.js";
import { both, entry } from "../locale.js";
import { date } from "../numbers.js";
import { paperPalette } from "../palette.js";
import { visible } from "../text.js";
import { bodyWidth, type Line, page, sizes } from "./measures.js";
import type { Sheet } from "./sheet.js";

const mm = 72 / 25.4;

/** The cover of a body's report: marks and number above, title, five fields, body and date below. No page number. */
export function coverPage(sheet: Sheet, report: Report, issue: IssueData): void {
  const kind = issue.document === "test" ? "pdf.test_title" : "pdf.inspection_title";
  marks(sheet, issue);
  const number = both((w) => `${w("pdf.number")} ${numberOf(issue) || w("pdf.not_given")}`);
  sheet.at(
    "P",
    sheet.text(number, { size: sizes.body }),
    { x: page.left + bodyWidth / 2, y: page.top, width: bodyWidth / 2 },
    "right",
  );
  sheet.y = page.top + 62 * mm;
  sheet.write("Title", sheet.text(entry(kind), { size: 26, bold: true }), "center");
  sheet.y += 26 * mm;
  const fields: readonly (readonly [string, Text])[] = [
    [
      "issue.item",
      issue.item_name === undefined ? same(visible(report.object.name)) : same(`${visible(issue.item_name)} †`),
    ],
    ["issue.client", supplied(issue.client)],
    ["issue.vendor", supplied(issue.vendor)],
    ["issue.kind", supplied(issue.kind_of_inspection)],
    ["pdf.specification", both((w) => againstText(report, w))],
  ];
  for (const [key, value] of fields) field(sheet, key, value);
  if (issue.replaces !== undefined)
    field(
      sheet,
      "issue.replaces",
      same(`${visible(issue.replaces)}${issue.changes === undefined ? "" : ` · ${visible(issue.changes)}`}`),
    );
  sheet.y = page.height - page.bottom - 34 * mm;
  sheet.write(
    "P",
    [{ text: issue.body === undefined ? notGiven(sheet) : visible(issue.body), size: 14, bold: true }],
    "center",
  );
  const issued = both((w) => (issue.issued === undefined ? w("pdf.not_given") : date(visible(issue.issued), w.lang)));
  sheet.write(
    "P",
    sheet.text(
      both((w) => `${w("pdf.issued")}${w.lang === "zh" ? "：" : ": "}${w.text(issued)}`),
      { size: sizes.body },
    ),
    "center",
  );
}

/** The back of the cover: our wording, or the body's own. */
export function notesPage(sheet: Sheet, issue: IssueData, bodyPages: number): void {
  sheet.newPage();
  sheet.write("H1", sheet.text(entry("pdf.notes"), { size: sizes.title, bold: true }), "center");
  sheet.y += 10;
  const contact = [issue.body_address, issue.body_contact]
    .filter((part) => part !== undefined)
    .map(visible)
    .join(" · ");
  const own: readonly Text[] | undefined = issue.notes?.map((note) => same(visible(note)));
  const notes = own ?? [
    ...["note.seal", "note.altered", "note.copies", "note.items", "note.objection", "note.supplied", "note.scope"].map(
      (key) => entry(key),
    ),
    both((w) => w("note.contact", { text: contact === "" ? w("pdf.not_given") : contact })),
  ];
  const last = [
    ...(sheet.langs.length > 1 ? [entry(`pdf.governing.${issue.governing_language ?? "zh"}`)] : []),
    entry("pdf.body_pages", { n: bodyPages }),
  ];
  [...notes, ...last].forEach((note, i) => {
    sheet.paragraph({ zh: `${i + 1}. ${note.zh}`, en: `${i + 1}. ${note.en}` });
    sheet.y += 6;
  });
}

/** `2026-117-R1`: a revision carries its number. */
export function numberOf(issue: IssueData): string {
  const revision = (issue.revision ?? 0) > 0 ? `-R${issue.revision}` : "";
  return issue.report_number === undefined ? "" : `${visible(issue.report_number)}${revision}`;
}

/** Only marks that the issue data bring, and their words where they bring no picture. */
function marks(sheet: Sheet, issue: IssueData): void {
  let x = page.left;
  for (const mark of issue.marks ?? []) {
    if (mark.image !== undefined && /^data:image\/(png|jpeg);base64,/.test(mark.image)) {
      const alt = visible([mark.name, mark.number].filter((part) => part !== undefined).join(" "));
      const figure = sheet.doc.struct("Figure", { alt });
      const image = mark.image;
      const at = x;
      sheet.attach(figure);
      figure.add(() => sheet.doc.image(image, at, page.top, { fit: [24 * mm, 18 * mm] }));
      figure.end();
      x += 27 * mm;
    } else {
      const line: Line = {
        text: visible([mark.name, mark.number].filter((part) => part !== undefined).join(" ")),
        size: sizes.table,
      };
      sheet.at("P", [line], { x, y: page.top, width: 40 * mm });
      x += 42 * mm;
    }
  }
}

function field(sheet: Sheet, key: string, value: Text): void {
  const labelWidth = 42 * mm;
  const top = sheet.y;
  const label = sheet.at("P", sheet.text(entry(key), { size: 11, colour: paperPalette.muted }), {
    x: page.left + 10 * mm,
    y: top,
    width: labelWidth,
  });
  const text = sheet.at("P", sheet.text(value, { size: 11 }), {
    x: page.left + 10 * mm + labelWidth,
    y: top,
    width: bodyWidth - labelWidth - 20 * mm,
  });
  const height = Math.max(label, text);
  sheet.artifact(() => {
    const y = top + height + 2;
    sheet.doc
      .moveTo(page.left + 10 * mm + labelWidth, y)
      .lineTo(page.left + bodyWidth - 10 * mm, y)
      .lineWidth(0.5)
      .stroke(paperPalette.rule3);
  });
  sheet.y = top + height + 12;
}

function supplied(value: string | undefined): Text {
  return value === undefined ? entry("pdf.not_given") : same(`${visible(value)} †`);
}

function notGiven(sheet: Sheet): string {
  return entry("pdf.not_given")[sheet.langs[0] ?? "zh"];
}

function same(text: string): Text {
  return { zh: text, en: text };
}
