import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Kind } from "../../records/grammar.gen.js";
import { kindNames } from "../../records/kinds.js";
import { packageRoot } from "../package-root.js";
import type { CelType } from "./tree.js";

export interface FieldType {
  readonly type: CelType;
  readonly optional: boolean;
  readonly values?: readonly string[];
}

/** Name of a record type → its fields. */
export type RecordTypes = ReadonlyMap<string, ReadonlyMap<string, FieldType>>;

interface RecordSchema {
  readonly title?: string;
  readonly type?: string | readonly string[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, RecordSchema>>;
  readonly properties?: Readonly<Record<string, RecordSchema>>;
  readonly required?: readonly string[];
  readonly items?: RecordSchema;
  readonly enum?: readonly unknown[];
  readonly additionalProperties?: boolean | RecordSchema;
  readonly "x-cel-type"?: string;
}

/** File name → schema. */
export type RecordSchemas = Readonly<Record<string, RecordSchema>>;

/** Types that rules see and no schema describes. `x` is absent where a measure is undefined: reading it is an error that no guard can forestall. */
const opaque: readonly (readonly [string, ReadonlyMap<string, FieldType>])[] = [
  ["Id", new Map()],
  ["Siblings", new Map()],
  [
    "Measurement",
    new Map([
      ["a", { type: "double", optional: false }],
      ["b", { type: "double", optional: false }],
      ["x", { type: "double", optional: true }],
    ]),
  ],
];

/** The record schemas of this package. */
export function loadRecordSchemas(): RecordSchemas {
  return Object.fromEntries(
    kindNames.map((kind) => {
      const file = `${kind}.schema.json`;
      return [file, JSON.parse(readFileSync(join(packageRoot, "standards/records", file), "utf8")) as RecordSchema];
    }),
  );
}

export function recordTypeName(kind: Kind): string {
  return `${kind[0]?.toUpperCase()}${kind.slice(1)}Record`;
}

/** The record types of the schemas; throws where a schema says what CEL cannot (a union, an untyped field, an unknown `$ref`). */
export function recordTypesOf(schemas: RecordSchemas): RecordTypes {
  const types = new Map<string, ReadonlyMap<string, FieldType>>(opaque);
  const compiling = new Set<string>();

  function record(schema: RecordSchema, file: string, where: string): string {
    const name = schema.title;
    if (name === undefined || !/^[A-Za-z_]\w*$/.test(name))
      throw new Error(`${where}: a record needs a title that is a name`);
    if (types.has(name) || compiling.has(name)) return name;
    compiling.add(name);
    const fields = new Map<string, FieldType>();
    for (const [field, of] of Object.entries(schema.properties ?? {})) {
      if (!/^[A-Za-z_]\w*$/.test(field)) throw new Error(`${where}: ${JSON.stringify(field)} is not a name`);
      const target = resolve(of, file, `${where}.${field}`);
      const values = target.schema.enum?.filter((value) => typeof value === "string");
      const optional = schema.required?.includes(field) !== true;
      const type = typeOf(target.schema, target.file, `${where}.${field}`);
      fields.set(field, values === undefined ? { type, optional } : { type, optional, values });
    }
    types.set(name, fields);
    return name;
  }

  function resolve(schema: RecordSchema, file: string, where: string): { schema: RecordSchema; file: string } {
    if (schema.$ref === undefined) return { schema, file };
    const [target = "", pointer = ""] = schema.$ref.split("#");
    const other = target === "" ? file : target;
    const key = /^\/\$defs\/(\w+)$/.exec(pointer)?.[1];
    const found = key === undefined ? undefined : schemas[other]?.$defs?.[key];
    if (found === undefined) throw new Error(`${where}: there is no ${schema.$ref}`);
    return { schema: found, file: other };
  }

  function typeOf(schema: RecordSchema, file: string, where: string): CelType {
    if (schema["x-cel-type"] !== undefined) {
      if (!types.has(schema["x-cel-type"])) throw new Error(`${where}: there is no type ${schema["x-cel-type"]}`);
      return schema["x-cel-type"];
    }
    switch (schema.type) {
      case "number":
        return "double";
      case "integer":
        return "int";
      case "boolean":
        return "bool";
      case "string":
        return "string";
      case "array": {
        if (schema.items === undefined) throw new Error(`${where}: a list without items`);
        const item = resolve(schema.items, file, where);
        return `list<${typeOf(item.schema, item.file, `${where}[]`)}>`;
      }
      case "object":
        if (schema.properties === undefined && typeof schema.additionalProperties === "object") {
          const value = resolve(schema.additionalProperties, file, where);
          return `map<string, ${typeOf(value.schema, value.file, `${where}{}`)}>`;
        }
        return record(schema, file, where);
      default:
        throw new Error(`${where}: a field has one type; model a union as optional fields`);
    }
  }

  for (const [file, schema] of Object.entries(schemas)) record(schema, file, schema.title ?? file);
  return types;
}
