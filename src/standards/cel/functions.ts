import type { Signature } from "./signature.js";

/** Functions that the host answers, beside the checks. */
export const hostFunctions: readonly Signature[] = [
  { name: "known", parameters: ["string", "Id"], result: "bool" },
  { name: "measure", parameters: ["string"], result: "Measurement" },
  { name: "measure", parameters: ["string", "Id"], result: "Measurement" },
  { name: "text", parameters: ["Id"], result: "string" },
  { name: "isWholeNumber", parameters: ["Id"], result: "bool" },
  { name: "size", parameters: ["Siblings"], result: "int" },
];

/** Functions of CEL that rules may use, by name: the form in which each is written. */
export const celFunctions: ReadonlyMap<string, "function" | "method" | "both"> = new Map([
  ["size", "both"],
  ["double", "function"],
  ["int", "function"],
  ["string", "function"],
  ["bool", "function"],
  ["startsWith", "method"],
  ["endsWith", "method"],
  ["contains", "method"],
  ["matches", "method"],
]);

/** What CEL, or this parser, has and a rule may not use → what to write instead. */
export const refusedFunctions: ReadonlyMap<string, string> = new Map([
  ["dyn", "leave dyn() out: every value of a rule has one type"],
  ["type", "compare values, not types: a field has the type that its schema gives it"],
  ["uint", 'write an int: 1 instead of 1u, int("1") instead of uint("1")'],
  ["bytes", "compare strings; digests are strings of hexadecimal digits"],
  ["timestamp", "call a check function on the text of the time"],
  ["duration", "call a check function on the text of the time"],
  ["bind", "write the expression twice, or move it into a check function"],
  ["lowerAscii", "compare the folded field (name_key, path_key), or call a check function"],
  ["upperAscii", "compare the folded field (name_key, path_key), or call a check function"],
  ["trim", "compare the folded field (name_key, path_key), or use matches()"],
  ["indexOf", "use contains(), or call a check function: positions would count UTF-16 units"],
  ["lastIndexOf", "use contains(), or call a check function: positions would count UTF-16 units"],
  ["substring", "use startsWith(), endsWith() or matches(): positions would count UTF-16 units"],
  ["split", "use matches(), or call a check function"],
  ["join", "call a check function"],
]);
