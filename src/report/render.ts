import { UsageError } from "../records/errors.js";
import type { Report } from "../records/report.gen.js";
import { renderHtml } from "./html.js";
import type { LangChoice } from "./locale.js";

/** What a report can be rendered to, each from report.json alone. */
export const targets = ["html"] as const;

export interface RenderOptions {
  readonly lang: LangChoice;
}

export interface Rendering {
  readonly name: string;
  readonly content: string | Uint8Array;
}

export async function renderTo(report: Report, target: string, { lang }: RenderOptions): Promise<Rendering> {
  switch (target) {
    case "html":
      return { name: "report.html", content: await renderHtml(report, { lang }) };
    default:
      throw new UsageError("TS-USAGE-0001", { found: `--to ${target}`, expected: targets.join(", ") });
  }
}
