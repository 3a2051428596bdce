import { expect, test } from "vitest";
import { parseSignature } from "./signature.js";

const isRecord = (name: string) => name === "Box";

test.each([
  ["ringArea(list<double>): double", { name: "ringArea", parameters: ["list<double>"], result: "double" }],
  ["now(): string", { name: "now", parameters: [], result: "string" }],
  [
    "f(map<string, list<Box>>, int): bool",
    { name: "f", parameters: ["map<string, list<Box>>", "int"], result: "bool" },
  ],
])("%s", (text, signature) => expect(parseSignature(text, isRecord)).toEqual(signature));

test.each([
  ["a misspelt type", "f(doubble): bool", "there is no type doubble"],
  ["a misspelt type in a list", "f(list<Bux>): bool", "there is no type list<Bux>"],
  ["dyn", "f(dyn): bool", "there is no type dyn"],
  ["no result", "f(int)", "not a CEL signature"],
  ["a method", "string.f(): int", "not a CEL signature"],
])("%s is refused", (_, text, message) => expect(() => parseSignature(text, isRecord)).toThrow(message));
