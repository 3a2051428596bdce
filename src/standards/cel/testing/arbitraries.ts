import fc from "fast-check";
import type { AnnotationRecord } from "../../../records/types.gen.js";
import type { Scope } from "../api.js";
import { scopeOf } from "./fixtures.js";

/** Iteration variables by the type of what they stand for; which of them are in scope is a bit each. */
const variables = { int: "n", double: "d", string: "s", Keypoint: "k", "list<double>": "r" } as const;
type Item = keyof typeof variables;
const items = Object.keys(variables) as Item[];
type Type =
  | "bool"
  | "int"
  | "double"
  | "string"
  | "list<int>"
  | "list<double>"
  | "list<string>"
  | "list<Keypoint>"
  | "list<list<double>>"
  | "map";

const text = fc.constantFrom(
  "",
  "a",
  "cat",
  "toString",
  "__proto__",
  "aaa",
  "é",
  "𠮷",
  "，",
  "\ud800",
  "\udc00\ud83d",
  '"',
  "\\",
  "\u2028",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: text that looks like code is what this asks about
  "${x}",
);
/** Lone surrogates cannot be written in CEL. */
const literalText = text
  .filter((value) => !/\p{Surrogate}/u.test(value))
  .map((value) => JSON.stringify(value).replace("\u2028", "\\u2028"));
const whole = fc.oneof(
  { arbitrary: fc.integer({ min: -4, max: 9 }), weight: 6 },
  { arbitrary: fc.constantFrom(0, 1, 2, 3), weight: 4 },
  {
    arbitrary: fc.constantFrom(Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, 2 ** 31, 4503599627370496),
    weight: 1,
  },
);
const real = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    1,
    -1,
    0.5,
    2.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    2 ** 53,
    1e300,
    5e-324,
  ),
  fc.integer({ min: -9, max: 9 }).map((n) => n / 2),
);

const wholeText = whole.map((n) => (n < 0 ? `(${n})` : `${n}`));
const realText = real.map((x) => {
  if (Number.isNaN(x)) return "(0.0 / 0.0)";
  if (!Number.isFinite(x)) return x < 0 ? "(-1.0 / 0.0)" : "(1.0 / 0.0)";
  const digits = Object.is(x, -0) ? "-0.0" : Number.isInteger(x) && Math.abs(x) < 1e21 ? `${x}.0` : String(x);
  return digits.startsWith("-") ? `(${digits})` : digits;
});

const known = new Map<string, fc.Arbitrary<string>>();

/** A random well-typed expression. Sub-expressions are shared by type, depth and variables in scope, so the family stays small. */
export function expression(type: Type, depth: number, scope = 0): fc.Arbitrary<string> {
  const key = `${type} ${depth} ${scope}`;
  let arbitrary = known.get(key);
  if (arbitrary === undefined) {
    arbitrary = fc.oneof(...leaves(type, scope), ...(depth === 0 ? [] : branches(type, depth - 1, scope)));
    known.set(key, arbitrary);
  }
  return arbitrary;
}

type Choice = fc.Arbitrary<string> | { arbitrary: fc.Arbitrary<string>; weight: number };

