import type { Run } from "../engine/run.js";
import { aspectEdges, type BoxShapes, boxShapes, sizeEdges } from "../measures/box-shape.js";
import type { Counts } from "../measures/counts.js";
import type { Distribution } from "../records/report.gen.js";

const maxKeys = 1000;

/** What the report charts: counts of classes and of annotations a medium. */
export function distributionsOf(run: Run): Distribution[] {
  return [classes(run), ...boxes(run), perMedia(run)].filter((one) => one !== undefined);
}

function classes(run: Run): Distribution | undefined {
  const tally = run.tallies.get("annotations-by-category")?.tally as Counts | undefined;
  if (tally === undefined || run.categories.length === 0) return undefined;
  const byName = new Map<string, number>();
  run.categories.forEach(({ name }, row) => {
    byName.set(name, (byName.get(name) ?? 0) + (row < tally.length ? (tally.rows[row] ?? 0) : 0));
  });
  const sorted = [...byName].sort(
    ([leftName, left], [rightName, right]) => right - left || (leftName < rightName ? -1 : 1),
  );
  const rest = sorted.slice(maxKeys);
  return {
    id: "annotations-by-category",
    title: { zh: "各类别的标注数", en: "Annotations by category" },
    kind: "classes",
    total: sorted.reduce((sum, [, count]) => sum + count, 0),
    keys: sorted.slice(0, maxKeys).map(([name]) => name),
    counts: sorted.slice(0, maxKeys).map(([, count]) => count),
    remainder_keys: rest.length,
    remainder: rest.reduce((sum, [, count]) => sum + count, 0),
  };
}

function boxes(run: Run): Distribution[] {
  const tally = run.tallies.get(boxShapes.id)?.tally as BoxShapes | undefined;
  if (tally === undefined || tally.boxes === 0) return [];
  return [
    {
      id: "box-size",
      title: { zh: "标注框的尺寸", en: "Sizes of boxes" },
      kind: "grid",
      total: tally.boxes,
      edges: [...sizeEdges],
      edges_y: [...sizeEdges],
      counts: [...tally.sizes],
    },
    {
      id: "box-aspect",
      title: { zh: "标注框的宽高比", en: "Aspect ratios of boxes" },
      kind: "histogram",
      total: tally.boxes,
      edges: [...aspectEdges],
      counts: [...tally.aspects],
    },
  ];
}

/** Whole-number bins; the last holds everything from the 99th percentile on. */
function perMedia(run: Run): Distribution | undefined {
  const tally = run.tallies.get("annotations-by-media")?.tally as Counts | undefined;
  if (tally === undefined || run.media.length === 0) return undefined;
  const counts = new Float64Array(run.media.length);
  counts.set(tally.rows.subarray(0, Math.min(tally.length, run.media.length)));
  const sorted = counts.slice().sort();
  const p99 = sorted[Math.min(sorted.length - 1, Math.ceil(0.99 * sorted.length) - 1)] ?? 0;
  const width = Math.max(1, Math.ceil((p99 + 1) / 40));
  const binCount = Math.floor(p99 / width) + 1;
  const bins = new Array<number>(binCount).fill(0);
  for (const count of counts) {
    const at = Math.min(binCount - 1, Math.floor(count / width));
    bins[at] = (bins[at] ?? 0) + 1;
  }
  return {
    id: "annotations-by-media",
    title: { zh: "每个数据项的标注数", en: "Annotations per medium" },
    kind: "histogram",
    total: counts.length,
    edges: Array.from({ length: binCount + 1 }, (_, at) => at * width),
    counts: bins,
    open_end: true,
    median: sorted[Math.floor((sorted.length - 1) / 2)] ?? 0,
  };
}
