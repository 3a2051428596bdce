import type { CheckDeclaration, Host } from "../../../checks/declaration.js";
import { kindNames, kinds, type RecordOf } from "../../../records/kinds.js";
import type { AnnotationRecord, Box } from "../../../records/types.gen.js";
import type { BoundRule, RuleSource, Scope } from "../api.js";
import { compileRule } from "../compile.js";
import type { CelTables, RuleScope } from "../environment.js";
import { MeasureUndefined } from "../failure.js";

const checks: readonly CheckDeclaration[] = [
  // `subarray` shows that a list of doubles is a typed array, wherever it came from.
  {
    cel: "sum(list<double>): double",
    says: { zh: "和", en: "sum" },
    call: (list: Float64Array) => list.subarray(0).reduce((a, b) => a + b, 0),
  },
  {
    cel: "boxArea(Box): double",
    says: { zh: "框的面积", en: "area of the box" },
    unit: { zh: "px²", en: "px²" },
    call: (box: Box) => box.width * box.height,
  },
  {
    cel: "selfCrosses(list<double>): bool",
    says: { zh: "边相交", en: "edges cross" },
    call: (ring: Float64Array) => ring.length > 6,
    marks: (ring: Float64Array) => [{ kind: "crossing", points: [ring[0] ?? 0, ring[1] ?? 0] }],
  },
  { cel: "countOf(string): int", says: { zh: "{0} 的长度", en: "length of {0}" }, call: (text: string) => text.length },
  {
    cel: "knownMedia(Id): bool",
    says: { zh: "有这个数据项", en: "there is such a media item" },
    call: (of: Host, id: string | number) => of.known("media", id),
    needs: "host",
  },
];

/** A small table of checks of our own, so that these tests stand on no other room. */
export const tables: CelTables = {
  checks,
  groupChecks: [
    {
      cel: "maxIouWithOthers(Siblings, int, bool): double",
      says: { zh: "最大交并比", en: "largest IoU" },
      columns: ["box", "category"],
      answer: ({ size }, sameCategory: boolean) => ({
        values: Float64Array.from({ length: size }, (_, i) => (sameCategory ? i / 10 : i)),
      }),
    },
    {
      cel: "isFirst(Siblings, int): bool",
      says: { zh: "是第一个", en: "it is the first" },
      columns: ["area"],
      answer: ({ size }) => ({ values: Float64Array.from({ length: size }, (_, i) => (i === 0 ? 1 : 0)) }),
    },
  ],
};

export const host: Host = {
  known: (kind, id) => kind === "media" && (id === 1 || id === "m1"),
  measure(id) {
    if (id === "label-balance") return { a: 1, b: 2, x: 0.5 };
    if (id === "undefined-here") return { a: 0, b: 0, x: undefined };
    throw new MeasureUndefined(id);
  },
};

export const rule: RuleScope = {
  on: "annotation",
  params: { tolerance: 0.5, words: ["cat", "dog", "toString"], steps: [0, 1, 2], pattern: "^a+$", strict: true },
};

export function scopeOf(annotation: Partial<AnnotationRecord>, media: Partial<Scope["media"]> = {}): Scope {
  const empty = Object.fromEntries(kindNames.map((kind) => [kind, kinds[kind].make()])) as unknown as RecordOf;
  return {
    ...empty,
    media: { ...empty.media, ...media },
    annotation: { ...empty.annotation, ...annotation },
    siblings: undefined,
    at: -1,
  };
}

/** What the traps are asked about. */
export const trapScope: Scope = scopeOf(
  {
    id: 7,
    media_id: "m1",
    label: "cat",
    caption: "𠮷，é",
    box: { x: -0, y: 1.5, width: Number.NaN, height: Number.POSITIVE_INFINITY },
    polygon: [Float64Array.of(0, 0, 4, 0, 4, 3), Float64Array.of(Number.NaN, -0)],
    polygon_length: new Float64Array(0),
    iscrowd: 0,
    num_keypoints: -4,
    keypoint_values: Number.MAX_SAFE_INTEGER,
    keypoints: [
      { x: 1, y: 2, v: 2 },
      { x: 3, y: 4, v: 0 },
    ],
    segments: [
      {
        id: 1,
        category_id: undefined,
        area: undefined,
        box: undefined,
        iscrowd: 0,
        isthing: 0,
        pixels: 4,
        pixel_box: undefined,
      },
      {
        id: 2,
        category_id: 3,
        area: 9,
        box: undefined,
        iscrowd: undefined,
        isthing: undefined,
        pixels: undefined,
        pixel_box: undefined,
      },
    ],
    attributes: [{ name: "a", type: "string", text: "x" }],
  },
  { width: 640, height: 480 },
);

export const boxRule: RuleSource = {
  id: "box-out-of-bounds",
  on: "annotation",
  when: "has(annotation.box) && has(media.width) && has(media.height)",
  assert: `annotation.box.x >= -params.tolerance_px && annotation.box.y >= -params.tolerance_px &&
annotation.box.x + annotation.box.width <= double(media.width) + params.tolerance_px &&
annotation.box.y + annotation.box.height <= double(media.height) + params.tolerance_px`,
  params: { tolerance_px: 0.5 },
};

export function bound(source: Partial<RuleSource> & Pick<RuleSource, "assert">): BoundRule {
  const result = compileRule({ id: "a-rule", on: "annotation", params: {}, ...source }, tables);
  if ("diagnostics" in result) throw new Error(JSON.stringify(result.diagnostics));
  return result.compiled.bind(host);
}

export const box = (x: number, y: number, width: number, height: number) => ({ box: { x, y, width, height } });
export const vga = { width: 640, height: 480 };
