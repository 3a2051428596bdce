import type { Item, MediumItem, Sample } from "../generate/sample.js";
import { categoryOf } from "../generate/sample.js";
import type { AnnotationRecord, CategoryRecord, MediaRecord } from "../records/types.gen.js";
import { minimal } from "./reproduce/minimal.js";

export interface LessenOptions {
  /** Fields that every annotation keeps. */
  readonly needed: readonly string[];
  readonly mayGoOn: () => boolean;
}

/**
 * The least that still shows what the whole sample shows: media, annotations, categories that nothing names and optional fields are left out, and what stays
 * gets plain names and small ids, as long as `shows` says yes. `done` is false where time ran out before nothing more could go.
 */
export async function lessen(
  whole: Sample,
  shows: (sample: Sample) => Promise<boolean>,
  { needed, mayGoOn }: LessenOptions,
): Promise<{ readonly sample: Sample; readonly done: boolean }> {
  let now = whole;
  const attempt = async (less: Sample): Promise<void> => {
    if (mayGoOn() && (await shows(less))) now = less;
  };
  const withMedia = (media: readonly MediumItem[]): Sample => ({ ...now, media: [...media] });
  if (now.media.length > 1)
    now = withMedia(
      await minimal(now.media, async (media) => media.length > 0 && (await shows(withMedia(media))), mayGoOn),
    );
  const all = now.media.flatMap(({ annotations }) => annotations);
  const only = (kept: readonly Item<AnnotationRecord>[]): Sample => {
    const left = new Set(kept);
    const media = now.media.map((one) => ({ ...one, annotations: one.annotations.filter((item) => left.has(item)) }));
    return withMedia(media);
  };
  now = only(await minimal(all, (kept) => shows(only(kept)), mayGoOn));
  await attempt(withNamedCategories(now));
  for (const category of now.categories)
    if (now.categories.length > 1)
      await attempt({ ...now, categories: now.categories.filter((one) => one !== category) });
  for (const change of plainer) {
    const plain = change(now);
    if (plain !== undefined) await attempt(plain);
  }
  for (const fields of optional)
    if (!fields.some((field) => needed.includes(field))) await attempt(without(now, fields));
  return { sample: now, done: mayGoOn() };
}

function withNamedCategories(sample: Sample): Sample {
  const named = new Set(
    sample.media.flatMap(({ annotations }) => annotations.map(({ record }) => categoryOf(sample, record))),
  );
  const categories = sample.categories.filter((category) => named.has(category));
  return categories.length === 0 ? sample : { ...sample, categories };
}

/** What an annotation can do without in every format: together what tells of one thing. */
const optional: readonly (readonly (keyof AnnotationRecord)[])[] = [
  ["attributes"],
  ["keypoints", "num_keypoints", "keypoint_values"],
  ["polygon", "polygon_length"],
  ["rle"],
  ["truncated"],
  ["difficult"],
  ["occluded"],
  ["pose"],
  ["score"],
  ["annotator"],
  ["created_at"],
  ["modified_at"],
];

function without(sample: Sample, fields: readonly (keyof AnnotationRecord)[]): Sample {
  return changed(sample, {
    annotation: (record) =>
      fields.some((field) => record[field] !== undefined)
        ? { ...record, ...Object.fromEntries(fields.map((field) => [field, undefined])) }
        : record,
  });
}

interface Changes {
  readonly category?: (record: CategoryRecord, at: number) => CategoryRecord;
  readonly media?: (record: MediaRecord, at: number) => MediaRecord;
  readonly annotation?: (record: AnnotationRecord, at: number) => AnnotationRecord;
}

/** The sample with other records in the same places. */
function changed(sample: Sample, { category, media, annotation }: Changes): Sample {
  let number = 0;
  return {
    ...sample,
    categories: sample.categories.map((item, at) =>
      category === undefined ? item : { ...item, record: category(item.record, at) },
    ),
    media: sample.media.map((item, at) => ({
      ...item,
      record: media === undefined ? item.record : media(item.record, at),
      annotations: item.annotations.map((own) =>
        annotation === undefined ? own : { ...own, record: annotation(own.record, number++) },
      ),
    })),
  };
}

/** Names and ids that nobody can stumble over, so that what is left of those that were drawn is to the point. */
const plainer: readonly ((sample: Sample) => Sample | undefined)[] = [
  (sample) => changed(sample, { media: (record, at) => ({ ...record, path: record.path && `images/${at + 1}.png` }) }),
  (sample) => {
    const names = new Map(sample.categories.map(({ record: { name } }, at) => [name, `label${at + 1}`]));
    return changed(sample, {
      category: (record) => ({ ...record, name: names.get(record.name) }),
      annotation: (record) =>
        record.label === undefined ? record : { ...record, label: names.get(record.label) ?? record.label },
    });
  },
  (sample) => {
    const ids = new Map(sample.media.map(({ record: { id } }, at) => [id, at + 1]));
    return changed(sample, {
      media: (record) => ({ ...record, id: ids.get(record.id) }),
      annotation: (record) => ({ ...record, media_id: ids.get(record.media_id) ?? record.media_id }),
    });
  },
  (sample) => changed(sample, { annotation: (record, at) => ({ ...record, id: record.id && at + 1 }) }),
  (sample) => {
    const ids = new Map(sample.categories.map(({ record: { id } }, at) => [id, at + 1]));
    return changed(sample, {
      category: (record) => ({ ...record, id: ids.get(record.id) }),
      annotation: (record) => ({ ...record, category_id: ids.get(record.category_id) ?? record.category_id }),
    });
  },
  (sample) =>
    sample.categories.some(({ record }) => record.supercategory !== undefined)
      ? changed(sample, { category: (record) => ({ ...record, supercategory: undefined }) })
      : undefined,
];
