import type { DistanceFrame } from "../../statistics/mot-accumulator.js";
import { type TrackFrame, type TrackSequence, trackSequence } from "../../statistics/track-sequence.js";
import { type Inputs, MeasureError, shown, toList, toMatrix, toNumber } from "../inputs.js";
import { sequenceOf } from "./present.js";

/** Boxes of one frame: ids, and left, top, width, height in turn, px. */
export interface BoxFrame {
  readonly truth: readonly number[];
  readonly tracker: readonly number[];
  readonly truthBoxes: Float64Array;
  readonly trackerBoxes: Float64Array;
}

/** A sequence from a file: boxes on both sides, or the distances or similarities between them. */
export type SequenceData =
  | { readonly kind: "similarities"; readonly sequence: TrackSequence }
  | { readonly kind: "boxes"; readonly frames: readonly BoxFrame[] }
  | { readonly kind: "distances"; readonly frames: readonly DistanceFrame[] };

const TRUTH = ["gt", "truth", "ground_truth", "reference"];
const TRACKER = ["tracker", "hyp", "test", "hypothesis", "hypotheses", "predictions", "dt"];

/**
 * Sequences of `data` or `datas` (what data_file and data_files hold): two MOTChallenge texts, truth first, or pairs of them; an object {gt, tracker} of texts,
 * of rows [frame, id, left, top, width, height, …], or frame by frame of rows without the frame; an object {frames: [{gt, hyp, dist}]}; an object {similarity,
 * gt_present, tracker_present}, or {gt_ids, tracker_ids, similarity_scores} frame by frame as TrackEval holds it; a list of such, or an object of them by name.
 *
 * @throws MeasureError
 */
export function sequencesOfData(inputs: Inputs): readonly SequenceData[] {
  const input = inputs["data"] === undefined ? "datas" : "data";
  const corners = /x2|xyxy|right/i.test(String(inputs["layout"] ?? ""));
  return read(inputs[input], input, corners);
}

function read(value: unknown, input: string, corners: boolean): readonly SequenceData[] {
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every((one) => isObject(one) && "dist" in one))
      return [{ kind: "distances", frames: distanceFrames(value, input) }];
    if (value.length > 0 && value.length % 2 === 0 && value.every(isTable))
      return Array.from({ length: value.length / 2 }, (_, at) =>
        boxes({ truth: value[2 * at], tracker: value[2 * at + 1], input: `${input}[${2 * at}]`, corners }),
      );
    if (value.length > 0 && !value.some(isTable))
      return value.flatMap((one, at) => read(one, `${input}[${at}]`, corners));
  } else if (isObject(value)) {
    const [truth, tracker] = [sideOf(value, TRUTH), sideOf(value, TRACKER)];
    if (truth !== undefined && tracker !== undefined) return [boxes({ truth, tracker, input, corners })];
    if (value["frames"] !== undefined)
      return [framesOf(toList(value["frames"], `${input}.frames`), `${input}.frames`, corners)];
    const { similarity, gt_present, tracker_present } = value;
    if (gt_present !== undefined)
      return [{ kind: "similarities", sequence: sequenceOf({ similarity, gt_present, tracker_present }) }];
    if (value["gt_ids"] !== undefined) return [{ kind: "similarities", sequence: frameByFrame(value, input) }];
    if (Object.keys(value).length > 0)
      return Object.entries(value).flatMap(([name, one]) => read(one, `${input}.${name}`, corners));
  }
  throw new MeasureError(value === undefined ? "input-missing" : "input-type", {
    input,
    expected: {
      zh: "真值与跟踪结果两份 MOTChallenge 文本，或 {gt, tracker}、{frames}",
      en: "two MOTChallenge texts, truth and tracker, or {gt, tracker}, or {frames}",
    },
    ...(value === undefined ? {} : { found: shown(value) }),
  });
}

function sideOf(value: Readonly<Record<string, unknown>>, names: readonly string[]): unknown {
  return names.map((name) => value[name]).find((one) => one !== undefined);
}

