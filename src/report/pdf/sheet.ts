import PDFDocument from "pdfkit";
import SVGtoPDF from "svg-to-pdfkit";
import type { Text, Verdict } from "../../records/report.gen.js";
import type { Lang } from "../locale.js";
import { paperPalette } from "../palette.js";
import { verdictColours, verdictShapes } from "../shapes.js";
import { breakRuns, cellPad, fitColumns, indentOf, type Measure } from "./fit.js";
import type { Fonts } from "./fonts.js";
import { bodyWidth, type Column, type Line, type Pair, page, sizes } from "./measures.js";

export interface SheetOptions {
  readonly langs: readonly Lang[];
  readonly title: string;
  readonly date: Date;
}

type Element = PDFKit.PDFStructureElement;
interface ElementOptions {
  readonly lang?: string;
  readonly alt?: string;
  readonly scope?: string;
  readonly bbox?: readonly number[];
}

/** An A4 document that is written from top to bottom: it owns the PDF, the place on the page and the tree of tags. */
export class Sheet {
  readonly doc: PDFKit.PDFDocument;
  readonly langs: readonly Lang[];
  /** Places that contents lead to. */
  readonly places: { readonly title: Text; readonly name: string; readonly page: number }[] = [];
  y = page.top;
  pages = 0;
  private readonly fonts: Fonts;
  private readonly root: Element;
  private part: Element;
  private readonly chunks: Uint8Array[] = [];
  private readonly done: Promise<void>;

  constructor(fonts: Fonts, options: SheetOptions) {
    this.fonts = fonts;
    this.langs = options.langs;
    const settings = {
      size: "A4",
      pdfVersion: "1.7",
      subset: "PDF/A-2a",
      tagged: true,
      lang: options.langs[0] === "en" ? "en-US" : "zh-CN",
      displayTitle: true,
      bufferPages: true,
      autoFirstPage: false,
      // Or Helvetica gets in, unembedded.
      font: null,
      margins: { left: page.left, right: page.right, top: page.top, bottom: 0 },
      info: {
        Title: options.title,
        Producer: "touchstone",
        Creator: "touchstone",
        CreationDate: options.date,
        ModDate: options.date,
      },
    };
    this.doc = new PDFDocument(settings as unknown as PDFKit.PDFDocumentOptions);
    this.doc.registerFont("r", fonts.regular as unknown as PDFKit.Mixins.PDFFontSource);
    this.doc.registerFont("b", fonts.bold as unknown as PDFKit.Mixins.PDFFontSource);
    this.done = new Promise((resolve, reject) => {
      this.doc.on("data", (chunk: Uint8Array) => this.chunks.push(chunk));
      this.doc.on("end", () => resolve());
      this.doc.on("error", reject);
    });
    this.newPage();
    this.root = this.element("Document");
    this.doc.addStructure(this.root);
    this.part = this.element("Sect");
    this.root.add(this.part);
  }

  newPage(): void {
    this.doc.addPage();
    this.pages += 1;
    this.y = page.top;
  }

  get left(): number {
    return page.height - page.bottom - this.y;
  }

  /** A new page where `height` does not fit any more. */
  ensure(height: number): void {
    if (height > this.left && this.y > page.top) this.newPage();
  }

  /** A section with its head, bookmark and place for the contents. */
  section(title: Text, options: { newPage?: boolean; follows?: number } = {}): void {
    if (options.newPage === true && this.y > page.top) this.newPage();
    else if (this.y > page.top) this.y += 16;
    const lines = this.text(title, { size: sizes.title, bold: true });
    this.ensure(this.heightOf(lines, bodyWidth) + (options.follows ?? 60));
    this.part.end();
    this.part = this.element("Sect");
    this.root.add(this.part);
    const name = `s${this.places.length + 1}`;
    this.places.push({ title, name, page: this.pages });
    this.doc.addNamedDestination(name, "XYZ", page.left, this.y - 6, null as unknown as number);
    this.doc.outline.addItem(this.langs.map((lang) => title[lang]).join(" "));
    this.rule(paperPalette.ink);
    this.y += 6;
    this.write("H1", lines);
    this.y += 6;
  }

  head(title: Text, follows = 40): void {
    const lines = this.text(title, { size: sizes.head, bold: true });
    this.ensure(this.heightOf(lines, bodyWidth) + follows);
    this.write("H2", lines);
    this.y += 3;
  }

  paragraph(content: Text | readonly Line[], style: Partial<Line> = {}): void {
    const lines = isLines(content) ? content : this.text(content, { size: sizes.body, ...style });
    this.ensure(this.heightOf(lines, bodyWidth));
    this.write("P", lines);
    this.y += style.size === sizes.small ? 1 : 3;
  }

