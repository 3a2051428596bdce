import type { Kind } from "../records/grammar.gen.js";
import { kindNames } from "../records/kinds.js";
import { celRecordTypes } from "./cel/environment.js";
import { recordTypeName } from "./cel/record-types.js";
import { itemType } from "./cel/tree.js";
import { celTables } from "./tables.js";

/** A path of a `break` (annotation.keypoints[0].v), taken apart. */
export interface FieldPath {
  readonly kind: Kind;
  readonly steps: readonly (string | number)[];
  /** CEL type of what stands there. */
  readonly type: string;
}

/** The path, or what is wrong with it. A kind alone has no steps. */
export function fieldPath(text: string): FieldPath | { readonly problem: string } {
  const parts = /^([a-z]+)((?:\.[a-z_]\w*|\[\d+\])*)$/.exec(text);
  const kind = kindNames.find((name) => name === parts?.[1]);
  if (parts === null || kind === undefined)
    return { problem: `${text} is no path: a kind of record (${kindNames.join(", ")}), fields and places` };
  const steps = [...(parts[2] ?? "").matchAll(/\.(\w+)|\[(\d+)\]/g)].map(([, field, at]) => field ?? Number(at));
  let type: string = recordTypeName(kind);
  for (const step of steps) {
    const next = typeof step === "number" ? itemType(type) : fieldType(type, step);
    if (next === undefined) return { problem: `${text}: ${type} has no ${typeof step === "number" ? "items" : step}` };
    type = next;
  }
  return { kind, steps, type };
}

/** CEL type of a field of a record type. */
export function fieldType(record: string, field: string): string | undefined {
  return celRecordTypes(celTables).get(record)?.get(field)?.type;
}

/** Whether a value of one type may stand where another is wanted: an id is a whole number or a text. */
export function fitsType(found: string, wanted: string): boolean {
  return found === wanted || (wanted === "Id" && (found === "int" || found === "string"));
}
