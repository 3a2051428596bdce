import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Font, openSync } from "fontkit";
import { builtRoot } from "../../standards/package-root.js";
import { visible } from "../text.js";

export interface Fonts {
  readonly regular: Font;
  readonly bold: Font;
  /** Text with every sign that the font lacks written `[U+D55C]`: PDFKit would print nothing and say nothing. */
  legible(text: string): string;
}

const names = { regular: "NotoSansSC_400Regular.ttf", bold: "NotoSansSC_700Bold.ttf" };
const cache = new Map<string, Fonts>();

/** The two weights of Noto Sans SC (OFL-1.1), parsed once a run; PDFKit given paths would parse them for every cell. */
export function openFonts(folder: string = fontFolder()): Fonts {
  const known = cache.get(folder);
  if (known !== undefined) return known;
  const regular = openSync(fileOf(folder, "regular"));
  const bold = openSync(fileOf(folder, "bold"));
  const fonts = { regular, bold, legible: (text: string) => legible(text, regular) };
  cache.set(folder, fonts);
  return fonts;
}

/** The package that the fonts come in keeps each weight in a folder of its own; the build copies both into one. */
function fileOf(folder: string, weight: keyof typeof names): string {
  const flat = join(folder, names[weight]);
  return existsSync(flat) ? flat : join(folder, weight === "regular" ? "400Regular" : "700Bold", names[weight]);
}

/** dist/fonts, where the build puts them; in a checkout the package itself. */
function fontFolder(): string {
  const built = join(builtRoot, "fonts");
  if (existsSync(join(built, names.regular))) return built;
  return dirname(createRequire(import.meta.url).resolve("@expo-google-fonts/noto-sans-sc/package.json"));
}

function legible(text: string, font: Font): string {
  let out = "";
  for (const character of visible(text)) {
    const code = character.codePointAt(0) ?? 0;
    out += font.hasGlyphForCodePoint(code) ? character : `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
  }
  return out;
}
