import { describe, expect, test } from "vitest";
import { InputError } from "../../records/errors.js";
import { memorySource } from "../bytes/memory-source.js";
import type { JsonFault, JsonPull, NumberList } from "./api.js";
import { openJson } from "./reader.js";

const chunks = [1, 2, 3, 7, 64, 4096];

interface Outcome {
  readonly value?: unknown;
  readonly faults: readonly JsonFault[];
  readonly error?: { readonly code: string; readonly offset: number | undefined };
}

function outcome(text: string | Uint8Array, read: (json: JsonPull) => unknown, chunkBytes: number): Outcome {
  const faults: JsonFault[] = [];
  const json = openJson(memorySource(Buffer.from(text)), { onFault: (fault) => faults.push(fault), chunkBytes });
  try {
    const value = read(json);
    json.end();
    return { value, faults };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { faults, error: { code: error.code, offset: error.details.offset } };
  }
}

/** The same outcome at every chunk size. */
function readAll(text: string | Uint8Array, read = (json: JsonPull): unknown => json.value()): Outcome {
  const first = outcome(text, read, 4096);
  for (const size of chunks) expect(outcome(text, read, size), `chunks of ${size}`).toEqual(first);
  return first;
}

function messageOf(text: string): string {
  try {
    openJson(memorySource(Buffer.from(text)), { onFault: () => {} }).value();
  } catch (error) {
    if (error instanceof InputError) return error.message;
  }
  return "";
}

const fault = (id: JsonFault["id"], offset: number, value: string): JsonFault => ({ id, offset, value });

