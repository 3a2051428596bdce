import { posix } from "node:path";
import type { Carries } from "../../formats/write.js";
import type { AnnotationRecord, CategoryRecord, MediaRecord } from "../../records/types.gen.js";
import type { ConversionRow, KeptRow } from "../tool-report.js";
import { differenceOf, differenceOfAttributes } from "./difference.js";
import { type LabelOf, pairUp } from "./match.js";
import type { Records } from "./read-records.js";

/** Noise of one notation or another: corners that are subtracted again. */
const noise = 1e-6;
/** Of the longer side of the medium: a share is written with six decimal places by those who write YOLO (ours, illustrative). */
const lastPlaceOfShares = 1e-6;

/** Fields that the reader works out of others, or of files beside. */
const workedOut = new Set(["corners", "normalised", "polygon_length", "keypoint_values"]);
/** What another row tells: references, and names. */
const references = new Set(["id", "media_id", "category_id", "label", "path", "name"]);
/** Fields in px, to which the tolerance applies. */
const coordinates = new Set(["box", "polygon", "holes", "rotated_box", "keypoints"]);

/** Where the format has no place of their own, they stand among the attributes (CVAT, Datumaro). */
const flags = new Set(["truncated", "difficult", "occluded"]);

/** Rows that a converter is always held to; any other only where it claims the field. */
const always = [
  "media",
  "categories",
  "annotations",
  "annotation.category",
  "annotations that were not there",
] as const;

/** What a converter can claim that it keeps, beside fields of the records. */
export const namedClaims = ["order", "media.name"] as const;

type Outcome = "kept" | "lost" | "changed";

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
  readonly tolerance: NonNullable<ConversionRow["tolerance"]>;
  add(given: Records, got: Records, name: string): void;
  /** `all`: it claims every field. */
  rows(claims: readonly string[] | "all"): readonly KeptRow[];
  /** Names of the media in which the row's records were lost or changed, as they were given. */
  mediaOf(what: string, outcome: Outcome): ReadonlySet<string>;
}

export interface CompareOptions {
  readonly way?: ConversionRow["way"];
  /** Coordinates that differ by no more are kept, px: what the tool says of itself. */
  readonly tolerancePx?: number | undefined;
}

/**
 * What is held against what went in: media by file name, categories by name, annotations within their medium by what they are most like; then order in
 * a medium, ids where both formats have some, and each field that both formats have a place for.
 */
