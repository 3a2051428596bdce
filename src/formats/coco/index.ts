import type { Kind, LocalText } from "../../records/grammar.gen.js";
import type { Format } from "../format.js";
import { type CocoVariant, guessCoco } from "./detect.js";
import { newPanopticMasks } from "./panoptic.js";
import { readCocoFile } from "./read.js";

const faults = {
  "bom-present": ["file"],
  "invalid-utf8": ["file", "media", "category", "annotation"],
  "newline-mixed": ["file"],
  "json-parse-error": ["file"],
  "json-duplicate-key": ["file", "media", "category", "annotation"],
  "json-number-unsafe": ["file", "media", "category", "annotation"],
  "file-unreadable": ["file"],
  "text-control-characters": ["media", "category", "annotation"],
  "text-not-nfc": ["media", "category", "annotation"],
  "text-replacement-character": ["media", "category", "annotation"],
  "record-schema-violation": ["media", "category", "annotation"],
  "value-not-finite": ["media", "category", "annotation"],
  "package-path-unsafe": ["media"],
  "field-missing": ["media", "category", "annotation"],
  "field-type-mismatch": ["media", "category", "annotation"],
  "field-unknown": ["file", "media", "category", "annotation"],
} as const satisfies Record<string, readonly Kind[]>;

const sections: Readonly<Partial<Record<Kind, string>>> = {
  media: "images",
  category: "categories",
  annotation: "annotations",
};

function cocoFormat(variant: CocoVariant, title: LocalText): Format {
  return {
    id: variant,
    family: "coco",
    title,
    faults: variant === "coco-panoptic" ? { ...faults, "package-path-unsafe": ["media", "annotation"] } : faults,
    detect(sample) {
      const outline = sample.outline();
      if (outline === undefined) return { match: "no", reason: "it does not begin with { or [" };
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
    pointer(kind, element) {
      if (variant === "coco-results") return `/${element}`;
      const section = sections[kind];
      return section === undefined ? undefined : `/${section}/${element}`;
    },
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
