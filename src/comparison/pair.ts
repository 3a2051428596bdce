import { hashFile } from "../formats/bytes/source.js";
import type { Resolve } from "../formats/resolve.js";
import { splitOf } from "../formats/split.js";
import type { Collected } from "./collect.js";
import type { DeliveredMedia, Delivery } from "./delivery.js";

/** How a medium of one side was found on the other. */
export const pairedBy = ["path", "id", "digest", "name"] as const;
export type PairedBy = (typeof pairedBy)[number];

/** What belongs together in two datasets. Nothing is dropped: what has no partner is listed. */
export interface Pairing {
  /** Row in the second of each medium of the first; −1 for none. */
  readonly media: Int32Array;
  /** Row in the first of each medium of the second; −1 for none. */
  readonly mediaBack: Int32Array;
  readonly by: Readonly<Record<PairedBy, number>>;
  /** Labels of both, sorted; a name that both have stands once. */
  readonly labels: readonly string[];
  /** Row among `labels` of each label of the first, and of the second. */
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Names that one side alone has. */
  readonly onlyFirst: readonly string[];
  readonly onlySecond: readonly string[];
}

/**
 * Media by the path as written; where one side declares no media (results), by an id that one medium alone has; then by SHA-256 where both files are
 * there; then by a file name that is the only one of its kind on both sides. Categories by name; where one side declares none, by id.
 */
export async function pair(first: Collected, second: Collected): Promise<Pairing> {
  const left = first.delivery;
  const right = second.delivery;
  const media = new Int32Array(left.media.length).fill(-1);
  const mediaBack = new Int32Array(right.media.length).fill(-1);
  const by = { path: 0, id: 0, digest: 0, name: 0 };
  const join = (how: PairedBy, a: number, b: number): void => {
    if (media[a] !== -1 || mediaBack[b] !== -1) return;
    media[a] = b;
    mediaBack[b] = a;
    by[how] += 1;
  };
  if (left.declaresMedia && right.declaresMedia) {
    const byPath = (a: number, b: number) => join("path", a, b);
    joinBy(left, right, pathInSplit, byPath);
    joinBy(left, right, ({ path }) => path, byPath);
    if (left.media.some((one, row) => media[row] === -1 && one.path !== undefined) && mediaBack.includes(-1)) {
      const [mine, theirs] = [
        await digests(left, media, first.resolve),
        await digests(right, mediaBack, second.resolve),
      ];
      for (const [digest, a] of mine) {
        const b = theirs.get(digest);
        if (a !== -1 && b !== undefined && b !== -1) join("digest", a, b);
      }
      joinBy(left, right, nameOf, (a, b) => join("name", a, b));
    }
  } else
    joinBy(
      left,
      right,
      (one) => one.id,
      (a, b) => join("id", a, b),
    );
  return { media, mediaBack, by, ...pairLabels(left, right) };
}

function joinBy(
  left: Delivery,
  right: Delivery,
  keyOf: (media: DeliveredMedia) => number | string | undefined,
  join: (a: number, b: number) => void,
): void {
  const others = rowsByKey(right, keyOf);
  for (const [key, a] of rowsByKey(left, keyOf)) {
    const b = others.get(key);
    if (a !== -1 && b !== undefined && b !== -1) join(a, b);
  }
}

/** Rows of media by key; −1 where two have one: which of them is meant (train and val that both count from 1) nobody can say. */
function rowsByKey(
  { media }: Delivery,
  keyOf: (media: DeliveredMedia) => number | string | undefined,
): ReadonlyMap<number | string, number> {
  const rows = new Map<number | string, number>();
  media.forEach((one, row) => {
    const key = keyOf(one);
    if (key !== undefined) rows.set(key, rows.has(key) ? -1 : row);
  });
  return rows;
}

/** Rows of media that have no partner yet and whose file is there, by digest; −1 where two have one digest. */
async function digests(
  { media }: Delivery,
  paired: Int32Array,
  resolve: Resolve,
): Promise<ReadonlyMap<string, number>> {
  const rows = new Map<string, number>();
  for (const [row, { path, from }] of media.entries()) {
    if (paired[row] !== -1 || path === undefined) continue;
    const file = resolve(path, from);
    if (file === undefined || file === "unsafe") continue;
    const digest = await hashFile(file);
    rows.set(digest, rows.has(digest) ? -1 : row);
  }
  return rows;
}

/** The path as written, in train or val where the file that wrote it is of one. */
function pathInSplit({ path, from }: DeliveredMedia): string | undefined {
  return path === undefined || from === undefined ? path : `${splitOf(from.path) ?? ""}/${path}`;
}

/** The last part of the path. */
function nameOf({ path }: DeliveredMedia): string | undefined {
  const name = path?.replaceAll("\\", "/").split("/").at(-1);
  return name === "" ? undefined : name;
}

type LabelPairing = Pick<Pairing, "labels" | "first" | "second" | "onlyFirst" | "onlySecond">;

function pairLabels(left: Delivery, right: Delivery): LabelPairing {
  const mine = namesOf(left, right);
  const theirs = namesOf(right, left);
  const labels = [...new Set([...mine, ...theirs])].sort();
  const rows = new Map(labels.map((name, row) => [name, row]));
  const rowOf = (names: readonly string[]): Int32Array => Int32Array.from(names, (name) => rows.get(name) ?? -1);
  const [these, those] = [new Set(mine), new Set(theirs)];
  return {
    labels,
    first: rowOf(mine),
    second: rowOf(theirs),
    onlyFirst: labels.filter((name) => !those.has(name)),
    onlySecond: labels.filter((name) => !these.has(name)),
  };
}

/** Names of a side's labels: where it knows ids only, those that the other side gives them. */
function namesOf(side: Delivery, other: Delivery): readonly string[] {
  if (side.declaresCategories || !other.declaresCategories) return side.labels;
  const byRow = new Map([...side.labelIds].map(([id, row]) => [row, id]));
  return side.labels.map((name, row) => {
    const id = byRow.get(row);
    const there = id === undefined ? undefined : other.labelIds.get(id);
    return there === undefined ? name : (other.labels[there] ?? name);
  });
}
