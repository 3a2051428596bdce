import fc from "fast-check";
import { expect, test } from "vitest";
import { InputError } from "../../records/errors.js";
import { memorySource } from "../bytes/memory-source.js";
import type { JsonFault, JsonPull } from "./api.js";
import { openJson } from "./reader.js";

/** Our reader held against JSON.parse, which serves here as the oracle. */
const chunkBytes = fc.constantFrom(1, 2, 3, 7, 64);
const space = fc.string({ unit: fc.constantFrom(" ", "\n", "\r\n", "\t"), maxLength: 3 });

function open(text: string, chunk: number, faults: JsonFault[] = []): JsonPull {
  return openJson(memorySource(Buffer.from(text)), { onFault: (fault) => faults.push(fault), chunkBytes: chunk });
}

/** The value, or "refused". */
function read(text: string, chunk: number): unknown {
  const json = open(text, chunk);
  try {
    const value = json.value();
    json.end();
    return { value };
  } catch (error) {
    if (error instanceof InputError) return "refused";
    throw error;
  }
}

function parse(text: string): unknown {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return "refused";
  }
}

/** A valid text with white space, numbers and strings spelt in many ways. */
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? "-0" : String(value))),
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value.toExponential(12)),
  fc
    .tuple(fc.bigInt(), fc.nat(), fc.integer({ min: -400, max: 400 }))
    .map(([a, b, e]) => `${a}.${b}E${e < 0 ? "" : "+"}${e}`),
);
const string = fc.oneof(
  fc.string({ unit: "binary" }).map((text) => JSON.stringify(text)),
  fc.string({ unit: "grapheme" }).map((text) => JSON.stringify(text)),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => `"${units.map((unit) => `\\u${hex(unit)}`).join("")}"`),
);
const { text: jsonText } = fc.letrec<{ text: string }>((tie) => ({
  text: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.oneof(fc.constantFrom("true", "false", "null"), number, string),
    fc.array(tie("text")).chain((items) => joined("[", items, "]")),
    fc.array(fc.tuple(string, space, space, tie("text"))).chain((members) =>
      joined(
        "{",
        members.map(([key, a, b, value]) => `${key}${a}:${b}${value}`),
        "}",
      ),
    ),
  ),
}));

function joined(before: string, items: readonly string[], after: string): fc.Arbitrary<string> {
  return fc
    .array(space, { minLength: items.length + 1, maxLength: items.length + 1 })
    .map(
      (spaces) =>
        before + spaces[0] + items.map((item, i) => (i > 0 ? "," : "") + item + spaces[i + 1]).join("") + after,
    );
}

function hex(unit: number): string {
  return unit.toString(16).padStart(4, "0");
}

test("it reads what JSON.parse reads, with the same values", () =>
  fc.assert(
    fc.property(fc.oneof(jsonText, fc.json({ stringUnit: "binary" })), chunkBytes, (text, chunk) => {
      expect(read(text, chunk)).toEqual({ value: JSON.parse(text) });
    }),
    { numRuns: 2000 },
  ));

const mutation = fc.tuple(
  fc.nat(),
  fc.nat(2),
  fc.constantFrom(...'{}[]",:\\0123456789.-+eEtrufalsn \n\u0001é/x'.split("")),
);

/** Takes away, puts in or replaces some characters. */
function mutate(text: string, mutations: readonly [number, number, string][]): string {
  const characters = [...text];
  for (const [place, removed, added] of mutations) {
    characters.splice(place % (characters.length + 1), removed, ...(removed === 2 ? [] : [added]));
  }
  // Half a pair does not survive UTF-8; the oracle gets what we get.
  return Buffer.from(characters.join("")).toString();
}

