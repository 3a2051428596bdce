import type { GroupColumns } from "../checks/declaration.js";
import type { Column } from "./column.js";
import type { GroupRows } from "./group-rows.js";
import type { RuleState } from "./rule-state.js";

/** A group rule on annotations, with its bit in the mask. */
export interface GroupRule {
  readonly state: RuleState;
  readonly bit: number;
  readonly values: Column<Float64Array> | undefined;
}

/** Groups by number; 0 is no group. */
export type KeyColumn = Column<Uint32Array>;

/** Keys [from, to) with the number of members of each, and of all of them. */
export interface Block {
  readonly from: number;
  readonly to: number;
  readonly sizes: Uint32Array;
  readonly members: number;
}

// What is gathered of a member lies side by side, `stride` numbers each: members come in any order, and one written to an array for
// each field would miss the cache as often (262,144 members in random order: 0.55 of the time). Whole numbers of 32 bits lie in `words`, two to a number.
const [wordRow, wordMask, wordMedia, wordCategory, wordElement, wordFileAndCrowd] = [0, 1, 2, 3, 4, 5];
const [atOffset, atId, atBox, atArea, atValues] = [3, 4, 5, 9, 10];

export interface Gathered {
  readonly numbers: Float64Array;
  /** The same memory. */
  readonly words: Uint32Array;
  /** Numbers a member. */
  readonly stride: number;
}

/** Memory for the members of a block, unless that of an earlier block is large enough. */
function memoryFor(numbers: number, stride: number, earlier: Gathered): Gathered {
  if (earlier.numbers.length >= numbers) return { ...earlier, stride };
  const memory = new Float64Array(numbers);
  return { numbers: memory, words: new Uint32Array(memory.buffer), stride };
}

/** Gathers the members of a block, group after group, in the order of the rows; in the memory of an earlier block where it is large enough. */
export function gatherBlock(
  rows: GroupRows,
  rules: readonly GroupRule[],
  any: number,
  keys: KeyColumn,
  { from, to, sizes, members }: Block,
  earlier: Gathered,
): Gathered {
  const valued = rules.flatMap(({ values }) => (values === undefined ? [] : [values]));
  const stride = atValues + valued.length;
  const gathered = memoryFor(members * stride, stride, earlier);
  const { numbers, words } = gathered;
  const cursor = new Uint32Array(to - from);
  for (let key = from + 1; key < to; key++) cursor[key - from] = cursor[key - from - 1]! + sizes[key - 1]!;
  const scratch = {
    keys: keys.scratch(),
    mask: rows.mask.scratch(),
    media: rows.media.scratch(),
    category: rows.category.scratch(),
    box: rows.box.scratch(),
    area: rows.area.scratch(),
    iscrowd: rows.iscrowd.scratch(),
    place: rows.place.scratch(),
    values: valued.map((values) => values.scratch()),
  };
  rows.table.scan((chunk, first, count) => {
    const own = keys.chunk(chunk, scratch.keys);
    const masks = rows.mask.chunk(chunk, scratch.mask);
    const media = rows.media.chunk(chunk, scratch.media);
    const categories = rows.category.chunk(chunk, scratch.category);
    const boxes = rows.box.chunk(chunk, scratch.box);
    const areas = rows.area.chunk(chunk, scratch.area);
    const crowds = rows.iscrowd.chunk(chunk, scratch.iscrowd);
    const stands = rows.place.chunk(chunk, scratch.place);
    const values = valued.map((column, v) => column.chunk(chunk, scratch.values[v]!));
    for (let i = 0; i < count; i++) {
      const key = own[i]!;
      if (key < from || key >= to || (masks[i]! & any) === 0) continue;
      const at = stride * cursor[key - from]!++;
      const word = 2 * at;
      words[word + wordRow] = first + i;
      words[word + wordMask] = masks[i]!;
      words[word + wordMedia] = media[i]!;
      words[word + wordCategory] = categories[i]!;
      words[word + wordElement] = stands[4 * i + 2]!;
      words[word + wordFileAndCrowd] = 2 * stands[4 * i]! + crowds[i]!;
      numbers[at + atOffset] = stands[4 * i + 1]!;
      numbers[at + atId] = stands[4 * i + 3]!;
      numbers[at + atBox] = boxes[4 * i]!;
      numbers[at + atBox + 1] = boxes[4 * i + 1]!;
      numbers[at + atBox + 2] = boxes[4 * i + 2]!;
      numbers[at + atBox + 3] = boxes[4 * i + 3]!;
      numbers[at + atArea] = areas[i]!;
      for (let v = 0; v < values.length; v++) numbers[at + atValues + v] = values[v]![i]!;
    }
  });
  return gathered;
}

