import type { Distribution, ReportDimension, ReportRule } from "../records/report.gen.js";
import { count, decimal } from "./numbers.js";
import type { Palette } from "./palette.js";
import { withoutEvidence } from "./sentences.js";

/** Charts as SVG text: our own marks, since five plain kinds are smaller than any library and follow the palette. */

export interface ChartOptions {
  readonly palette: Palette;
  /** Attributes that name the chart, already escaped. */
  readonly name: string;
}

const width = 480;
const plot = { left: 52, right: 470, top: 12, bottom: 196 };

/** A score on the scale: a point where it is one number, a plain band where it is bounds, nothing where there is none. */
export function scoreScale(
  dimension: ReportDimension,
  domain: readonly [number, number],
  options: ChartOptions & { label: string },
): string {
  const { palette } = options;
  const x = (value: number): number => 10 + ((clamp(value, domain) - domain[0]) / (domain[1] - domain[0])) * 340;
  const step = (domain[1] - domain[0]) / 4;
  const ticks = [0, 1, 2, 3, 4].map((i) => domain[0] + i * step);
  const parts = [
    `<path d="M10 30H350${ticks.map((tick) => `M${n(x(tick))} 30v4`).join("")}" stroke="${palette.rule3}" fill="none"/>`,
    ...ticks.map((tick, i) =>
      text(x(tick), 49, decimal(tick), palette.muted, i === 0 ? "start" : i === 4 ? "end" : "middle"),
    ),
  ];
  const { threshold } = dimension;
  const [lower, upper] = withoutEvidence(dimension) ? [] : [dimension.lower, dimension.upper];
  if (lower !== undefined && upper !== undefined && upper > lower) {
    parts.push(
      `<rect x="${n(x(lower))}" y="24" width="${n(Math.max(2, x(upper) - x(lower)))}" height="12" fill="${palette.data}" fill-opacity="0.45"/>`,
    );
    parts.push(`<path d="M${n(x(lower))} 22v16M${n(x(upper))} 22v16" stroke="${palette.data}" stroke-width="1.5"/>`);
  }
  if (threshold !== undefined) {
    parts.push(
      `<path d="M${n(x(threshold))} 16v14" stroke="${palette.ink}" stroke-width="1.2" stroke-dasharray="3 2"/>`,
    );
    parts.push(options.label.replaceAll("{x}", n(clamp(x(threshold), [30, 330]))));
  }
  if (lower !== undefined && lower === upper)
    parts.push(
      `<circle cx="${n(x(lower))}" cy="30" r="5" fill="${palette.data}" stroke="${palette.paper}" stroke-width="1.5"/>`,
    );
  return `<svg class="scale" viewBox="0 0 360 53" role="img" ${options.name}>${parts.join("")}</svg>`;
}

/** 0–100 for all rows, or 80–100 where every dimension has a score and all scores and thresholds lie above 80; the axis says which. */
export function scoreDomain(dimensions: readonly ReportDimension[]): readonly [number, number] {
  // An empty scale that begins at 80 would say that the score lies above it.
  if (dimensions.some(withoutEvidence)) return [0, 100];
  const values = dimensions.flatMap((one) => [one.lower, one.threshold]).filter((value) => value !== undefined);
  return values.length > 0 && values.every((value) => value > 80) ? [80, 100] : [0, 100];
}

/** Where in the data: 64 cells in reading order, darker with more findings. */
export function whereStrip(where: ReportRule["where"], options: ChartOptions): string {
  const most = Math.max(1, ...where);
  // One path a shade: 64 rectangles of every rule would be a third of the page.
  const byShade = new Map<string, string>();
  where.forEach((found, i) => {
    if (found === 0) return;
    const opacity = String(Math.round(Number(shade(found, most)) * 8) / 8);
    byShade.set(opacity, `${byShade.get(opacity) ?? ""}M${i * 6} 0h6v12h-6z`);
  });
  const cells = [...byShade]
    .map(([opacity, path]) => `<path d="${path}" fill="${options.palette.data}" fill-opacity="${opacity}"/>`)
    .join("");
  const ground = `<rect width="384" height="12" fill="${options.palette.wash}"/>`;
  return `<svg class="where" viewBox="0 0 384 12" preserveAspectRatio="none" role="img" ${options.name}>${ground}${cells}<rect width="384" height="12" fill="none" stroke="${options.palette.rule3}"/></svg>`;
}

