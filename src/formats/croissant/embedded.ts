import type { JsonValue } from "../json/api.js";
import { isObject } from "./context.js";
import { fieldsOf, type Graph } from "./graph.js";
import type { JsonObject, Part } from "./parts.js";

/** What the records say that a record set embeds in `data` and `examples`. */
export interface EmbeddedFacts {
  readonly rows: number;
  readonly notRecords: number;
  readonly unknownColumns: readonly string[];
  readonly duplicateKeys: number;
  readonly boxFaults: number;
}

/** Undefined where a record set embeds nothing. */
export function embeddedFacts(graph: Graph, set: Part, isBox: (field: Part) => boolean): EmbeddedFacts | undefined {
  const data = rowsOf(set, "cr:data");
  const examples = rowsOf(set, "cr:examples");
  if (data.length + examples.length === 0) return undefined;
  const columns = columnsOf(set);
  const records = [...data, ...examples].filter(isObject);
  const unknown = new Set(records.flatMap((record) => Object.keys(record).filter((key) => !columns.has(key))));
  return {
    rows: data.length + examples.length,
    notRecords: data.length + examples.length - records.length,
    unknownColumns: [...unknown].sort(),
    duplicateKeys: duplicateKeys(graph, set, data.filter(isObject), columns),
    boxFaults: boxFaults(records, columns, isBox),
  };
}

/** The elements, without addresses and references to other sources, which `examples` may hold instead of records. */
function rowsOf(set: Part, property: string): JsonValue[] {
  return (set.properties.get(property) ?? [])
    .map(({ value }) => value)
    .filter((value) => property === "cr:data" || !(typeof value === "string" || (isObject(value) && "@id" in value)));
}

/** A key of a record names a field by its id, by its name, or by the rest of its id after that of the record set. */
function columnsOf(set: Part): Map<string, Part> {
  const columns = new Map<string, Part>();
  for (const field of fieldsOf(set)) {
    if (field.name !== undefined) columns.set(field.name, field);
    if (field.id === undefined) continue;
    columns.set(field.id, field);
    if (set.id !== undefined && field.id.startsWith(`${set.id}/`))
      columns.set(field.id.slice(set.id.length + 1), field);
  }
  return columns;
}

function duplicateKeys(
  graph: Graph,
  set: Part,
  rows: readonly JsonObject[],
  columns: ReadonlyMap<string, Part>,
): number {
  const keys = (graph.links.get(set) ?? []).filter(({ property }) => property === "key");
  const fields = keys.map(({ target }) => target);
  if (fields.length === 0 || fields.some((field) => field === undefined)) return 0;
  const seen = new Set<string>();
  let duplicates = 0;
  for (const row of rows) {
    const values = fields.map((field) => Object.entries(row).find(([key]) => columns.get(key) === field)?.[1]);
    // A record without a value of the key is not compared: nothing says that it equals another.
    if (values.some((value) => value === undefined || value === null)) continue;
    const key = JSON.stringify(values);
    if (seen.has(key)) duplicates++;
    else seen.add(key);
  }
  return duplicates;
}

function boxFaults(
  rows: readonly JsonObject[],
  columns: ReadonlyMap<string, Part>,
  isBox: (field: Part) => boolean,
): number {
  let faults = 0;
  for (const row of rows) {
    for (const [key, value] of Object.entries(row)) {
      const field = columns.get(key);
      if (field === undefined || !isBox(field) || value === null) continue;
      const isFourNumbers =
        Array.isArray(value) && value.length === 4 && value.every((number) => typeof number === "number");
      if (!isFourNumbers) faults++;
    }
  }
  return faults;
}
