import type { Drawing, DrawingMark, Shape } from "../records/report.gen.js";
import type { Palette } from "./palette.js";

/** The annotation of a finding, drawn: a close-up with the fault marked, and a locator that shows where in the medium it lies. */

export interface DrawOptions {
  readonly palette: Palette;
  /** Unique on the page, of letters, digits and `-`: the outline is stored once and used twice. */
  readonly id: string;
  /** Attributes that name the drawing: `aria-labelledby="…"`, already escaped. */
  readonly name: string;
  /** Edge of the close-up in px. */
  readonly size?: number;
  /** Id of an image on the page whose px are those of the frame. */
  readonly image?: string;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Maps px of the medium to px of the picture. */
interface View {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly scale: number;
  readonly size: number;
}

const margin = 0.18;
const leastSpan = 24;
const locatorSize = 56;
const leastSubject = 3;

/** Room around the subject; outside the frame is hatched; the fault, and only it, in the colour of the mark. */
export function closeUp(given: Drawing, options: DrawOptions): string {
  const drawing = marked(given);
  const size = options.size ?? 200;
  const view = viewOf(subjectBox(drawing), size);
  const halo = options.image === undefined ? options.palette.paper : "#ffffff";
  const parts = [
    ground(drawing, view, options),
    ...drawing.shapes
      .filter((shape) => shape.role !== "subject")
      .map((shape) => secondary(shape, view, options.palette, halo)),
    ...drawing.shapes
      .filter((shape) => shape.role === "subject")
      .map((shape, i) => subject(shape, view, options, halo, i)),
    ...drawing.marks.map((mark) => markOf(mark, drawing, view, options.palette, halo)),
  ];
  return `<svg class="close-up" viewBox="0 0 ${size} ${size}" role="img" ${options.name}>${parts.join("")}</svg>`;
}

/** The whole frame at 56 px, the subject in it at 3 px at least. */
export function locator(drawing: Drawing, palette: Palette): string {
  if (drawing.frame === undefined) return "";
  const scale = (locatorSize - 2) / Math.max(drawing.frame.width, drawing.frame.height, 1);
  const width = drawing.frame.width * scale;
  const height = drawing.frame.height * scale;
  const left = (locatorSize - width) / 2;
  const top = (locatorSize - height) / 2;
  const box = subjectBox(drawing);
  const w = Math.max(leastSubject, box.width * scale);
  const h = Math.max(leastSubject, box.height * scale);
  // A subject outside the frame stays visible at the edge of the locator.
  const x = clamp(left + (box.x + box.width / 2) * scale - w / 2, 0, locatorSize - w);
  const y = clamp(top + (box.y + box.height / 2) * scale - h / 2, 0, locatorSize - h);
  return (
    `<svg class="locator" viewBox="0 0 ${locatorSize} ${locatorSize}" aria-hidden="true">` +
    `<rect x="${n(left)}" y="${n(top)}" width="${n(width)}" height="${n(height)}" fill="${palette.wash}" stroke="${palette.rule3}"/>` +
    `<rect x="${n(x)}" y="${n(y)}" width="${n(Math.min(w, locatorSize))}" height="${n(Math.min(h, locatorSize))}" fill="${palette.ink}" fill-opacity="0.35" stroke="${palette.ink}"/></svg>`
  );
}

/** What the close-up is about: the subject and the marked places, in px of the medium. */
export function subjectBox(drawing: Drawing): Box {
  const subjects = drawing.shapes.filter((shape) => shape.role === "subject");
  const boxes = (subjects.length > 0 ? subjects : drawing.shapes).map(boxOf);
  for (const mark of drawing.marks) boxes.push(boxOfPoints(mark.points));
  return (
    union(boxes) ?? { x: 0, y: 0, width: drawing.frame?.width ?? leastSpan, height: drawing.frame?.height ?? leastSpan }
  );
}

function boundsOf(shapes: readonly Shape[]): Box | undefined {
  return union(shapes.map(boxOf));
}

function union(boxes: readonly Box[]): Box | undefined {
  const real = boxes.filter((box) => Number.isFinite(box.x) && Number.isFinite(box.y));
  if (real.length === 0) return undefined;
  const left = Math.min(...real.map((box) => box.x));
  const top = Math.min(...real.map((box) => box.y));
  const right = Math.max(...real.map((box) => box.x + box.width));
  const bottom = Math.max(...real.map((box) => box.y + box.height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * Where a check marks nothing and a box leaves the frame, the edge that it crosses is the fault.
 * A box derived from a polygon is an "expected" shape, and may be the one that leaves.
 */
function marked(drawing: Drawing): Drawing {
  const { frame } = drawing;
  if (frame === undefined || drawing.marks.length > 0) return drawing;
  const marks: DrawingMark[] = [];
  for (const shape of drawing.shapes) {
    if (shape.kind !== "box" || shape.role === "other") continue;
    const { x, y, width, height } = boxOf(shape);
    const [top, bottom] = [clamp(y, 0, frame.height), clamp(y + height, 0, frame.height)];
    const [left, right] = [clamp(x, 0, frame.width), clamp(x + width, 0, frame.width)];
    if (x < 0) marks.push({ kind: "overflow", points: [0, top, 0, bottom] });
    if (y < 0) marks.push({ kind: "overflow", points: [left, 0, right, 0] });
    if (x + width > frame.width) marks.push({ kind: "overflow", points: [frame.width, top, frame.width, bottom] });
    if (y + height > frame.height) marks.push({ kind: "overflow", points: [left, frame.height, right, frame.height] });
  }
  return { ...drawing, marks };
}

function viewOf(box: Box, size: number): View {
  const span = Math.max(leastSpan, Math.max(box.width, box.height) * (1 + 2 * margin));
  const left = box.x + box.width / 2 - span / 2;
  const top = box.y + box.height / 2 - span / 2;
  const scale = size / span;
  return { x: (value) => (value - left) * scale, y: (value) => (value - top) * scale, scale, size };
}

/** The medium's ground and edge; what lies outside it is hatched. */
function ground(drawing: Drawing, view: View, options: DrawOptions): string {
  const { palette } = options;
  const { size } = view;
  if (drawing.frame === undefined) return `<rect width="${size}" height="${size}" fill="${palette.paper}"/>`;
  const left = view.x(0);
  const top = view.y(0);
  const right = view.x(drawing.frame.width);
  const bottom = view.y(drawing.frame.height);
  const image =
    options.image === undefined
      ? ""
      : `<use href="#${options.image}" transform="translate(${n(left)} ${n(top)}) scale(${view.scale.toPrecision(6)})"/>`;
  if (left <= 0 && top <= 0 && right >= size && bottom >= size)
    return image || `<rect width="${size}" height="${size}" fill="${palette.paper}"/>`;
  // Cut to a little more than the picture: a frame of 100,000 px would else be a number of many digits.
  const x = clamp(left, -4, size + 4);
  const y = clamp(top, -4, size + 4);
  const width = clamp(right, -4, size + 4) - x;
  const height = clamp(bottom, -4, size + 4) - y;
  const frame = `x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"`;
  const hatch = `<rect width="${size}" height="${size}" fill="${palette.wash}"/><path d="${hatching(size)}" stroke="${palette.rule}" fill="none"/>`;
  return `${hatch}<rect ${frame} fill="${palette.paper}"/>${image}<rect ${frame} fill="none" stroke="${palette.rule3}"/>`;
}

function hatching(size: number): string {
  let path = "";
  for (let at = 10; at < 2 * size; at += 10) {
    const low = Math.max(0, at - size);
    const high = Math.min(at, size);
    path += `M${low} ${high}L${high} ${low}`;
  }
  return path;
}

function subject(shape: Shape, view: View, options: DrawOptions, halo: string, index: number): string {
  const { palette } = options;
  if (shape.kind === "points") return dots(shape.points, view, palette.ink, halo);
  const id = `${options.id}-${index}`;
  const join = 'fill="none" stroke-linejoin="round"';
  return (
    `<defs><path id="${id}" d="${outline(shape, view)}"/></defs>` +
    `<use href="#${id}" ${join} stroke="${halo}" stroke-width="4"/><use href="#${id}" ${join} stroke="${palette.ink}" stroke-width="1.4"/>`
  );
}

/** The other record of a pair is dashed, a shape that is derived or expected dotted. */
function secondary(shape: Shape, view: View, palette: Palette, halo: string): string {
  if (shape.kind === "points") return dots(shape.points, view, palette.data, halo);
  const dash = shape.role === "other" ? "5 3" : "1.5 3";
  return `<path d="${outline(shape, view)}" fill="none" stroke="${palette.data}" stroke-width="1.4" stroke-dasharray="${dash}"/>`;
}

function markOf(mark: DrawingMark, drawing: Drawing, view: View, palette: Palette, halo: string): string {
  const points = pairs(mark.points);
  switch (mark.kind) {
    case "crossing":
      return points
        .map(
          ([x, y]) =>
            `<circle cx="${n(view.x(x))}" cy="${n(view.y(y))}" r="7" fill="none" stroke="${palette.mark}" stroke-width="2"/>`,
        )
        .join("");
    case "vertex":
      return points
        .map(([x, y]) => `<circle cx="${n(view.x(x))}" cy="${n(view.y(y))}" r="3.5" fill="${palette.mark}"/>`)
        .join("");
    case "overflow":
      return stroke(points, view, palette.mark, 3) + overshoot(drawing, points, view, palette, halo);
    case "pair":
    case "gap":
      return points.length === 1
        ? `<circle cx="${n(view.x(points[0]?.[0] ?? 0))}" cy="${n(view.y(points[0]?.[1] ?? 0))}" r="7" fill="none" stroke="${palette.mark}" stroke-width="2"/>`
        : stroke(points, view, palette.mark, 2.4);
  }
}

/** How far a box leaves the frame at the marked edge, in px of the medium. */
function overshoot(drawing: Drawing, edge: readonly Point[], view: View, palette: Palette, halo: string): string {
  const [first, last] = [edge[0], edge.at(-1)];
  if (drawing.frame === undefined || first === undefined || last === undefined) return "";
  const box = boundsOf(drawing.shapes.filter((shape) => shape.kind === "box" && shape.role !== "other"));
  if (box === undefined) return "";
  const { width, height } = drawing.frame;
  const upright = first[0] === last[0];
  const amount = upright
    ? first[0] <= 0
      ? -box.x
      : box.x + box.width - width
    : first[1] <= 0
      ? -box.y
      : box.y + box.height - height;
  if (!(amount > 0)) return "";
  const text = `${Number(amount.toPrecision(3))} px`;
  const x = clamp(view.x((first[0] + last[0]) / 2) + (upright ? 8 : 0), 6, view.size - 44);
  const y = clamp(view.y((first[1] + last[1]) / 2) + (upright ? 4 : -8), 14, view.size - 6);
  const at = `x="${n(x)}" y="${n(y)}" font-size="12"`;
  return `<text ${at} fill="none" stroke="${halo}" stroke-width="3.5">${text}</text><text ${at} fill="${palette.mark}">${text}</text>`;
}

function stroke(points: readonly Point[], view: View, colour: string, width: number): string {
  const path = points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${n(view.x(x))} ${n(view.y(y))}`).join("");
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round"/>`;
}

function dots(points: readonly number[], view: View, colour: string, halo: string): string {
  return pairs(points)
    .map(
      ([x, y]) =>
        `<circle cx="${n(view.x(x))}" cy="${n(view.y(y))}" r="3" fill="${colour}" stroke="${halo}" stroke-width="1.5"/>`,
    )
    .join("");
}

function outline(shape: Shape, view: View): string {
  if (shape.kind === "box") {
    const [x = 0, y = 0, width = 0, height = 0] = shape.points;
    return `M${n(view.x(x))} ${n(view.y(y))}H${n(view.x(x + width))}V${n(view.y(y + height))}H${n(view.x(x))}Z`;
  }
  let path = "";
  let before = "";
  for (const [x, y] of pairs(shape.points)) {
    const at = `${n(view.x(x))} ${n(view.y(y))}`;
    // Vertices that fall on the same tenth of a px draw nothing new.
    if (at !== before) path += `${path === "" ? "M" : "L"}${at}`;
    before = at;
  }
  return shape.kind === "polygon" && path !== "" ? `${path}Z` : path;
}

type Point = readonly [number, number];

function pairs(points: readonly number[]): Point[] {
  const out: Point[] = [];
  for (let i = 0; i + 1 < points.length; i += 2) out.push([points[i] ?? 0, points[i + 1] ?? 0]);
  return out;
}

function boxOf(shape: Shape): Box {
  if (shape.kind !== "box") return boxOfPoints(shape.points);
  const [x = 0, y = 0, width = 0, height = 0] = shape.points;
  return { x: Math.min(x, x + width), y: Math.min(y, y + height), width: Math.abs(width), height: Math.abs(height) };
}

function boxOfPoints(points: readonly number[]): Box {
  const at = pairs(points);
  const left = Math.min(...at.map(([x]) => x));
  const top = Math.min(...at.map(([, y]) => y));
  return {
    x: left,
    y: top,
    width: Math.max(...at.map(([x]) => x)) - left,
    height: Math.max(...at.map(([, y]) => y)) - top,
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

/** A tenth of a px is finer than any line drawn here. */
function n(value: number): string {
  return String(Math.round(value * 10) / 10 || 0);
}
