import { kindNames, kinds } from "../records/kinds.js";

const fieldsOf = new Map(kindNames.map((kind) => [kind as string, new Set(Object.keys(kinds[kind].make()))]));

/**
 * A field that the kind does not have is a mistake of the caller: a rule that reads `box` would not be asked of a record with `bbox`, and that would look
 * like a pass. Values are for the JSON Schemas to check.
 */
export function wantFields(entry: unknown): void {
  if (entry === null || typeof entry !== "object" || Array.isArray(entry))
    throw new RangeError("a record is {kind: {…}}");
  for (const [kind, record] of Object.entries(entry)) {
    const fields = fieldsOf.get(kind);
    if (fields === undefined) throw new RangeError(`${kind} is no kind of record: ${kindNames.join(", ")}`);
    if (record === null || typeof record !== "object" || Array.isArray(record))
      throw new TypeError(`${kind} is an object`);
    const strange = Object.keys(record).find((field) => !fields.has(field));
    if (strange !== undefined)
      throw new TypeError(`${kind}.${strange} is no field of the record; it has ${[...fields].join(", ")}`);
  }
}
