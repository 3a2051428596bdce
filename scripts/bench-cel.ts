/**
 * Speed of generated rules against functions written by hand, in the same loop over 1,024 different records: million
 * evaluations a second and their ratio, the median of alternating rounds. `npx tsx scripts/bench-cel.ts`; exit 1 when a ratio is below 0.6.
 */
import type { Host } from "../src/checks/declaration.js";
import { ringArea } from "../src/checks/rings.js";
import { kindNames, kinds, type RecordOf } from "../src/records/kinds.js";
import { type AnnotationRecord, newAnnotation } from "../src/records/types.gen.js";
import type { Outcome, RuleSource, Scope } from "../src/standards/cel/api.js";
import { compileRule } from "../src/standards/cel/compile.js";
import { matcherFor } from "../src/standards/cel/regex.js";

interface Contest {
  readonly rule: RuleSource;
  /** What a careful colleague would write. */
  readonly byHand: (scope: Scope) => Outcome;
}

const known = new Set<string | number>(Array.from({ length: 80 }, (_, i) => i + 1));
const host: Host = {
  known: (_kind, id) => id !== undefined && known.has(id),
  measure: () => ({ a: 0, b: 0, x: undefined }),
};
const labels = ["cat", "dog", "horse", "sheep", "cow", "zebra", "giraffe", "elephant", "bear", "unicorn"];
const vocabulary = labels.slice(0, 9);
const vocabularySet = new Set(vocabulary);
const pattern = "^[0-9a-z_-]{1,32}$";
const idMatcher = matcherFor(pattern);
const tables = {
  checks: [{ cel: "ringArea(list<double>): double", says: { zh: "环的面积", en: "area of the ring" }, call: ringArea }],
  groupChecks: [],
};

const contests: readonly Contest[] = [
  {
    rule: {
      id: "box-out-of-bounds",
      on: "annotation",
      when: "has(annotation.box) && has(media.width) && has(media.height)",
      assert: `annotation.box.x >= -params.tolerance_px && annotation.box.y >= -params.tolerance_px &&
annotation.box.x + annotation.box.width <= double(media.width) + params.tolerance_px &&
annotation.box.y + annotation.box.height <= double(media.height) + params.tolerance_px`,
      params: { tolerance_px: 0.5 },
    },
    byHand({ annotation: { box }, media: { width, height } }) {
      if (box === undefined || width === undefined || height === undefined) return 0;
      return box.x >= -0.5 && box.y >= -0.5 && box.x + box.width <= width + 0.5 && box.y + box.height <= height + 0.5
        ? 1
        : 2;
    },
  },
  {
    rule: {
      id: "polygon-zero-area",
      on: "annotation",
      when: "has(annotation.polygon)",
      assert: "annotation.polygon.all(ring, ringArea(ring) >= params.min_area_px2)",
      params: { min_area_px2: 1 },
    },
    byHand({ annotation: { polygon } }) {
      if (polygon === undefined) return 0;
      for (let i = 0; i < polygon.length; i++) {
        if (!(ringArea(polygon[i] as Float64Array) >= 1)) return 2;
      }
      return 1;
    },
  },
  {
    rule: {
      id: "label-undefined",
      on: "annotation",
      when: "has(annotation.category_id)",
      assert: 'known("category", annotation.category_id)',
      params: {},
    },
    byHand({ annotation: { category_id } }) {
      if (category_id === undefined) return 0;
      return host.known("category", category_id) ? 1 : 2;
    },
  },
  {
    rule: {
      id: "label-undefined (vocabulary)",
      on: "annotation",
      when: "has(annotation.label)",
      assert: "annotation.label in params.vocabulary",
      params: { vocabulary },
    },
    byHand({ annotation: { label } }) {
      if (label === undefined) return 0;
      return vocabularySet.has(label) ? 1 : 2;
    },
  },
  {
    rule: {
      id: "keypoint-visibility-invalid",
      on: "annotation",
      when: "has(annotation.keypoints)",
      assert: "annotation.keypoints.all(k, k.v == 0.0 || k.v == 1.0 || k.v == 2.0)",
      params: {},
    },
    byHand({ annotation: { keypoints } }) {
      if (keypoints === undefined) return 0;
      for (let i = 0; i < keypoints.length; i++) {
        const v = keypoints[i]?.v;
        if (v !== 0 && v !== 1 && v !== 2) return 2;
      }
      return 1;
    },
  },
  {
    rule: {
      id: "id-format-invalid",
      on: "annotation",
      when: "has(annotation.id)",
      assert: "isWholeNumber(annotation.id) || text(annotation.id).matches(params.pattern)",
      params: { pattern },
    },
    byHand({ annotation: { id } }) {
      if (id === undefined) return 0;
      return typeof id === "number" || idMatcher.test(id) ? 1 : 2;
    },
  },
];