/** Width by height of boxes on logarithmic axes, as density; lines at 32² and 96² px, the borders of small, medium and large in COCO. */
export function sizeGrid(distribution: Distribution, options: ChartOptions & { x: string; y: string }): string {
  const { palette } = options;
  const [across, up] = [distribution.edges ?? [], distribution.edges_y ?? distribution.edges ?? []];
  const counts = distribution.counts ?? [];
  const side = 300;
  const frame = { left: 52, top: 10, size: 260 };
  const log = (edges: readonly number[], value: number): number => {
    const low = Math.log(edges[0] || 1);
    const high = Math.log(edges.at(-1) || 2);
    return (Math.log(Math.max(value, edges[0] || 1)) - low) / (high - low || 1);
  };
  const x = (value: number): number => frame.left + log(across, value) * frame.size;
  const y = (value: number): number => frame.top + (1 - log(up, value)) * frame.size;
  const most = Math.max(1, ...counts);
  const columns = across.length - 1;
  const cells = counts.map((found, i) => {
    if (found === 0) return "";
    const [left, right] = [x(across[i % columns] ?? 1), x(across[(i % columns) + 1] ?? 1)];
    const row = Math.floor(i / columns);
    const [bottom, top] = [y(up[row] ?? 1), y(up[row + 1] ?? 1)];
    return `<rect x="${n(left)}" y="${n(top)}" width="${n(right - left)}" height="${n(bottom - top)}" fill="${palette.data}" fill-opacity="${shade(found, most)}"/>`;
  });
  const area = [32, 96].map((edge) => {
    const points = [up[0] ?? 1, up.at(-1) ?? 1].map((height) => [x((edge * edge) / height), y(height)] as const);
    return `<path d="M${points.map(([px, py]) => `${n(px)} ${n(py)}`).join("L")}" stroke="${palette.ink}" stroke-width="1" stroke-dasharray="4 3" fill="none"/>`;
  });
  const ticks = powersOfTen(across[0] ?? 1, across.at(-1) ?? 1);
  const clip = `<clipPath id="size-clip"><rect x="${frame.left}" y="${frame.top}" width="${frame.size}" height="${frame.size}"/></clipPath>`;
  const body = [
    `<defs>${clip}</defs><g clip-path="url(#size-clip)">${cells.join("")}${area.join("")}</g>`,
    `<rect x="${frame.left}" y="${frame.top}" width="${frame.size}" height="${frame.size}" fill="none" stroke="${palette.rule3}"/>`,
    ...ticks.map((tick) => text(x(tick), frame.top + frame.size + 16, count(tick), palette.muted, "middle")),
    ...ticks.map((tick) => text(frame.left - 6, y(tick) + 4, count(tick), palette.muted, "end")),
    options.x.replaceAll("{at}", `x="${frame.left + frame.size / 2}" y="${frame.top + frame.size + 32}"`),
    options.y.replaceAll("{at}", `x="0" y="0" transform="translate(12 ${frame.top + frame.size / 2}) rotate(-90)"`),
  ];
  return `<svg class="chart square" viewBox="0 0 ${side + 20} ${side + 10}" role="img" ${options.name}>${body.join("")}</svg>`;
}

/** Bars over bins; `tick` says what stands under the edge of a bin. */
export function histogram(
  distribution: Distribution,
  options: ChartOptions & {
    tick: (edge: number, last: boolean) => string;
    x: string;
    ticked?: (edge: number) => boolean;
  },
): string {
  const { palette } = options;
  const edges = distribution.edges ?? [];
  const counts = distribution.counts ?? [];
  const most = Math.max(1, ...counts);
  const bar = (plot.right - plot.left) / Math.max(1, counts.length);
  const y = (value: number): number => plot.bottom - (value / most) * (plot.bottom - plot.top);
  const candidates = edges
    .map((_, i) => i)
    .filter(
      (i) => i < counts.length + (distribution.open_end === true ? 0 : 1) && (options.ticked?.(edges[i] ?? 0) ?? true),
    );
  const every = Math.max(1, Math.ceil(candidates.length / 10));
  const ticks = candidates.filter(
    (i, k) =>
      k % every === 0 &&
      (i === counts.length - 1 || counts.length - 1 - i >= every / 2 || distribution.open_end !== true),
  );
  if (distribution.open_end === true && !ticks.includes(counts.length - 1)) ticks.push(counts.length - 1);
  const steps = niceSteps(most);
  const body = [
    ...steps.map((step) => `<path d="M${plot.left} ${n(y(step))}H${plot.right}" stroke="${palette.rule}"/>`),
    ...steps.map((step) => text(plot.left - 6, y(step) + 4, count(step), palette.muted, "end")),
    ...counts.map((found, i) =>
      found === 0
        ? ""
        : `<rect x="${n(plot.left + i * bar + 0.5)}" y="${n(y(found))}" width="${n(Math.max(0.5, bar - 1))}" height="${n(plot.bottom - y(found))}" fill="${palette.data}"/>`,
    ),
    `<path d="M${plot.left} ${plot.bottom}H${plot.right}" stroke="${palette.rule3}"/>`,
    ...ticks.map((i) =>
      text(
        plot.left + i * bar,
        plot.bottom + 16,
        options.tick(edges[i] ?? 0, i === counts.length - 1),
        palette.muted,
        "middle",
      ),
    ),
    options.x.replaceAll("{at}", `x="${(plot.left + plot.right) / 2}" y="${plot.bottom + 34}"`),
  ];
  return `<svg class="chart" viewBox="0 0 ${width} 236" role="img" ${options.name}>${body.join("")}</svg>`;
}

