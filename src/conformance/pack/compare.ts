import { posix } from "node:path";
import type { Carries } from "../../formats/write.js";
import type { AnnotationRecord, CategoryRecord, MediaRecord } from "../../records/types.gen.js";
import type { KeptRow } from "../tool-report.js";
import type { Records } from "./read-records.js";

/** Coordinates that differ by no more are those of another notation: shares of a size that are multiplied again. */
const sameCoordinate = 1e-6;

/** Fields that the reader works out of others, or of files beside. */
const workedOut = new Set(["corners", "normalised", "polygon_length", "keypoint_values"]);
/** What another row tells: references, and names of categories. */
const references = new Set(["id", "media_id", "category_id", "label"]);

interface Row {
  asked: number;
  kept: number;
  lost: number;
  changed: number;
  greatest?: number;
  example?: string;
}

/** Counts what came through a converter, over several datasets. */
export interface Comparison {
  add(given: Records, got: Records, name: string): void;
  rows(claims: readonly string[]): readonly KeptRow[];
}

/**
 * What is held against what went in: media by file name, categories by name, annotations within their medium by category and nearest geometry; then order in
 * a medium,
 * ids where the format has some, and each field that both formats have a place for.
 */
export function newComparison(from: Carries, to: Carries): Comparison {
  const rows = new Map<string, Row>();
  const rowOf = (what: string): Row => {
    let row = rows.get(what);
    if (row === undefined) {
      row = { asked: 0, kept: 0, lost: 0, changed: 0 };
      rows.set(what, row);
    }
    return row;
  };
  const note = (what: string, outcome: "kept" | "lost" | "changed", example: () => string): void => {
    const row = rowOf(what);
    row.asked++;
    row[outcome]++;
    if (outcome !== "kept") row.example ??= example();
  };
  const textOnly = from.textAttributes === true || to.textAttributes === true;
  const withIds = from.ids === "any" && to.ids === "any";
  const both = (["annotation", "media", "category"] as const).map((kind) => {
    const there = new Set<string>([...to[kind], ...(kind === "annotation" ? (to.late ?? []) : [])]);
    return (from[kind] as readonly string[]).filter(
      (field) =>
        there.has(field) && !workedOut.has(field) && !references.has(field) && field !== "path" && field !== "name",
    );
  });
  const [annotationFields = [], mediaFields = [], categoryFields = []] = both;

  function compareFields(kind: string, fields: readonly string[], given: object, got: object, name: string): void {
    for (const field of fields) {
      const before = (given as Readonly<Record<string, unknown>>)[field];
      if (before === undefined) continue;
      const after = (got as Readonly<Record<string, unknown>>)[field];
      const what = `${kind}.${field}`;
      if (after === undefined) {
        note(what, "lost", () => `${name}: ${shown(before)}`);
        continue;
      }
      // A format of texts alone has no place for the types of attributes.
      const difference =
        textOnly && field === "attributes"
          ? differenceOf(withoutTypes(before), withoutTypes(after))
          : differenceOf(before, after);
      note(what, difference === 0 ? "kept" : "changed", () => `${name}: ${shown(before)} → ${shown(after)}`);
      if (Number.isFinite(difference) && difference > 0) {
        const row = rowOf(what);
        row.greatest = Math.max(row.greatest ?? 0, difference);
      }
    }
  }

  return {
    add(given, got, dataset) {
      const gotMedia = byName(got.media);
      const mediumOf = new Map<string | number, string>();
      const labels = labelsOf(given);
      const gotLabels = labelsOf(got);
      for (const medium of given.media) {
        const stem = stemOf(medium);
        if (medium.id !== undefined) mediumOf.set(medium.id, stem);
        const found = gotMedia.get(stem);
        note("media", found === undefined ? "lost" : "kept", () => `${dataset}: ${medium.path ?? medium.id}`);
        if (found === undefined) continue;
        compareFields("media", mediaFields, medium, found, `${dataset}: ${medium.path ?? medium.id}`);
        if (withIds) noteId("media", medium, found, dataset);
      }
      const gotCategories = new Map(got.categories.map((category) => [category.name, category]));
      for (const category of given.categories) {
        // A format without categories of its own names them in annotations, and only those in use.
        if (category.name === undefined || to.category.length === 0) continue;
        const found = gotCategories.get(category.name);
        note("categories", found === undefined ? "lost" : "kept", () => `${dataset}: ${category.name}`);
        if (found === undefined) continue;
        compareFields("category", categoryFields, category, found, `${dataset}: ${category.name}`);
        if (withIds) noteId("category", category, found, dataset);
      }
      const left = groupByMedium(got);
      /** Of each medium where its last annotation was found, and whether all came after one another: media may lie in files of their own. */
      const order = new Map<string, { last: number; kept: boolean; count: number }>();
      const positions = new Map(got.annotations.map((annotation, at) => [annotation, at]));
      for (const [at, annotation] of given.annotations.entries()) {
        const name = `${dataset}: annotation ${annotation.id ?? at + 1}`;
        const stem = annotation.media_id === undefined ? "" : (mediumOf.get(annotation.media_id) ?? "");
        const candidates = left.get(stem) ?? [];
        const found = nearest(annotation, labels(annotation), candidates, gotLabels);
        note("annotations", found === undefined ? "lost" : "kept", () => name);
        if (found === undefined) continue;
        candidates.splice(candidates.indexOf(found), 1);
        const position = positions.get(found) ?? 0;
        const own = order.get(stem) ?? { last: -1, kept: true, count: 0 };
        order.set(stem, { last: position, kept: own.kept && position > own.last, count: own.count + 1 });
        const before = labels(annotation);
        if (before !== undefined) {
          const after = gotLabels(found);
          const outcome = after === undefined ? "lost" : after === before ? "kept" : "changed";
          note("annotation.category", outcome, () => `${name}: ${before} → ${after}`);
        }
        compareFields("annotation", annotationFields, annotation, found, name);
        if (withIds) noteId("annotation", annotation, found, dataset);
      }
      for (const [stem, { kept, count }] of order)
        if (count > 1) note("order", kept ? "kept" : "changed", () => `${dataset}: ${stem}`);
      const extra = [...left.values()].reduce((sum, list) => sum + list.length, 0);
      if (extra > 0) note("annotations that were not there", "changed", () => `${dataset}: ${extra}`);
    },
    rows: (claims) =>
      [...rows].map(([what, row]) => ({
        what,
        claimed: claims.length === 0 || !what.includes(".") || claims.includes(what),
        ...row,
      })),
  };

  function noteId(kind: string, given: { id: unknown }, got: { id: unknown }, dataset: string): void {
    if (given.id === undefined) return;
    const outcome = got.id === undefined ? "lost" : String(got.id) === String(given.id) ? "kept" : "changed";
    note("ids", outcome, () => `${dataset}: ${kind} ${given.id} → ${got.id}`);
  }
}

