import { rleTightBox } from "../checks/rle.js";
import { panopticMaskFile } from "../formats/coco/panoptic.js";
import { detectData } from "../formats/detect.js";
import { reportUnreadable } from "../formats/failure.js";
import type { InputFile, Sink } from "../formats/format.js";
import { nothingRecognised, readFormats } from "../formats/read.js";
import { newResolver, type Resolve } from "../formats/resolve.js";
import { splitOf } from "../formats/split.js";
import { listData } from "../formats/walk.js";
import { UsageError } from "../records/errors.js";
import type { AnnotationRecord, Box, FileRecord } from "../records/types.gen.js";
import { UnitRows } from "./columns.js";
import type { DeliveredMedia, Delivery, PanopticMask } from "./delivery.js";

export interface Collected {
  readonly delivery: Delivery;
  /** From a path in the data to its file. */
  readonly resolve: Resolve;
}

export interface CollectOptions {
  readonly format?: string | undefined;
  /** Another root for media. */
  readonly media?: string | undefined;
  readonly tick?: (bytes: number, of: number) => Promise<void> | undefined;
}

/**
 * Reads a dataset of any format into columns. All units are held: about 100 bytes a box, and what masks need.
 *
 * @throws UsageError where nothing is recognised, or no record could be read
 */
export async function collect(path: string, options: CollectOptions = {}): Promise<Collected> {
  const data = listData(path);
  const detected = await detectData(data.files, options.format);
  if (detected.files.length === 0) throw nothingRecognised(path, detected);
  const resolve = newResolver(data, options.media);
  const table = new Table(resolve);
  const failures: string[] = [];
  const total = detected.files.reduce((sum, { file }) => sum + file.bytes, 0);
  let before = 0;
  const sink = table.sink((bytes) => options.tick?.(before + bytes, total));
  await readFormats(detected, data, resolve, {
    sink,
    onError: (file, format, error) =>
      void failures.push(reportUnreadable(sink, undefined, file, format, error).message),
    onFormat: (files) => {
      before += files.reduce((sum, file) => sum + file.bytes, 0);
    },
  });
  const found = [...new Set(detected.files.map(({ format }) => format.id))].sort();
  const delivery = table.finish(path, found, failures);
  if (delivery.units.length + delivery.media.length === 0)
    throw new UsageError("TS-FORMAT-0003", {
      file: path,
      found: failures[0] ?? "no record",
      expected: "at least one medium or annotation",
    });
  return { delivery, resolve };
}

type Id = number | string;

class Table {
  readonly #files: InputFile[] = [];
  readonly #media: DeliveredMedia[] = [];
  readonly #mediaByPath = new Map<string, number[]>();
  readonly #mediaById = new Map<Id, number>();
  #mediaOfFile = new Map<Id, number>();
  readonly #labels: string[] = [];
  readonly #labelRows = new Map<string, number>();
  readonly #labelById = new Map<Id, number>();
  #labelOfFile = new Map<Id, number>();
  readonly #rows = new UnitRows();
  readonly #others: Record<string, number> = {};
  readonly #panoptic: PanopticMask[] = [];
  readonly #resolve: Resolve;
  #boxesWritten: boolean | undefined;
  /** Position of the annotation of this file that a fault was last reported of: it comes next. */
  #faulted = -1;
  #declaresMedia = false;
  #declaresCategories = false;

  constructor(resolve: Resolve) {
    this.#resolve = resolve;
  }