test("it refuses what JSON.parse refuses, NaN and Infinity apart", () =>
  fc.assert(
    fc.property(jsonText, fc.array(mutation, { minLength: 1, maxLength: 3 }), chunkBytes, (text, mutations, chunk) => {
      const changed = mutate(text, mutations);
      expect(read(changed, chunk), changed).toEqual(parse(changed));
    }),
    { numRuns: 3000 },
  ));

/** Short ones: every cut of each is read. */
const container = fc
  .array(
    jsonText.filter((text) => text.length < 60),
    { maxLength: 5 },
  )
  .chain((items) => fc.constantFrom(`[${items.join()}]`, `{${items.map((item, i) => `"${i}é\\"": ${item}`).join()}}`));

test.each<[string, (json: JsonPull) => unknown]>([
  ["value", (json) => json.value()],
  ["skip", (json) => json.skip()],
  ["leap", (json) => json.leap()],
])("every text cut short ends in an error at its length, read by %s", (_, pass) =>
  fc.assert(
    fc.property(container, chunkBytes, (text, chunk) => {
      const bytes = Buffer.from(text);
      for (let length = 0; length < bytes.length; length++) {
        const json = openJson(memorySource(bytes.subarray(0, length)), { onFault: () => {}, chunkBytes: chunk });
        const code = length === 0 ? "TS-FORMAT-0018" : "TS-FORMAT-0012";
        expect(
          errorOf(() => pass(json)),
          `cut at ${length}`,
        ).toEqual({ code, offset: length });
      }
    }),
    { numRuns: 150 },
  ));

function errorOf(call: () => unknown): unknown {
  try {
    call();
    return "no error";
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { code: error.code, offset: error.details.offset };
  }
}

test("leaping, and seeking back, gives what reading gives, and ends at the same place", () =>
  fc.assert(
    fc.property(space, jsonText, space, chunkBytes, (before, text, after, chunk) => {
      const json = open(before + text + after, chunk);
      const start = json.leap();
      expect(start).toBe(Buffer.byteLength(before));
      json.end();
      json.seek(start);
      expect(json.value()).toEqual(JSON.parse(text));
      json.end();
    }),
    { numRuns: 500 },
  ));

test("skip sees the faults that value sees", () =>
  fc.assert(
    fc.property(jsonText, chunkBytes, (text, chunk) => {
      const byValue: JsonFault[] = [];
      const bySkip: JsonFault[] = [];
      open(text, chunk, byValue).value();
      open(text, chunk, bySkip).skip();
      expect(bySkip).toEqual(byValue);
    }),
    { numRuns: 500 },
  ));

test("a key that an object has twice is a fault exactly then", () =>
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.constantFrom("a", "b", "é", "/"), maxLength: 3 }), { maxLength: 60 }),
      chunkBytes,
      (names, chunk) => {
        const faults: JsonFault[] = [];
        const spelt = names.map((name, i) => (i % 3 === 0 ? JSON.stringify(name) : `"${escaped(name, i)}"`));
        open(`{${spelt.map((key) => `${key}:0`).join(",")}}`, chunk, faults).skip();
        const seen = new Set<string>();
        const again = names.filter((name) => seen.size === seen.add(name).size);
        expect(faults.map(({ id, value }) => [id, value])).toEqual(again.map((name) => ["json-duplicate-key", name]));
      },
    ),
  ));

function escaped(name: string, turn: number): string {
  return [...name].map((c, i) => ((i + turn) % 2 === 0 ? `\\u${hex(c.charCodeAt(0))}` : c)).join("");
}

test("numbers() reads what number() reads", () =>
  fc.assert(
    fc.property(fc.array(fc.tuple(space, number, space)), chunkBytes, (items, chunk) => {
      const text = `[${items.map((item) => item.join("")).join(",")}]`;
      const list = { values: new Float64Array(1), length: 0 };
      expect(open(text, chunk).numbers(list)).toBe(true);
      expect([...list.values.subarray(0, list.length)]).toEqual(items.map(([, literal]) => Number(literal)));
    }),
    { numRuns: 1000 },
  ));
