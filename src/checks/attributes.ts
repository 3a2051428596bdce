import type { Attribute } from "../records/types.gen.js";
import type { CheckDeclaration } from "./declaration.js";

// A vocabulary is a list of texts, as parameters have it: "car/colour" says that label car has the attribute colour ("*/colour": every label
// has it), "colour=string" its type, "colour=red" one of its values. Each check names the first attribute that is not so, "" for none.

/** Name of the first attribute that the vocabulary requires for a label and the annotation lacks. */
export function missingAttribute(attributes: readonly Attribute[], label: string, required: readonly string[]): string {
  for (let i = 0; i < required.length; i++) {
    const entry = required[i]!;
    const slash = entry.lastIndexOf("/"); // a label may hold one, an attribute not
    if (!entry.startsWith("*/") && !(slash === label.length && entry.startsWith(label))) continue;
    const name = entry.slice(slash + 1);
    if (!hasAttribute(attributes, name)) return name;
  }
  return "";
}

/** Name of the first attribute that the vocabulary does not define for a label. */
export function undefinedAttribute(
  attributes: readonly Attribute[],
  label: string,
  defined: readonly string[],
): string {
  for (let i = 0; i < attributes.length; i++) {
    const { name } = attributes[i]!;
    if (!hasPair(defined, label, "/", name) && !hasPair(defined, "*", "/", name)) return name;
  }
  return "";
}

/** Name of the first attribute whose value has another type than declared; an attribute without a declared type is not asked. */
export function mistypedAttribute(attributes: readonly Attribute[], types: readonly string[]): string {
  for (let i = 0; i < attributes.length; i++) {
    const { name, type } = attributes[i]!;
    if (!hasPair(types, name, "=", type) && isListed(types, name)) return name;
  }
  return "";
}

/** Name of the first attribute whose value is not one of those listed for it; an attribute without listed values is not asked. */
export function invalidAttributeValue(attributes: readonly Attribute[], allowed: readonly string[]): string {
  for (let i = 0; i < attributes.length; i++) {
    const { name, text } = attributes[i]!;
    if (!hasPair(allowed, name, "=", text) && isListed(allowed, name)) return name;
  }
  return "";
}

/** The value of an attribute as text, "" where there is none. */
export function attributeText(attributes: readonly Attribute[], name: string): string {
  for (let i = 0; i < attributes.length; i++) if (attributes[i]!.name === name) return attributes[i]!.text;
  return "";
}

function hasAttribute(attributes: readonly Attribute[], name: string): boolean {
  for (let i = 0; i < attributes.length; i++) if (attributes[i]!.name === name) return true;
  return false;
}

/** Whether left + separator + right is in a list; the text is not put together. */
function hasPair(list: readonly string[], left: string, separator: "/" | "=", right: string): boolean {
  const length = left.length + 1 + right.length;
  for (let i = 0; i < list.length; i++) {
    const entry = list[i]!;
    if (
      entry.length === length &&
      entry[left.length] === separator &&
      entry.startsWith(left) &&
      entry.endsWith(right)
    ) {
      return true;
    }
  }
  return false;
}

function isListed(list: readonly string[], name: string): boolean {
  for (let i = 0; i < list.length; i++) if (list[i]![name.length] === "=" && list[i]!.startsWith(name)) return true;
  return false;
}

export const declarations: readonly CheckDeclaration[] = [
  {
    cel: "missingAttribute(list<Attribute>, string, list<string>): string",
    says: { zh: "缺少的属性", en: "missing attribute" },
    tells: "first",
    call: missingAttribute,
  },
  {
    cel: "undefinedAttribute(list<Attribute>, string, list<string>): string",
    says: { zh: "未定义的属性", en: "attribute that is not defined" },
    tells: "first",
    call: undefinedAttribute,
  },
  {
    cel: "mistypedAttribute(list<Attribute>, list<string>): string",
    says: { zh: "取值类型不符的属性", en: "attribute of another type" },
    tells: "first",
    call: mistypedAttribute,
  },
  {
    cel: "invalidAttributeValue(list<Attribute>, list<string>): string",
    says: { zh: "取值不在规定之列的属性", en: "attribute with a value that is not listed" },
    tells: "first",
    call: invalidAttributeValue,
  },
  {
    cel: "attributeText(list<Attribute>, string): string",
    says: { zh: "属性 {1} 的值", en: "value of the attribute {1}" },
    call: attributeText,
  },
];
