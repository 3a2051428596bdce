import type { Draw } from "../generate/draw.js";
import type { Case, Rule } from "../records/grammar.gen.js";

/** Data as YAML has it. */
type Data = unknown;
type Path = readonly (string | number)[];

/** What a rule's cases are varied with: numbers and texts that its expressions and parameters name, and fields that other cases have. */
export interface Variety {
  readonly numbers: readonly number[];
  readonly texts: readonly string[];
  /** `annotation.score` → values that it has in cases of the standard. */
  readonly fields: ReadonlyMap<string, readonly Data[]>;
  /** Words that cases give to a parameter that is a list. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
}

const recordKinds = ["annotation", "media", "category", "node", "dataset"] as const;

/** @param rules of the standard, whose cases show what fields are like */
export function varietyOf(rule: Rule, rules: readonly Rule[]): Variety {
  const text = `${rule.when ?? ""} ${rule.assert ?? ""} ${rule.column ?? ""}`;
  const constants = [...text.matchAll(/\d+(?:\.\d+)?/g)].map(([digits]) => Number(digits));
  const params = Object.values(rule.params ?? {}).flatMap((value): unknown[] =>
    Array.isArray(value) ? value : [value],
  );
  const numbers = [...constants, ...params.filter((value) => typeof value === "number")];
  const steps = numbers.map((value) => 10 ** -(/\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0));
  const fields = new Map<string, Data[]>();
  // Its own cases first: those of others may have what no reader gives together.
  for (const { cases } of [rule, ...rules])
    for (const one of [...cases.conforming, ...cases.violating, ...(cases.inapplicable ?? [])])
      for (const [kind, record] of recordsOf(one))
        for (const [field, value] of Object.entries(record)) {
          const known = fields.get(`${kind}.${field}`) ?? [];
          if (known.length < 12) fields.set(`${kind}.${field}`, [...known, value]);
        }
  const quoted = [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([literal]) => JSON.parse(literal) as string);
  return {
    numbers: [...new Set([0, 1, 0.5, ...numbers, ...steps])],
    texts: [...new Set([...quoted, ...params.filter((value) => typeof value === "string")])],
    fields: new Map([...fields].filter(([name]) => text.includes(name))),
    lists: wordsOf(rule),
  };
}

function wordsOf({ cases }: Rule): ReadonlyMap<string, readonly string[]> {
  const words = new Map<string, string[]>();
  for (const { params = {} } of [...cases.conforming, ...cases.violating, ...(cases.inapplicable ?? [])])
    for (const [name, value] of Object.entries(params))
      if (Array.isArray(value) && typeof value[0] === "string")
        words.set(name, [...(words.get(name) ?? []), ...(value as string[])]);
  return words;
}

function recordsOf(one: Case): readonly (readonly [string, Record<string, Data>])[] {
  const list =
    one.records?.flatMap((entry) => Object.entries(entry)) ?? recordKinds.map((kind) => [kind, one[kind]] as const);
  return list.flatMap(([kind, record]) =>
    record === undefined ? [] : [[kind, record as Record<string, Data>] as const],
  );
}

/** A case a little different from another; what it should give is not known. */
export function variedCase(base: Case, variety: Variety, draw: Draw): Case {
  const { why: _, name: __, finds: ___, ...rest } = structuredClone(base);
  const changes = draw.pick([1, 1, 2, 2, 3]);
  for (let i = 0; i < changes; i++) varyOnce(rest, variety, draw);
  return rest;
}

function varyOnce(one: Case, variety: Variety, draw: Draw): void {
  const leaves = leavesOf(dataOf(one), []);
  const kind = draw.pick(["leaf", "leaf", "leaf", "remove", "remove", "field", "repeat", "params", "axes"] as const);
  if (kind === "field") addField(one, variety, draw);
  else if (kind === "remove") removeAt(one, draw.pick(inner(dataOf(one), []).concat(leaves.map(({ path }) => path))));
  else if (kind === "repeat") repeatItem(one, draw);
  else if (kind === "params") varyList(one, variety, draw);
  else if (kind === "axes") swapAxes(dataOf(one));
  else if (leaves.length > 0) {
    const { path, value } = draw.pick(leaves);
    putAt(one, path, variedLeaf(value, leaves, variety, draw));
  }
}

/** The records of a case without its parameters. */
function dataOf(one: Case): Data {
  const { params: _, ...data } = one;
  return data;
}

interface Leaf {
  readonly path: Path;
  readonly value: Data;
}

function leavesOf(value: Data, path: Path): readonly Leaf[] {
  if (value === null || typeof value !== "object") return [{ path, value }];
  return Object.entries(value).flatMap(([key, item]) =>
    leavesOf(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** Paths of lists and objects below the records. */
function inner(value: Data, path: Path): readonly Path[] {
  if (value === null || typeof value !== "object") return [];
  const below = Object.entries(value).flatMap(([key, item]) =>
    inner(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? below : [path, ...below];
}

function variedLeaf(value: Data, leaves: readonly Leaf[], { numbers, texts }: Variety, draw: Draw): Data {
  if (typeof value === "boolean") return !value;
  if (typeof value === "string") {
    const others = leaves.flatMap((leaf) => (typeof leaf.value === "string" ? [leaf.value] : []));
    const other = draw.pick([value, ...others, ...texts]);
    return draw.pick([other, other, `x${other}`, `${other}x`, `${other} `, other.slice(0, -1), ""]);
  }
  if (typeof value !== "number") return value;
  const all = leaves.flatMap((leaf) => (typeof leaf.value === "number" ? [leaf.value] : []));
  const term = (): number => draw.pick([draw.pick(numbers), draw.pick(numbers), draw.pick(all)]);
  const base = draw.pick([value, draw.pick(all), draw.pick(numbers)]);
  const changed = draw.pick([
    base,
    base + term(),
    base - term(),
    base + term() + term(),
    base + term() - term(),
    base * term(),
    -base,
    base / 2,
  ]);
  return Number.isFinite(changed) ? Number(changed.toPrecision(12)) : value;
}

function addField(one: Case, { fields }: Variety, draw: Draw): void {
  const records = recordsOf(one);
  const names = [...fields.keys()];
  if (records.length === 0 || names.length === 0) return;
  const name = draw.pick(names);
  const [kind = "", field = ""] = name.split(".");
  const holders = records.filter(([of]) => of === kind);
  const value = structuredClone(draw.pick(fields.get(name) ?? []));
  if (holders.length > 0) draw.pick(holders)[1][field] = value;
  else if (one.records === undefined) (one as Record<string, Data>)[kind] = { [field]: value };
}

/** A vocabulary with other words, for a case that gives one. */
function varyList(one: Case, { lists }: Variety, draw: Draw): void {
  const own = Object.keys(one.params ?? {}).filter((name) => lists.has(name));
  if (own.length === 0 || one.params === undefined) return;
  const name = draw.pick(own);
  const words = lists.get(name) ?? [];
  const word = (): string => {
    const known = draw.pick(words);
    return draw.pick([known, known, `x${known}`, `${known}x`]);
  };
  one.params[name] = draw.list(1, 2, word);
}

const axes: Readonly<Record<string, string>> = {
  x: "y",
  y: "x",
  width: "height",
  height: "width",
  x_min: "y_min",
  y_min: "x_min",
  x_max: "y_max",
  y_max: "x_max",
};

/** What holds of one axis is asked of the other. */
function swapAxes(data: Data): void {
  if (data === null || typeof data !== "object") return;
  const entries = Object.entries(data);
  for (const [, value] of entries) swapAxes(value);
  const record = data as Record<string, Data>;
  for (const [key] of entries) if (axes[key] !== undefined) delete record[key];
  for (const [key, value] of entries) if (axes[key] !== undefined) record[axes[key]] = value;
}

function repeatItem(one: Case, draw: Draw): void {
  const lists = inner(dataOf(one), []).filter((path) => Array.isArray(at(one, path)));
  if (lists.length === 0) return;
  const list = at(one, draw.pick(lists)) as Data[];
  if (list.length === 0) return;
  list.splice(draw.int(0, list.length), 0, structuredClone(draw.pick(list)));
}

export function at(data: Data, path: Path): Data {
  return path.reduce<Data>((value, key) => (value as Record<string | number, Data>)[key], data);
}

export function putAt(data: Data, path: Path, value: Data): void {
  const last = path.at(-1);
  if (last !== undefined) (at(data, path.slice(0, -1)) as Record<string | number, Data>)[last] = value;
}

export function removeAt(data: Data, path: Path | undefined): void {
  const last = path?.at(-1);
  if (path === undefined || last === undefined) return;
  const holder = at(data, path.slice(0, -1));
  if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete (holder as Record<string, Data>)[last];
}

const plainNumbers = [1, 2, 3, 5, 10, 100, 0];

/** Smaller and plainer cases, one change each, the largest changes first. */
export function* simplerCases(one: Case): Generator<Case> {
  const data = dataOf(one);
  const leaves = leavesOf(data, []);
  for (const path of [...inner(data, []), ...leaves.map((leaf) => leaf.path)]) {
    // A list without an item is another thing, and rarely the plainer one.
    const holder = at(data, path.slice(0, -1));
    if (Array.isArray(holder) && holder.length === 1) continue;
    const next = structuredClone(one);
    removeAt(next, path);
    yield next;
  }
  for (const { path, value } of leaves) {
    if (typeof value !== "number" || plainNumbers.includes(value)) continue;
    for (const plain of [...plainNumbers, Math.round(value), Number(value.toFixed(2))]) {
      if (String(plain).length >= String(value).length) continue;
      const next = structuredClone(one);
      putAt(next, path, plain);
      yield next;
    }
  }
}
