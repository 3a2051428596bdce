import type { Kind } from "../../records/grammar.gen.js";
import type { CocoVariant } from "./detect.js";

const sections: Readonly<Partial<Record<Kind, string>>> = {
  media: "images",
  category: "categories",
  annotation: "annotations",
};

/** JSON Pointer of a record in a COCO file; undefined for a kind that has no section. */
export function cocoPointer(variant: CocoVariant, kind: Kind, element: number): string | undefined {
  if (variant === "coco-results") return `/${element}`;
  const section = sections[kind];
  return section === undefined ? undefined : `/${section}/${element}`;
}