  /** Chinese first and in full size, English beneath and smaller; one language alone in full size; the same words once. */
  text(content: Text, style: Omit<Line, "text">): Line[] {
    if (content.zh === content.en) return content.zh === "" ? [] : [{ ...style, text: content.zh }];
    return this.langs.map((lang, i) => {
      const { shape, ...rest } = style;
      return i === 0
        ? { ...style, text: content[lang], lang }
        : {
            ...rest,
            text: content[lang],
            lang,
            size: Math.max(sizes.small, style.size * 0.74),
            bold: false,
            colour: paperPalette.muted,
          };
    });
  }

  /** A table of our own: the head is repeated, no row is broken, no word either, rules are artifacts. */
  table(given: readonly Column[], rows: readonly (readonly (readonly Line[])[])[]): void {
    const columns = fitColumns(given, rows, this.measure);
    const table = this.element("Table");
    this.part.add(table);
    const heads = columns.map((column) => column.head);
    const headHeight = this.rowHeight(columns, heads);
    let begun = false;
    for (const cells of rows) {
      const height = this.rowHeight(columns, cells);
      if (!begun || height > this.left) {
        if (begun || headHeight + height > this.left) this.newPage();
        if (heads.some((head) => head.length > 0)) this.row(table, columns, heads, "TH");
        begun = true;
      }
      this.row(table, columns, cells, "TD");
    }
    table.end();
    this.y += 8;
  }

  /** A ruled grid of labels and values, one or two pairs a row, as the first page of an inspection report has it. */
  grid(rows: readonly (readonly Pair[])[], labelWidth: number): void {
    const table = this.element("Table");
    this.part.add(table);
    const pad = 4;
    for (const pairs of rows) {
      const valueWidth = bodyWidth / pairs.length - labelWidth;
      const cells = pairs.flatMap(({ label, value }) => [
        { lines: label, width: labelWidth, tag: "TH" },
        { lines: value, width: valueWidth, tag: "TD" },
      ]);
      const height = Math.max(...cells.map((cell) => this.heightOf(cell.lines, cell.width - 2 * pad))) + 2 * pad - 3;
      this.ensure(height);
      const tr = this.element("TR");
      table.add(tr);
      let x = page.left;
      const edges: number[] = [];
      for (const { lines, width, tag } of cells) {
        const cell = this.element(tag, tag === "TH" ? { scope: "Row" } : {});
        tr.add(cell);
        this.lines(cell, lines, x + pad, this.y + pad - 2, width - 2 * pad);
        cell.end();
        x += width;
        edges.push(x);
      }
      tr.end();
      const top = this.y;
      this.artifact(() => {
        this.doc.rect(page.left, top, bodyWidth, height);
        for (const edge of edges.slice(0, -1)) this.doc.moveTo(edge, top).lineTo(edge, top + height);
        this.doc.lineWidth(0.6).stroke(paperPalette.rule3);
      });
      this.y += height;
    }
    table.end();
  }

  /** A drawing or chart at a place of its own; `alt` says what it shows. */
  figure(svg: string, alt: string, box: { x: number; y: number; width: number; height: number }): void {
    const figure = this.element("Figure", {
      alt: this.fonts.legible(alt),
      bbox: [box.x, box.y, box.x + box.width, box.y + box.height],
    });
    this.part.add(figure);
    figure.add(this.doc.markStructureContent("Figure"));
    SVGtoPDF(this.doc, svg, box.x, box.y, {
      width: box.width,
      height: box.height,
      assumePt: true,
      fontCallback: (_, bold) => (bold ? "b" : "r"),
      warningCallback: (message) => {
        throw new Error(`a drawing for the PDF holds what cannot be drawn: ${message}`);
      },
    });
    this.doc.endMarkedContent();
    figure.end();
  }

  /** Lines under one tag at the present place; the place moves on. */
  write(tag: string, lines: readonly Line[], align: "left" | "center" = "left"): void {
    const element = this.element(tag);
    this.part.add(element);
    this.y += this.lines(element, lines, page.left, this.y, bodyWidth, align);
    element.end();
  }

  /** Lines at a place, one tag for all; the height that they took. */
  at(
    tag: string,
    lines: readonly Line[],
    box: { x: number; y: number; width: number },
    align: "left" | "center" | "right" = "left",
  ): number {
    const element = this.element(tag);
    this.part.add(element);
    const height = this.lines(element, lines, box.x, box.y, box.width, align);
    element.end();
    return height;
  }

  /** An element of one's own, put into the present section. */
  attach(element: Element): void {
    this.part.add(element);
  }

  /** A line of the contents: title at the left, page at the right, both leading to the place. */
  link(name: string, title: readonly Line[], at: string): void {
    const top = this.y;
    const height = this.at("TOCI", title, { x: page.left, y: top, width: bodyWidth - 40 });
    this.at("TOCI", [{ text: at, size: sizes.body }], { x: page.left + bodyWidth - 40, y: top, width: 40 }, "right");
    // The print flag: PDF/A wants every annotation to be printed.
    this.doc.goTo(page.left, top, bodyWidth, height, name, { F: 4 } as PDFKit.Mixins.AnnotationOption);
    this.y = top + height;
  }