describe("faults are reported and reading goes on", () => {
  test.each<[string, string | Uint8Array, unknown, JsonFault[]]>([
    ["a key twice", '{"a":1,"b":2,"a":3}', { a: 3, b: 2 }, [fault("json-duplicate-key", 13, "a")]],
    ["a key twice in another spelling", '{"a":1,"\\u0061":2}', { a: 2 }, [fault("json-duplicate-key", 7, "a")]],
    ["a Chinese key twice", '{"类":1, "\\u7c7b":2}', { 类: 2 }, [fault("json-duplicate-key", 10, "类")]],
    ["the empty key twice", '{"":1,"":2}', { "": 2 }, [fault("json-duplicate-key", 6, "")]],
    [
      "a key again in an inner object is no fault",
      '{"a":{"a":[{"a":1}]},"b":{"a":1}}',
      { a: { a: [{ a: 1 }] }, b: { a: 1 } },
      [],
    ],
    ["a key again after an inner object", '{"a":{"b":1},"a":2}', { a: 2 }, [fault("json-duplicate-key", 13, "a")]],
    ["NaN", "[NaN, 1]", [Number.NaN, 1], [fault("json-number-unsafe", 1, "NaN")]],
    ["-Infinity", "[1,-Infinity]", [1, Number.NEGATIVE_INFINITY], [fault("json-number-unsafe", 3, "-Infinity")]],
    ["Infinity", "Infinity", Number.POSITIVE_INFINITY, [fault("json-number-unsafe", 0, "Infinity")]],
    [
      "2^53",
      "[9007199254740991,9007199254740992]",
      [2 ** 53 - 1, 2 ** 53],
      [fault("json-number-unsafe", 18, "9007199254740992")],
    ],
    ["-(2^53 + 1)", "-9007199254740993", -(2 ** 53), [fault("json-number-unsafe", 0, "-9007199254740993")]],
    ["2^53 with a fraction is an ordinary double", "9007199254740992.0", 2 ** 53, []],
    ["a literal beyond every double", "[1e400]", [Number.POSITIVE_INFINITY], [fault("json-number-unsafe", 1, "1e400")]],
    ["a byte order mark", "\ufeff[1]", [1], [fault("bom-present", 0, "U+FEFF")]],
    ["a surrogate alone", '["\\ud83dx"]', ["\ud83dx"], [fault("text-control-characters", 2, "unpaired surrogate")]],
    ["a low surrogate alone", '"\\ude00"', "\ude00", [fault("text-control-characters", 1, "unpaired surrogate")]],
    [
      "a surrogate before a pair",
      '"\\ud83d\\ud83d\\ude00"',
      "\ud83d😀",
      [fault("text-control-characters", 1, "unpaired surrogate")],
    ],
    ["C0 by escape", '"a\\u0000"', "a\0", [fault("text-control-characters", 2, "U+0000")]],
    ["backspace by escape", '"\\b"', "\b", [fault("text-control-characters", 1, "U+0008")]],
    ["C1 by escape", '"\\u0085"', "\u0085", [fault("text-control-characters", 1, "U+0085")]],
    ["C1 in UTF-8", '"\u0085"', "\u0085", [fault("text-control-characters", 1, "U+0085")]],
    ["TAB, LF and CR by escape are no fault", '"\\t\\n\\r"', "\t\n\r", []],
    ["LF, then CRLF", "[1,\n2,\r\n3]\n", [1, 2, 3], [fault("newline-mixed", 7, "LF and CRLF")]],
    ["CRLF alone is no fault", "[1,\r\n2]\r\n", [1, 2], []],
    ["a byte of Latin-1", bytes('{"a":"', 0xe9, '"}'), { a: "\ufffd" }, [fault("invalid-utf8", 6, "byte 0xE9")]],
    ["an overlong form", bytes('"', 0xc0, 0xaf, '"'), "\ufffd\ufffd", [fault("invalid-utf8", 1, "byte 0xC0")]],
    [
      "a surrogate in UTF-8",
      bytes('"é', 0xed, 0xa0, 0x80, '"'),
      "é\ufffd\ufffd\ufffd",
      [fault("invalid-utf8", 3, "byte 0xED")],
    ],
    ["a sequence cut short", bytes('"', 0xf0, 0x9f, 0x98, '"'), "\ufffd", [fault("invalid-utf8", 1, "byte 0xF0")]],
    [
      "the second of two bad strings too",
      bytes('["', 0xff, '","', 0xff, '"]'),
      ["\ufffd", "\ufffd"],
      [fault("invalid-utf8", 2, "byte 0xFF"), fault("invalid-utf8", 6, "byte 0xFF")],
    ],
  ])("%s", (_, text, value, faults) => {
    expect(readAll(text)).toEqual({ value, faults });
    expect(readAll(text, (json) => json.skip()).faults, "skip() sees the same").toEqual(faults);
  });

  test("any number of keys is held apart, and each repetition is seen", () => {
    const names = Array.from({ length: 70_000 }, (_, i) => `key ${i}`);
    const text = `{${[...names, "key 3", "key 40", "key 69999"].map((name) => `"${name}":0`).join(",")}}`;
    const found = outcome(text, (json) => json.skip(), 4096).faults.map(({ id, value }) => [id, value]);
    expect(found).toEqual(["key 3", "key 40", "key 69999"].map((name) => ["json-duplicate-key", name]));
  });
});

