import type { Kind } from "../records/grammar.gen.js";
import {
  type AnnotationRecord,
  type CategoryRecord,
  type MediaRecord,
  type NodeRecord,
  newAnnotation,
  newCategory,
  newMedia,
} from "../records/types.gen.js";
import type { FieldPath } from "../standards/break-path.js";
import { copyNode, holdersOf } from "./description.js";
import { categoryOf, freshIds, type Item, type MediumItem, type Sample } from "./sample.js";
import type { AnyRecord, Target, Touched } from "./target.js";

// What a break does to the records of a sample, in place.

/** The records of a kind, each with what it lies in. */
export function recordsOf(sample: Sample, kind: Kind): Target[] {
  const target = (item: Item<AnyRecord>, medium: MediumItem | undefined, index: number): Target => ({
    kind,
    item,
    medium,
    index,
  });
  if (kind === "category") return sample.categories.map((item, at) => target(item, undefined, at));
  if (kind === "node") return (sample.description?.nodes ?? []).map((item, at) => target(item, undefined, at));
  if (kind === "annotation")
    return sample.media
      .flatMap((medium) => medium.annotations.map((item) => ({ item, medium })))
      .map(({ item, medium }, at) => target(item, medium, at));
  // The whole, or a file: told by its first medium.
  const media = kind === "media" ? sample.media : sample.media.slice(0, 1);
  return media.map((item, at) => target(item, item, at));
}

/** The nodes that a node lies in. */
export function holders({ description }: Sample, { kind, item }: Target): Target[] {
  if (kind !== "node" || description === undefined) return [];
  return holdersOf(description, item.record as NodeRecord).map((holder) => ({
    kind,
    item: holder,
    medium: undefined,
    index: description.nodes.indexOf(holder),
  }));
}

/** The record of a kind that a target is or lies beside. */
export function recordFor(sample: Sample, { kind, item, medium }: Target, wanted: Kind): Item<AnyRecord> | undefined {
  if (kind === wanted) return item;
  if (wanted === "media") return medium;
  if (wanted !== "category") return undefined;
  return categoryOf(sample, item.record as AnnotationRecord);
}

/** Copies of a record beside it, with ids of their own. */
export function copiesOf(sample: Sample, target: Target, count: number): Target[] {
  const { description } = sample;
  if (target.kind === "node" && description !== undefined)
    return Array.from({ length: count }, (_, at) => ({
      ...target,
      item: copyNode(description, target.item as Item<NodeRecord>, at + 1),
    }));
  const list: Item<AnyRecord>[] =
    target.kind === "category"
      ? sample.categories
      : target.kind === "annotation"
        ? (target.medium?.annotations ?? [])
        : sample.media;
  const ids = freshIds(
    sample,
    recordsOf(sample, target.kind).map(({ item }) => item),
  );
  return Array.from({ length: count }, (_, at) => {
    const copy = structuredClone({ record: target.item.record, edits: [] }) as Item<AnyRecord>;
    copy.record.id = ids();
    if (target.kind !== "media" || target.medium === undefined) {
      list.push(copy);
      return { ...target, item: copy };
    }
    const picture = { ...target.medium.picture, number: target.medium.picture.number + 2 ** 20 * (at + 1) };
    const medium: MediumItem = { ...(copy as Item<MediaRecord>), annotations: [], picture };
    sample.media.push(medium);
    return { ...target, item: medium, medium };
  });
}

/** Puts a value at the end of a path; what is not there on the way is made. */
export function assign(record: object, steps: readonly (string | number)[], value: unknown): void {
  let holder = record as Record<string | number, unknown>;
  steps.slice(0, -1).forEach((step) => {
    holder[step] ??= {};
    holder = holder[step] as Record<string | number, unknown>;
  });
  holder[steps.at(-1) ?? ""] = value;
}

/** A field becomes absent, or a record is taken away. */
export function removeAt(sample: Sample, target: Target, { kind, steps }: FieldPath): void {
  if (steps.length > 0) {
    const holder = recordFor(sample, target, kind);
    if (holder !== undefined) assign(holder.record, steps, undefined);
    return;
  }
  const lists: Item<AnyRecord>[][] = [
    sample.categories,
    sample.media,
    ...sample.media.map(({ annotations }) => annotations),
  ];
  const gone = recordFor(sample, target, kind);
  for (const list of lists) {
    const at = gone === undefined ? -1 : list.indexOf(gone);
    if (at >= 0) list.splice(at, 1);
  }
}

/** One more record of a kind, or one more item of a list. */
export function addAt(
  sample: Sample,
  target: Target,
  { kind, steps }: FieldPath,
  fields: Readonly<Record<string, unknown>>,
  touched: Touched,
): void {
  if (steps.length > 0) {
    const holder = recordFor(sample, target, kind);
    if (holder === undefined) return;
    const list = valueAt(holder.record, steps);
    assign(holder.record, steps, [...(Array.isArray(list) ? list : []), fields]);
    touched.set(holder.record, kind);
    return;
  }
  const ids = freshIds(
    sample,
    recordsOf(sample, kind).map(({ item: other }) => other),
  );
  const item: Item<AnyRecord> = {
    record: {
      ...(kind === "category" ? newCategory() : kind === "media" ? newMedia() : newAnnotation()),
      id: ids(),
      ...fields,
    },
    edits: [],
  };
  touched.set(item.record, kind);
  if (kind === "category") sample.categories.push(item as Item<CategoryRecord>);
  else if (kind === "annotation") (target.medium ?? sample.media[0])?.annotations.push(item as Item<AnnotationRecord>);
  else {
    const record = item.record as MediaRecord;
    const { width = 16, height = 16 } = record;
    const number = 2 ** 20 + sample.media.length;
    const kindOf = target.medium?.picture.kind ?? "none";
    sample.media.push({ record, edits: [], annotations: [], picture: { kind: kindOf, number, width, height } });
  }
}

function valueAt(record: object, steps: readonly (string | number)[]): unknown {
  return steps.reduce<unknown>(
    (value, step) => (value as Record<string | number, unknown> | undefined)?.[step],
    record,
  );
}
