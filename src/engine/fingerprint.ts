import type { FindingValue } from "../records/finding.js";
import type { AnnotationRecord, CategoryRecord, MediaRecord } from "../records/types.gen.js";
import { Hash64, hex32 } from "../statistics/hash.js";

const hash = new Hash64();

function numbers(list: Float64Array): void {
  hash.number(list.length);
  for (let i = 0; i < list.length; i++) hash.number(list[i]!);
}

/**
 * What an annotation is, without id, file or place: path of its medium, name of its category, geometry and text. Tools renumber at every
 * export; the same annotation keeps its fingerprint. A box stands for the geometry where there is one.
 */
function annotationContent(annotation: AnnotationRecord, media: MediaRecord, category: CategoryRecord): void {
  hash.text(media.path ?? "");
  hash.text(category.name ?? annotation.label ?? "");
  const { box } = annotation;
  if (box !== undefined) {
    hash.number(box.x);
    hash.number(box.y);
    hash.number(box.width);
    hash.number(box.height);
    hash.number(annotation.area ?? -1);
  } else if (annotation.normalised !== undefined) numbers(annotation.normalised);
  else if (annotation.rotated_box !== undefined) numbers(annotation.rotated_box);
  else if (annotation.polygon !== undefined) for (const ring of annotation.polygon) numbers(ring);
  else if (annotation.rle !== undefined) numbers(annotation.rle.counts);
  else if (annotation.keypoints !== undefined) {
    for (const point of annotation.keypoints) {
      hash.number(point.x);
      hash.number(point.y);
      hash.number(point.v);
    }
  }
  if (annotation.caption !== undefined) hash.text(annotation.caption);
  if (annotation.mask_path !== undefined) hash.text(annotation.mask_path);
  if (annotation.score !== undefined) hash.number(annotation.score);
}

/** The two halves of a 64-bit fingerprint. */
export interface Fingerprint {
  high: number;
  low: number;
}

const result: Fingerprint = { high: 0, low: 0 };

function finish(): Fingerprint {
  hash.halves(result);
  return result;
}

/** Content of an annotation as two halves; reused between calls. */
export function contentOfAnnotation(
  annotation: AnnotationRecord,
  media: MediaRecord,
  category: CategoryRecord,
): Fingerprint {
  hash.reset();
  annotationContent(annotation, media, category);
  return finish();
}

/** The same from the columns that group rules keep: equal to `contentOfAnnotation` for an annotation with a box and no text. */
export function groupContent(mediaPath: string, categoryName: string, box: Float64Array, area: number): Fingerprint {
  hash.reset();
  hash.text(mediaPath);
  hash.text(categoryName);
  for (let side = 0; side < 4; side++) hash.number(Number.isNaN(box[side]!) ? -1 : box[side]!);
  hash.number(Number.isNaN(area) ? -1 : area);
  return finish();
}

/** The name that the data give a category; its id is no part of what it is. */
export function nameInData(
  category: { readonly name: string; readonly record: CategoryRecord | undefined } | undefined,
): string {
  if (category === undefined) return "";
  return category.record === undefined ? category.name : (category.record.name ?? "");
}

/** A value of a fault whose unit never came. An id is no part of what it is. */
export function contentOfValue({ name, value }: FindingValue): string {
  return /(^|[._/])(id|rid)$|_id$/.test(name) ? name : `${name}=${String(value)}`;
}

/** Content of any other record: its kind and the texts that make it what it is. */
export function contentOfTexts(...texts: readonly string[]): Fingerprint {
  hash.reset();
  for (const text of texts) hash.text(text);
  return finish();
}

/** The fingerprint of a finding: the rule, what it is about, and for a fault of reading the field. Reused between calls. */
export function fingerprintOf(rule: string, content: Fingerprint, field = ""): Fingerprint {
  const { high, low } = content;
  hash.reset();
  hash.text(rule);
  hash.number(high);
  hash.number(low);
  hash.text(field);
  return finish();
}

export function hex(high: number, low: number): string {
  return hex32(high) + hex32(low);
}
