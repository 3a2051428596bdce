import { basename } from "node:path";
import { lintMessage } from "./lint-messages.js";
import type { At, Complain } from "./lint-problem.js";
import type { SourceFile } from "./load.js";

/** A part of a schema asks at most this many parts of the same value; ours ask 30. */
const mostParts = 1000;

/** Keywords whose schemas are asked of the same value, not of a part of it. */
const single = ["not", "if", "then", "else"] as const;
const lists = ["allOf", "anyOf", "oneOf"] as const;

type Schema = Readonly<Record<string, unknown>>;

/**
 * Schemas that come back to themselves without going down into the value never end; a chain of `allOf` with two references each doubles at
 * every link. Both are refused before a record is asked.
 */
export function lintExpansion(schemas: readonly SourceFile[], complain: Complain): void {
  const roots = new Map(schemas.map((file) => [basename(file.name), file.data]));
  const sizes = new Map<Schema, number>();

  function sizeOf(schema: unknown, root: unknown): number {
    if (!isSchema(schema)) return 1;
    const known = sizes.get(schema);
    if (known !== undefined) return known;
    // While it is being counted: whoever asks again has come back to it.
    sizes.set(schema, Number.POSITIVE_INFINITY);
    let size = 1;
    for (const { part, from } of inPlace(schema, root)) size += sizeOf(part, from);
    sizes.set(schema, size);
    return size;
  }

  function* inPlace(schema: Schema, root: unknown): Generator<{ part: unknown; from: unknown }> {
    for (const key of ["$ref", "$dynamicRef"]) {
      const reference = schema[key];
      if (typeof reference === "string") yield resolve(reference, root);
    }
    for (const key of single) if (schema[key] !== undefined) yield { part: schema[key], from: root };
    for (const key of lists) {
      const list = schema[key];
      if (Array.isArray(list)) for (const part of list) yield { part, from: root };
    }
    const dependent = schema["dependentSchemas"];
    if (isSchema(dependent)) for (const part of Object.values(dependent)) yield { part, from: root };
  }

  function resolve(reference: string, root: unknown): { part: unknown; from: unknown } {
    const [name = "", pointer = ""] = reference.split("#");
    const from = name === "" ? root : roots.get(name);
    if (pointer === "") return { part: from, from };
    if (!pointer.startsWith("/")) return { part: anchored(from, pointer), from };
    let part: unknown = from;
    for (const step of pointer.split("/").slice(1)) {
      const key = decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
      part =
        isSchema(part) && Object.hasOwn(part, key) ? part[key] : Array.isArray(part) ? part[Number(key)] : undefined;
    }
    return { part, from };
  }

  function visit(file: SourceFile, value: unknown, at: At): void {
    if (value === null || typeof value !== "object") return;
    if (!Array.isArray(value) && sizeOf(value, file.data) > mostParts) {
      complain(file, at, lintMessage("schema-expansion", { most: mostParts }));
      return;
    }
    for (const [key, item] of Object.entries(value))
      visit(file, item, [...at, Array.isArray(value) ? Number(key) : key]);
  }

  for (const file of schemas) visit(file, file.data, []);
}

function isSchema(value: unknown): value is Schema {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** The schema with this `$anchor`. */
function anchored(value: unknown, name: string): unknown {
  if (value === null || typeof value !== "object") return undefined;
  const { $anchor, $dynamicAnchor } = value as Schema;
  if ($anchor === name || $dynamicAnchor === name) return value;
  for (const part of Object.values(value)) {
    const found = anchored(part, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
