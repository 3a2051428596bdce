import type { ErrorObject } from "ajv";
import type { JsonValue } from "../formats/json/api.js";
import { quote, UsageError } from "../records/errors.js";
import type { FindingValue } from "../records/finding.js";
import { newAjv } from "./schema.js";

/** What is wrong with a raw record; an empty list where it fits. */
export interface RecordViolation {
  /** JSON Pointer in the record. */
  readonly pointer: string;
  readonly value: FindingValue;
}

/** At most this many violations of one record are told: the first ones in the order of the schema. */
const mostViolations = 5;

/** Asks one raw record; undefined where it fits the schema. */
export type Validate = (raw: JsonValue) => readonly RecordViolation[] | undefined;

type Schemas = Readonly<Record<string, unknown>>;
type Ajv = ReturnType<typeof newAjv>;

// Schemas of a standard are compiled once, however many rules and cases name them.
const compilers = new WeakMap<Schemas, Ajv>();

/**
 * The function of a rule with `schema`: its file among the standard's schemas, which may refer to each other by file name. It is compiled at the first
 * record: data of other formats have no raw records, and then need not wait for Ajv.
 */
export function validatorOf(schemas: Schemas, name: string, rule: string): Validate {
  if (!Object.hasOwn(schemas, name))
    throw new UsageError("TS-STANDARD-0001", {
      file: rule,
      found: `schema: ${name}`,
      expected: `one of ${Object.keys(schemas).join(", ") || "the files in schemas/, and there are none"}`,
    });
  let validate: ReturnType<Ajv["getSchema"]>;
  return (raw) => {
    validate ??= compilerOf(schemas).getSchema(name);
    if (validate === undefined || validate(raw) === true) return undefined;
    const own = (validate.errors ?? []).filter(isOwn);
    return own.slice(0, mostViolations).map((error) => told(error, raw));
  };
}

function compilerOf(schemas: Schemas): Ajv {
  let ajv = compilers.get(schemas);
  if (ajv === undefined) {
    ajv = newAjv();
    for (const [name, schema] of Object.entries(schemas)) ajv.addSchema(schema as object, name);
    compilers.set(schemas, ajv);
  }
  return ajv;
}

/** `if` only says that its `then` failed, which is told by itself. */
function isOwn({ keyword }: ErrorObject): boolean {
  return keyword !== "if";
}

function told({ instancePath, keyword, message = "", params }: ErrorObject, raw: JsonValue): RecordViolation {
  const allowed = (params as { allowedValues?: readonly unknown[] }).allowedValues;
  const missing = (params as { missingProperty?: string }).missingProperty;
  const extra = (params as { additionalProperty?: string }).additionalProperty;
  const detail =
    allowed !== undefined ? `: ${allowed.map(String).join(", ")}` : extra !== undefined ? ` (${extra})` : "";
  return {
    pointer: instancePath,
    value: {
      name: missing === undefined ? instancePath || "/" : `${instancePath}/${missing}`,
      value: missing === undefined ? shown(at(raw, instancePath)) : "nothing",
      relation: "expected",
      bound: `${keyword}: ${message}${detail}`,
    },
  };
}

/** The part of the record that a pointer names. */
function at(raw: JsonValue, pointer: string): JsonValue | undefined {
  let value: JsonValue | undefined = raw;
  for (const part of pointer.split("/").slice(1)) {
    if (value === null || typeof value !== "object") return undefined;
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    value = Array.isArray(value) ? value[Number(key)] : value[key];
  }
  return value;
}

function shown(value: JsonValue | undefined): FindingValue["value"] {
  if (value === undefined) return "nothing";
  if (value === null || typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value === "string") return value.length > 80 ? `${value.slice(0, 79)}…` : value;
  return Array.isArray(value) ? `a list of ${value.length}` : `an object with ${quote(Object.keys(value).join(", "))}`;
}
