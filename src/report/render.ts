import { UsageError } from "../records/errors.js";
import type { Report } from "../records/report.gen.js";
import type { PageImageSource } from "./html/images.js";
import type { LangChoice } from "./locale.js";

/** What a report can be rendered to, each from report.json alone. */
export const targets = ["html", "pdf", "md", "rework", "sarif", "junit"] as const;

export interface RenderOptions {
  readonly lang: LangChoice;
  /** SHA-256 of the bytes of report.json. */
  readonly digest?: string;
  /** Pictures to embed in the HTML, by the path that the data write. */
  readonly images?: ReadonlyMap<string, PageImageSource>;
}

export interface Rendering {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** Renderers are loaded late: a report in HTML needs no PDF library. */
export async function renderTo(report: Report, target: string, options: RenderOptions): Promise<Rendering> {
  const { images: _, ...plain } = options;
  // Formats for machines have one language.
  const single = { ...plain, lang: plain.lang === "en" ? ("en" as const) : ("zh" as const) };
  switch (target) {
    case "html": {
      const { renderHtml } = await import("./html.js");
      return { name: "report.html", content: renderHtml(report, options) };
    }
    case "pdf": {
      const { renderPdf } = await import("./pdf.js");
      return { name: "report.pdf", content: await renderPdf(report, plain) };
    }
    case "md": {
      const { renderMarkdown } = await import("./markdown.js");
      return { name: "report.md", content: renderMarkdown(report, plain) };
    }
    case "rework": {
      const { renderRework } = await import("./rework.js");
      return { name: "rework.md", content: renderRework(report, plain) };
    }
    case "sarif": {
      const { renderSarif } = await import("./sarif.js");
      return { name: "report.sarif", content: renderSarif(report, single) };
    }
    case "junit": {
      const { renderJunit } = await import("./junit.js");
      return { name: "report.junit.xml", content: renderJunit(report, single) };
    }
    default:
      throw new UsageError("TS-USAGE-0001", { found: `--to ${target}`, expected: targets.join(", ") });
  }
}
