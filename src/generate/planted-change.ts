import { isDeepStrictEqual } from "node:util";
import type { Surroundings } from "../formats/rewrite.js";
import type { Carries } from "../formats/write.js";
import type { Break, Kind } from "../records/grammar.gen.js";
import type { AnnotationRecord, CategoryRecord, MediaRecord } from "../records/types.gen.js";
import type { Breaker, Broken } from "./break.js";
import type { Draw } from "./draw.js";
import { copyOf, kindOfFault, type RealData, type RealPlace, type Scope } from "./real-data.js";
import type { ChangedPicture, ChangedRecord, FileChange } from "./rewriting.js";
import type { Item, MediumItem, Sample } from "./sample.js";
import type { AnyRecord, Target } from "./target.js";

/** A sample that shares no record with another, and for each record of it the item that it is a copy of. */
export function copyOfSample(view: Sample): { copy: Sample; originals: Map<object, Item<AnyRecord>> } {
  const originals = new Map<object, Item<AnyRecord>>();
  const copied = <R extends AnyRecord>(item: Item<R>): Item<R> => {
    const record = copyOf(item.record);
    originals.set(record, item);
    return { record, edits: [] };
  };
  const media = view.media.map(
    (medium): MediumItem => ({
      ...copied(medium),
      annotations: medium.annotations.map(copied),
      picture: { ...medium.picture },
    }),
  );
  for (const [at, medium] of media.entries()) {
    const original = view.media[at];
    if (original !== undefined) originals.set(medium.record, original);
  }
  return { copy: { ...view, categories: view.categories.map(copied), media }, originals };
}

/** The target in the copy of its sample. */
export function moved(target: Target, view: Sample, copy: Sample): Target {
  const { item } = target;
  const mediumAt = target.medium === undefined ? -1 : view.media.indexOf(target.medium);
  const medium = copy.media[mediumAt];
  const inMedium = view.media[mediumAt]?.annotations.indexOf(item as Item<AnnotationRecord>) ?? -1;
  const found =
    target.kind === "category"
      ? copy.categories[view.categories.indexOf(item as Item<CategoryRecord>)]
      : inMedium >= 0
        ? medium?.annotations[inMedium]
        : medium;
  if (found === undefined) throw new Error("a target lies outside its sample");
  return { ...target, item: found, medium };
}

/** A break that was done to a copy of a sample. */
export interface Done {
  readonly breaker: Breaker;
  /** Rules that find something too, in these data. */
  readonly also: readonly string[];
  readonly scope: Scope;
  readonly copy: Sample;
  readonly originals: ReadonlyMap<object, Item<AnyRecord>>;
  /** The records of the copy as they were. */
  readonly before: ReadonlyMap<object, AnyRecord>;
  readonly broken: Broken;
  /** The first record that was broken, in the copy. */
  readonly target: AnyRecord;
  readonly on: Kind;
  readonly place: RealPlace;
}

/** What a break did, as a change of files. */
export function changeOf(done: Done, data: RealData, draw: Draw): FileChange {
  const { breaker, also, scope, copy, originals, broken, target, place } = done;
  const { source, rule } = breaker;
  const original = originals.get(target)?.record ?? {};
  return {
    rewriter: scope.rewriter,
    ownIds: scope.writer.carries.ids === "own",
    rule: rule.rule.id,
    also,
    records: changedRecords(done, data),
    pictures: changedPictures(copy, originals, data),
    files: broken.files.map(
      ({ mutate }) =>
        (files, at) =>
          mutate(files, at, draw, original),
    ),
    endsFile: endsFile(source),
    answers: answeredBy(breaker, target, broken).map(([record, kind]) => ({
      record: originals.get(record)?.record ?? record,
      kind: rule.rule.fault === undefined ? kind : kindOfFault(scope.format, rule.rule.fault, kind),
      id: (record as AnyRecord).id,
    })),
    place,
  };
}

