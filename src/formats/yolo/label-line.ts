import type { Expectation } from "../../records/expectations.js";
import { parseNumber } from "../text/numbers.js";

/** The tasks of Ultralytics; each has its own form of a label line. */
export type YoloTask = "detection" | "segmentation" | "obb" | "pose";

/** How a task's lines are read; `pose` alone has keypoints. */
export interface LineForm {
  readonly task: YoloTask;
  readonly keypoints: KeypointShape | undefined;
}

export interface KeypointShape {
  readonly count: number;
  /** Numbers a point: 2 (x, y) or 3 (x, y, visibility). */
  readonly dimensions: 2 | 3;
}

/** The columns of a line: white space of any length stands between them, as Python's `split()` has it. */
export function columnsOf(line: string): readonly string[] {
  const text = line.trim();
  return text === "" ? [] : text.split(/\s+/);
}

/** Whether a line of so many columns is one of the task. */
export function fits(columns: number, form: LineForm): boolean {
  switch (form.task) {
    case "detection":
      return columns === 5;
    case "segmentation":
      // Roboflow mixes boxes into polygon files; Ultralytics reads both.
      return columns === 5 || isPolygon(columns);
    case "obb":
      return columns === 9;
    case "pose":
      return form.keypoints === undefined
        ? isPose3(columns)
        : columns === 5 + form.keypoints.count * form.keypoints.dimensions;
  }
}

/** The expected number of columns, in words. */
export function expectedColumns(form: LineForm): Expectation {
  switch (form.task) {
    case "detection":
      return "5";
    case "segmentation":
      return "5, or an odd number of at least 7";
    case "obb":
      return "9";
    case "pose":
      return form.keypoints === undefined
        ? "5 + 3 for each keypoint"
        : `${5 + form.keypoints.count * form.keypoints.dimensions}`;
  }
}

/** Category and at least three points. */
export function isPolygon(columns: number): boolean {
  return columns >= 7 && columns % 2 === 1;
}

/** Category, box and keypoints of three numbers. */
export function isPose3(columns: number): boolean {
  return columns >= 8 && (columns - 5) % 3 === 0;
}

/** A whole number, be it written 2 or 2.0; undefined for anything else. */
export function categoryOf(text: string): number | undefined {
  const value = parseNumber(text);
  return value !== undefined && Number.isSafeInteger(value) ? value + 0 : undefined;
}
