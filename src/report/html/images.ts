import type { Report } from "../../records/report.gen.js";
import { findingsByRule, groupRules, ruleKey } from "../rules.js";
import type { PageImage, PageImages } from "./figures.js";

export interface PageImageSource {
  readonly bytes: Uint8Array;
  readonly type: "image/jpeg" | "image/png";
}

/** 12 MB of pictures, in the order of the rules; what is over it is drawn on a plain frame. */
const budget = 12_000_000;

/** The pictures that drawn findings ask for, each once. */
export function pageImages(report: Report, sources: ReadonlyMap<string, PageImageSource>): PageImages {
  const images = new Map<string, PageImage>();
  if (sources.size === 0) return images;
  const byRule = findingsByRule(report);
  let left = budget;
  for (const rule of groupRules(report).found) {
    for (const { drawing } of byRule.get(ruleKey(rule.standard, rule.id)) ?? []) {
      const source = drawing?.media === undefined ? undefined : sources.get(drawing.media);
      if (
        drawing?.media === undefined ||
        drawing.frame === undefined ||
        source === undefined ||
        images.has(drawing.media)
      )
        continue;
      if (source.bytes.length > left) continue;
      left -= source.bytes.length;
      const href = `data:${source.type};base64,${Buffer.from(source.bytes).toString("base64")}`;
      images.set(drawing.media, {
        id: `media-${images.size}`,
        href,
        width: drawing.frame.width,
        height: drawing.frame.height,
      });
    }
  }
  return images;
}
