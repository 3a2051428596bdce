import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Report, Text, Verdict } from "../records/report.gen.js";
import { packageRoot } from "../standards/package-root.js";
import { reportDigest } from "./digest.js";
import { type PageImageSource, pageImages } from "./html/images.js";
import { templates } from "./html/templates.js";
import { pageView } from "./html/view.js";
import { entry, type LangChoice } from "./locale.js";
import { verdictShapes } from "./shapes.js";

export interface HtmlOptions {
  /** The language that is chosen when the page opens; the page always holds both. */
  readonly lang: LangChoice;
  /** SHA-256 of the bytes of report.json; worked out where it is not given. */
  readonly digest?: string;
  /** Drawn examples of a rule, 12 at most. */
  readonly examples?: number;
  /** Pictures of the media, by the path that the data write; they are embedded as they are, 12 MB at most. */
  readonly images?: ReadonlyMap<string, PageImageSource>;
}

/** Without the compiler; its own declarations are empty. */
const Handlebars = createRequire(import.meta.url)("handlebars/runtime.js") as typeof import("handlebars");

/** One page that needs no other file, makes no request and works without its script. */
export function renderHtml(report: Report, options: HtmlOptions): string {
  const script = read("templates/page.js");
  const images = pageImages(report, options.images ?? new Map());
  return template()({
    htmlLang: options.lang === "en" ? "en" : "zh-CN",
    style: read("styles/page.css"),
    script,
    scriptHash: createHash("sha256").update(script).digest("base64"),
    images: [...images.values()],
    view: pageView(report, {
      lang: options.lang,
      digest: options.digest ?? reportDigest(report),
      examples: options.examples ?? 6,
      images,
    }),
  });
}

type Template = (context: unknown) => string;
let bound: Template | undefined;

function template(): Template {
  bound ??= bind();
  return bound;
}

function bind(): Template {
  const handlebars = Handlebars.create();
  for (const [name, specification] of Object.entries(templates()))
    handlebars.registerPartial(name, handlebars.template(specification));
  handlebars.registerHelper("t", (text: Text) => safe(inSpans(text, "t")));
  handlebars.registerHelper("ti", (text: Text) => safe(inSpans(text, "ti")));
  handlebars.registerHelper("p", (text: Text) => safe(text.zh === "" ? "" : inBoth(text, "p")));
  handlebars.registerHelper("shape", (verdict: Verdict) => verdictShapes[verdict]);
  handlebars.registerHelper("path", (path: string) => safe(withBreaks(path)));
  handlebars.registerHelper("entry", (key: string, given: { hash: Record<string, string> }) => entry(key, given.hash));
  return handlebars.partials["page"] as Template;
}

function safe(markup: string): InstanceType<typeof Handlebars.SafeString> {
  return new Handlebars.SafeString(markup);
}

/** `lang` marks our own words; a text that is the same in both languages is written once and carries none. */
function inSpans(text: Text, name: string): string {
  const inner = text.zh === text.en ? `<bdi>${Handlebars.escapeExpression(text.zh)}</bdi>` : inBoth(text, "span");
  return `<span class="${name}">${inner}</span>`;
}

function inBoth(text: Text, tag: string): string {
  const { zh, en } = { zh: Handlebars.escapeExpression(text.zh), en: Handlebars.escapeExpression(text.en) };
  return `<${tag} lang="zh">${zh}</${tag}> <${tag} lang="en">${en}</${tag}>`;
}

/** A path may break after its signs, and in the middle of a name only where that alone is too long. */
function withBreaks(path: string): string {
  const pieces = path.match(/[^/_-]*[/_-]+|[^/_-]+/g) ?? [];
  return pieces.map((piece) => Handlebars.escapeExpression(piece)).join("<wbr>");
}

function read(path: string): string {
  return readFileSync(join(packageRoot, "reports", path), "utf8");
}
