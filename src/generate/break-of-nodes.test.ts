import { expect, test } from "vitest";
import { croissantWriter } from "../formats/croissant/write.js";
import type { Break } from "../records/grammar.gen.js";
import type { NodeRecord } from "../records/types.gen.js";
import { standardWithCases } from "../standards/find.js";
import { type Breaker, compileBreak } from "./break.js";
import { drawDescribed } from "./description.js";
import { seededDraw } from "./draw.js";
import type { Sample } from "./sample.js";

const standard = standardWithCases("mlc-croissant-1.0");

async function breakerOf(id: string, own: Break): Promise<Breaker> {
  const rule = standard.rules.find((one) => one.id === id);
  if (rule === undefined) throw new Error(id);
  return compileBreak({ ...rule, break: own }, standard);
}

const sampleWith = (...fields: string[]): Sample => ({
  categories: [],
  media: [],
  description: drawDescribed(seededDraw(1), { fields: new Set(fields), without: new Set() }),
});

function brokenBy(breaker: Breaker, sample: Sample) {
  const targets = breaker.targets(sample, croissantWriter.carries);
  const { touched } = breaker.apply(sample, targets, seededDraw(1), croissantWriter.carries);
  const nodes = sample.description?.nodes ?? [];
  return {
    targets: targets.map(({ item }) => (item.record as NodeRecord).role),
    touched: nodes.filter(({ record }) => touched.has(record)).map(({ record }) => record.role),
    edits: nodes.flatMap(({ edits }) => edits),
  };
}

test("a value that is written may hold expressions on the node", async () => {
  const breaker = await breakerOf("croissant-contained-in-itself", {
    from: 'node.class_name == "FileObject" && "cr:containedIn" in node.properties',
    write: { "/containedIn": [{ "@id": { cel: "node.id" } }, 1] },
  });
  const { edits } = brokenBy(breaker, sampleWith("contained"));
  expect(edits).toEqual([{ at: "/containedIn", how: "replace", text: '[{"@id":"inner.csv"},1]' }]);
});

test("a rule about a node can be broken in one that it holds, and is then found at either", async () => {
  const breaker = await breakerOf("croissant-join-undeclared", {
    from: 'node.role == "field" && node.references.exists(r, r.property == "references")',
    omit: ["/references"],
  });
  const { targets, touched } = brokenBy(breaker, sampleWith("join"));
  expect([...new Set(targets)]).toEqual(["field"]);
  expect([...touched].sort()).toEqual(["dataset", "field", "record_set"]);
});

test("a rule that a node is asked itself is found there alone", async () => {
  const breaker = await breakerOf("croissant-extract-empty", { omit: ["/column", "/fileProperty"] });
  expect(brokenBy(breaker, sampleWith("table")).touched).toEqual(["extract"]);
});

test.each([
  ["a record of a node is not set", { set: { "node.name": '"x"' } }, "break.set"],
  [
    "a feature that no description has is not asked for",
    { sample: { fields: ["boxed"] }, omit: ["/x"] },
    "break.sample",
  ],
  ["an expression has to compile", { write: { "/x": [{ cel: "node.nothing" }] } }, "break.write./x"],
] as const)("%s", async (_, own, place) =>
  expect(breakerOf("croissant-name-missing", own as unknown as Break)).rejects.toMatchObject({
    code: "TS-STANDARD-0004",
    details: { place },
  }));

test("a value that cannot be evaluated on a record is the break's fault, and is told", async () => {
  const breaker = await breakerOf("croissant-extract-empty", {
    write: { "/column": [{ cel: "[1][int(node.id_count)]" }] },
  });
  expect(() => brokenBy(breaker, sampleWith("table"))).toThrow(
    expect.objectContaining({
      code: "TS-STANDARD-0004",
      details: expect.objectContaining({ place: "break.write./column" }),
    }),
  );
});
