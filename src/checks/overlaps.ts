import { type GroupAnswer, type GroupCheckDeclaration, type GroupColumns, units } from "./declaration.js";

// Overlaps of the boxes of one group. A crowd (iscrowd = 1), a member without a box and a box without area overlap nothing. Every member that
// has a partner gets one, so the answers do not depend on the order of the members but for which of two equal partners is named.

/**
 * Intersection over union with the member that overlaps most, 0 for none.
 *
 * @param sameCategory partners are those of the same category only; a member without category then has none
 */
export function maxIouWithOthers(columns: GroupColumns, sameCategory: boolean): GroupAnswer {
  if (columns.size <= few) return sameCategory ? overlapsOfFew(columns).same : overlapsOfFew(columns).any;
  return bestOverlap(columns, sameCategory ? "same" : "any", false);
}

/** The same with members of another category only. */
export function maxIouWithOtherCategory(columns: GroupColumns): GroupAnswer {
  if (columns.size <= few) return overlapsOfFew(columns).other;
  return bestOverlap(columns, "other", false);
}

/** Intersection as a share of the smaller of the two boxes, for the member of the same category with the largest share; 0 for none. */
export function maxContainment(columns: GroupColumns): GroupAnswer {
  if (columns.size <= few) return overlapsOfFew(columns).contained;
  return bestOverlap(columns, "same", true);
}

/**
 * Number of members with the same box, category and crowd flag, the member itself included; 0 for a member without a box. Members without
 * category count as of one category. Partner: the next one of them.
 */
export function exactDuplicates(columns: GroupColumns): GroupAnswer {
  const { size, box, category, iscrowd } = columns;
  if (size <= few) return duplicatesOfFew(columns);
  const values = new Float64Array(size);
  const partners = new Int32Array(size).fill(-1);
  const compare = (a: number, b: number) =>
    compareBoxes(box, a, b) ||
    compareNumbers(category[a]!, category[b]!) ||
    compareNumbers(Number(iscrowd[a] === 1), Number(iscrowd[b] === 1));
  const order = sortedMembers(columns, hasBox, (a, b) => compare(a, b) || a - b);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && compare(order[from]!, order[to]!) === 0) to++;
    for (let k = from; k < to; k++) {
      values[order[k]!] = to - from;
      if (to - from > 1) partners[order[k]!] = order[k + 1 < to ? k + 1 : from]!;
    }
    from = to;
  }
  return { values, partners };
}

/** Up to this size all pairs are compared, in one walk for all of the checks: an image has 7 boxes in the mean, and sorting them costs more. */
const few = 64;

/** Answers by size, shared by all groups in which nothing overlaps or occurs twice, which are most. */
const nothing = Array.from(
  { length: few + 1 },
  (_, size): GroupAnswer => ({ values: new Float64Array(size), partners: new Int32Array(size).fill(-1) }),
);
const allDifferent = nothing.map(
  ({ values, partners }): GroupAnswer => ({
    values: values.slice().fill(1),
    ...(partners === undefined ? {} : { partners }),
  }),
);

interface Overlaps {
  readonly any: GroupAnswer;
  readonly same: GroupAnswer;
  readonly other: GroupAnswer;
  readonly contained: GroupAnswer;
}

const noOverlaps = nothing.map((none): Overlaps => ({ any: none, same: none, other: none, contained: none }));

/** The last group and its overlaps: the rules of one group ask one after the other. */
let lastColumns: GroupColumns | undefined;
let lastOverlaps: Overlaps | undefined;

function overlapsOfFew(columns: GroupColumns): Overlaps {
  if (columns !== lastColumns || lastOverlaps === undefined) {
    lastColumns = columns;
    lastOverlaps = comparePairs(columns);
  }
  return lastOverlaps;
}

/** The best partners in a group of one size; the same arrays for every such group, since an answer is used up before the next group is asked about. */
class Best implements GroupAnswer {
  readonly values: Float64Array;
  readonly partners: Int32Array;

  constructor(size: number) {
    this.values = new Float64Array(size);
    this.partners = new Int32Array(size);
  }

  clear(): void {
    this.values.fill(0);
    this.partners.fill(-1);
  }

