import { type Delivery, mediaName } from "./delivery.js";
import type { Matches } from "./match.js";
import type { Compared } from "./scenes.js";

/** One thing as annotators found it: the label that each of those who found it gave. */
export interface CommonUnit {
  /** Codes of names, one an annotator who found it. */
  readonly labels: readonly number[];
  /** x, y, width, height of each. */
  readonly boxes: Float64Array;
  /** Place of the medium among the names of all. */
  readonly media: number;
}

export interface JoinedPair {
  readonly first: number;
  readonly second: number;
  readonly compared: Compared;
  readonly matches: Matches;
}

/**
 * Joins the matches of all pairs of annotators to units with at most one annotation of each: by descending IoU, a match is taken unless it would bring a
 * second annotation of somebody. Media that one annotator alone has are left out. The order of the annotators changes nothing but between equal IoU.
 */
export function commonUnits(deliveries: readonly Delivery[], joined: readonly JoinedPair[]): readonly CommonUnit[] {
  const unitStarts = startsOf(deliveries.map(({ units }) => units.length));
  const mediaStarts = startsOf(deliveries.map(({ media }) => media.length));
  const media = newForest(mediaStarts.at(-1) ?? 0);
  const shared = new Set<number>();
  const matches: { readonly a: number; readonly b: number; readonly iou: number }[] = [];
  for (const { first, second, compared, matches: pairs } of joined) {
    const [from, to] = [unitStarts[first] ?? 0, unitStarts[second] ?? 0];
    for (const scene of compared.scenes) {
      const [left, right] = [(mediaStarts[first] ?? 0) + scene.first, (mediaStarts[second] ?? 0) + scene.second];
      shared.add(left).add(right);
      media.join(left, right);
    }
    pairs.partner.forEach((other, row) => {
      if (other !== -1) matches.push({ a: from + row, b: to + other, iou: pairs.iou[row] ?? 0 });
    });
  }
  matches.sort((x, y) => y.iou - x.iou || x.a - y.a || x.b - y.b);
  const boxes = deliveries.map(({ units: { box } }, annotator) => {
    const pairOf = joined.find(({ first, second }) => first === annotator || second === annotator);
    return pairOf === undefined
      ? box
      : pairOf.first === annotator
        ? pairOf.compared.firstBoxes
        : pairOf.compared.secondBoxes;
  });
  const units = newForest(unitStarts.at(-1) ?? 0);
  const annotators = new Map<number, ReadonlySet<number>>();
  const annotatorOf = (unit: number): number => unitStarts.findLastIndex((start) => start <= unit);
  const of = (top: number): ReadonlySet<number> => annotators.get(top) ?? new Set([annotatorOf(top)]);
  for (const { a, b } of matches) {
    const [left, right] = [units.top(a), units.top(b)];
    if (left === right || [...of(left)].some((one) => of(right).has(one))) continue;
    const all = new Set([...of(left), ...of(right)]);
    units.join(left, right);
    annotators.set(units.top(left), all);
  }
  return collectUnits(deliveries, { unitStarts, mediaStarts, shared, units, media, boxes });
}

interface Joined {
  readonly unitStarts: readonly number[];
  readonly mediaStarts: readonly number[];
  readonly shared: ReadonlySet<number>;
  readonly units: Forest;
  readonly media: Forest;
  /** Of each annotator, in the measure of the others. */
  readonly boxes: readonly Float64Array[];
}

function collectUnits(
  deliveries: readonly Delivery[],
  { unitStarts, mediaStarts, shared, units, media, boxes }: Joined,
): readonly CommonUnit[] {
  const names = new Map<string, number>();
  const codeOf = (name: string): number => {
    const known = names.get(name) ?? names.size;
    names.set(name, known);
    return known;
  };
  const places = placesOf(deliveries, mediaStarts, media);
  const found = new Map<number, { labels: number[]; boxes: number[]; media: number }>();
  deliveries.forEach(({ units: rows, labels }, annotator) => {
    for (let row = 0; row < rows.length; row++) {
      const medium = (mediaStarts[annotator] ?? 0) + (rows.media[row] ?? 0);
      if (!shared.has(medium)) continue;
      const top = units.top((unitStarts[annotator] ?? 0) + row);
      const unit = found.get(top) ?? { labels: [], boxes: [], media: places.get(media.top(medium)) ?? -1 };
      unit.labels.push(codeOf(labels[rows.label[row] ?? -1] ?? ""));
      unit.boxes.push(...(boxes[annotator] ?? rows.box).subarray(4 * row, 4 * row + 4));
      found.set(top, unit);
    }
  });
  return [...found.values()].map((unit) => ({ ...unit, boxes: Float64Array.from(unit.boxes) }));
}

/** Media in the order of the least name that an annotator has for each: that of the data would decide what a bootstrap draws. */
function placesOf(
  deliveries: readonly Delivery[],
  starts: readonly number[],
  media: Forest,
): ReadonlyMap<number, number> {
  const names = new Map<number, string>();
  deliveries.forEach((delivery, annotator) => {
    for (let row = 0; row < delivery.media.length; row++) {
      const top = media.top((starts[annotator] ?? 0) + row);
      const [name, known] = [mediaName(delivery, row), names.get(top)];
      if (known === undefined || name < known) names.set(top, name);
    }
  });
  const sorted = [...names].sort(([, left], [, right]) => (left < right ? -1 : left > right ? 1 : 0));
  return new Map(sorted.map(([top], place) => [top, place]));
}

interface Forest {
  top(at: number): number;
  join(a: number, b: number): void;
}

function newForest(size: number): Forest {
  const root = Int32Array.from({ length: size }, (_, at) => at);
  const top = (at: number): number => {
    let found = at;
    while (root[found] !== found) found = root[found] ?? found;
    root[at] = found;
    return found;
  };
  return {
    top,
    join(a, b) {
      root[top(a)] = top(b);
    },
  };
}

function startsOf(lengths: readonly number[]): readonly number[] {
  const starts = [0];
  for (const length of lengths) starts.push((starts.at(-1) ?? 0) + length);
  return starts;
}
