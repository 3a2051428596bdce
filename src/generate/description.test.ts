import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { nodesOf } from "../formats/croissant/nodes.js";
import { croissantWriter } from "../formats/croissant/write.js";
import { croissant } from "../formats/croissant.js";
import { folderOfFiles, record } from "../formats/media/testing/sink.js";
import type { TextEdit, WrittenPlace } from "../formats/write.js";
import type { NodeRecord } from "../records/types.gen.js";
import { features } from "./croissant-plan.js";
import { copyNode, drawDescribed, holdersOf, isInList } from "./description.js";
import { seededDraw } from "./draw.js";
import type { Description } from "./sample.js";

const wish = { fields: new Set<string>(features.filter((feature) => feature !== "live")), without: new Set<string>() };
const drawn = (seed: number): Description => drawDescribed(seededDraw(seed), wish);

function nodeAt({ nodes }: Description, fits: (record: NodeRecord) => boolean) {
  const found = nodes.find((node) => fits(node.record));
  if (found === undefined) throw new Error("no such node");
  return found;
}

const isSplits = ({ role, data_types = [] }: NodeRecord): boolean =>
  role === "record_set" && data_types.includes("cr:Split");

/** The description in a folder, with the place of each node. */
function written(description: Description): { root: string; places: WrittenPlace[] } {
  const files: Record<string, string | Uint8Array> = {};
  const places: WrittenPlace[] = [];
  const add = (path: string, part: string | Uint8Array): void => {
    files[path] = part;
  };
  croissantWriter.write(
    { categories: [], media: () => [], description },
    { text: add, bytes: add },
    (_, place) => void places.push(place),
  );
  return { root: folderOfFiles(files), places };
}

const present = (node: NodeRecord): NodeRecord =>
  Object.fromEntries(Object.entries(node).filter(([, value]) => value !== undefined)) as NodeRecord;

describe("what is written", () => {
  test("is read as the nodes that were drawn, each at the line where its object begins", async () => {
    for (let seed = 0; seed < 20; seed++) {
      const description = drawn(seed);
      const { root, places } = written(description);
      const { nodes, faults, errors } = await record(croissant, root);
      expect([faults, errors]).toEqual([[], []]);
      expect(nodes.map((node) => node.record)).toEqual(description.nodes.map((node) => present(node.record)));
      const bytes = readFileSync(join(root, "croissant.json"));
      const lines = nodes.map(({ offset }) => bytes.subarray(0, offset).toString("latin1").split("\n").length);
      const isObject = description.nodes.map(({ record: { role } }) => role !== "context");
      expect(lines.filter((_, at) => isObject[at])).toEqual(
        places.map(({ line }) => line).filter((_, at) => isObject[at]),
      );
      expect(places.map(({ pointer }) => pointer)).toEqual(nodes.map((node) => node.record.pointer));
    }
  });
  test("has the edits of each node below its place", async () => {
    const description = drawn(1);
    const edits: TextEdit[] = [
      { at: "/name", how: "replace", text: '"another"' },
      { at: "/dataType", how: "omit", text: "" },
      { at: "/data/0", how: "repeat", text: "" },
    ];
    const splits = nodeAt(description, isSplits);
    splits.edits.push(...edits);
    const before = splits.record.data_rows ?? 0;
    const { nodes } = await record(croissant, written(description).root);
    const found = nodes.find((node) => node.record.pointer === splits.record.pointer)?.record;
    expect(found).toMatchObject({ name: "another", data_types: [], data_rows: before + 1, duplicate_keys: 1 });
  });
});

describe("a copy of a node", () => {
  test("stands at the end of the same list, with ids of its own and of what it holds, and refers to itself", () => {
    for (let seed = 0; seed < 20; seed++) {
      const description = drawn(seed);
      const splits = nodeAt(description, isSplits);
      const copy = copyNode(description, splits, 1);
      const nodes = nodesOf(description.root, () => undefined).map((node) => node.record);
      const found = nodes.find(({ pointer }) => pointer === copy.record.pointer);
      expect(found?.id).toBe(copy.record.id);
      expect(nodes.filter(({ id_count = 1 }) => id_count > 1)).toEqual([]);
      expect(found?.references?.map(({ id, found: is }) => [id.replace(/^.*\//, ""), is])).toEqual([["name", true]]);
      expect(found?.unknown_columns).toEqual([]);
      expect([splits.record.referenced, found?.referenced]).toEqual([true, false]);
    }
  });
  test("can be made of what stands in a list only", () => {
    const { nodes } = drawn(1);
    expect(nodes.filter(({ record: one }) => one.role === "field").every(({ record: one }) => isInList(one))).toBe(
      true,
    );
    expect(
      nodes.filter(({ record: one }) => one.role === "parent_field").some(({ record: one }) => isInList(one)),
    ).toBe(false);
  });
});

test("a node is held by those on the way to it, from the dataset down", () => {
  const description = drawn(1);
  const source = nodeAt(description, ({ role }) => role === "extract");
  expect(holdersOf(description, source.record).map(({ record: { role } }) => role)).toEqual([
    "dataset",
    "record_set",
    "field",
    "data_source",
  ]);
});