describe("what is not JSON ends the file", () => {
  test.each<[string, string | Uint8Array, string, number]>([
    ["nothing", "", "TS-FORMAT-0018", 0],
    ["white space", " \n\t", "TS-FORMAT-0018", 3],
    ["a byte order mark alone", "\ufeff", "TS-FORMAT-0018", 3],
    ["UTF-16 with a mark, little endian", Buffer.from("\ufeff[1]", "utf16le"), "TS-FORMAT-0013", 0],
    ["UTF-16 with a mark, big endian", bytes(0xfe, 0xff, 0, "[", 0, "]"), "TS-FORMAT-0013", 0],
    ["UTF-16 without a mark", Buffer.from("[1]", "utf16le"), "TS-FORMAT-0013", 0],
    ["UTF-16 without a mark, big endian", bytes(0, "[", 0, "1", 0, "]"), "TS-FORMAT-0013", 0],
    ["an array cut short", "[1, 2", "TS-FORMAT-0012", 5],
    ["a string cut short", '["ab', "TS-FORMAT-0012", 4],
    ["a literal cut short", "[tru", "TS-FORMAT-0012", 4],
    ["a number cut short", "[-", "TS-FORMAT-0012", 2],
    ["an exponent cut short", "[1e", "TS-FORMAT-0012", 3],
    ["a comma too many in a list", "[1,]", "TS-FORMAT-0010", 3],
    ["a comma too many in an object", '{"a":1,}', "TS-FORMAT-0010", 7],
    ["a missing comma", "[1 2]", "TS-FORMAT-0010", 3],
    ["a missing colon", '{"a" 1}', "TS-FORMAT-0010", 5],
    ["a bare key", "{a:1}", "TS-FORMAT-0010", 1],
    ["single quotes", "['a']", "TS-FORMAT-0010", 1],
    ["a leading zero", "[01]", "TS-FORMAT-0010", 2],
    ["a plus sign", "[+1]", "TS-FORMAT-0010", 1],
    ["a point without digits", "[1.]", "TS-FORMAT-0010", 3],
    ["a point first", "[.5]", "TS-FORMAT-0010", 1],
    ["an exponent without digits", "[1e+]", "TS-FORMAT-0010", 4],
    ["-NaN", "[-NaN]", "TS-FORMAT-0010", 2],
    ["a word", "[nul]", "TS-FORMAT-0010", 4],
    ["the wrong bracket", "[1}", "TS-FORMAT-0010", 2],
    ["a raw line end in a string", '["a\nb"]', "TS-FORMAT-0010", 3],
    ["a raw NUL in a string", '["a\0b"]', "TS-FORMAT-0010", 3],
    ["a NUL between values", "[1,\0 2]", "TS-FORMAT-0010", 3],
    ["an unknown escape", '["\\x"]', "TS-FORMAT-0010", 3],
    ["an escape with too few digits", '["\\u12G4"]', "TS-FORMAT-0010", 6],
    ["an escape that runs into the quote", '["\\u12"]', "TS-FORMAT-0010", 6],
    ["text after the value", "[1] x", "TS-FORMAT-0010", 4],
    ["a second value", "{}{}", "TS-FORMAT-0010", 2],
    ["a bad byte outside strings", bytes("[", 0xff, "]"), "TS-FORMAT-0010", 1],
    ["a no-break space", "[\u00a01]", "TS-FORMAT-0010", 1],
  ])("%s", (_, text, code, offset) => {
    expect(readAll(text).error).toEqual({ code, offset });
    expect(readAll(text, (json) => json.skip()).error, "skip() sees the same").toEqual({ code, offset });
  });

  test("the message says what was found and what was expected", () => {
    expect(messageOf('{"a":1，"b":2}')).toBe('TS-FORMAT-0010 the file is not JSON: expected "," or "}", found "，"');
    expect(messageOf('{"a":[1')).toBe('TS-FORMAT-0012 the file ends too early: expected "," or "]", found the end');
    expect(messageOf("[\u0001]")).toBe("TS-FORMAT-0010 the file is not JSON: expected a value, found byte 0x01");
  });

  test.each(["[", '{"a":'])("nesting 100,000 deep by %s is refused and no stack overflows", (open) => {
    for (const read of [(json: JsonPull) => json.value(), (json: JsonPull) => json.skip()]) {
      const { error } = outcome(open.repeat(100_000), read, 4096);
      expect(error).toEqual({ code: "TS-FORMAT-0014", offset: 1000 * open.length });
    }
  });

  test("1000 containers inside one another are read", () => {
    const text = "[".repeat(1000) + "]".repeat(1000);
    expect(JSON.stringify(readAll(text).value)).toBe(text);
  });
});

