import type { CheckDeclaration } from "./declaration.js";

/** An identifier as text, for `matches`: 1 and "1" are two ids and one text. */
export function idText(id: string | number): string {
  return typeof id === "number" ? id.toString() : id;
}

export const declarations: readonly CheckDeclaration[] = [
  { cel: "idText(Id): string", says: { zh: "编号", en: "id" }, tells: "argument", call: idText },
];
