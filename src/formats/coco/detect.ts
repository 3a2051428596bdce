import type { JsonValue } from "../json/api.js";
import type { JsonOutline } from "../json/outline.js";

export type CocoVariant =
  | "coco-instances"
  | "coco-keypoints"
  | "coco-captions"
  | "coco-panoptic"
  | "coco-results"
  | "lvis";

export interface CocoGuess {
  readonly variant: CocoVariant | undefined;
  readonly reason: string;
}

function keysOf(value: JsonValue | undefined): ReadonlySet<string> {
  return new Set(value !== null && typeof value === "object" && !Array.isArray(value) ? Object.keys(value) : []);
}

/** Which COCO variant a file is, by the keys of its root and of the first element of each section. */
export function guessCoco(outline: JsonOutline): CocoGuess {
  if (outline.root === "array") return guessResults(outline);
  if (outline.root !== "object") return { variant: undefined, reason: `the root is of type ${outline.root}` };
  const { keys } = outline;
  const isList = (key: string) => keys.get(key)?.type === "array";
  if (!isList("images")) return { variant: undefined, reason: 'there is no list "images" at the root' };
  if (!isList("annotations") && !isList("categories"))
    return { variant: undefined, reason: 'there is no list "annotations" or "categories" at the root' };
  const image = keysOf(keys.get("images")?.first);
  const annotation = keysOf(keys.get("annotations")?.first);
  const category = keysOf(keys.get("categories")?.first);
  if (keys.has("videos") || annotation.has("video_id") || image.has("video_id")) {
    return { variant: undefined, reason: "COCO with videos, which is not one of the formats read" };
  }
  if (image.size > 0 && !image.has("id"))
    return { variant: undefined, reason: 'the first element of "images" has no "id"' };
  if (annotation.size > 0 && !annotation.has("image_id"))
    return { variant: undefined, reason: 'the first element of "annotations" has no "image_id"' };
  if (annotation.has("segments_info")) return { variant: "coco-panoptic", reason: 'annotations have "segments_info"' };
  if (annotation.has("keypoints")) return { variant: "coco-keypoints", reason: 'annotations have "keypoints"' };
  if (annotation.has("caption")) return { variant: "coco-captions", reason: 'annotations have "caption"' };
  if (image.has("neg_category_ids") || image.has("not_exhaustive_category_ids") || category.has("synset")) {
    return { variant: "lvis", reason: 'images have "neg_category_ids" or categories have "synset"' };
  }
  return {
    variant: "coco-instances",
    reason: 'root lists "images" and "annotations" or "categories", as COCO has them',
  };
}

function guessResults({ first }: JsonOutline): CocoGuess {
  const keys = keysOf(first);
  if (!keys.has("image_id"))
    return { variant: undefined, reason: 'the first element of the root list has no "image_id"' };
  const what = ["bbox", "segmentation", "keypoints", "caption"].find((key) => keys.has(key));
  if (what === undefined)
    return { variant: undefined, reason: 'the first element has "image_id" but no box, mask, keypoints or caption' };
  return { variant: "coco-results", reason: `a root list whose elements have "image_id" and "${what}"` };
}
