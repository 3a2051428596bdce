/**
 * Units by what was said of them: a type is a multiset of categories, and `units` says how many units have it. All that agreement without regard to who
 * said what needs, in whole numbers, so parts merge to the whole; and a million ratings of ten categories by five people are 2,002 types.
 */
export interface UnitTypes {
  size: number;
  /** How many units are of the type. */
  units: Float64Array;
  /** Entries of type t: from `offsets[t]` to `offsets[t + 1]`. */
  offsets: Int32Array;
  /** Ascending within a type. */
  categories: Int32Array;
  /** How often the category was given, at least 1. */
  counts: Int32Array;
  /** Open addressing: type + 1, or 0; a power of two long. */
  slots: Int32Array;
}

export function newUnitTypes(): UnitTypes {
  return {
    size: 0,
    units: new Float64Array(16),
    offsets: new Int32Array(17),
    categories: new Int32Array(64),
    counts: new Int32Array(64),
    slots: new Int32Array(64),
  };
}

/**
 * Adds units that were given these categories, in place.
 *
 * @param codes categories from 0, in any order and with repetition; a negative one is no answer
 */
export function addUnit(types: UnitTypes, codes: Int32Array, times = 1): void {
  if (scratch.length < codes.length) scratch = new Int32Array(2 * codes.length);
  scratch.set(codes);
  sortRange(scratch, 0, codes.length);
  addSorted(types, scratch, 0, codes.length, times);
}

/** A unit is added by a loop over millions: it leaves nothing behind to be collected. */
let scratch = new Int32Array(64);

/**
 * Adds ratings as they stand in columns, in place.
 *
 * @param units unit of each rating, from 0, without great gaps: the memory goes with the greatest
 * @param codes category of each rating, from 0; a negative one is no answer
 * @throws RangeError where the columns are of different length, or a unit is below 0
 */
export function addRatings(types: UnitTypes, units: Int32Array, codes: Int32Array): void {
  if (units.length !== codes.length)
    throw new RangeError(`${units.length} units of ratings, ${codes.length} categories`);
  let last = -1;
  for (let i = 0; i < units.length; i++) {
    if (units[i]! < 0) throw new RangeError(`unit ${units[i]} of rating ${i} is below 0`);
    if (units[i]! > last) last = units[i]!;
  }
  const ends = new Int32Array(last + 2);
  for (let i = 0; i < units.length; i++) ends[units[i]! + 1]!++;
  for (let unit = 0; unit <= last; unit++) ends[unit + 1]! += ends[unit]!;
  const places = ends.slice();
  const grouped = new Int32Array(units.length);
  for (let i = 0; i < units.length; i++) grouped[places[units[i]!]!++] = codes[i]!;
  for (let unit = 0; unit <= last; unit++) {
    const from = ends[unit]!;
    const to = ends[unit + 1]!;
    if (to === from) continue;
    sortRange(grouped, from, to);
    addSorted(types, grouped, from, to, 1);
  }
}

/** Units of both; neither is changed. */
export function mergeUnitTypes(left: UnitTypes, right: UnitTypes): UnitTypes {
  const merged = newUnitTypes();
  for (const part of [left, right])
    for (let type = 0; type < part.size; type++) {
      const from = part.offsets[type]!;
      const to = part.offsets[type + 1]!;
      addEntries(
        merged,
        part.categories.subarray(from, to),
        part.counts.subarray(from, to),
        to - from,
        part.units[type]!,
      );
    }
  return merged;
}

/** Types in the one order that they have, however the units came in: more units first. Those with fewer than `least` answers are left out. */
export function orderedTypes(types: UnitTypes, least: number): UnitTypes {
  const { units, offsets, categories, counts } = types;
  const kept: number[] = [];
  for (let type = 0; type < types.size; type++) if (answersOf(types, type) >= least) kept.push(type);
  kept.sort((a, b) => {
    if (units[a] !== units[b]) return units[b]! - units[a]!;
    const length = offsets[a + 1]! - offsets[a]!;
    if (length !== offsets[b + 1]! - offsets[b]!) return length - (offsets[b + 1]! - offsets[b]!);
    for (let i = 0; i < length; i++) {
      const left = offsets[a]! + i;
      const right = offsets[b]! + i;
      if (categories[left] !== categories[right]) return categories[left]! - categories[right]!;
      if (counts[left] !== counts[right]) return counts[left]! - counts[right]!;
    }
    return 0;
  });
  const ordered = newUnitTypes();
  for (const type of kept) {
    const from = offsets[type]!;
    const to = offsets[type + 1]!;
    append(ordered, categories.subarray(from, to), counts.subarray(from, to), to - from, units[type]!);
  }
  return ordered;
}

