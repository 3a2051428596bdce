import type { Writer } from "../formats/write.js";
import type { Break, Rule } from "../records/grammar.gen.js";
import { newAnnotation, newCategory, newMedia } from "../records/types.gen.js";
import type { Bounds } from "./bounds.js";
import type { Wish } from "./draw-sample.js";

/** Fields that readers work out from others, by what a sample has instead. */
const workedOut: Readonly<Record<string, readonly string[]>> = {
  corners: ["box"],
  normalised: ["box"],
  polygon_length: ["polygon"],
  keypoint_values: ["keypoints"],
  num_keypoints: ["keypoints"],
};

const own = {
  annotation: new Set(Object.keys(newAnnotation())),
  category: new Set(Object.keys(newCategory())),
  media: new Set(Object.keys(newMedia())),
};

/** Fields of a kind that the expressions name. */
function named(kind: keyof typeof own, texts: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const text of texts)
    for (const [, field = ""] of text.matchAll(new RegExp(`\\b${kind}\\.([a-z_]+)`, "g")))
      if (own[kind].has(field)) found.add(field);
  return found;
}

/** What a rule and its break read: their records need these fields. A field that only `!has(…)` asks for is one that they must not have. */
function readBy(rule: Rule, source: Break) {
  const texts = [
    rule.when,
    rule.assert,
    rule.column,
    source.from,
    ...Object.entries(source.set ?? {}).flat(),
    ...Object.keys(source.add ?? {}),
  ].filter((text) => text !== undefined);
  const absent = [...(rule.when ?? "").matchAll(/!has\(annotation\.(\w+)\)/g)].map(([, field = ""]) => field);
  return {
    annotation: named("annotation", texts),
    category: named("category", texts),
    media: named("media", texts),
    absent,
  };
}

/**
 * The wish for a dataset that the rule can be broken in, for a writer; undefined where the format cannot carry it.
 *
 * @param faults rules that the format's reader can find while reading
 */
export function wishFor(
  rule: Rule,
  source: Break,
  { format, carries }: Writer,
  faults: Readonly<Partial<Record<string, unknown>>>,
  bounds: Bounds,
): Wish | undefined {
  const { sample = {} } = source;
  if (sample.format !== undefined && sample.format !== format) return undefined;
  if (rule.fault !== undefined && faults[rule.fault] === undefined) return undefined;
  const reads = readBy(rule, source);
  const without = new Set([...(sample.without ?? []), ...reads.absent]);
  if (carries.always?.some((field) => without.has(field)) === true) return undefined;
  if (![...reads.media].every((field) => lateMedia.has(field) || (carries.media as readonly string[]).includes(field)))
    return undefined;
  const set = new Set(Object.keys(source.set ?? {}).map((path) => path.split(/[.[]/)[1] ?? ""));
  const annotation = [...reads.annotation].filter((field) => !without.has(field));
  const carried = (field: string): boolean => (carries.annotation as readonly string[]).includes(field);
  // Alternatives (a polygon or a mask) need one of them only; what must be there is said by `sample.fields`.
  const either = /\|\||\?/.test(`${rule.when ?? ""} ${rule.assert ?? ""}`);
  if (either ? !annotation.some(carried) && annotation.length > 0 : !annotation.every(carried)) return undefined;
  if (
    ![
      ...(sample.fields ?? []),
      ...[...set].filter((field) => own.annotation.has(field) && reads.annotation.has(field)),
    ].every((field) => carried(field))
  )
    return undefined;
  if (
    !either &&
    ![...reads.category].every(
      (field) => (carries.category as readonly string[]).includes(field) || lateCategory.has(field),
    )
  )
    return undefined;
  const fields = new Set([...annotation.filter(carried), ...(sample.fields ?? [])]);
  for (const field of [...fields]) for (const from of workedOut[field] ?? []) fields.add(from);
  for (const field of without) fields.delete(field);
  return {
    bounds,
    carries,
    fields,
    without,
    categoryFields: reads.category,
    annotations: Math.max(sample.annotations ?? 0, 4),
    splits: sample.splits ?? (reads.media.has("split") || undefined) ?? false,
    pictures: rule.needs_media === true,
  };
}

/** Fields that are worked out after reading, or from the bytes of the picture. */
const lateCategory = new Set(["name_key", "cyclic", "leaf"]);
const lateMedia = new Set([
  ...["path_key", "found", "listing", "readable", "type", "decoded_width", "decoded_height", "orientation", "sha256"],
  ...["split"],
]);
