import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Rule, SchemeDocument, StandardDocument } from "../records/grammar.gen.js";

/** SHA-256 of RFC 8785 JSON, in lower-case hex: equal for equal data however it is written. */
export function digestOf(value: unknown): string {
  return createHash("sha256")
    .update(canonicalize(value) ?? "")
    .digest("hex");
}

/** What decides: CEL, parameters, obligation, certainty, severity, schemas, scheme. Titles, cases and fixes are not in it. */
function decidingPart(rule: Rule): Record<string, unknown> {
  const { id, on, within, when, assert, fault, schema, params, obligation, certainty, severity, indicator, clause } =
    rule;
  return { id, on, within, when, assert, fault, schema, params, obligation, certainty, severity, indicator, clause };
}

export interface Digests {
  readonly deciding: string;
  readonly full: string;
}

/** A standard's data, before its digests are known. */
export interface StandardData {
  readonly document: StandardDocument;
  readonly rules: readonly Rule[];
  readonly scheme: SchemeDocument | undefined;
  readonly schemas: Readonly<Record<string, unknown>>;
}

export function digestsOf(standard: StandardData): Digests {
  const { document, rules, scheme, schemas } = standard;
  const byId = [...rules].sort((left, right) => (left.id < right.id ? -1 : 1));
  const head = { id: document.id, edition: document.edition };
  return {
    deciding: digestOf({ ...head, rules: byId.map(decidingPart), scheme: scheme ?? null, schemas: { ...schemas } }),
    full: digestOf({ document, rules: byId, scheme: scheme ?? null, schemas: { ...schemas } }),
  };
}