const records = Array.from({ length: 1024 }, (_, i) => record(i));
const rounds = 15;
const passes = 400;

let worst = Number.POSITIVE_INFINITY;
console.log("rule                            generated    by hand    ratio");
for (const { rule, byHand } of contests) {
  const result = compileRule(rule, tables);
  if ("diagnostics" in result)
    throw new Error(`${rule.id}: ${result.diagnostics.map(({ message }) => message).join("; ")}`);
  const bound = result.compiled.bind(host);
  // One loop each, so that neither call site has seen the other's function.
  const loops = [loopOver(), loopOver()] as const;
  const functions = [bound.run, byHand] as const;
  const rates: [number[], number[]] = [[], []];
  const sums = new Set<number>();
  for (let round = 0; round < rounds + 3; round++) {
    for (const side of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const start = process.hrtime.bigint();
      sums.add(loops[side](functions[side], records, passes));
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      if (round >= 3) rates[side].push((records.length * passes) / seconds / 1e6);
    }
  }
  if (sums.size !== 1) throw new Error(`${rule.id}: the two disagree`);
  const [generated, hand] = [median(rates[0]), median(rates[1])];
  const ratio = median(rates[0].map((rate, i) => rate / (rates[1][i] ?? rate)));
  worst = Math.min(worst, ratio);
  console.log(
    `${rule.id.padEnd(30)} ${generated.toFixed(1).padStart(7)} M/s ${hand.toFixed(1).padStart(6)} M/s    ${ratio.toFixed(2)}`,
  );
}
console.log(`lowest ratio ${worst.toFixed(2)} (bar 0.60)`);
if (worst < 0.6) process.exitCode = 1;

/** A fresh copy of the loop, with feedback of its own. */
function loopOver(): (run: (scope: Scope) => Outcome, scopes: readonly Scope[], times: number) => number {
  return new Function(
    "run",
    "scopes",
    "times",
    "let sum = 0; for (let t = 0; t < times; t++) for (let i = 0; i < scopes.length; i++) sum += run(scopes[i]); return sum;",
  ) as (run: (scope: Scope) => Outcome, scopes: readonly Scope[], times: number) => number;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function record(i: number): Scope {
  const annotation: AnnotationRecord = {
    ...newAnnotation(),
    id: i % 5 === 0 ? `a-${i}` : i,
    category_id: (i % 83) + 1,
    label: labels[i % labels.length],
    box: { x: ((i * 7) % 600) + 0.25, y: ((i * 11) % 400) + 0.5, width: (i % 60) + 0.5, height: (i % 90) + 0.25 },
    polygon: [ring(i), ring(i + 1)],
    keypoints: Array.from({ length: 5 }, (_, k) => ({
      x: i + k + 0.5,
      y: k + 0.5,
      v: (i + k) % 101 === 0 ? 3 : (i + k) % 3,
    })),
  };
  const empty = Object.fromEntries(kindNames.map((kind) => [kind, kinds[kind].make()])) as unknown as RecordOf;
  return { ...empty, annotation, media: { ...empty.media, width: 640, height: 480 }, siblings: undefined, at: -1 };
}

function ring(i: number): Float64Array {
  return Float64Array.from({ length: 16 }, (_, k) => 100 + 40 * (k % 2 === 0 ? Math.cos(k + i) : Math.sin(k + i)));
}