function stemOf({ path, id }: MediaRecord): string {
  if (path === undefined) return String(id ?? "");
  const name = posix.basename(path.replaceAll("\\", "/"));
  return name.slice(0, name.length - posix.extname(name).length);
}

function byName(media: readonly MediaRecord[]): ReadonlyMap<string, MediaRecord> {
  return new Map(media.map((medium) => [stemOf(medium), medium]));
}

function groupByMedium({ media, annotations }: Records): Map<string, AnnotationRecord[]> {
  const stems = new Map(media.flatMap((medium) => (medium.id === undefined ? [] : [[medium.id, stemOf(medium)]])));
  const groups = new Map<string, AnnotationRecord[]>();
  for (const annotation of annotations) {
    const stem = annotation.media_id === undefined ? "" : (stems.get(annotation.media_id) ?? "");
    const list = groups.get(stem);
    if (list === undefined) groups.set(stem, [annotation]);
    else list.push(annotation);
  }
  return groups;
}

/** The name of the category of an annotation; its id where that has none. */
function labelsOf({ categories }: Records): (annotation: AnnotationRecord) => string | undefined {
  const names = new Map(categories.map(({ id, name }: CategoryRecord) => [id, name]));
  return ({ label, category_id }) =>
    label ?? (category_id === undefined ? undefined : (names.get(category_id) ?? `#${category_id}`));
}

/** The annotation that is most like it: of the same category before others, then by the greatest distance of a side. */
function nearest(
  annotation: AnnotationRecord,
  label: string | undefined,
  candidates: readonly AnnotationRecord[],
  labelOf: (annotation: AnnotationRecord) => string | undefined,
): AnnotationRecord | undefined {
  let best: AnnotationRecord | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const distance = distanceOf(annotation, candidate) + (labelOf(candidate) === label ? 0 : 1e6);
    if (best === undefined || distance < least) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

function distanceOf(left: AnnotationRecord, right: AnnotationRecord): number {
  const fields = ["box", "rotated_box", "polygon", "rle", "keypoints", "caption"] as const;
  let sum = left.id !== undefined && String(left.id) === String(right.id) ? 0 : 1e-9;
  for (const field of fields) {
    if (left[field] === undefined || right[field] === undefined) continue;
    sum += Math.min(1e5, differenceOf(left[field], right[field]));
  }
  return sum;
}

/** 0: the same; the greatest difference of two numbers in the same place; infinite where something else differs. */
function differenceOf(before: unknown, after: unknown): number {
  if (typeof before === "number" && typeof after === "number") {
    const difference = Math.abs(before - after);
    return difference <= sameCoordinate || Object.is(before, after)
      ? 0
      : Number.isNaN(difference)
        ? Infinity
        : difference;
  }
  if (before === null || after === null || typeof before !== "object" || typeof after !== "object")
    return before === after ? 0 : Number.POSITIVE_INFINITY;
  const isList = ArrayBuffer.isView(before) || Array.isArray(before);
  if (isList !== (ArrayBuffer.isView(after) || Array.isArray(after))) return Number.POSITIVE_INFINITY;
  const [left, right] = [before, after].map((one) => one as Readonly<Record<string, unknown>>);
  if (left === undefined || right === undefined) return Number.POSITIVE_INFINITY;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  let greatest = 0;
  for (const key of keys) greatest = Math.max(greatest, differenceOf(left[key], right[key]));
  return greatest;
}

function withoutTypes(attributes: unknown): unknown {
  return (attributes as AnnotationRecord["attributes"])?.map(({ name, text }) => ({ name, text }));
}

function shown(value: unknown): string {
  const text = JSON.stringify(value, (_, one: unknown) =>
    ArrayBuffer.isView(one) ? Array.from(one as Float64Array) : one,
  );
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