export function newComparison(
  from: Carries,
  to: Carries,
  { way = "there", tolerancePx = noise }: CompareOptions = {},
): Comparison {
  const rows = new Map<string, Row>();
  const places = new Map<string, Set<string>>();
  const isShare = from.coordinates === "share" || to.coordinates === "share";
  // Back again, each of two files has its last place.
  const ofSide = isShare ? lastPlaceOfShares * (way === "back" ? 2 : 1) : 0;
  const note = (what: string, outcome: Outcome, place: Place, example?: () => string): void => {
    const row = rowOf(rows, what);
    row.asked++;
    row[outcome]++;
    if (outcome === "kept") return;
    row.example ??= `${place.name}${example === undefined ? "" : `: ${example()}`}`;
    const key = `${what} ${outcome}`;
    const media = places.get(key) ?? new Set();
    places.set(key, media);
    if (place.medium !== undefined) media.add(place.medium);
  };
  const textOnly = from.textAttributes === true || to.textAttributes === true;
  const withIds = from.ids === "any" && to.ids === "any";
  const fields = {
    annotation: common(from.annotation, [...to.annotation, ...(to.late ?? [])]),
    media: common(from.media, to.media),
    category: common(from.category, to.category),
  };

  function compareFields(kind: keyof typeof fields, given: object, got: object, place: Place): void {
    for (const field of fields[kind]) {
      const before = (given as Readonly<Record<string, unknown>>)[field];
      const after = (got as Readonly<Record<string, unknown>>)[field];
      const what = `${kind}.${field}`;
      if (field === "attributes") compareAttributes(what, before as Attributes, after as Attributes, place);
      else if (before === undefined) continue;
      else if (after === undefined) note(what, "lost", place, () => shown(before));
      else {
        const difference =
          field === "skeleton" ? differenceOf(edgesOf(before), edgesOf(after)) : differenceOf(before, after);
        const most = coordinates.has(field) ? tolerancePx + ofSide * place.side : noise;
        note(what, difference <= most ? "kept" : "changed", place, () => `${shown(before)} → ${shown(after)}`);
        if (coordinates.has(field) && Number.isFinite(difference) && difference > 1e-9) {
          const row = rowOf(rows, what);
          row.greatest = Math.max(row.greatest ?? 0, difference);
        }
      }
    }
  }

  function compareAttributes(what: string, before: Attributes = [], after: Attributes = [], place: Place): void {
    const { lost, changed, added } = differenceOfAttributes(before, after, textOnly);
    if (before.length > 0)
      note(what, lost.length > 0 ? "lost" : changed.length > 0 ? "changed" : "kept", place, () =>
        lost.length > 0 ? lost.join(", ") : `${shown(before)} → ${shown(after)}`,
      );
    const own = added.filter((name) => !flags.has(name));
    if (own.length > 0) note(`${what} that were not there`, "changed", place, () => own.join(", "));
  }

  function noteId(kind: keyof typeof fields, given: { id: unknown }, got: { id: unknown }, place: Place): void {
    if (given.id === undefined) return;
    const outcome = got.id === undefined ? "lost" : String(got.id) === String(given.id) ? "kept" : "changed";
    note(`${kind}.id`, outcome, place, () => `${given.id} → ${got.id}`);
  }

  function addMedia(given: Records, got: Records, dataset: string): void {
    const gotMedia = new Map(got.media.map((medium) => [stemOf(medium), medium]));
    for (const medium of given.media) {
      const name = medium.path ?? String(medium.id);
      const place = { name: `${dataset}: ${name}`, medium: stemOf(medium), side: 0 };
      const found = gotMedia.get(stemOf(medium));
      note("media", found === undefined ? "lost" : "kept", place);
      if (found === undefined) continue;
      compareFields("media", medium, found, place);
      if (medium.path !== undefined && found.path !== undefined) {
        const [before, after] = [nameOf(medium.path), nameOf(found.path)];
        note("media.name", before === after ? "kept" : "changed", place, () => `${before} → ${after}`);
      }
      if (withIds) noteId("media", medium, found, place);
    }
  }

  function addCategories(given: Records, got: Records, dataset: string): void {
    const found = new Map(got.categories.map((category) => [category.name, category]));
    const used = new Set(got.annotations.map(labelsOf(got)));
    const wanted = new Set(given.annotations.map(labelsOf(given)));
    // A format whose annotations name their categories has those that are in use, and a list only beside.
    const hasList = to.category.length > 0 && !to.annotation.includes("label");
    for (const category of given.categories) {
      const { name } = category;
      if (name === undefined || !(hasList || wanted.has(name))) continue;
      const place = { name: `${dataset}: ${name}`, medium: undefined, side: 0 };
      const own = found.get(name);
      note("categories", own === undefined && !used.has(name) ? "lost" : "kept", place);
      if (own === undefined) continue;
      compareFields("category", category, own, place);
      if (withIds) noteId("category", category, own, place);
    }
  }

  function addAnnotations(given: Records, got: Records, dataset: string): void {
    const labelOf = labelsOf(given);
    const gotLabelOf = labelsOf(got);
    const before = groupByMedium(given);
    const after = groupByMedium(got);
    const positions = new Map(got.annotations.map((annotation, at) => [annotation, at]));
    const numbers = new Map(given.annotations.map((annotation, at) => [annotation, at + 1]));
    const sides = new Map(given.media.map((one) => [stemOf(one), Math.max(one.width ?? 0, one.height ?? 0)]));
    for (const stem of new Set([...before.keys(), ...after.keys()])) {
      const own = before.get(stem) ?? [];
      const theirs = after.get(stem) ?? [];
      const pairs = pairUp({ annotations: own, labelOf }, { annotations: theirs, labelOf: gotLabelOf });
      const side = sides.get(stem) ?? 0;
      for (const annotation of own) {
        const name = `${dataset}: annotation ${annotation.id ?? numbers.get(annotation)}`;
        const place = { name, medium: stem, side };
        const found = pairs.get(annotation);
        note("annotations", found === undefined ? "lost" : "kept", place, () => shown(annotation.box ?? {}));
        if (found === undefined) continue;
        const label = labelOf(annotation);
        if (label !== undefined) {
          const now = gotLabelOf(found);
          const outcome = now === undefined ? "lost" : now === label ? "kept" : "changed";
          note("annotation.category", outcome, place, () => `${label} → ${now}`);
        }
        compareFields("annotation", annotation, found, place);
        if (withIds) noteId("annotation", annotation, found, place);
      }
      const place = { name: `${dataset}: ${stem}`, medium: stem, side };
      const order = own.flatMap((annotation) => positions.get(pairs.get(annotation) ?? annotation) ?? []);
      if (order.length > 1)
        note("order", order.every((one, at) => at === 0 || one > (order[at - 1] ?? 0)) ? "kept" : "changed", place);
      for (let extra = pairs.size; extra < theirs.length; extra++)
        note("annotations that were not there", "changed", place);
    }
  }

  return {
    tolerance: { px: tolerancePx, of_side: ofSide },
    add(given, got, dataset) {
      addMedia(given, got, dataset);
      addCategories(given, got, dataset);
      addAnnotations(given, got, dataset);
    },
    rows: (claims) =>
      [...rows]
        .map(([what, row]) => ({ what, claimed: isClaimed(what, claims), ...row }))
        .sort((a, b) => rankOf(a.what) - rankOf(b.what) || (a.what < b.what ? -1 : 1)),
    mediaOf: (what, outcome) => places.get(`${what} ${outcome}`) ?? new Set(),
  };
}

