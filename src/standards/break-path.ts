import type { Kind, LocalText } from "../records/grammar.gen.js";
import { kindNames } from "../records/kinds.js";
import { celRecordTypes } from "./cel/environment.js";
import { recordTypeName } from "./cel/record-types.js";
import { itemType } from "./cel/tree.js";
import { lintMessage } from "./lint-messages.js";
import { celTables } from "./tables.js";

/** A path of a `break` (annotation.keypoints[0].v), taken apart. */
export interface FieldPath {
  readonly kind: Kind;
  readonly steps: readonly (string | number)[];
  /** CEL type of what stands there. */
  readonly type: string;
}

/** The path, or what is wrong with it. A kind alone has no steps. */
export function fieldPath(text: string): FieldPath | { readonly problem: LocalText } {
  const parts = /^([a-z]+)((?:\.[a-z_]\w*|\[\d+\])*)$/.exec(text);
  const kind = kindNames.find((name) => name === parts?.[1]);
  if (parts === null || kind === undefined)
    return { problem: lintMessage("break/path", { path: text, kinds: kindNames.join(", ") }).message };
  const steps = [...(parts[2] ?? "").matchAll(/\.(\w+)|\[(\d+)\]/g)].map(([, field, at]) => field ?? Number(at));
  let type: string = recordTypeName(kind);
  for (const step of steps) {
    const next = typeof step === "number" ? itemType(type) : fieldType(type, step);
    if (next === undefined)
      return {
        problem:
          typeof step === "number"
            ? lintMessage("break/no-items", { path: text, type }).message
            : lintMessage("break/no-field", { path: text, type, field: step }).message,
      };
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
