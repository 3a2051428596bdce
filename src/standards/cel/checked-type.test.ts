import { expect, test } from "vitest";
import { environmentFor, prepare } from "./environment.js";
import { rule, tables } from "./testing/fixtures.js";
import { checkedTypeOf } from "./typed-tree.js";

/** `checkedType` is not in the parser's declarations: a new version that drops or renames it must fail here first. */
test.each([
  ["1", "int"],
  ["1.5", "double"],
  ['"a"', "string"],
  ["true", "bool"],
  ["null", "null"],
  ["annotation", "AnnotationRecord"],
  ["annotation.id", "Id"],
  ["annotation.box", "Box"],
  ["annotation.box.x", "double"],
  ["annotation['box']", "Box"],
  ["media.width", "int"],
  ["params.tolerance", "double"],
  ["params.words", "list<string>"],
  ["annotation.polygon", "list<list<double>>"],
  ["annotation.polygon[0]", "list<double>"],
  ["annotation.polygon[0][1]", "double"],
  ["annotation.keypoints", "list<Keypoint>"],
  ["annotation.keypoints[0].v", "double"],
  ["[1, 2]", "list<int>"],
  ["[]", "list<T>"],
  ['{"a": 1.0}', "map<string, double>"],
  ['{"a": 1.0}["a"]', "double"],
  ["-1", "int"],
  ["-1.5", "double"],
  ["!true", "bool"],
  ["1 + 1", "int"],
  ["1.0 / 2.0", "double"],
  ['"a" + "b"', "string"],
  ["[1] + [2]", "list<int>"],
  ["1 < 2.0", "bool"],
  ["1 in [1]", "bool"],
  ["true && false", "bool"],
  ["true ? 1 : 2", "int"],
  ["size([1])", "int"],
  ['"a".size()', "int"],
  ['"a".matches("a")', "bool"],
  ["has(annotation.box)", "bool"],
  ["annotation.keypoints.all(k, k.v > 0.0)", "bool"],
  ["annotation.keypoints.map(k, k.v)", "list<double>"],
  ["annotation.keypoints.filter(k, k.v > 0.0)", "list<Keypoint>"],
  ['measure("a")', "Measurement"],
  ['measure("a").x', "double"],
  ["sum([1.0])", "double"],
  ["text(annotation.id)", "string"],
])("%s is of type %s", (text, type) => {
  const parse = environmentFor(prepare(tables), rule).parse(text);
  expect(parse.check()).toMatchObject({ valid: true });
  expect(checkedTypeOf(parse.ast)).toBe(type);
});

test("the variable of a macro is typed inside its body", () => {
  const parse = environmentFor(prepare(tables), rule).parse("annotation.polygon.all(ring, ring[0] > 0.0)");
  parse.check();
  const { ast } = parse;
  if (ast.op !== "rcall") throw new Error(ast.op);
  const body = ast.args[2][1];
  expect(body?.op === ">" && checkedTypeOf(body.args[0])).toBe("double");
});
