import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Rule, SchemeDocument, StandardDocument } from "../records/grammar.gen.js";

/** SHA-256 of RFC 8785 JSON, in lower-case hex: equal for equal data however it is written. */
export function digestOf(value: unknown): string {
  return createHash("sha256")
    .update(canonicalize(value) ?? "")
    .digest("hex");
}

/** Fields of a rule that tell and prove it, and change no outcome: with everything else a verdict can change. */
export const tellingFields = ["claim", "title", "source", "means", "fix", "break", "equivalent", "cases"] as const;

/** What decides of a rule: all but what tells and proves it, so that a field that is new decides until it is known not to. */
function decidingPart(rule: Rule): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(rule).filter(([field]) => !(tellingFields as readonly string[]).includes(field)),
  );
}

/** SHA-256 of what decides of one rule. */
export function ruleDigest(rule: Rule): string {
  return digestOf(decidingPart(rule));
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