function leaves(type: Type, scope: number): Choice[] {
  const local = (item: Item, suffix = "") =>
    has(scope, item) ? [{ arbitrary: fc.constant(`${variables[item]}${suffix}`), weight: 3 }] : [];
  switch (type) {
    case "bool":
      return [
        fc.constantFrom("true", "false", "params.strict", "annotation.truncated"),
        fc
          .constantFrom(
            "annotation.box",
            "annotation.rle",
            "annotation.rle.width",
            "annotation.area",
            "annotation.label",
            "media.width",
          )
          .map((path) => `has(${path})`),
      ];
    case "int":
      return [
        wholeText,
        fc.constantFrom("annotation.iscrowd", "annotation.num_keypoints", "media.width", "annotation.rle.width"),
        ...local("int"),
      ];
    case "double":
      return [
        realText,
        fc.constantFrom(
          "annotation.area",
          "annotation.box.x",
          "annotation.box.width",
          "params.tolerance",
          'measure("label-balance").x',
        ),
        ...local("double"),
        ...local("Keypoint", ".v"),
      ];
    case "string":
      return [literalText, fc.constantFrom("annotation.label", "annotation.caption"), ...local("string")];
    case "list<int>":
      return [fc.array(wholeText, { maxLength: 3, minLength: 1 }).map((all) => `[${all.join(", ")}]`)];
    case "list<double>":
      return [
        fc.array(realText, { maxLength: 3, minLength: 1 }).map((all) => `[${all.join(", ")}]`),
        fc.constantFrom("annotation.polygon_length", "params.steps"),
        ...local("list<double>"),
      ];
    case "list<string>":
      return [
        fc.array(literalText, { maxLength: 3, minLength: 1 }).map((all) => `[${all.join(", ")}]`),
        fc.constant("params.words"),
      ];
    case "list<Keypoint>":
      return [fc.constant("annotation.keypoints")];
    case "list<list<double>>":
      return [fc.constant("annotation.polygon")];
    case "map":
      return [
        fc
          .uniqueArray(fc.tuple(literalText, wholeText), { selector: ([key]) => key, minLength: 1, maxLength: 3 })
          .map((all) => `{${all.map((entry) => entry.join(": ")).join(", ")}}`),
      ];
  }
}

