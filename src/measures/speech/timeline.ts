import { type Inputs, MeasureError, shown, toList, toNumber } from "../inputs.js";

/** Seconds; the end does not belong to it. */
export type Span = readonly [start: number, end: number];

/** Segments with who or what is heard in them; segments of one label may overlap and then count twice. */
export interface Tracks {
  readonly spans: readonly Span[];
  /** By segment, an index of `names`. */
  readonly labels: readonly number[];
  /** In order of their texts. */
  readonly names: readonly (string | number)[];
}

/** Shorter ones are none, as in pyannote.core. */
const SHORTEST_S = 1e-6;

/** Lists [start, end, label]; where labels are not asked, [start, end] does. @throws MeasureError */
export function tracksOf(inputs: Inputs, name: string, labelled = true): Tracks {
  const spans: Span[] = [];
  const given: (string | number)[] = [];
  toList(inputs[name], name).forEach((one, at) => {
    const place = `${name}[${at}]`;
    const segment = toList(one, place, labelled ? 3 : 2);
    const span = spanOf(segment, place);
    const label = labelled ? labelOf(segment[2], `${place}[2]`, given[0]) : "";
    if (span[1] - span[0] <= SHORTEST_S) return;
    spans.push(span);
    given.push(label);
  });
  const names = [...new Set(given)].sort((a, b) => (String(a) < String(b) ? -1 : 1));
  const places = new Map(names.map((label, at) => [label, at]));
  return { spans, labels: given.map((label) => places.get(label) ?? 0), names };
}

/** The evaluated parts of the recording; without `uem` all from the first start to the last end of either side. @throws MeasureError */
export function regionsOf(inputs: Inputs, ...sides: readonly Tracks[]): readonly Span[] {
  if (inputs["uem"] !== undefined) {
    const list = toList(inputs["uem"], "uem");
    return union(list.map((one, at) => spanOf(toList(one, `uem[${at}]`, 2), `uem[${at}]`)));
  }
  let [start, end] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { spans } of sides)
    for (const span of spans) {
      start = Math.min(start, span[0]);
      end = Math.max(end, span[1]);
    }
  return start < end ? [[start, end]] : [];
}

function spanOf(segment: readonly unknown[], place: string): Span {
  const start = toNumber(segment[0] ?? null, `${place}[0]`);
  return [start, toNumber(segment[1] ?? null, `${place}[1]`, { min: start })];
}

function labelOf(label: unknown, input: string, first: string | number | undefined): string | number {
  if (
    (typeof label === "string" || typeof label === "number") &&
    (first === undefined || typeof first === typeof label)
  )
    return label;
  throw new MeasureError("input-type", {
    input,
    expected: { zh: "标签：全为文本或全为数", en: "a label: texts throughout, or numbers throughout" },
    found: shown(label),
  });
}

/** The same with the segments of each label joined where they touch or overlap. */
export function joined({ spans, labels, names }: Tracks): Tracks {
  const byLabel = names.map((_, label) => union(spans.filter((_, at) => labels[at] === label)));
  return { spans: byLabel.flat(), labels: byLabel.flatMap((list, label) => list.map(() => label)), names };
}

/** Joined where they touch or overlap, in order. */
export function union(spans: readonly Span[]): readonly Span[] {
  const found: [number, number][] = [];
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = found.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else found.push([start, end]);
  }
  return found;
}

/** What of the regions is in none of the others; the regions are joined. */
export function without(regions: readonly Span[], others: readonly Span[]): readonly Span[] {
  const holes = union(others);
  const left: Span[] = [];
  let at = 0;
  for (const [start, end] of regions) {
    let from = start;
    while ((holes[at]?.[1] ?? Number.POSITIVE_INFINITY) <= start) at += 1;
    for (let next = at; (holes[next]?.[0] ?? Number.POSITIVE_INFINITY) < end; next++) {
      const [holeStart = end, holeEnd = end] = holes[next] ?? [];
      if (holeStart > from) left.push([from, holeStart]);
      from = Math.max(from, holeEnd);
    }
    if (from < end) left.push([from, end]);
  }
  return left;
}

/** How often each label of either side is heard at one time. */
export type Visit = (duration: number, reference: Int32Array, hypothesis: Int32Array) => void;

/** Goes through the regions from one change to the next. The arrays are the same each time. */
export function sweep(regions: readonly Span[], reference: Tracks, hypothesis: Tracks, visit: Visit): void {
  const evaluated = new Int32Array(1);
  const left = new Int32Array(reference.names.length);
  const right = new Int32Array(hypothesis.names.length);
  const changes: (readonly [time: number, counts: Int32Array, label: number, by: number])[] = [];
  const add = (spans: readonly Span[], counts: Int32Array, labels?: readonly number[]): void =>
    spans.forEach(([start, end], at) => {
      const label = labels?.[at] ?? 0;
      changes.push([start, counts, label, 1], [end, counts, label, -1]);
    });
  add(regions, evaluated);
  add(reference.spans, left, reference.labels);
  add(hypothesis.spans, right, hypothesis.labels);
  changes.sort((a, b) => a[0] - b[0]);
  let before = 0;
  for (const [time, counts, label, by] of changes) {
    if (time > before && (evaluated[0] ?? 0) > 0) visit(time - before, left, right);
    before = time;
    counts[label] = (counts[label] ?? 0) + by;
  }
}

/** Parts in which two segments or more are heard at once, of one label or several. */
export function overlaps(tracks: Tracks): readonly Span[] {
  const changes = tracks.spans.flatMap(([start, end]) => [[start, 1] as const, [end, -1] as const]);
  changes.sort((a, b) => a[0] - b[0]);
  const found: Span[] = [];
  let before = 0;
  let heard = 0;
  for (const [time, by] of changes) {
    if (heard > 1 && time > before) found.push([before, time]);
    before = time;
    heard += by;
  }
  return union(found);
}
