import { Hash64 } from "../statistics/hash.js";
import type { CheckDeclaration } from "./declaration.js";

const hash = new Hash64();

/** A number that stands for a text in the `column` of a group rule: 52 bits of a hash, so that two texts have one number with odds of 2⁻⁵². */
export function textNumber(text: string): number {
  hash.reset();
  hash.text(text);
  return hash.number52();
}

export const declarations: readonly CheckDeclaration[] = [
  {
    cel: "textNumber(string): double",
    says: { zh: "取值", en: "value" },
    tells: "argument",
    call: textNumber,
  },
];