  take(a: number, b: number, share: number): void {
    if (share > this.values[a]!) answer(this.values, this.partners, a, b, share);
    if (share > this.values[b]!) answer(this.values, this.partners, b, a, share);
  }
}

const bestOfFew = Array.from({ length: few + 1 }, (_, size) => ({
  any: new Best(size),
  same: new Best(size),
  other: new Best(size),
  contained: new Best(size),
}));

function comparePairs(columns: GroupColumns): Overlaps {
  const { size, box, category } = columns;
  const best = bestOfFew[size]!;
  let met = false;
  for (let a = 1; a < size; a++) {
    if (!hasArea(columns, a)) continue;
    const left = box[4 * a]!;
    const top = box[4 * a + 1]!;
    const right = left + box[4 * a + 2]!;
    const bottom = top + box[4 * a + 3]!;
    for (let b = 0; b < a; b++) {
      const x = box[4 * b]!;
      const y = box[4 * b + 1]!;
      if (!(x < right && y < bottom && left < x + box[4 * b + 2]! && top < y + box[4 * b + 3]!)) continue;
      if (!hasArea(columns, b)) continue;
      if (!met) {
        met = true;
        best.any.clear();
        best.same.clear();
        best.other.clear();
        best.contained.clear();
      }
      const share = overlap(box, a, b, false);
      best.any.take(a, b, share);
      if (related(category[a]!, category[b]!, "same")) {
        best.same.take(a, b, share);
        best.contained.take(a, b, overlap(box, a, b, true));
      } else if (related(category[a]!, category[b]!, "other")) best.other.take(a, b, share);
    }
  }
  return met ? best : noOverlaps[size]!;
}

function duplicatesOfFew(columns: GroupColumns): GroupAnswer {
  const { size, box, category, iscrowd } = columns;
  let values: Float64Array | undefined;
  for (let member = 0; member < size; member++) {
    if (!hasBox(columns, member)) {
      values ??= new Float64Array(size).fill(1);
      values[member] = 0;
    }
  }
  let named: Int32Array | undefined;
  for (let a = 1; a < size; a++) {
    const x = box[4 * a]!;
    for (let b = 0; b < a; b++) {
      if (box[4 * b] !== x || compareBoxes(box, a, b) !== 0) continue;
      if (compareNumbers(category[a]!, category[b]!) !== 0 || (iscrowd[a] === 1) !== (iscrowd[b] === 1)) continue;
      values ??= new Float64Array(size).fill(1);
      named ??= new Int32Array(size).fill(-1);
      values[a]!++;
      values[b]!++;
      // The next one; the last of them names the first.
      if (named[a]! < 0) named[a] = b;
      if (named[b]! < b) named[b] = a;
    }
  }
  if (values === undefined) return allDifferent[size]!;
  return { values, partners: named ?? new Int32Array(size).fill(-1) };
}

type Relation = "any" | "same" | "other";

/**
 * Boxes in the order of x, each compared with those that have not ended before it begins: n log n for boxes spread over an image. Equal boxes
 * of one category overlap wholly, and only the first of them goes on to be compared, so copies of one box cost no pairs.
 */
function bestOverlap(columns: GroupColumns, relation: Relation, containment: boolean): GroupAnswer {
  const { size, box, category } = columns;
  const values = new Float64Array(size);
  const partners = new Int32Array(size).fill(-1);
  const same = (a: number, b: number) => compareBoxes(box, a, b) || compareNumbers(category[a]!, category[b]!);
  const order = sortedMembers(columns, hasArea, (a, b) => same(a, b) || a - b);
  const active = new Int32Array(order.length);
  let running = 0;
  for (let k = 0; k < order.length; ) {
    const member = order[k]!;
    let next = k + 1;
    while (next < order.length && same(member, order[next]!) === 0) next++;
    let kept = 0;
    for (let r = 0; r < running; r++) {
      const other = active[r]!;
      if (box[4 * other]! + box[4 * other + 2]! <= box[4 * member]!) continue;
      active[kept++] = other;
      if (!related(category[member]!, category[other]!, relation)) continue;
      const share = overlap(box, member, other, containment);
      if (share > values[member]!) answer(values, partners, member, other, share);
      if (share > values[other]!) answer(values, partners, other, member, share);
    }
    active[kept++] = member;
    running = kept;
    const copies = next - k > 1 && related(category[member]!, category[member]!, relation);
    if (copies) for (let c = k; c < next; c++) answer(values, partners, order[c]!, order[c + 1 < next ? c + 1 : k]!, 1);
    k = next;
  }
  spreadToCopies(order, same, values, partners);
  return { values, partners };
}