  sink(tick: Sink["tick"]): Sink {
    const nothing = (): void => {};
    return {
      file: (_record: FileRecord, file) => {
        this.#files.push(file);
        this.#mediaOfFile = new Map();
        this.#labelOfFile = new Map();
        this.#faulted = -1;
      },
      declares: nothing,
      dataset: nothing,
      category: ({ id, name }) => {
        this.#declaresCategories = true;
        const row = this.#labelRow(name ?? String(id));
        if (id === undefined) return;
        this.#labelOfFile.set(id, row);
        if (!this.#labelById.has(id)) this.#labelById.set(id, row);
      },
      media: ({ id, path, width, height }) => {
        this.#declaresMedia = true;
        const row = this.#mediaRow(path, { id, path, width, height, from: this.#files.at(-1) });
        if (id === undefined) return;
        this.#mediaOfFile.set(id, row);
        if (!this.#mediaById.has(id)) this.#mediaById.set(id, row);
      },
      annotation: (record, _offset, element) => this.#annotation(record, element),
      node: nothing,
      fault: ({ kind, element }) => {
        if (kind === "annotation") this.#faulted = element;
      },
      digest: nothing,
      notRead: (kind) => {
        if (kind === "annotation") this.#other("not readable");
      },
      tick,
    };
  }

  finish(name: string, found: readonly string[], failures: readonly string[]): Delivery {
    return {
      name,
      formats: found,
      files: this.#files,
      declaresMedia: this.#declaresMedia,
      declaresCategories: this.#declaresCategories,
      media: this.#media,
      labels: this.#labels,
      mediaIds: this.#mediaById,
      labelIds: this.#labelById,
      units: this.#rows.finish(),
      boxesWritten: this.#boxesWritten ?? false,
      panoptic: this.#panoptic,
      others: this.#others,
      failures,
    };
  }

  #annotation(record: AnnotationRecord, element: number): void {
    const { segments } = record;
    const media = this.#mediaOf(record.media_id);
    if (segments !== undefined) {
      this.#panopticMask(record, media);
      for (const segment of segments) {
        const at = this.#rows.add(
          media,
          this.#labelOf(segment.category_id, undefined),
          this.#files.length - 1,
          element,
        );
        const area = segment.pixels ?? segment.area;
        this.#rows.fill(at, { score: undefined, iscrowd: segment.iscrowd, area });
        const box = segment.pixel_box ?? segment.box;
        if (box !== undefined) this.#rows.box(at, box.x, box.y, box.width, box.height, false);
      }
      return;
    }
    const shares = record.normalised;
    this.#boxesWritten ??= record.box !== undefined || record.corners !== undefined;
    const box = boxOf(record);
    const other = this.#otherThan(record, box, element);
    if (other !== undefined) {
      this.#other(other);
      return;
    }
    const at = this.#rows.add(media, this.#labelOf(record.category_id, record.label), this.#files.length - 1, element);
    this.#rows.fill(at, record);
    if (box !== undefined) this.#rows.box(at, box.x, box.y, box.width, box.height, false);
    else if (shares !== undefined) {
      const [x = 0, y = 0, width = 0, height = 0] = shares.length === 4 ? shares : boundsOfCorners(shares);
      const left = shares.length === 4 ? x - width / 2 : x;
      this.#rows.box(at, left, shares.length === 4 ? y - height / 2 : y, width, height, true);
    }
    if (record.rle !== undefined) this.#rows.mask(at, { rle: { ...record.rle, counts: record.rle.counts.slice() } });
    else if (record.polygon !== undefined) this.#rows.mask(at, { rings: record.polygon.map((ring) => ring.slice()) });
  }

