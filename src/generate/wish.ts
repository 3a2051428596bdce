import { faultsOf } from "../formats/index.js";
import type { Carries, Writer } from "../formats/write.js";
import type { Break, Kind, Parameter, Rule } from "../records/grammar.gen.js";
import { type AnnotationRecord, newAnnotation, newCategory, newMedia } from "../records/types.gen.js";
import { presentWhen } from "../standards/cel/expression.js";
import type { ActiveRule } from "../standards/ruleset.js";
import { celTables } from "../standards/tables.js";
import type { Bounds } from "./bounds.js";

/** What a sample shall be like. Everything else is drawn. */
export interface Wish {
  readonly bounds: Bounds;
  readonly carries: Carries;
  /** Fields that every annotation has, where the format carries them, and that none has; of a description its features. */
  readonly fields: ReadonlySet<string>;
  readonly without: ReadonlySet<string>;
  /** Fields that categories have (keypoints, skeleton, supercategory, isthing). */
  readonly categoryFields: ReadonlySet<string>;
  /** Least number of annotations; 0 lets an empty dataset come too. */
  readonly annotations: number;
  /** Least number of media; no more than there are annotations. */
  readonly media: number;
  readonly splits: boolean;
  readonly pictures: boolean;
}

/** A wish for nothing in particular, and for what is given. */
export function wishOf(carries: Carries, bounds: Bounds, own: Partial<Wish> = {}): Wish {
  return {
    bounds,
    carries,
    fields: nothing,
    without: nothing,
    categoryFields: nothing,
    annotations: 0,
    media: 1,
    splits: false,
    pictures: false,
    ...own,
  };
}

const nothing: ReadonlySet<string> = new Set();

/** Whether it would be another format without the field. */
export function isAlways({ carries: { always = [] } }: Wish, field: keyof AnnotationRecord): boolean {
  return always.includes(field);
}

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

/** Fields of a kind without which the rule is never asked. */
function askedOf({ rule, kind, params }: ActiveRule): (of: Kind) => readonly string[] {
  const scope = { on: kind, params: params as Readonly<Record<string, Exclude<Parameter, null>>> };
  const present = [...presentWhen(rule.when, scope, celTables)];
  return (of) => present.flatMap((path) => (path.startsWith(`${of}.`) ? [path.slice(of.length + 1)] : []));
}

/** Fields without which the rule is never asked and that no writer carries (`annotation.holes`): with one, no dataset can be drawn that it is asked of. */
export function neverCarried(active: ActiveRule, writers: readonly Pick<Writer, "carries">[]): readonly string[] {
  const asked = askedOf(active);
  const of = (kind: keyof typeof own, late: ReadonlySet<string>, fieldsOf: (carries: Carries) => readonly string[]) =>
    asked(kind)
      .filter((field) => own[kind].has(field) && !late.has(field))
      .filter((field) => !writers.some(({ carries }) => fieldsOf(carries).includes(field)))
      .map((field) => `${kind}.${field}`);
  return [
    ...of("annotation", new Set(Object.keys(workedOut)), ({ annotation, late = [] }) => [...annotation, ...late]),
    ...of("category", lateCategory, ({ category }) => category),
    ...of("media", lateMedia, ({ media, splits }) => (splits === true ? [...media, "split"] : media)),
  ];
}