function branches(type: Type, depth: number, scope: number): Choice[] {
  const of = (other: Type, inner = scope) => expression(other, depth, inner);
  const join = (form: string, ...parts: fc.Arbitrary<string>[]) =>
    fc.tuple(...parts).map((texts) => form.replace(/#(\d)/g, (_, i) => texts[Number(i)] ?? ""));
  const infix = (operators: readonly string[], a: Type, b: Type = a) =>
    join("(#0 #1 #2)", of(a), fc.constantFrom(...operators), of(b));
  const choice = join("(#0 ? #1 : #2)", of("bool"), of(type), of(type));
  const filtered = (list: Type, item: Item) =>
    join(`#0.filter(${variables[item]}, #1)`, of(list), of("bool", scope | bit(item)));
  const equality = ["==", "!="];
  const order = ["<", "<=", ">", ">="];
  switch (type) {
    case "bool":
      return [
        { arbitrary: infix(["&&", "||"], "bool"), weight: 4 },
        join("!#0", of("bool")),
        infix([...equality, ...order], "int"),
        infix([...equality, ...order], "double"),
        infix(order, "int", "double"),
        infix([...equality, ...order], "string"),
        infix(equality, "list<double>"),
        infix(equality, "list<int>"),
        infix(equality, "map"),
        infix(["in"], "int", "list<int>"),
        infix(["in"], "double", "list<double>"),
        infix(["in"], "string", "list<string>"),
        infix(["in"], "string", "map"),
        infix(["in"], "list<double>", "list<list<double>>"),
        ...items.map((item) =>
          join(
            `#0.#1(${variables[item]}, #2)`,
            of(`list<${item}>` as Type),
            fc.constantFrom("all", "exists", "exists_one"),
            of("bool", scope | bit(item)),
          ),
        ),
        join("#0.#1(#2)", of("string"), fc.constantFrom("contains", "startsWith", "endsWith"), of("string")),
        join(
          "#0.matches(#1)",
          of("string"),
          fc.constantFrom('"^a+$"', "params.pattern", String.raw`r"\p{Han}"`, '"^.$"'),
        ),
        join('bool("#0")', fc.constantFrom("true", "f", "nope")),
        choice,
      ];
    case "int":
      return [
        { arbitrary: infix(["+", "-", "*", "/", "%"], "int"), weight: 4 },
        join("(-#0)", of("int")),
        join("int(#0)", of("double")),
        join("#0[#1]", of("list<int>"), of("int")),
        join("#0[#1]", of("map"), of("string")),
        ...(["string", "list<int>", "list<double>", "map"] as const).map((sized) => join("size(#0)", of(sized))),
        join('int("#0")', fc.constantFrom("12", "-3", "x", "1.5")),
        choice,
      ];
    case "double":
      return [
        { arbitrary: infix(["+", "-", "*", "/"], "double"), weight: 4 },
        join("(-#0)", of("double")),
        join("double(#0)", of("int")),
        join("sum(#0)", of("list<double>")),
        join("#0[#1]", of("list<double>"), of("int")),
        join('double("#0")', fc.constantFrom("1.5", "-0", "1e3")),
        choice,
      ];
    case "string":
      return [
        infix(["+"], "string"),
        join("string(#0)", of("int")),
        join("string(#0)", of("bool")),
        join("#0[#1]", of("list<string>"), of("int")),
        choice,
      ];
    case "list<int>":
      return [
        infix(["+"], "list<int>"),
        filtered("list<int>", "int"),
        join("#0.map(n, #1)", of("list<int>"), of("int", scope | bit("int"))),
      ];
    case "list<double>":
      return [
        infix(["+"], "list<double>"),
        filtered("list<double>", "double"),
        join("#0.map(k, #1)", of("list<Keypoint>"), of("double", scope | bit("Keypoint"))),
        join("#0.map(n, #1, #2)", of("list<int>"), of("bool", scope | bit("int")), of("double", scope | bit("int"))),
        join("#0[#1]", of("list<list<double>>"), of("int")),
      ];
    case "list<string>":
      return [infix(["+"], "list<string>"), filtered("list<string>", "string")];
    case "list<Keypoint>":
      return [filtered("list<Keypoint>", "Keypoint")];
    case "list<list<double>>":
      return [filtered("list<list<double>>", "list<double>")];
    case "map":
      return [choice];
  }
}

function bit(item: Item): number {
  return 1 << items.indexOf(item);
}

function has(scope: number, item: Item): boolean {
  return (scope & bit(item)) !== 0;
}

const guardable = [
  "annotation.box",
  "annotation.rle",
  "annotation.area",
  "annotation.label",
  "annotation.caption",
  "annotation.polygon",
  "annotation.polygon_length",
  "annotation.keypoints",
  "annotation.iscrowd",
  "annotation.num_keypoints",
  "annotation.truncated",
  "media.width",
];

/** A random `when`: guards, a random condition, or both, so that some reads of the assertion are proven and some are not. */
export const condition: fc.Arbitrary<string> = fc
  .tuple(fc.subarray(guardable), fc.constantFrom(" && ", " || "), fc.option(expression("bool", 1)))
  .map(([paths, join, more]) => [...paths.map((path) => `has(${path})`), more ?? "true"].join(join));

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 });
const numbers = fc.array(real, { maxLength: 4 }).map((list) => Float64Array.from(list));

const annotation: fc.Arbitrary<Partial<AnnotationRecord>> = fc.record({
  id: maybe(fc.oneof(fc.nat(9), text)),
  label: maybe(text),
  caption: maybe(text),
  box: maybe(fc.record({ x: real, y: real, width: real, height: real })),
  area: maybe(real),
  iscrowd: maybe(whole),
  num_keypoints: maybe(whole),
  truncated: maybe(fc.boolean()),
  polygon: maybe(fc.array(numbers, { maxLength: 3 })),
  polygon_length: maybe(numbers),
  keypoints: maybe(fc.array(fc.record({ x: real, y: real, v: real }), { maxLength: 3 })),
  rle: maybe(fc.record({ height: whole, width: whole, counts: numbers })),
});

/** A random record with its join. */
export const scope: fc.Arbitrary<Scope> = fc
  .tuple(annotation, fc.record({ width: maybe(whole), height: maybe(whole) }))
  .map(([own, media]) => scopeOf(own, media));
