import type { Distribution, Report, Text } from "../../records/report.gen.js";
import { histogram, rankLine, sizeGrid } from "../charts.js";
import { goldSentence } from "../gold-sentences.js";
import { both, entry, type Words } from "../locale.js";
import { against, count, decimal, fraction, interval, percent } from "../numbers.js";
import { cssPalette, type Palette } from "../palette.js";
import { sum } from "../sentences.js";
import { cutMiddle, visible } from "../text.js";

type View = Record<string, unknown>;

/** Categories listed whole up to here; above that the first and last `edge`; above `lineFrom` a rank line as well. */
const allUpTo = 40;
const edge = 15;
const lineFrom = 200;

export function dataView(report: Report): View {
  const charts = report.distributions.map((one, i) => chartView(one, i)).filter((one) => one !== undefined);
  const measurements = report.measurements.map((one) => ({
    id: one.id,
    title: one.title,
    a: one.status === "undefined" && one.b === 0 ? "—" : numberText(one.a),
    b: numberText(one.b),
    x: one.status === "undefined" || one.x === undefined ? both((w) => fraction(0, 0, w.lang)) : same(measured(one.x)),
    about: both((w) => aboutText(one, w)),
  }));
  const { gold } = report;
  return {
    any: charts.length > 0 || measurements.length > 0,
    charts,
    measurements,
    gold: gold === undefined ? null : both((w) => goldSentence(gold, w)),
  };
}

/** What the number is about: all records, exactly, or a sample with its interval. */
export function aboutText(one: Report["measurements"][number], w: Words): string {
  if (one.status === "undefined") return w("measure.undefined");
  if (one.inference === "census") return w("measure.census");
  if (one.interval === undefined) return w("measure.no_interval");
  const { lower, upper, level } = one.interval;
  return w(one.inference === "process" ? "measure.process" : "measure.interval", {
    level: decimal(100 * level),
    ends: interval(lower, upper),
    n: count(one.b),
  });
}

export function measured(x: number): string {
  return Number.isInteger(x) ? count(x) : against(x, [0, 1], { digits: 3 });
}

function chartView(one: Distribution, i: number): View | undefined {
  if (one.total === 0) return undefined;
  const id = `chart-${i}`;
  const view = { id, title: titleOf(one), method: entry(`data.method.${one.id}`), svg: "", table: null, classes: null };
  const name = `aria-labelledby="${id}"`;
  const svg = chartSvg(one, { palette: cssPalette, name, axis });
  switch (one.id) {
    case "annotations-by-category":
      return { ...view, svg, ...classesView(one) };
    case "box-size":
      return { ...view, svg, table: gridTable(one) };
    case "box-aspect":
      return { ...view, svg, table: binTable(one, aspectTick) };
    case "annotations-by-media":
      return { ...view, svg, table: binTable(one, countTick(one)) };
  }
}

/** The chart of a distribution; empty where a table says it better. */
export function chartSvg(
  one: Distribution,
  options: { palette: Palette; name: string; axis: (key: string) => string },
): string {
  const { palette, name } = options;
  switch (one.id) {
    case "annotations-by-category": {
      const counts = one.counts ?? [];
      const many = counts.length + (one.remainder_keys ?? 0) > lineFrom;
      return many
        ? rankLine(counts, { palette, name, x: options.axis("axis.rank"), y: options.axis("axis.count") })
        : "";
    }
    case "box-size":
      return sizeGrid(one, { palette, name, x: options.axis("axis.width"), y: options.axis("axis.height") });
    case "box-aspect":
      return histogram(one, { palette, name, x: options.axis("axis.aspect"), tick: aspectTick, ticked: wholePower });
    case "annotations-by-media":
      return histogram(one, { palette, name, x: options.axis("axis.per_media"), tick: countTick(one) });
  }
}

/** The result as a sentence, which is the title of its chart. */
export function titleOf(one: Distribution): Text {
  const counts = one.counts ?? [];
  switch (one.id) {
    case "annotations-by-category": {
      const classes = counts.length + (one.remainder_keys ?? 0);
      const least = counts.at(-1) ?? 0;
      if (classes === 1)
        return entry("data.one_class", { name: cutMiddle(visible(one.keys?.[0] ?? ""), 40), n: count(one.total) });
      if (least === 0) {
        const none = counts.filter((n) => n === 0).length;
        return entry("data.empty_classes", { n: count(none), all: count(classes) });
      }
      const ratio = (counts[0] ?? 0) / least;
      return entry("data.imbalance", {
        ratio: Number.isInteger(ratio) ? count(ratio) : ratio < 10 ? ratio.toFixed(1) : count(Math.round(ratio)),
        classes: count(classes),
      });
    }
    case "box-size": {
      const small = smallShare(one);
      return small === undefined
        ? one.title
        : entry("data.small", { share: percent(small, one.total) ?? "—", n: count(small), all: count(one.total) });
    }
    case "box-aspect":
      return one.median === undefined ? one.title : entry("data.aspect", { median: ratioText(2 ** one.median) });
    case "annotations-by-media":
      return one.median === undefined
        ? one.title
        : entry("data.per_media", { median: decimal(one.median), n: count(one.total) });
  }
}