/** The wish for a dataset that the rule can be broken in, for a writer; undefined where the format cannot carry it. */
export function wishFor(
  active: ActiveRule,
  source: Break,
  { format, carries }: Pick<Writer, "format" | "carries">,
  bounds: Bounds,
): Wish | undefined {
  const { rule } = active;
  const { sample = {} } = source;
  if (sample.format !== undefined && sample.format !== format) return undefined;
  if (((source.on ?? rule.on) === "node") !== (carries.node === true)) return undefined;
  // Of a description the break names the features that it needs.
  if (carries.node === true)
    return wishOf(carries, bounds, { fields: new Set(sample.fields), without: new Set(sample.without) });
  if (rule.schema !== undefined && carries.raw !== true) return undefined;
  const on = source.on ?? rule.on;
  if (on === "media" && carries.media.length === 0) return undefined;
  if (rule.fault !== undefined && faultsOf(format)[rule.fault] === undefined) return undefined;
  const reads = readBy(rule, source);
  const asked = askedOf(active);
  const splits = sample.splits ?? reads.media.has("split");
  if (splits && carries.splits !== true) return undefined;
  const without = new Set([...(sample.without ?? []), ...reads.absent]);
  if (carries.always?.some((field) => without.has(field)) === true) return undefined;
  const ofMedia = new Set<string>([...carries.media, ...(carries.splits === true ? ["split"] : [])]);
  if (![...reads.media].every((field) => lateMedia.has(field) || ofMedia.has(field))) return undefined;
  if (!holdsChange(source, reads.media, carries)) return undefined;
  // Annotations of a format without categories and labels are of no group.
  if (
    (rule.within === "category" || source.on === "category") &&
    carries.category.length === 0 &&
    !carries.annotation.includes("label")
  )
    return undefined;
  const set = new Set(Object.keys(source.set ?? {}).map((path) => path.split(/[.[]/)[1] ?? ""));
  const annotation = [...reads.annotation].filter((field) => !without.has(field));
  const carried = (field: string): boolean =>
    ([...carries.annotation, ...(carries.late ?? [])] as readonly string[]).includes(field);
  // Alternatives (a polygon or a mask) need one of them only; what must be there is said by `sample.fields`.
  const either = /\|\||\?/.test(`${rule.when ?? ""} ${rule.assert ?? ""}`);
  if (either ? !annotation.some(carried) && annotation.length > 0 : !annotation.every(carried)) return undefined;
  if (
    ![
      ...(sample.fields ?? []),
      ...asked("annotation"),
      ...[...set].filter((field) => own.annotation.has(field) && reads.annotation.has(field)),
    ].every((field) => carried(field))
  )
    return undefined;
  if (
    ![...(either ? asked("category") : reads.category)].every(
      (field) => (carries.category as readonly string[]).includes(field) || lateCategory.has(field),
    )
  )
    return undefined;
  const fields = new Set([...annotation.filter(carried), ...(sample.fields ?? [])]);
  for (const field of [...fields]) for (const from of workedOut[field] ?? []) fields.add(from);
  for (const field of without) fields.delete(field);
  // Keypoints are those that a category names.
  const categoryFields =
    fields.has("keypoints") || carries.always?.includes("keypoints") === true
      ? new Set([...reads.category, "keypoints"])
      : reads.category;
  return wishOf(carries, bounds, {
    fields,
    without,
    categoryFields,
    annotations: Math.max(sample.annotations ?? 0, sample.media ?? 0, 4),
    media: sample.media ?? 1,
    splits,
    pictures: rule.needs_media === true,
  });
}

/** Whether a format can hold what a break changes, beyond having a field for it. */
function holdsChange({ set = {}, add = {}, mutate }: Break, reads: ReadonlySet<string>, carries: Carries): boolean {
  const { category, media } = add;
  const has = (fields: readonly string[], added: object = {}): boolean =>
    Object.keys(added).every((field) => fields.includes(field));
  if (!has(carries.category, category) || !has(carries.media, media)) return false;
  if (carries.ids === "own" && category !== undefined && "id" in category) return false;
  const sets = (path: RegExp): boolean => Object.keys(set).some((one) => path.test(one));
  // Ids that the format gives are not those of the record; in TC609 an annotation lies inside its medium.
  if (sets(/\.id$/) && carries.ids === "own") return false;
  if (sets(/^annotation\.media_id$/) && carries.ids !== "any") return false;
  // Where labels are written, they are what refers to a category.
  if (sets(/^annotation\.category_id$/) && carries.annotation.includes("label")) return false;
  if (sets(/\.attributes\[\d+\]\.type$/) && carries.textAttributes === true) return false;
  // The size that is read is that of the picture, so the two cannot differ.
  const sizeIsChanged = sets(/^media\.(width|height)$/) || mutate === "picture-size-differs";
  return !(sizeIsChanged && carries.needsPictures && reads.has("decoded_width"));
}

/** Whether a rule asks for fields that only a run fills in: whether it holds of a drawn record cannot be told before. */
export function readsLate({ when = "", assert = "", column = "", within = "" }: Rule): boolean {
  const text = `${when} ${assert} ${column} ${within}`;
  const late = (kind: string, fields: ReadonlySet<string>): boolean =>
    [...text.matchAll(new RegExp(`\\b${kind}\\.(\\w+)`, "g"))].some(([, field = ""]) => fields.has(field));
  return late("category", lateCategory) || late("media", lateMedia);
}

/** Whether a rule is asked only of annotations with a field that the format's reader works out. */
export function needsLate({ when = "" }: Rule, { late = [] }: Carries): boolean {
  return late.some((field) => new RegExp(`(?<!!)has\\(annotation\\.${field}\\)`).test(when));
}

/** Fields that are worked out after reading, or from the bytes of the picture. */
const lateCategory = new Set(["name_key", "cyclic", "leaf"]);
const lateMedia = new Set(
  "path_key found listing readable type decoded_width decoded_height orientation sha256".split(" "),
);