  rule(colour: string = paperPalette.rule, width = bodyWidth): void {
    this.artifact(() => {
      this.doc
        .moveTo(page.left, this.y)
        .lineTo(page.left + width, this.y)
        .lineWidth(0.6)
        .stroke(colour);
    });
  }

  artifact(draw: () => void): void {
    this.doc.markContent("Artifact", { type: "Layout" });
    draw();
    this.doc.endMarkedContent();
  }

  heightOf(lines: readonly Line[], width: number): number {
    let sum = 0;
    for (const line of lines) {
      const text = this.shown(line, width - indentOf(line));
      this.set(line);
      sum += this.doc.heightOfString(text, { width: width - indentOf(line) });
    }
    return sum;
  }

  /** Head and foot of every page, then the bytes. */
  async finish(
    furniture: (
      number: number,
      pages: number,
    ) => readonly { readonly text: string; readonly y: number; readonly align: "left" | "right" | "center" }[],
  ): Promise<Uint8Array> {
    this.part.end();
    this.root.end();
    const { count: pages } = this.doc.bufferedPageRange();
    for (let i = 0; i < pages; i += 1) {
      this.doc.switchToPage(i);
      // Or a text in the margin starts a new page.
      this.doc.page.margins = { left: page.left, right: page.right, top: 0, bottom: 0 };
      for (const { text, y, align } of furniture(i + 1, pages)) {
        this.doc.markContent("Artifact", { type: "Pagination" });
        this.doc.font("r").fontSize(sizes.small).fillColor(paperPalette.muted);
        this.doc.text(this.fonts.legible(text), page.left, y, { width: bodyWidth, align, lineBreak: false });
        this.doc.endMarkedContent();
      }
    }
    this.doc.end();
    await this.done;
    return Uint8Array.from(Buffer.concat(this.chunks));
  }

  private row(table: Element, columns: readonly Column[], cells: readonly (readonly Line[])[], tag: "TH" | "TD"): void {
    const height = this.rowHeight(columns, cells);
    const tr = this.element("TR");
    table.add(tr);
    let x = page.left;
    columns.forEach((column, i) => {
      const cell = this.element(tag, tag === "TH" ? { scope: "Column" } : {});
      tr.add(cell);
      this.lines(cell, cells[i] ?? [], x, this.y + 3, column.width - cellPad, column.align ?? "left");
      cell.end();
      x += column.width;
    });
    tr.end();
    this.y += height;
    this.rule(tag === "TH" ? paperPalette.rule3 : paperPalette.rule);
  }

  private rowHeight(columns: readonly Column[], cells: readonly (readonly Line[])[]): number {
    return Math.max(...columns.map((column, i) => this.heightOf(cells[i] ?? [], column.width - cellPad))) + 5;
  }

  private lines(
    parent: Element,
    lines: readonly Line[],
    x: number,
    y: number,
    width: number,
    align: "left" | "right" | "center" = "left",
  ): number {
    let at = y;
    for (const line of lines) {
      const indent = indentOf(line);
      const text = this.shown(line, width - indent);
      const span = this.element(
        "Span",
        line.lang === undefined ? {} : { lang: line.lang === "zh" ? "zh-CN" : "en-US" },
      );
      parent.add(span);
      const top = at;
      span.add(() => {
        if (line.shape !== undefined) this.shape(line.shape, x, top + line.size * 0.36, line.size * 0.78);
        this.set(line);
        this.doc.text(text, x + indent, top, { width: width - indent, align });
      });
      span.end();
      this.set(line);
      at += this.doc.heightOfString(text, { width: width - indent });
    }
    return at - y;
  }

  private shape(verdict: Verdict, x: number, y: number, size: number): void {
    this.doc
      .save()
      .translate(x, y)
      .scale(size / 16)
      .path(verdictShapes[verdict])
      .lineWidth(2.4)
      .stroke(verdictColours[verdict])
      .restore();
  }

  /** What the font can print. Its quotation marks are as wide as a Han sign, so English has straight ones. */
  private shown(line: Line, width: number): string {
    const text = this.fonts.legible(line.text);
    const plain = line.lang === "en" ? text.replace(/[“”]/g, '"').replace(/[‘’]/g, "'") : text;
    return breakRuns(plain, line, width, this.measure);
  }

  private readonly measure: Measure = (text, line) => {
    this.set(line);
    return this.doc.widthOfString(text);
  };

  private set(line: Line): void {
    this.doc
      .font(line.bold === true ? "b" : "r")
      .fontSize(line.size)
      .fillColor(line.colour ?? paperPalette.ink);
  }

  private element(tag: string, options: ElementOptions = {}): Element {
    return this.doc.struct(tag, options as PDFKit.Mixins.StructureElementOptions);
  }
}

function isLines(content: Text | readonly Line[]): content is readonly Line[] {
  return Array.isArray(content);
}
