import { expect, test } from "vitest";
import type { Host } from "../checks/declaration.js";
import { newAnnotation, newCategory, newDataset, newFile, newMedia, newNode } from "../records/types.gen.js";
import { applyStandards } from "../standards/apply.js";
import { findStandard } from "../standards/find.js";
import { holdBindings } from "./bindings.js";

const standard = await findStandard("ref-image-annotation");
const options = { scheme: undefined, profile: undefined, only: ["reference-dangling"] };
const { rules } = await applyStandards([standard], options);

const hostThat = (knows: boolean): Host => ({
  known: () => knows,
  measure: () => ({ a: 0, b: 0, x: undefined }),
});

const scope = {
  file: newFile(),
  dataset: newDataset(),
  media: newMedia(),
  category: newCategory(),
  annotation: { ...newAnnotation(), media_id: 7, category_id: 1 },
  node: newNode(),
  siblings: undefined,
  at: 0,
};

const answerOf = ({ bindings }: ReturnType<typeof holdBindings>): number | undefined =>
  bindings.rules.find(({ active }) => active.rule.id === "reference-dangling")?.bound?.run(scope);

test("two runs at once ask their own hosts", () => {
  const [knows, doesNot] = [holdBindings(rules, hostThat(true)), holdBindings(rules, hostThat(false))];
  expect([answerOf(knows), answerOf(doesNot), answerOf(knows)]).toEqual([1, 2, 1]);
  knows.release();
  doesNot.release();
});

test("a run that follows another has its bindings, and asks its own host", () => {
  const first = holdBindings(rules, hostThat(true));
  first.release();
  const next = holdBindings(rules, hostThat(false));
  expect(next.bindings).toBe(first.bindings);
  expect(answerOf(next)).toBe(2);
  next.release();
});

test("bindings that are given back twice go to one run only", () => {
  const first = holdBindings(rules, hostThat(true));
  first.release();
  first.release();
  expect(holdBindings(rules, hostThat(true)).bindings).not.toBe(holdBindings(rules, hostThat(true)).bindings);
});

test("bindings that no run holds keep nothing of the run before", () => {
  const held = holdBindings(rules, hostThat(true));
  expect(answerOf(held)).toBe(1);
  held.release();
  expect(() => answerOf(held)).toThrow("the rules are bound to no run");
});
