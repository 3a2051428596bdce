import { UsageError } from "../records/errors.js";
import type { Report } from "../records/report.gen.js";
import type { PageImageSource } from "./html/images.js";
import { type LangChoice, langsOf } from "./locale.js";

/** What a report can be rendered to, each from report.json alone. */
export const targets = ["html", "pdf", "md", "sarif", "junit"] as const;

export interface RenderOptions {
  readonly lang: LangChoice;
  /** SHA-256 of the bytes of report.json; worked out where it is not given. */
  readonly digest?: string;
  /** Folder of the fonts for the PDF, where it is not dist/fonts. */
  readonly fontDir?: string;
  /** Pictures of the media, for `--embed-images`. */
  readonly images?: ReadonlyMap<string, PageImageSource>;
}

export interface Rendering {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** Each rendering is loaded when it is asked for: start-up pays for none of the others. */
export async function renderTo(report: Report, target: string, options: RenderOptions): Promise<Rendering> {
  // Formats for machines hold one language.
  const lang = langsOf(options.lang)[0] ?? "zh";
  switch (target) {
    case "html": {
      const { renderHtml } = await import("./html.js");
      return { name: "report.html", content: renderHtml(report, options) };
    }
    case "pdf": {
      const { renderPdf } = await import("./pdf.js");
      return { name: "report.pdf", content: await renderPdf(report, options) };
    }
    case "md": {
      const { renderMarkdown } = await import("./markdown.js");
      return { name: "report.md", content: renderMarkdown(report, options) };
    }
    case "sarif": {
      const { renderSarif } = await import("./sarif.js");
      return { name: "report.sarif", content: renderSarif(report, { lang }) };
    }
    case "junit": {
      const { renderJunit } = await import("./junit.js");
      return { name: "report.junit.xml", content: renderJunit(report, { lang }) };
    }
    default:
      throw new UsageError("TS-USAGE-0001", { found: `--to ${target}`, expected: targets.join(", ") });
  }
}
