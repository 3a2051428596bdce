import type { NodeRecord } from "../../records/types.gen.js";
import type { JsonValue } from "../json/api.js";
import { type Context, isObject, propertyOf, typeOf } from "./context.js";
import { appendixTerms, classOf, localName } from "./terms.js";

export type Role = Exclude<NodeRecord["role"], undefined>;
export type JsonObject = { [key: string]: JsonValue };

/** A value of a property, with where it stands. */
export interface Located {
  readonly value: JsonValue;
  readonly pointer: string;
}

/** One node of the description, as written. */
export interface Part {
  readonly role: Role;
  readonly json: JsonObject;
  readonly pointer: string;
  /** Expanded property → its values; a list of values is taken apart. */
  readonly properties: ReadonlyMap<string, readonly Located[]>;
  readonly types: readonly string[];
  readonly className: string;
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly parent: Part | undefined;
  readonly children: Part[];
  readonly label: string;
  /** Names of Croissant terms that expand to another vocabulary. */
  readonly foreign: readonly string[];
}

/** Which property holds which parts. Inside `data` and `examples` stands data, not description. */
const holds: { readonly [R in Role]?: readonly (readonly [property: string, role: Role])[] } = {
  dataset: [
    ["distribution", "resource"],
    ["cr:recordSet", "record_set"],
  ],
  record_set: [["cr:field", "field"]],
  field: [
    ["cr:source", "data_source"],
    ["cr:references", "data_source"],
    ["cr:subField", "field"],
    ["cr:parentField", "parent_field"],
  ],
  parent_field: [
    ["cr:source", "data_source"],
    ["cr:references", "data_source"],
  ],
  data_source: [
    ["cr:extract", "extract"],
    ["cr:transform", "transform"],
  ],
};

const labels: Readonly<Record<Role, string>> = {
  context: "@context",
  dataset: "Metadata",
  resource: "Resource",
  record_set: "RecordSet",
  field: "Field",
  parent_field: "parentField",
  data_source: "source",
  extract: "extract",
  transform: "transform",
};

/** All parts of a description in document order, the dataset first, whose object stands at the pointer `at`. `used` gathers the keys that are written without a prefix. */
export function partsOf(context: Context, root: JsonObject, at: string, used: Set<string>): Part[] {
  const parts: Part[] = [];
  const add = (role: Role, json: JsonObject, pointer: string, parent: Part | undefined): void => {
    const part = partOf(context, role, json, pointer, parent);
    for (const key of Object.keys(json)) used.add(key);
    parts.push(part);
    parent?.children.push(part);
    for (const [property, childRole] of holds[role] ?? []) {
      for (const child of part.properties.get(property) ?? []) {
        if (isObject(child.value) && !isReference(child.value)) add(childRole, child.value, child.pointer, part);
      }
    }
  };
  add("dataset", root, at, undefined);
  return parts;
}

function partOf(context: Context, role: Role, json: JsonObject, pointer: string, parent: Part | undefined): Part {
  const properties = new Map<string, Located[]>();
  for (const [key, value] of Object.entries(json)) {
    const property = propertyOf(context, key);
    const values = valuesOf(value, `${pointer}/${escapeToken(key)}`, property);
    if (values.length > 0) properties.set(property, [...(properties.get(property) ?? []), ...values]);
  }
  const types = textsOf(properties.get("@type")).map((type) => typeOf(context, type));
  const className = classOf(types);
  const id = typeof json["@id"] === "string" ? json["@id"] : undefined;
  const name = textsOf(properties.get("name"))[0];
  const foreign = Object.keys(json).filter((key) => appendixTerms.has(key) && propertyOf(context, key) !== `cr:${key}`);
  for (const type of types) {
    if (type.startsWith("sc:") && className !== "" && className !== "Dataset") foreign.push(localName(type));
  }
  const label = labelOf(role, className, types, name ?? id, pointer);
  return { role, json, pointer, properties, types, className, id, name, parent, children: [], label, foreign };
}

/** A part of the data is called by its class, or by what stands in @type instead; the others by their role. */
function labelOf(
  role: Role,
  className: string,
  types: readonly string[],
  name: string | undefined,
  pointer: string,
): string {
  // A field may have a source and references, each with a DataSource.
  if (role === "data_source")
    return /\/(?:[^/]*[:~])?references(?:\/\d+)?$/.test(pointer) ? "references" : labels.data_source;
  const classed = role === "resource" || role === "record_set" || role === "field";
  const word = !classed ? labels[role] : className !== "" ? className : localName(types[0] ?? labels[role]);
  if (name !== undefined && (classed || role === "dataset")) return `${word}(${name})`;
  const position = /\/(\d+)$/.exec(pointer)?.[1];
  return classed && position !== undefined ? `${word}(#${position})` : word;
}

/** `Metadata(x) > RecordSet(y) > Field(z)`. */
export function pathOf(part: Part): string {
  return part.parent === undefined ? part.label : `${pathOf(part.parent)} > ${part.label}`;
}

/** The values of a property: lists are taken apart, null and the empty text are no value. */
function valuesOf(value: JsonValue, pointer: string, property: string): Located[] {
  if (Array.isArray(value)) {
    return value.flatMap((element, at) => valuesOf(element, `${pointer}/${at}`, property));
  }
  // The records that `data` and `examples` embed are JSON, not JSON-LD.
  if (isObject(value) && property !== "cr:data" && property !== "cr:examples") {
    for (const keyword of ["@list", "@set", "@value"]) {
      const inner = value[keyword];
      if (inner !== undefined) return valuesOf(inner, `${pointer}/${keyword}`, property);
    }
  }
  return value === null || value === "" ? [] : [{ value, pointer }];
}

export function textsOf(values: readonly Located[] | undefined): string[] {
  return (values ?? []).flatMap(({ value }) => (typeof value === "string" ? [value] : []));
}

/** An object that holds an @id and nothing else refers to what has that id (ID and Reference Mechanism). */
export function isReference(value: JsonObject): boolean {
  return typeof value["@id"] === "string" && Object.keys(value).length === 1;
}

/** A segment of a JSON Pointer (RFC 6901). */
export function escapeToken(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