/** @throws RangeError where a category is not below `size`: it would be counted nowhere */
export function refuseBeyond(types: UnitTypes, size: number): void {
  const entries = types.offsets[types.size]!;
  for (let i = 0; i < entries; i++)
    if (types.categories[i]! >= size)
      throw new RangeError(`category ${types.categories[i]} of ${size}, counted from 0`);
}

/** How many answers a unit of the type has. */
export function answersOf({ offsets, counts }: UnitTypes, type: number): number {
  let answers = 0;
  for (let i = offsets[type]!; i < offsets[type + 1]!; i++) answers += counts[i]!;
  return answers;
}

/** Insertion is twice as fast as the sort of typed arrays on the few answers that a unit has. */
function sortRange(codes: Int32Array, from: number, to: number): void {
  if (to - from > 24) {
    codes.subarray(from, to).sort();
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const code = codes[i]!;
    let at = i - 1;
    while (at >= from && codes[at]! > code) {
      codes[at + 1] = codes[at]!;
      at--;
    }
    codes[at + 1] = code;
  }
}

let entryCategories = new Int32Array(64);
let entryCounts = new Int32Array(64);

/** Adds a unit whose codes stand ascending in a range. */
function addSorted(types: UnitTypes, codes: Int32Array, from: number, to: number, times: number): void {
  if (entryCategories.length < to - from) {
    entryCategories = new Int32Array(2 * (to - from));
    entryCounts = new Int32Array(2 * (to - from));
  }
  let length = 0;
  for (let i = from; i < to; i++) {
    const code = codes[i]!;
    if (code < 0) continue;
    if (length > 0 && entryCategories[length - 1] === code) entryCounts[length - 1]!++;
    else {
      entryCategories[length] = code;
      entryCounts[length] = 1;
      length++;
    }
  }
  addEntries(types, entryCategories, entryCounts, length, times);
}

/** Adds units by their counts: categories ascending, counts above 0, the first `length` of each. Gives their type, −1 for no units. */
export function addEntries(
  types: UnitTypes,
  categories: Int32Array,
  counts: Int32Array,
  length: number,
  times: number,
): number {
  if (times === 0) return -1;
  let slot = hashOf(categories, counts, 0, length) & (types.slots.length - 1);
  for (;;) {
    const type = types.slots[slot]! - 1;
    if (type < 0) break;
    if (isType(types, type, categories, counts, length)) {
      types.units[type]! += times;
      return type;
    }
    slot = (slot + 1) & (types.slots.length - 1);
  }
  types.slots[slot] = types.size + 1;
  append(types, categories, counts, length, times);
  if (types.size * 2 > types.slots.length) widen(types);
  return types.size - 1;
}

function isType(types: UnitTypes, type: number, categories: Int32Array, counts: Int32Array, length: number): boolean {
  const from = types.offsets[type]!;
  if (types.offsets[type + 1]! - from !== length) return false;
  for (let i = 0; i < length; i++)
    if (types.categories[from + i] !== categories[i] || types.counts[from + i] !== counts[i]) return false;
  return true;
}

function append(types: UnitTypes, categories: Int32Array, counts: Int32Array, length: number, times: number): void {
  const from = types.offsets[types.size]!;
  if (types.size === types.units.length) {
    types.units = grown(types.units, new Float64Array(2 * types.size));
    types.offsets = grown(types.offsets, new Int32Array(2 * types.size + 1));
  }
  if (from + length > types.categories.length) {
    const room = 2 * (from + length);
    types.categories = grown(types.categories, new Int32Array(room));
    types.counts = grown(types.counts, new Int32Array(room));
  }
  for (let i = 0; i < length; i++) {
    types.categories[from + i] = categories[i]!;
    types.counts[from + i] = counts[i]!;
  }
  types.units[types.size] = times;
  types.size++;
  types.offsets[types.size] = from + length;
}

function grown<A extends Float64Array | Int32Array>(old: A, room: A): A {
  room.set(old);
  return room;
}

function widen(types: UnitTypes): void {
  types.slots = new Int32Array(2 * types.slots.length);
  for (let type = 0; type < types.size; type++) {
    const from = types.offsets[type]!;
    let slot = hashOf(types.categories, types.counts, from, types.offsets[type + 1]!) & (types.slots.length - 1);
    while (types.slots[slot] !== 0) slot = (slot + 1) & (types.slots.length - 1);
    types.slots[slot] = type + 1;
  }
}

function hashOf(categories: Int32Array, counts: Int32Array, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i++) {
    hash = Math.imul(hash ^ categories[i]!, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15) ^ counts[i]!, 0xc2b2ae35);
  }
  return hash ^ (hash >>> 13);
}