/** Boxes whose cell lies wholly below 32² px, the border of small objects in COCO. */
function smallShare(one: Distribution): number | undefined {
  const [across, up] = [one.edges, one.edges_y ?? one.edges];
  if (across === undefined || up === undefined) return undefined;
  const columns = across.length - 1;
  return sum(
    (one.counts ?? []).map((n, i) =>
      (across[(i % columns) + 1] ?? 0) * (up[Math.floor(i / columns) + 1] ?? 0) <= 1024 ? n : 0,
    ),
  );
}

interface ClassRow {
  readonly key: string;
  readonly count: string;
  readonly share: string;
  readonly bar: string;
}

interface Classes {
  readonly first: readonly ClassRow[];
  readonly between: Text | null;
  readonly last: readonly ClassRow[];
  readonly remainder: Text | null;
}

/** Categories sorted by count: all, or both ends and what lies between in words. */
export function classesView(one: Distribution): { classes: Classes | null } {
  const counts = one.counts ?? [];
  const keys = one.keys ?? [];
  if (counts.length <= 1) return { classes: null };
  const most = Math.max(1, ...counts);
  const row = (i: number): ClassRow => ({
    key: cutMiddle(visible(keys[i] ?? ""), 60),
    count: count(counts[i] ?? 0),
    share: percent(counts[i] ?? 0, one.total) ?? "—",
    bar: ((100 * (counts[i] ?? 0)) / most).toFixed(2),
  });
  const all = Array.from({ length: counts.length }, (_, i) => i);
  const hidden = counts.length > allUpTo ? counts.length - 2 * edge : 0;
  const first = hidden > 0 ? all.slice(0, edge) : all;
  const last = hidden > 0 ? all.slice(-edge) : [];
  const left = one.remainder_keys ?? 0;
  return {
    classes: {
      first: first.map(row),
      between:
        hidden > 0 ? entry("data.between", { n: count(hidden), sum: count(sum(counts.slice(edge, -edge))) }) : null,
      last: last.map(row),
      remainder: left > 0 ? entry("data.remainder", { n: count(left), sum: count(one.remainder ?? 0) }) : null,
    },
  };
}

/** An axis title in both languages; the chart puts its place in. */
function axis(key: string): string {
  const { zh, en } = entry(key);
  const text = (lang: string, words: string): string =>
    `<text {at} font-size="11" fill="${cssPalette.muted}" text-anchor="middle" lang="${lang}">${words}</text>`;
  return text("zh", zh) + text("en", en);
}

/** Ticks of the aspect stand at 1:4, 1:2, 1:1, 2:1 …, which a reader knows. */
function wholePower(edgeAt: number): boolean {
  return Math.abs(edgeAt - Math.round(edgeAt)) < 1e-9;
}

function aspectTick(edgeAt: number): string {
  return ratioText(2 ** edgeAt);
}

/** `2:1`, `1:1`, `1:4`. */
function ratioText(ratio: number): string {
  const side = (value: number): string => (value < 10 ? String(Math.round(value * 10) / 10) : count(Math.round(value)));
  return ratio >= 1 ? `${side(ratio)}:1` : `1:${side(1 / ratio)}`;
}

function countTick(one: Distribution): (edgeAt: number, last: boolean) => string {
  return (edgeAt, last) => (last && one.open_end === true ? `≥ ${count(edgeAt)}` : count(edgeAt));
}

interface Table {
  readonly head: readonly Text[];
  readonly rows: readonly (readonly string[])[];
}

function binTable(one: Distribution, tick: (edgeAt: number, last: boolean) => string): Table {
  const edges = one.edges ?? [];
  const rows = (one.counts ?? []).map((n, i) => {
    const last = i === (one.counts ?? []).length - 1;
    const whole = one.id === "annotations-by-media" && (edges[i + 1] ?? 0) - (edges[i] ?? 0) === 1;
    const open = last && one.open_end === true;
    const bin =
      whole || open ? tick(edges[i] ?? 0, last) : `${tick(edges[i] ?? 0, false)} – ${tick(edges[i + 1] ?? 0, false)}`;
    return [bin, count(n), percent(n, one.total) ?? "—"];
  });
  return {
    head: [
      entry(`axis.${one.id === "box-aspect" ? "aspect" : "per_media"}`),
      entry("table.count"),
      entry("table.share"),
    ],
    rows,
  };
}

/** The grid in words: a table of 576 cells tells nobody anything, four sizes do. */
function gridTable(one: Distribution): Table {
  const [across, up] = [one.edges ?? [], one.edges_y ?? one.edges ?? []];
  const columns = across.length - 1;
  const limits = [16, 32, 96, 256, Number.POSITIVE_INFINITY];
  const sums = limits.map(() => 0);
  (one.counts ?? []).forEach((n, i) => {
    const area = (across[i % columns] ?? 0) * (up[Math.floor(i / columns)] ?? 0);
    const at = limits.findIndex((limit) => area < limit * limit);
    sums[at] = (sums[at] ?? 0) + n;
  });
  const label = (i: number): string =>
    i === 0 ? "< 16²" : i === limits.length - 1 ? "≥ 256²" : `${limits[i - 1]}² – ${limits[i]}²`;
  return {
    head: [entry("table.cell_area"), entry("table.count"), entry("table.share")],
    rows: sums.map((n, i) => [label(i), count(n), percent(n, one.total) ?? "—"]),
  };
}

export function numberText(value: number): string {
  return Number.isInteger(value) ? count(value) : decimal(value);
}

function same(text: string): Text {
  return { zh: text, en: text };
}