  /** What a record has instead of a box and a label to compare. */
  #otherThan(record: AnnotationRecord, box: Box | undefined, element: number): string | undefined {
    const { normalised: shares = noShares } = record;
    const numbers = box === undefined ? shares : [box.x, box.y, box.width, box.height];
    if (!numbers.every(Number.isFinite)) return "box that is not finite";
    if (box !== undefined || shares.length >= 4) return undefined;
    if (record.caption !== undefined) return "caption";
    if (hasShape(record)) return "shape without a box";
    if (record.category_id === undefined && record.label === undefined) return "no label";
    // A label without a box speaks of the whole medium, unless there was a box that could not be read.
    return this.#faulted === element ? "not readable" : undefined;
  }

  /** Keeps where the pixels are; they are read when they are compared. */
  #panopticMask({ mask_path, mask_found, mask_type, segments = [] }: AnnotationRecord, media: number): void {
    const from = this.#files.at(-1);
    if (mask_found !== true || mask_type !== "image/png" || mask_path === undefined || from === undefined) return;
    const file = panopticMaskFile(from, mask_path, this.#resolve);
    if (file === undefined || file === "unsafe") return;
    this.#panoptic.push({
      media,
      file,
      segments: segments.map(({ id, category_id, isthing, iscrowd }) => ({
        id,
        label: this.#labelOf(category_id, undefined),
        thing: isthing !== 0,
        crowd: iscrowd === 1,
      })),
    });
  }

  #other(what: string): void {
    this.#others[what] = (this.#others[what] ?? 0) + 1;
  }

  /** One row an image: several files may list one, and `1.jpg` of train is not that of val. Without a path each record is a medium of its own. */
  #mediaRow(path: string | undefined, media: DeliveredMedia): number {
    const rows = path === undefined ? [] : (this.#mediaByPath.get(path) ?? []);
    const known = rows.find((row) => this.#isOne(path ?? "", this.#media[row]?.from, media.from));
    if (known !== undefined) return known;
    const row = this.#media.push(media) - 1;
    if (path !== undefined) this.#mediaByPath.set(path, [...rows, row]);
    return row;
  }

  /** Whether a path that two files write is one image: the file that each means, or else their splits. */
  #isOne(path: string, one: InputFile | undefined, other: InputFile | undefined): boolean {
    if (one === other || one === undefined || other === undefined) return true;
    const [a, b] = [this.#resolve(path, one), this.#resolve(path, other)];
    return typeof a === "object" && typeof b === "object"
      ? a.absolute === b.absolute
      : splitOf(one.path) === splitOf(other.path);
  }

  #mediaOf(id: Id | undefined): number {
    if (id === undefined) return this.#mediaRow("", { ...noMedia, id: undefined });
    const known = this.#mediaOfFile.get(id) ?? this.#mediaById.get(id);
    if (known !== undefined) return known;
    const row = this.#media.push({ ...noMedia, id }) - 1;
    this.#mediaOfFile.set(id, row);
    this.#mediaById.set(id, row);
    return row;
  }

  #labelOf(id: Id | undefined, label: string | undefined): number {
    if (label !== undefined) return this.#labelRow(label);
    if (id === undefined) return this.#labelRow("");
    const known = this.#labelOfFile.get(id) ?? this.#labelById.get(id);
    if (known !== undefined) return known;
    const row = this.#labelRow(String(id));
    this.#labelById.set(id, row);
    return row;
  }

  #labelRow(name: string): number {
    const known = this.#labelRows.get(name);
    if (known !== undefined) return known;
    const row = this.#labels.push(name) - 1;
    this.#labelRows.set(name, row);
    return row;
  }
}

const noShares = new Float64Array(0);

const noMedia: Omit<DeliveredMedia, "id"> = { path: undefined, width: undefined, height: undefined, from: undefined };

function hasShape({ keypoints, mask_path, rotated_box, rle, polygon = [] }: AnnotationRecord): boolean {
  return polygon.length > 0 || [keypoints, mask_path, rotated_box, rle].some((one) => one !== undefined);
}

/** The box as written, or that around the shape. */
function boxOf({ box, corners, polygon, rotated_box, rle }: AnnotationRecord): Box | undefined {
  if (box !== undefined) return box;
  if (corners !== undefined)
    return {
      x: corners.x_min,
      y: corners.y_min,
      width: corners.x_max - corners.x_min,
      height: corners.y_max - corners.y_min,
    };
  if (polygon !== undefined && polygon.length > 0) return around(polygon);
  if (rotated_box !== undefined && rotated_box.length === 8) return around([rotated_box]);
  return rle === undefined ? undefined : rleTightBox(rle);
}

function around(rings: readonly Float64Array[]): Box | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings)
    for (let i = 0; i + 1 < ring.length; i += 2) {
      left = Math.min(left, ring[i] ?? 0);
      right = Math.max(right, ring[i] ?? 0);
      top = Math.min(top, ring[i + 1] ?? 0);
      bottom = Math.max(bottom, ring[i + 1] ?? 0);
    }
  return left <= right ? { x: left, y: top, width: right - left, height: bottom - top } : undefined;
}

/** Box around corners that are shares of the image: left, top, width, height. */
function boundsOfCorners(shares: Float64Array): readonly number[] {
  const box = around([shares]);
  return box === undefined ? [] : [box.x, box.y, box.width, box.height];
}
