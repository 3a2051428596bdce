import { quote } from "../../records/errors.js";
import type { Said } from "../../records/fill.js";
import type { LocalText } from "../../records/grammar.gen.js";
import type { Detection, FileSample } from "../format.js";
import { nameOf } from "../media/media-index.js";
import { reason } from "../reasons.js";
import { parseNumber } from "../text/numbers.js";
import type { YoloConfig } from "./config.js";
import { columnsOf, isPolygon, isPose3, type YoloTask } from "./label-line.js";

/** Text files that lie beside label files and are none: lists of images and of names, and what people write about a dataset. */
const notLabels =
  /^((train|val|valid|test|trainval|classes|names|labels|labelmap|predefined_classes|notes|requirements)\.txt|_?(readme|licen[cs]e|changelog)\b.*)$/i;

export function isReserved(path: string): boolean {
  return notLabels.test(nameOf(path));
}

/** Lines of a sample that are looked at; a label file has one form from beginning to end. */
const sampleLines = 200;

/**
 * Which task the lines of one file show. A line is one of YOLO when its columns are numbers, the first a whole one without point, and as many as some task
 * has; more than half of the lines have to be. The file is then of the narrowest task that holds all of them: five columns everywhere are boxes, nine
 * rotated boxes, 5 + 3 K keypoints where that is even (no polygon has an even number of columns); everything else is polygons.
 */
function taskOfFile({ file, head, whole }: FileSample): {
  readonly task: YoloTask | undefined;
  readonly reason: LocalText;
} {
  const no = ({ message }: Said) => ({ task: undefined, reason: message });
  if (!/\.txt$/i.test(file.path)) return no(reason("yolo-name", {}));
  if (isReserved(file.path)) return no(reason("yolo-list", {}));
  const lines = head
    .toString("utf8")
    // Bytes that are no text are a fault of the file and leave it what it is: where every file has one, it would else not be read, and nobody told of it.
    .replace(/^\ufeff|\ufffd/g, "")
    .split(/\r\n|\n|\r/, sampleLines + 1);
  // The last line of a longer file may be cut off.
  if (!whole || lines.length > sampleLines) lines.pop();
  const filled = lines.map(columnsOf).filter((columns) => columns.length > 0);
  const first = filled[0];
  if (first === undefined) return no(reason("yolo-empty", {}));
  const good = filled.filter(isLabel);
  if (2 * good.length <= filled.length) return no(reason("yolo-first", { line: quote(first.join(" ")) }));
  if (!good.some(isNormalised)) return no(reason("yolo-range", {}));
  const task = narrowest(new Set(good.map(({ length }) => length)));
  const counts = { good: good.length, filled: filled.length, what: describe[task] };
  return { task, reason: reason("yolo-lines", counts).message };
}

export function detectYolo(task: YoloTask, sample: FileSample): Detection {
  const found = taskOfFile(sample);
  return { match: found.task === task ? "yes" : "no", reason: found.reason };
}

export type Settled =
  | { readonly task: YoloTask; readonly reason: LocalText }
  | { readonly task: undefined; readonly candidates: readonly YoloTask[]; readonly reason: LocalText };

/**
 * The one task of a dataset, from the tasks that its files show and its data.yaml. A `task` other than `detect` decides, `kpt_shape` makes it pose. Without
 * them boxes beside polygons are a segmentation dataset (Roboflow writes both into one), nine columns are rotated boxes only where every file has them
 * throughout and four-point polygons beside other lines, and keypoints beside anything else are ambiguous.
 */
export function settleTask(
  shown: ReadonlySet<YoloTask>,
  config: Pick<YoloConfig, "task" | "keypoints"> | undefined,
): Settled {
  // A detector trains on polygons too (it takes their boxes), so `detect` says nothing about the lines.
  if (config?.task !== undefined && config.task !== "detection") {
    return { task: config.task, reason: reason("yolo-task", { task: config.task }).message };
  }
  if (config?.keypoints !== undefined) return { task: "pose", reason: reason("yolo-shape", {}).message };
  const [first, ...others] = shown;
  if (first === undefined) return { task: undefined, candidates: [], reason: reason("yolo-no-line", {}).message };
  if (others.length === 0) return { task: first, reason: reason("yolo-all", { what: describe[first] }).message };
  const candidates = [...shown].sort();
  if (shown.has("pose")) return { task: undefined, candidates, reason: reason("yolo-pose", {}).message };
  const what = {
    zh: candidates.map((task) => describe[task].zh).join("，以及"),
    en: candidates.map((task) => describe[task].en).join(", and "),
  };
  return { task: "segmentation", reason: reason("yolo-mixed", { what }).message };
}

const describe: Readonly<Record<YoloTask, LocalText>> = {
  detection: { zh: "一个整数加一个框", en: "a whole number and a box" },
  segmentation: { zh: "一个整数加一个多边形或框", en: "a whole number and a polygon or a box" },
  obb: { zh: "一个整数加四个角点", en: "a whole number and four corners" },
  pose: { zh: "一个整数、一个框加关键点", en: "a whole number, a box and keypoints" },
};

function narrowest(counts: ReadonlySet<number>): YoloTask {
  if (counts.size === 1 && counts.has(5)) return "detection";
  if (counts.size === 1 && counts.has(9)) return "obb";
  return [...counts].every((count) => isPose3(count) && count % 2 === 0) ? "pose" : "segmentation";
}

function isLabel(columns: readonly string[]): boolean {
  const count = columns.length;
  if (count !== 5 && !isPolygon(count) && !isPose3(count)) return false;
  if (!/^\d+$/.test(columns[0] ?? "")) return false;
  return columns.every((text) => parseNumber(text) !== undefined);
}

/** Visibilities of keypoints are 0, 1 or 2: beside them only the box is asked. */
function isNormalised(columns: readonly string[]): boolean {
  const coordinates = columns.length % 2 === 0 ? columns.slice(1, 5) : columns.slice(1);
  const inside = coordinates.filter((text) => Math.abs(Number(text) - 0.5) <= 0.5).length;
  // A pose of an odd number of columns: at least its box and points, that is two thirds, lie inside.
  return 3 * inside >= 2 * coordinates.length && coordinates.some((text) => !/^\d+$/.test(text));
}
