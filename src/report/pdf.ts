import type { Report } from "../records/report.gen.js";
import { reportDigest } from "./digest.js";
import { entry, type LangChoice, langsOf, words } from "./locale.js";
import { paperPalette } from "./palette.js";
import { conclusionPage } from "./pdf/conclusion.js";
import { coverPage, notesPage, numberOf } from "./pdf/cover.js";
import { type Caps, findingsSection } from "./pdf/findings.js";
import { openFonts } from "./pdf/fonts.js";
import { page, sizes } from "./pdf/measures.js";
import {
  dataSection,
  filesAnnex,
  methodSection,
  rulesAnnex,
  samplingSection,
  scoresSection,
  summarySection,
  undecidedSection,
} from "./pdf/sections.js";
import { Sheet } from "./pdf/sheet.js";
import { visible } from "./text.js";

export interface PdfOptions {
  readonly lang: LangChoice;
  /** SHA-256 of the bytes of report.json; worked out where it is not given. */
  readonly digest?: string;
  /** Folder with the two weights of Noto Sans SC; dist/fonts by itself. */
  readonly fontDir?: string;
}

/** What a first pass found out and a second one prints. */
interface Plan {
  readonly bodyPages: number;
  readonly places: Sheet["places"];
}

const contentsFrom = 8;
/** A document that is read and signed: whatever the data, the body keeps to so many pages. */
const mostPages = 25;
/** Each about two pages shorter than the one before: first the drawings of the milder rules go, then their blocks; the tables keep all rules. */
const capsInTurn: readonly Caps[] = [
  { drawn: 14, blocks: 30 },
  { drawn: 10, blocks: 20 },
  { drawn: 7, blocks: 14 },
  { drawn: 4, blocks: 9 },
  { drawn: 3, blocks: 4 },
];

/**
 * The report on A4, with PDF/A-2a metadata. With issue data it is a body's: cover, notes, conclusion page with room for seal and signatures;
 * without, a self-check report that has none of these and says so on every page.
 */
export async function renderPdf(report: Report, options: PdfOptions): Promise<Uint8Array> {
  for (let at = 0; ; ) {
    const caps = capsInTurn[at] ?? { drawn: 0, blocks: 0 };
    let drawn = await draw(report, options, { caps });
    // Contents and «the body has n pages» need numbers that only a finished document knows.
    if (report.issue !== null) drawn = await draw(report, options, { caps, plan: drawn.plan });
    const excess = drawn.plan.bodyPages - mostPages;
    if (excess <= 0 || at === capsInTurn.length - 1) return drawn.bytes;
    at = Math.min(capsInTurn.length - 1, at + Math.ceil(excess / 2));
  }
}

interface Drawn {
  readonly bytes: Uint8Array;
  readonly plan: Plan;
}

async function draw(report: Report, options: PdfOptions, { caps, plan }: { caps: Caps; plan?: Plan }): Promise<Drawn> {
  const { issue } = report;
  const langs = langsOf(options.lang);
  const digest = options.digest ?? reportDigest(report);
  const sheet = new Sheet(openFonts(options.fontDir), {
    langs,
    title: titleOf(report, options.lang),
    date: dateOf(report),
  });
  let unnumbered = 0;
  if (issue !== null) {
    coverPage(sheet, report, issue);
    notesPage(sheet, issue, plan === undefined ? 0 : plan.bodyPages + (plan.bodyPages > contentsFrom ? 1 : 0));
    unnumbered = sheet.pages;
    sheet.newPage();
  } else {
    sheet.write("Title", sheet.text(entry("pdf.self"), { size: 20, bold: true }));
    sheet.y += 4;
  }
  sheet.section(entry(issue === null ? "pdf.conclusion_self" : "pdf.conclusion"));
  conclusionPage(sheet, report);
  if (plan !== undefined && plan.bodyPages > contentsFrom) contentsPage(sheet, plan);
  summarySection(sheet, report);
  scoresSection(sheet, report);
  findingsSection(sheet, report, caps);
  undecidedSection(sheet, report);
  dataSection(sheet, report);
  samplingSection(sheet, report);
  methodSection(sheet, report);
  rulesAnnex(sheet, report);
  filesAnnex(sheet, report);
  sheet.ensure(40);
  sheet.y += 12;
  sheet.write("P", sheet.text(entry("pdf.end"), { size: sizes.body }), "center");
  const places = sheet.places.map((place) => ({ ...place, page: place.page - unnumbered }));
  const bodyPages = sheet.pages - unnumbered;
  const identity = issue === null ? digest.slice(0, 12) : numberOf(issue) || digest.slice(0, 12);
  const label = langs.map((lang) => words(lang)(issue === null ? "pdf.identity" : "pdf.number")).join(" ");
  const bytes = await sheet.finish((number, pages) => {
    if (number <= unnumbered) return [];
    const numbers = { page: number - unnumbered, pages: pages - unnumbered };
    const foot = langs.map((lang) => words(lang)("pdf.page", numbers)).join(" · ");
    const lines = [
      { text: `${label} ${identity}`, y: page.top - 26, align: "left" as const },
      { text: foot, y: page.height - page.bottom + 18, align: "center" as const },
    ];
    const self = langs.map((lang) => words(lang)("pdf.self_header")).join(" ");
    return issue === null ? [...lines, { text: self, y: page.top - 26, align: "right" as const }] : lines;
  });
  return { bytes, plan: { bodyPages, places } };
}

/** Contents lead to their pages; the page that they take themselves is counted in. */
function contentsPage(sheet: Sheet, plan: Plan): void {
  sheet.newPage();
  sheet.write("H1", sheet.text(entry("pdf.contents"), { size: sizes.title, bold: true }));
  sheet.y += 8;
  for (const place of plan.places) {
    const shown = place.page + (place.name === "s1" ? 0 : 1);
    const top = sheet.y;
    const title = sheet.text(place.title, { size: sizes.body });
    sheet.link(place.name, title, String(shown));
    sheet.y = Math.max(sheet.y, top) + 5;
  }
  sheet.rule(paperPalette.rule);
}

function titleOf(report: Report, lang: LangChoice): string {
  const key = report.issue === null ? "kind.self" : report.issue.document === "test" ? "kind.test" : "kind.inspection";
  return [visible(report.object.name).slice(0, 120), ...langsOf(lang).map((one) => words(one)(key))].join(" · ");
}

/** The only times a report knows are supplied ones; without them the file is dated 1970, and two runs give the same bytes. */
function dateOf(report: Report): Date {
  const text = report.issue?.issued ?? report.options.date ?? "";
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(0);
}
