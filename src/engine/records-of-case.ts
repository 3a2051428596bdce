import type { Kind } from "../records/grammar.gen.js";
import { kindNames, kinds } from "../records/kinds.js";

/** Lists of numbers that are empty in a case, by field: all others are told by their first number. */
const numberLists = new Set(["normalised", "rotated_box", "polygon_length", "mask_values", "counts", "skeleton"]);

/** A value of a case as a reader yields it: a list of numbers becomes a Float64Array, null is absent. */
function asRead(value: unknown, field: string): unknown {
  if (value === null) return undefined;
  if (ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) {
    if (value.length === 0 ? numberLists.has(field) : value.every((item) => typeof item === "number"))
      return Float64Array.from(value as number[]);
    return value.map((item) => asRead(item, field));
  }
  if (typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asRead(item, key)]));
  return value;
}

/** A record of a kind with the fields of a case; all others are absent. */
export function recordOf(kind: Kind, fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const record = kinds[kind].make() as unknown as Record<string, unknown>;
  for (const [field, value] of Object.entries(fields)) record[field] = asRead(value, field);
  return record;
}

/** One record of a case, by its kind. */
export interface CaseRecord {
  readonly kind: Kind;
  readonly record: Record<string, unknown>;
  /** Position in the case's list. */
  readonly position: number;
}

function isKind(name: string): name is Kind {
  return (kindNames as readonly string[]).includes(name);
}

/** `{records: [{media: …}, {annotation: …}]}`: each entry is one record of one kind. */
export function recordsOfList(list: readonly Readonly<Record<string, unknown>>[]): CaseRecord[] {
  return list.map((entry, position) => {
    const [kind, fields] = Object.entries(entry)[0] ?? [];
    if (kind === undefined || !isKind(kind))
      throw new RangeError(`a record of a case is {kind: {…}}, and the kind is one of ${kindNames.join(", ")}`);
    return { kind, record: recordOf(kind, fields as Readonly<Record<string, unknown>>), position };
  });
}

/** `{annotation: …, media: …}`: one record with its joins, which get ids where they have none. */
export function recordsOfJoin(parts: Readonly<Partial<Record<Kind, Readonly<Record<string, unknown>>>>>): CaseRecord[] {
  const records: CaseRecord[] = [];
  for (const kind of kindNames) {
    const fields = parts[kind];
    if (fields !== undefined) records.push({ kind, record: recordOf(kind, fields), position: 0 });
  }
  const own = records.find(({ kind }) => kind === "annotation")?.record;
  for (const [kind, reference] of [
    ["media", "media_id"],
    ["category", "category_id"],
  ] as const) {
    const joined = records.find((one) => one.kind === kind)?.record;
    if (joined === undefined || own === undefined) continue;
    joined["id"] ??= own[reference] ?? 1;
    own[reference] ??= joined["id"];
  }
  return records;
}
