import { inflateSync } from "node:zlib";

/**
 * The text of each page of a PDF that PDFKit wrote, through the fonts' own ToUnicode maps: what a reader copies and searches.
 * It knows the few constructs that our PDFs have, and no others.
 */
export function pdfPages(bytes: Uint8Array): string[] {
  const objects = objectsOf(bytes);
  const pages = [...objects.values()].filter((one) => /\/Type \/Page\b/.test(one.head));
  return pages.map((one) => {
    const fonts = fontsOf(one.head, objects);
    const content = objects.get(reference(one.head, "Contents"))?.stream ?? "";
    return textOf(content, fonts);
  });
}

/** Everything in the file that is not compressed: dictionaries, titles, alternative texts. */
export function pdfDictionaries(bytes: Uint8Array): string[] {
  return [...objectsOf(bytes).values()].map((one) => one.head);
}

interface PdfObject {
  readonly head: string;
  readonly stream: string;
}
type CodeMap = ReadonlyMap<string, string>;

function objectsOf(bytes: Uint8Array): Map<number, PdfObject> {
  const file = Buffer.from(bytes);
  const latin = file.toString("latin1");
  const objects = new Map<number, PdfObject>();
  for (const match of latin.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const body = match[2] ?? "";
    const at = body.indexOf("\nstream\n");
    const head = at < 0 ? body : body.slice(0, at);
    const raw = at < 0 ? "" : body.slice(at + 8, body.lastIndexOf("\nendstream"));
    // Fonts and profiles stay packed: nothing here reads them.
    const packed =
      /\/Filter \/FlateDecode/.test(head) && !/\/Length1|\/N 3|\/Subtype \/CIDFontType0C|FontFile/.test(head);
    objects.set(Number(match[1]), { head, stream: packed ? unpack(raw) : raw });
  }
  return objects;
}

function unpack(raw: string): string {
  return inflateSync(Buffer.from(raw, "latin1")).toString("latin1");
}

function reference(head: string, key: string): number {
  return Number(new RegExp(`/${key} (\\d+) 0 R`).exec(head)?.[1] ?? -1);
}

function fontsOf(page: string, objects: ReadonlyMap<number, PdfObject>): Map<string, CodeMap> {
  const resources = objects.get(reference(page, "Resources"))?.head ?? page;
  const list = /\/Font <<([\s\S]*?)>>/.exec(resources)?.[1] ?? "";
  return new Map(
    [...list.matchAll(/\/(F\d+) (\d+) 0 R/g)].map((match) => {
      const font = objects.get(Number(match[2]))?.head ?? "";
      return [match[1] ?? "", codesOf(objects.get(reference(font, "ToUnicode"))?.stream ?? "")];
    }),
  );
}

/** `<0001> <0003> [<4f60> <597d> <...>]` */
function codesOf(map: string): CodeMap {
  const codes = new Map<string, string>();
  for (const match of map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi)) {
    const first = Number.parseInt(match[1] ?? "0", 16);
    [...(match[2] ?? "").matchAll(/<([0-9a-f ]*)>/gi)].forEach((target, i) => {
      const hex = (target[1] ?? "").replace(/ /g, "");
      codes.set((first + i).toString(16).padStart(4, "0"), Buffer.from(hex, "hex").swap16().toString("utf16le"));
    });
  }
  return codes;
}

function textOf(content: string, fonts: ReadonlyMap<string, CodeMap>): string {
  let codes: CodeMap = new Map();
  let text = "";
  for (const match of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (match[1] !== undefined) codes = fonts.get(match[1]) ?? new Map();
    else {
      for (const run of (match[2] ?? "").matchAll(/<([0-9a-f]+)>/gi))
        text += (run[1] ?? "").replace(/.{4}/g, (code) => codes.get(code.toLowerCase()) ?? "\uFFFD");
      text += "\n";
    }
  }
  return text;
}