function changedRecords(
  { breaker, scope, copy, originals, before, target, on }: Done,
  data: RealData,
): ChangedRecord[] {
  const { carries } = scope.writer;
  const first = scope.sample.media
    .flatMap(({ annotations }) => annotations)
    .find(({ record }) => record.keypoints !== undefined);
  const points = first?.record.keypoints?.length ?? 0;
  const around = (media: MediaRecord | undefined): Surroundings => ({ format: scope.format, media, points });
  const textOf = (
    kind: Kind,
    record: AnyRecord,
    other: AnyRecord,
    media: MediaRecord | undefined,
  ): string | undefined => scope.rewriter.textOf(kind, plain(record, other, carries), around(media));
  const originalOf = (record: AnyRecord): AnyRecord | undefined => originals.get(record)?.record;

  function changed(kind: Kind, { record, edits }: Item<AnyRecord>, medium: MediumItem | undefined): ChangedRecord[] {
    const original = originalOf(record);
    const was = before.get(record);
    const isNew = original === undefined;
    if (!isNew && edits.length === 0 && isDeepStrictEqual(was, record)) return [];
    const isCopy = isNew && breaker.source.duplicate !== undefined && kind === on;
    const source = isCopy ? originalOf(target) : original;
    const shown = isCopy ? before.get(target) : was;
    const mediaBefore = medium && ((originalOf(medium.record) ?? medium.record) as MediaRecord);
    const place = source && data.places.get(source);
    return [
      {
        kind,
        record,
        isNew,
        edits,
        place,
        behind: isNew ? behindOf(kind, medium) : [],
        texts: {
          before: shown && textOf(kind, shown, record, mediaBefore),
          after: textOf(kind, record, shown ?? record, medium?.record),
        },
      },
    ];
  }

  /** Of its medium, where that is in one line with them, else of its file. */
  function behindOf(kind: Kind, medium: MediumItem | undefined): readonly RealPlace[] {
    const own = medium && originals.get(medium.record);
    const beside = data.places.get(own?.record ?? originalOf(target) ?? {});
    if (beside === undefined) return [];
    const last = data.lastOf(beside.file, kind);
    const isInLine = kind === "annotation" && scope.format === "tc609-jsonl";
    if (!isInLine) return last;
    const annotations = own === undefined ? [] : (own as MediumItem).annotations;
    return annotations.slice(-2).flatMap(({ record }) => data.places.get(record) ?? []);
  }

  return [
    ...copy.categories.flatMap((item) => changed("category", item, undefined)),
    ...copy.media.flatMap((medium) => [
      ...changed("media", medium, undefined),
      ...medium.annotations.flatMap((item) => changed("annotation", item, medium)),
    ]),
  ];
}

/** The record without what its reader works out of other fields, unless the break changed that itself: a writer would take it for what is meant. */
function plain(record: AnyRecord, other: AnyRecord, { late = [], annotation }: Carries): AnyRecord {
  const out = { ...record } as AnnotationRecord;
  if (out.box === undefined && out.polygon === undefined && out.rotated_box === undefined) return out;
  for (const field of late)
    if (annotation.includes(field) && isDeepStrictEqual(out[field], (other as AnnotationRecord)[field]))
      (out as unknown as Record<string, unknown>)[field] = undefined;
  return out;
}

function changedPictures(
  copy: Sample,
  originals: ReadonlyMap<object, Item<AnyRecord>>,
  { pictures }: RealData,
): ChangedPicture[] {
  const first = [...originals.values()].find((item) => pictures.has(item.record));
  return copy.media.flatMap((medium) => {
    const original = originals.get(medium.record) as MediumItem | undefined;
    const { picture, annotations, record } = medium;
    const isRenamed =
      original !== undefined && picture.from !== undefined && isLonger(record.path, original.record.path);
    if (original !== undefined && !isRenamed && isDeepStrictEqual(original.picture, picture)) return [];
    const file = pictures.get((original ?? first)?.record ?? {});
    return [{ picture, annotations, file, path: record.path, isNew: original === undefined, isRenamed }];
  });
}

/** Whether a path is another with something behind it: the picture goes with the name. A path that leads elsewhere leaves it where it is. */
function isLonger(path: string | undefined, before: string | undefined): boolean {
  return path !== undefined && before !== undefined && path !== before && path.startsWith(before);
}

/** The records that a rule finds of those that a break touched. An added one that says something of the target is what makes that one wrong. */
function answeredBy(
  { source, rule }: Breaker,
  target: AnyRecord,
  { touched }: Broken,
): readonly (readonly [object, Kind])[] {
  const of = (kind: Kind) => [...touched].filter(([, own]) => own === kind);
  if (rule.rule.fault !== undefined || rule.kind === "file" || rule.kind === "dataset")
    return [...touched]
      .filter(([record]) => record === target)
      .slice(0, 1)
      .map(([record, own]) => [record, rule.kind === "file" && own === "file" ? "file" : own]);
  const added = source.add?.[rule.kind];
  if (added === undefined) return of(rule.kind);
  const refers = Object.values(added).some((value = "") => value.includes(`${rule.kind}.`));
  const both =
    rule.rule.within !== undefined || Object.keys(source.set ?? {}).some((path) => path.startsWith(`${rule.kind}.`));
  return of(rule.kind).filter(([record]) => both || (record === target) === refers);
}

export function setFields({ set = {} }: Break): ReadonlySet<string> {
  return new Set(
    Object.keys(set).flatMap((path) => (path.startsWith("annotation.") ? [path.split(/[.[]/)[1] ?? ""] : [])),
  );
}

/** Whether nothing after the defect can be read from its file. */
export function endsFile({ mutate }: Break): boolean {
  return mutate === "cut-off";
}