/** Count against rank, both logarithmic: for more categories than a table can hold. */
export function rankLine(counts: readonly number[], options: ChartOptions & { x: string; y: string }): string {
  const { palette } = options;
  const most = Math.max(1, counts[0] ?? 1);
  const log = (value: number, end: number): number =>
    Math.log10(Math.max(1, value)) / Math.max(0.3, Math.log10(Math.max(2, end)));
  const x = (rank: number): number => plot.left + log(rank, counts.length) * (plot.right - plot.left);
  const y = (value: number): number => plot.bottom - log(value, most) * (plot.bottom - plot.top);
  let path = "";
  let before = -1;
  counts.forEach((value, i) => {
    const at = Math.round(x(i + 1) * 2) / 2;
    // One point every half px: ten thousand categories are then no longer than eight hundred points.
    if (at === before && i !== counts.length - 1) return;
    path += `${path === "" ? "M" : "L"}${n(at)} ${n(y(value))}`;
    before = at;
  });
  const body = [
    ...powersOfTen(1, most).map(
      (tick) =>
        `<path d="M${plot.left} ${n(y(tick))}H${plot.right}" stroke="${palette.rule}"/>${text(plot.left - 6, y(tick) + 4, count(tick), palette.muted, "end")}`,
    ),
    ...powersOfTen(1, counts.length).map((tick) =>
      text(x(tick), plot.bottom + 16, count(tick), palette.muted, "middle"),
    ),
    `<path d="M${plot.left} ${plot.bottom}H${plot.right}" stroke="${palette.rule3}"/>`,
    `<path d="${path}" fill="none" stroke="${palette.data}" stroke-width="2"/>`,
    options.x.replaceAll("{at}", `x="${(plot.left + plot.right) / 2}" y="${plot.bottom + 34}"`),
    options.y.replaceAll("{at}", `x="0" y="0" transform="translate(11 ${(plot.top + plot.bottom) / 2}) rotate(-90)"`),
  ];
  return `<svg class="chart" viewBox="0 0 ${width} 236" role="img" ${options.name}>${body.join("")}</svg>`;
}

function text(x: number, y: number, content: string, fill: string, anchor: string): string {
  return `<text x="${n(x)}" y="${n(y)}" font-size="11" fill="${fill}" text-anchor="${anchor}">${content}</text>`;
}

/** A single finding stays visible beside a thousand: the scale is logarithmic, and never below a quarter. */
function shade(found: number, most: number): string {
  return (0.25 + 0.75 * (Math.log1p(found) / Math.log1p(most))).toFixed(2);
}

function powersOfTen(low: number, high: number): number[] {
  const out: number[] = [];
  for (let power = 1; power <= high; power *= 10) if (power >= low) out.push(power);
  return out;
}

function niceSteps(most: number): number[] {
  const raw = most / 4;
  const power = 10 ** Math.floor(Math.log10(Math.max(raw, 1)));
  const step = [1, 2, 5, 10].map((k) => k * power).find((candidate) => candidate >= raw) ?? 1;
  const out: number[] = [];
  for (let value = step; value <= most; value += step) out.push(value);
  return out;
}

function clamp(value: number, [low, high]: readonly [number, number]): number {
  return Math.max(low, Math.min(high, value));
}

function n(value: number): string {
  return String(Math.round(value * 10) / 10 || 0);
}