/** A skeleton is a set of edges, in whatever order they stand. */
function edgesOf(skeleton: unknown): unknown {
  if (!(skeleton instanceof Float64Array)) return skeleton;
  return Array.from({ length: skeleton.length / 2 }, (_, at) => skeleton.slice(2 * at, 2 * at + 2).join(" ")).sort();
}

type Attributes = NonNullable<AnnotationRecord["attributes"]> | undefined;

/** Where something was lost or changed, and the longer side of the medium, px. */
interface Place {
  readonly name: string;
  readonly medium: string | undefined;
  readonly side: number;
}

function rowOf(rows: Map<string, Row>, what: string): Row {
  let row = rows.get(what);
  if (row === undefined) {
    row = { asked: 0, kept: 0, lost: 0, changed: 0 };
    rows.set(what, row);
  }
  return row;
}

function common(from: readonly string[], to: readonly string[]): readonly string[] {
  return from.filter((field) => to.includes(field) && !workedOut.has(field) && !references.has(field));
}

function isClaimed(what: string, claims: readonly string[] | "all"): boolean {
  return (
    claims === "all" || (always as readonly string[]).includes(what) || claims.includes(what.split(" ", 1)[0] ?? "")
  );
}

const ranks = ["media", "categories", "category", "annotations", "annotation", "order"];

/** Media first, then categories, annotations and their fields, and what is said of all. */
function rankOf(what: string): number {
  const at = ranks.indexOf(what.split(/[. ]/, 1)[0] ?? "");
  return at < 0 ? ranks.length : at;
}

/** What tells a medium: its file name without the ending, which differs where pictures are written anew. */
export function stemOf({ path, id }: Pick<MediaRecord, "path" | "id">): string {
  if (path === undefined) return String(id ?? "");
  const name = nameOf(path);
  return name.slice(0, name.length - posix.extname(name).length);
}

function nameOf(path: string): string {
  return posix.basename(path.replaceAll("\\", "/"));
}

function groupByMedium({ media, annotations }: Records): ReadonlyMap<string, readonly AnnotationRecord[]> {
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
function labelsOf({ categories }: Records): LabelOf {
  const names = new Map(categories.map(({ id, name }: CategoryRecord) => [id, name]));
  return ({ label, category_id }) =>
    label ?? (category_id === undefined ? undefined : (names.get(category_id) ?? `#${category_id}`));
}

function shown(value: unknown): string {
  const text = JSON.stringify(value, (_, one: unknown) =>
    ArrayBuffer.isView(one) ? Array.from(one as Float64Array) : one,
  );
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}
