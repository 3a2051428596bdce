import type { LocalText } from "../../records/grammar.gen.js";
import type { JsonValue } from "../json/api.js";
import type { JsonOutline } from "../json/outline.js";
import { reason } from "../reasons.js";

export type CocoVariant =
  | "coco-instances"
  | "coco-keypoints"
  | "coco-captions"
  | "coco-panoptic"
  | "coco-results"
  | "lvis";

export interface CocoGuess {
  readonly variant: CocoVariant | undefined;
  readonly reason: LocalText;
}

function keysOf(value: JsonValue | undefined): ReadonlySet<string> {
  return new Set(value !== null && typeof value === "object" && !Array.isArray(value) ? Object.keys(value) : []);
}

/** Which COCO variant a file is, by the keys of its root and of the first element of each section. */
export function guessCoco(outline: JsonOutline): CocoGuess {
  if (outline.root === "array") return guessResults(outline);
  if (outline.root !== "object")
    return { variant: undefined, reason: reason("coco-root", { type: outline.root }).message };
  const { keys } = outline;
  const isList = (key: string) => keys.get(key)?.type === "array";
  if (!isList("images")) return { variant: undefined, reason: reason("coco-images", {}).message };
  if (!isList("annotations") && !isList("categories"))
    return { variant: undefined, reason: reason("coco-annotations", {}).message };
  const image = keysOf(keys.get("images")?.first);
  const annotation = keysOf(keys.get("annotations")?.first);
  const category = keysOf(keys.get("categories")?.first);
  if (keys.has("videos") || annotation.has("video_id") || image.has("video_id")) {
    return { variant: undefined, reason: reason("coco-videos", {}).message };
  }
  if (image.size > 0 && !image.has("id"))
    return { variant: undefined, reason: reason("coco-no-key", { list: "images", key: "id" }).message };
  if (annotation.size > 0 && !annotation.has("image_id"))
    return { variant: undefined, reason: reason("coco-no-key", { list: "annotations", key: "image_id" }).message };
  if (annotation.has("segments_info"))
    return { variant: "coco-panoptic", reason: reason("coco-key", { key: "segments_info" }).message };
  if (annotation.has("keypoints"))
    return { variant: "coco-keypoints", reason: reason("coco-key", { key: "keypoints" }).message };
  if (annotation.has("caption"))
    return { variant: "coco-captions", reason: reason("coco-key", { key: "caption" }).message };
  if (image.has("neg_category_ids") || image.has("not_exhaustive_category_ids") || category.has("synset")) {
    return { variant: "lvis", reason: reason("coco-lvis", {}).message };
  }
  return {
    variant: "coco-instances",
    reason: reason("coco-instances", {}).message,
  };
}

function guessResults({ first }: JsonOutline): CocoGuess {
  const keys = keysOf(first);
  if (!keys.has("image_id")) return { variant: undefined, reason: reason("coco-results-no-id", {}).message };
  const what = ["bbox", "segmentation", "keypoints", "caption"].find((key) => keys.has(key));
  if (what === undefined) return { variant: undefined, reason: reason("coco-results-nothing", {}).message };
  return { variant: "coco-results", reason: reason("coco-results", { what }).message };
}
