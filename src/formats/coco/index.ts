import type { LocalText } from "../../records/grammar.gen.js";
import type { Format } from "../format.js";
import { reason } from "../reasons.js";
import { type CocoVariant, guessCoco } from "./detect.js";
import { cocoFaults } from "./faults.js";
import { newPanopticMasks } from "./panoptic.js";
import { cocoPointer } from "./pointer.js";
import { readCocoFile } from "./read.js";

function cocoFormat(variant: CocoVariant, title: LocalText): Format {
  return {
    id: variant,
    family: "coco",
    title,
    faults:
      variant === "coco-panoptic" ? { ...cocoFaults, "package-path-unsafe": ["media", "annotation"] } : cocoFaults,
    detect(sample) {
      const outline = sample.outline();
      if (outline === undefined) return { match: "no", reason: reason("not-json", {}).message };
      const guess = guessCoco(outline);
      return { match: guess.variant === variant ? "yes" : "no", reason: guess.reason };
    },
    async read(input, sink, onError) {
      for (const file of input.files) {
        try {
          const masks = variant === "coco-panoptic" ? { masks: newPanopticMasks(file, input.resolve) } : {};
          await readCocoFile(file, { variant, ...masks }, sink);
        } catch (error) {
          onError(file, error);
        }
      }
    },
    pointer: (kind, element) => cocoPointer(variant, kind, element),
  };
}

/** Formats that declare media and categories come before the results that refer to them. */
export const cocoFormats: readonly Format[] = [
  cocoFormat("coco-instances", { zh: "COCO 实例标注", en: "COCO instances" }),
  cocoFormat("coco-keypoints", { zh: "COCO 关键点", en: "COCO keypoints" }),
  cocoFormat("coco-captions", { zh: "COCO 图像描述", en: "COCO captions" }),
  cocoFormat("coco-panoptic", { zh: "COCO 全景分割", en: "COCO panoptic" }),
  cocoFormat("lvis", { zh: "LVIS", en: "LVIS" }),
  cocoFormat("coco-results", { zh: "COCO 结果", en: "COCO results" }),
];
