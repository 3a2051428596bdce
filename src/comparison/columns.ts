import type { AnnotationRecord } from "../records/types.gen.js";
import type { MaskShape, Units } from "./delivery.js";

/** Rows that grow while records come. */
export class UnitRows {
  length = 0;
  #media = new Int32Array(64);
  #label = new Int32Array(64);
  #box = new Float64Array(256);
  #normalised = new Uint8Array(64);
  #score = new Float64Array(64);
  #crowd = new Uint8Array(64);
  #area = new Float64Array(64);
  #file = new Int32Array(64);
  #element = new Int32Array(64);
  readonly #masks: (MaskShape | undefined)[] = [];

  /** Adds a row without a box; returns its number. */
  add(media: number, label: number, file: number, element: number): number {
    const at = this.length++;
    if (at >= this.#media.length) this.#grow();
    this.#media[at] = media;
    this.#label[at] = label;
    this.#file[at] = file;
    this.#element[at] = element;
    this.#box.fill(Number.NaN, 4 * at, 4 * at + 4);
    this.#score[at] = Number.NaN;
    this.#masks.push(undefined);
    return at;
  }

  fill(at: number, record: Pick<AnnotationRecord, "score" | "iscrowd" | "area">): void {
    this.#score[at] = record.score ?? Number.NaN;
    this.#crowd[at] = record.iscrowd === 1 ? 1 : 0;
    if (record.area !== undefined) this.#area[at] = record.area;
  }

  box(at: number, x: number, y: number, width: number, height: number, normalised: boolean): void {
    this.#box.set([x, y, width, height], 4 * at);
    this.#normalised[at] = normalised ? 1 : 0;
    if (this.#area[at] === 0) this.#area[at] = width * height;
  }

  mask(at: number, shape: MaskShape): void {
    this.#masks[at] = shape;
  }

  finish(): Units {
    const { length } = this;
    return {
      length,
      media: this.#media.slice(0, length),
      label: this.#label.slice(0, length),
      box: this.#box.slice(0, 4 * length),
      normalised: this.#normalised.slice(0, length),
      score: this.#score.slice(0, length),
      crowd: this.#crowd.slice(0, length),
      area: this.#area.slice(0, length),
      file: this.#file.slice(0, length),
      element: this.#element.slice(0, length),
      masks: this.#masks,
    };
  }

  #grow(): void {
    this.#media = doubled(this.#media);
    this.#label = doubled(this.#label);
    this.#box = doubled(this.#box);
    this.#normalised = doubled(this.#normalised);
    this.#score = doubled(this.#score);
    this.#crowd = doubled(this.#crowd);
    this.#area = doubled(this.#area);
    this.#file = doubled(this.#file);
    this.#element = doubled(this.#element);
  }
}

function doubled<T extends Int32Array | Float64Array | Uint8Array>(array: T): T {
  const next = new (array.constructor as new (length: number) => T)(2 * array.length);
  next.set(array);
  return next;
}
