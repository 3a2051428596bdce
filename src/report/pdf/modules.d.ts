// Two libraries without types: the parts that we call.
declare module "fontkit" {
  export interface Font {
    readonly unitsPerEm: number;
    hasGlyphForCodePoint(code: number): boolean;
  }
  export function openSync(path: string): Font;
}
declare module "svg-to-pdfkit" {
  interface SvgOptions {
    readonly width: number;
    readonly height: number;
    readonly assumePt: boolean;
    readonly fontCallback: (family: string, bold: boolean) => string;
    readonly warningCallback: (message: string) => void;
  }
  function SVGtoPDF(doc: PDFKit.PDFDocument, svg: string, x: number, y: number, options: SvgOptions): void;
  export = SVGtoPDF;
}