/** {gt: ids, hyp: ids, dist}, or on both sides boxes [id, left, top, width, height]. */
function framesOf(list: readonly unknown[], input: string, corners: boolean): SequenceData {
  if (list.some((one) => !isObject(one) || "dist" in one))
    return { kind: "distances", frames: distanceFrames(list, input) };
  const frames = list.filter(isObject);
  const [truth, tracker] = [TRUTH, TRACKER].map((names) => frames.map((one) => sideOf(one, names)));
  return boxes({ truth, tracker, input, corners });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text, or rows of numbers. */
function isTable(value: unknown): boolean {
  return (
    typeof value === "string" || (Array.isArray(value) && Array.isArray(value[0]) && typeof value[0][0] === "number")
  );
}

interface BoxTables {
  readonly truth: unknown;
  readonly tracker: unknown;
  readonly input: string;
  readonly corners: boolean;
}

/** Frames that either side has, in order of their numbers. */
function boxes({ truth, tracker, input, corners }: BoxTables): SequenceData {
  const left = rowsByFrame(truth, `${input}.gt`, corners);
  const right = rowsByFrame(tracker, `${input}.tracker`, corners);
  const numbers = [...new Set([...left.keys(), ...right.keys()])].sort((a, b) => a - b);
  const frames = numbers.map((frame): BoxFrame => {
    const [truths, trackers] = [left.get(frame) ?? new Map(), right.get(frame) ?? new Map()];
    return {
      truth: [...truths.keys()],
      tracker: [...trackers.keys()],
      truthBoxes: Float64Array.from([...truths.values()].flat()),
      trackerBoxes: Float64Array.from([...trackers.values()].flat()),
    };
  });
  return { kind: "boxes", frames };
}

type BoxesById = Map<number, readonly number[]>;

function rowsByFrame(value: unknown, input: string, corners: boolean): ReadonlyMap<number, BoxesById> {
  const found = new Map<number, BoxesById>();
  const rows = typeof value === "string" ? textRows(value) : listedRows(value, input);
  rows.forEach((row, at) => {
    const place = `${input}[${at}]`;
    const number = (column: number) => toNumber(row[column], `${place}[${column}]`);
    const frame = number(0);
    const id = number(1);
    const [x, y, a, b] = [number(2), number(3), number(4), number(5)];
    const byId: BoxesById = found.get(frame) ?? new Map();
    if (byId.has(id))
      throw new MeasureError("inputs-disagree", {
        input: place,
        expected: { zh: `第 ${frame} 帧中标识 ${id} 只出现一次`, en: `id ${id} once in frame ${frame}` },
      });
    byId.set(id, corners ? [x, y, a - x, b - y] : [x, y, a, b]);
    found.set(frame, byId);
  });
  return found;
}

/** Rows with the number of their frame first, or frame by frame rows without it. */
function listedRows(value: unknown, input: string): readonly (readonly unknown[])[] {
  const rows = toList(value, input).map((row, at) => toList(row, `${input}[${at}]`));
  if (!rows.every((row) => row.every(Array.isArray))) return rows;
  return rows.flatMap((frame, t) => frame.map((row, at) => [t, ...toList(row, `${input}[${t}][${at}]`)]));
}

/** Lines of numbers between commas or blanks. What is no number is left to the reader of the row. */
function textRows(text: string): readonly (readonly unknown[])[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .map((line) =>
      line
        .trim()
        .split(/\s*,\s*|\s+/)
        .map((cell) => (cell === "" || Number.isNaN(Number(cell)) ? cell : Number(cell))),
    );
}

/** Frames {gt: ids, hyp: ids, dist: gt × hyp}, null in dist where the two may not be paired. @throws MeasureError */
export function distanceFrames(list: readonly unknown[], input: string): readonly DistanceFrame[] {
  const numbers = new Map<unknown, number>();
  return list.map((one, t): DistanceFrame => {
    const place = `${input}[${t}]`;
    if (!isObject(one))
      throw new MeasureError("input-type", {
        input: place,
        expected: { zh: "{gt, hyp, dist}", en: "{gt, hyp, dist}" },
        found: shown(one),
      });
    const objects = idList(one["gt"], `${place}.gt`, numbers);
    const hypotheses = idList(one["hyp"], `${place}.hyp`, numbers);
    return {
      objects,
      hypotheses,
      distances: distancesOf(one["dist"], `${place}.dist`, objects.length, hypotheses.length),
    };
  });
}

/** Ids of each frame, and the similarities between them. */
function frameByFrame(value: Readonly<Record<string, unknown>>, input: string): TrackSequence {
  const numbers = [new Map<unknown, number>(), new Map<unknown, number>()] as const;
  const truth = toList(value["gt_ids"], `${input}.gt_ids`);
  const tracker = toList(value["tracker_ids"], `${input}.tracker_ids`);
  const scores = toList(value["similarity_scores"] ?? value["similarity"], `${input}.similarity_scores`);
  requireCount(tracker.length, truth.length, `${input}.tracker_ids`);
  requireCount(scores.length, truth.length, `${input}.similarity_scores`);
  return trackSequence(
    truth.map((ids, t): TrackFrame => {
      const place = `${input}.similarity_scores[${t}]`;
      const left = idList(ids, `${input}.gt_ids[${t}]`, numbers[0]);
      const right = idList(tracker[t], `${input}.tracker_ids[${t}]`, numbers[1]);
      const matrix = toMatrix(scores[t], place, { min: 0, max: 1 });
      if (left.length * right.length > 0) {
        requireCount(matrix.rows, left.length, place);
        requireCount(matrix.columns, right.length, `${place}[0]`);
      }
      return { truth: left, tracker: right, similarity: (i, j) => matrix.values[i * matrix.columns + j] ?? 0 };
    }),
  );
}

/** Ids, numbers or texts, each once, as numbers that stand for them. */
function idList(value: unknown, input: string, numbers: Map<unknown, number>): readonly number[] {
  const ids = toList(value, input).map((id, at) => {
    if (typeof id !== "number" && typeof id !== "string")
      throw new MeasureError("input-type", {
        input: `${input}[${at}]`,
        expected: { zh: "标识：数或文本", en: "an id: a number or a text" },
        found: shown(id),
      });
    const number = numbers.get(id) ?? numbers.size;
    numbers.set(id, number);
    return number;
  });
  if (new Set(ids).size !== ids.length)
    throw new MeasureError("inputs-disagree", {
      input,
      expected: { zh: "一帧中每个标识只出现一次", en: "each id once in a frame" },
    });
  return ids;
}

function distancesOf(value: unknown, input: string, rows: number, columns: number): Float64Array {
  const distances = new Float64Array(rows * columns);
  if (rows * columns === 0) return distances;
  const list = toList(value, input);
  requireCount(list.length, rows, input);
  list.forEach((row, i) => {
    const cells = toList(row, `${input}[${i}]`);
    requireCount(cells.length, columns, `${input}[${i}]`);
    cells.forEach((cell, j) => {
      distances[i * columns + j] = cell === null ? Number.NaN : toNumber(cell, `${input}[${i}][${j}]`, { min: 0 });
    });
  });
  return distances;
}

function requireCount(found: number, wanted: number, input: string): void {
  if (found !== wanted)
    throw new MeasureError("inputs-disagree", {
      input,
      expected: { zh: `${wanted} 项`, en: `${wanted} members` },
      found: `${found}`,
    });
}