/** One group of a block after the other, as columns for its rules. The columns are filled again for each group: what group checks give is their own. */
export class GroupView {
  /** Row of each member that the rule asked for last is asked of. */
  rows = new Uint32Array(64);
  readonly #rules: readonly GroupRule[];
  /** Place of each rule's value in what was gathered of a member; -1 for none. */
  readonly #valueAt: readonly number[];
  readonly #wanted: ReadonlySet<string>;
  #gathered: Gathered = { numbers: new Float64Array(0), words: new Uint32Array(0), stride: 1 };
  #start = 0;
  #end = 0;
  /** Bits of the rules that are asked of at least one member, and of all. */
  #some = 0;
  #all = 0;
  /** What the columns were filled for: the bit of a rule, 0 for all members, -1 for nothing yet. */
  #filledFor = -1;
  #columns: GroupColumns | undefined;
  /** Place in the block of each member in the columns. */
  #places = new Uint32Array(64);
  #box = new Float64Array(4 * 64);
  #category = new Float64Array(64);
  #area = new Float64Array(64);
  #iscrowd = new Float64Array(64);
  #value = new Float64Array(64);

  constructor(rules: readonly GroupRule[]) {
    this.#rules = rules;
    let next = atValues;
    this.#valueAt = rules.map(({ values }) => (values === undefined ? -1 : next++));
    this.#wanted = new Set(rules.flatMap(({ state }) => state.active.compiled?.columns ?? []));
  }

  /** The memory of the block at hand. */
  get memory(): Gathered {
    return this.#gathered;
  }

  open(gathered: Gathered): void {
    this.#gathered = gathered;
  }

  /** Goes to the members [start, end) of the block. */
  group(start: number, end: number): void {
    const { words, stride } = this.#gathered;
    this.#start = start;
    this.#end = end;
    this.#filledFor = -1;
    this.#some = 0;
    this.#all = -1;
    for (let i = start; i < end; i++) {
      const mask = words[2 * stride * i + wordMask]!;
      this.#some |= mask;
      this.#all &= mask;
    }
    if (end - start > this.rows.length) this.#grow(end - start);
  }

  /** The columns of the members that rule `r` is asked of; undefined where there are none. */
  columnsFor(r: number): GroupColumns | undefined {
    const { bit } = this.#rules[r]!;
    if ((this.#some & bit) === 0) return undefined;
    const wanted = (this.#all & bit) !== 0 ? 0 : bit;
    if (this.#columns === undefined || this.#filledFor !== wanted) this.#columns = this.#fill(wanted);
    this.#filledFor = wanted;
    const valueAt = this.#valueAt[r]!;
    if (valueAt < 0) return this.#columns;
    const { numbers, stride } = this.#gathered;
    const { size } = this.#columns;
    for (let i = 0; i < size; i++) this.#value[i] = numbers[stride * this.#places[i]! + valueAt]!;
    return { ...this.#columns, value: this.#value };
  }

  /** What a finding tells of a member of the columns asked for last. */
  member(at: number) {
    const { numbers, words, stride } = this.#gathered;
    const from = stride * this.#places[at]!;
    const word = 2 * from;
    const fileAndCrowd = words[word + wordFileAndCrowd]!;
    return {
      row: words[word + wordRow]!,
      mediaRow: words[word + wordMedia]! - 1,
      categoryRow: words[word + wordCategory]! - 1,
      box: numbers.slice(from + atBox, from + atBox + 4),
      area: numbers[from + atArea]!,
      place: Float64Array.of(
        fileAndCrowd >>> 1,
        numbers[from + atOffset]!,
        words[word + wordElement]!,
        numbers[from + atId]!,
      ),
    };
  }

  /** Members with one of the bits, all for 0. */
  #fill(bit: number): GroupColumns {
    const { numbers, words, stride } = this.#gathered;
    const places = this.#places;
    const rows = this.rows;
    let size = 0;
    for (let i = this.#start; i < this.#end; i++) {
      if (bit !== 0 && (words[2 * stride * i + wordMask]! & bit) === 0) continue;
      places[size] = i;
      rows[size++] = words[2 * stride * i + wordRow]!;
    }
    const wanted = this.#wanted;
    if (wanted.has("box")) {
      const box = this.#box;
      for (let i = 0; i < size; i++) {
        const from = stride * places[i]! + atBox;
        box[4 * i] = numbers[from]!;
        box[4 * i + 1] = numbers[from + 1]!;
        box[4 * i + 2] = numbers[from + 2]!;
        box[4 * i + 3] = numbers[from + 3]!;
      }
    }
    if (wanted.has("category")) {
      // A member without category has none in common with others.
      for (let i = 0; i < size; i++) this.#category[i] = words[2 * stride * places[i]! + wordCategory]! || Number.NaN;
    }
    if (wanted.has("area")) for (let i = 0; i < size; i++) this.#area[i] = numbers[stride * places[i]! + atArea]!;
    if (wanted.has("iscrowd"))
      for (let i = 0; i < size; i++) this.#iscrowd[i] = words[2 * stride * places[i]! + wordFileAndCrowd]! & 1;
    return {
      size,
      box: this.#box,
      category: this.#category,
      area: this.#area,
      iscrowd: this.#iscrowd,
      value: this.#value,
    };
  }

  #grow(size: number): void {
    const length = 2 * size;
    this.rows = new Uint32Array(length);
    this.#places = new Uint32Array(length);
    this.#box = new Float64Array(4 * length);
    this.#category = new Float64Array(length);
    this.#area = new Float64Array(length);
    this.#iscrowd = new Float64Array(length);
    this.#value = new Float64Array(length);
  }
}
