import type { AnnotationRecord } from "../../records/types.gen.js";

/** 0: the same; the greatest difference of two numbers in the same place; infinite where something else differs. */
export function differenceOf(before: unknown, after: unknown): number {
  if (typeof before === "number" && typeof after === "number") {
    if (Object.is(before, after)) return 0;
    const difference = Math.abs(before - after);
    return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
  }
  if (before === null || after === null || typeof before !== "object" || typeof after !== "object")
    return before === after ? 0 : Number.POSITIVE_INFINITY;
  const isList = ArrayBuffer.isView(before) || Array.isArray(before);
  if (isList !== (ArrayBuffer.isView(after) || Array.isArray(after))) return Number.POSITIVE_INFINITY;
  const left = before as Readonly<Record<string, unknown>>;
  const right = after as Readonly<Record<string, unknown>>;
  let greatest = 0;
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)]))
    greatest = Math.max(greatest, differenceOf(left[key], right[key]));
  return greatest;
}

/** What of named values is not there any more, and what is another value. */
export function differenceOfAttributes(
  before: NonNullable<AnnotationRecord["attributes"]>,
  after: NonNullable<AnnotationRecord["attributes"]>,
  textOnly: boolean,
): { readonly lost: readonly string[]; readonly changed: readonly string[]; readonly added: readonly string[] } {
  const found = new Map(after.map((attribute) => [attribute.name, attribute]));
  const given = new Set(before.map(({ name }) => name));
  return {
    lost: before.flatMap(({ name }) => (found.has(name) ? [] : [name])),
    changed: before.flatMap(({ name, type, text }) => {
      const other = found.get(name);
      // A format of texts alone has no place for the types of attributes.
      return other === undefined || (other.text === text && (textOnly || other.type === type)) ? [] : [name];
    }),
    added: after.flatMap(({ name }) => (given.has(name) ? [] : [name])),
  };
}