/** The first of equal boxes was compared for all of them; its answer may have grown after its copies got theirs. */
function spreadToCopies(
  order: Int32Array,
  same: (a: number, b: number) => number,
  values: Float64Array,
  partners: Int32Array,
): void {
  let first = order[0]!;
  for (let k = 1; k < order.length; k++) {
    const member = order[k]!;
    if (same(first, member) !== 0) first = member;
    else if (values[first]! > values[member]!) answer(values, partners, member, partners[first]!, values[first]!);
  }
}

function answer(values: Float64Array, partners: Int32Array, member: number, partner: number, value: number): void {
  values[member] = value;
  partners[member] = partner;
}

/** Neither the same nor another where one category is absent (NaN). */
function related(a: number, b: number, relation: Relation): boolean {
  if (relation === "any") return true;
  return relation === "same" ? a === b : a < b || a > b;
}

function overlap(box: Float64Array, a: number, b: number, containment: boolean): number {
  const i = 4 * a;
  const j = 4 * b;
  const width = Math.min(box[i]! + box[i + 2]!, box[j]! + box[j + 2]!) - Math.max(box[i]!, box[j]!);
  const height = Math.min(box[i + 1]! + box[i + 3]!, box[j + 1]! + box[j + 3]!) - Math.max(box[i + 1]!, box[j + 1]!);
  if (!(width > 0 && height > 0)) return 0;
  const intersection = width * height;
  const areaA = box[i + 2]! * box[i + 3]!;
  const areaB = box[j + 2]! * box[j + 3]!;
  // x + width - x may be rounded to more than width.
  return Math.min(1, intersection / (containment ? Math.min(areaA, areaB) : areaA + areaB - intersection));
}

function hasBox(columns: GroupColumns, member: number): boolean {
  return !Number.isNaN(columns.box[4 * member]!);
}

function hasArea(columns: GroupColumns, member: number): boolean {
  return columns.box[4 * member + 2]! > 0 && columns.box[4 * member + 3]! > 0 && columns.iscrowd[member] !== 1;
}

function sortedMembers(
  columns: GroupColumns,
  wanted: (columns: GroupColumns, member: number) => boolean,
  compare: (a: number, b: number) => number,
): Int32Array {
  const members = new Int32Array(columns.size);
  let count = 0;
  for (let member = 0; member < columns.size; member++) if (wanted(columns, member)) members[count++] = member;
  return members.subarray(0, count).sort(compare);
}

function compareBoxes(box: Float64Array, a: number, b: number): number {
  for (let side = 0; side < 4; side++) {
    const order = compareNumbers(box[4 * a + side]!, box[4 * b + side]!);
    if (order !== 0) return order;
  }
  return 0;
}

/** NaN after all numbers and equal to itself. */
function compareNumbers(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}

export const groupDeclarations: readonly GroupCheckDeclaration[] = [
  {
    cel: "maxIouWithOthers(Siblings, int, bool): double",
    says: { zh: "与最重叠者的交并比", en: "IoU with the annotation that overlaps most" },
    columns: ["box", "category", "iscrowd"],
    answer: maxIouWithOthers,
  },
  {
    cel: "maxIouWithOtherCategory(Siblings, int): double",
    says: {
      zh: "与最重叠的其他类别标注的交并比",
      en: "IoU with the annotation of another category that overlaps most",
    },
    columns: ["box", "category", "iscrowd"],
    answer: maxIouWithOtherCategory,
  },
  {
    cel: "maxContainment(Siblings, int): double",
    says: { zh: "两框中较小者被覆盖的比例", en: "share of the smaller box that the other one covers" },
    columns: ["box", "category", "iscrowd"],
    answer: maxContainment,
  },
  {
    cel: "exactDuplicates(Siblings, int): int",
    says: { zh: "框和类别都相同的标注（含自身）", en: "annotations with this box and category, itself included" },
    unit: units.annotations,
    columns: ["box", "category", "iscrowd"],
    answer: exactDuplicates,
  },
];