describe("pulling", () => {
  test("keys and places come in the order of the file", () => {
    const { value } = readAll(' {"a": [1, "x"], "b" : {}}', (json) => {
      const seen: unknown[] = [json.offset(), json.peek()];
      json.enterObject();
      seen.push(json.nextKey(), json.offset());
      json.enterArray();
      while (json.nextElement()) seen.push(json.peek(), json.id());
      seen.push(json.nextKey(), json.offset());
      json.enterObject();
      seen.push(json.nextKey(), json.nextKey());
      return seen;
    });
    expect(value).toEqual([1, "object", "a", 7, "number", 1, "string", "x", "b", 23, undefined, undefined]);
  });

  test.each<[string, number | string]>([
    ["1", 1],
    ["1.0", 1],
    ["1e0", 1],
    ["10e-1", 1],
    ["1.50e1", 15],
    ["-0", 0],
    ["0.000e5", 0],
    ["9007199254740991", 2 ** 53 - 1],
    ["9007199254740992", "9007199254740992"],
    ["12345678901234567890", "12345678901234567890"],
    ["1.5", "1.5"],
    ["1.00000000000000000001", "1.00000000000000000001"],
    ["1e-1", "1e-1"],
    ['"1"', "1"],
  ])("the id %s is %j", (text, id) => expect(readAll(text, (json) => json.id()).value).toBe(id));

  test.each<[string, boolean, number[]]>([
    ["[]", true, []],
    ["[1,2.5, -3 ,0.1,-0]", true, [1, 2.5, -3, 0.1, -0]],
    ["[ 1e2\n,\t12345678901234567,1.2345678901234567 ]", true, [100, 12345678901234568, 1.2345678901234567]],
    ["[123456789.1,12345678.12,1234567890]", true, [123456789.1, 12345678.12, 1234567890]],
    ['[1,"x",[2,{"a":3}]]', false, []],
    ["[null]", false, []],
    ["[[1,2]]", false, []],
  ])("numbers() of %s", (text, flat, expected) => {
    const { value } = readAll(`{"a":${text},"b":7}`, (json) => {
      const list: NumberList = { values: new Float64Array(1), length: 0 };
      json.enterObject();
      json.nextKey();
      const result = json.numbers(list);
      return [result, [...list.values.subarray(0, list.length)], json.nextKey(), json.number(), json.nextKey()];
    });
    expect(value).toEqual([flat, expected, "b", 7, undefined]);
  });

  test("sections are leaped over and read afterwards, and the end is still checked", () => {
    const text = '{"a": [{"x": "]}\\""}, 1], "b": {"y": [2]}, "c": 3} x';
    const read = (json: JsonPull): unknown => {
      const at = new Map<string, number>();
      json.enterObject();
      for (let key = json.nextKey(); key !== undefined; key = json.nextKey()) at.set(key, json.leap());
      return ["c", "a", "b"].map((key) => {
        json.seek(at.get(key)!);
        return json.value();
      });
    };
    expect(readAll(text.slice(0, -2), read).value).toEqual([3, [{ x: ']}"' }, 1], { y: [2] }]);
    expect(readAll(text, read).error).toEqual({ code: "TS-FORMAT-0010", offset: text.length - 1 });
  });

  test("line ends inside what was leaped over are seen", () => {
    expect(readAll("[[\r\n1],\n2]", (json) => json.leap()).faults).toEqual([fault("newline-mixed", 7, "LF and CRLF")]);
  });

  test("__proto__ is an ordinary key", () => {
    const { value } = readAll('{"__proto__": {"a": 1}}');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.entries(value as object)).toEqual([["__proto__", { a: 1 }]]);
  });

  test("a byte above ASCII is noted", () => {
    const json = openJson(memorySource(Buffer.from('["é"]')), { onFault: () => {} });
    json.value();
    expect(json.sawNonAscii).toBe(true);
  });
});

function bytes(...parts: (string | number)[]): Uint8Array {
  return Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from([part]))));
}
