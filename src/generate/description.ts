import { createHash } from "node:crypto";
import { type FileFacts, nodesOf } from "../formats/croissant/nodes.js";
import type { JsonValue } from "../formats/json/api.js";
import { segmentsOf } from "../formats/json/edit.js";
import type { NodeRecord } from "../records/types.gen.js";
import { type DescriptionWish, drawDescription } from "./croissant.js";
import type { JsonObject } from "./croissant-plan.js";
import type { Draw } from "./draw.js";
import type { Description, Item } from "./sample.js";

/** A description that conforms, with its nodes as the reader gives them. */
export function drawDescribed(draw: Draw, wish: DescriptionWish): Description {
  const { root, beside } = drawDescription(draw, wish);
  const facts = (path: string): FileFacts | undefined => {
    const bytes = beside.get(path);
    if (bytes === undefined) return undefined;
    return { bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
  };
  return { root, beside, nodes: nodesOf(root, facts).map(({ record }) => ({ record, edits: [] })) };
}

/** The nodes that hold a node, from the dataset down. */
export function holdersOf({ nodes }: Description, { pointer = "" }: NodeRecord): Item<NodeRecord>[] {
  return nodes.filter(({ record: { pointer: own = "" } }) => own !== pointer && pointer.startsWith(`${own}/`));
}

/** Whether a node stands in a list, where another one can stand beside it. */
export function isInList({ pointer = "" }: NodeRecord): boolean {
  return /\/\d+$/.test(pointer);
}

/**
 * Puts a copy of a node at the end of the list that it stands in. The copy has an id of its own, and so has what it holds, as far as these ids begin with
 * that of the node; references inside it follow.
 */
export function copyNode({ root, nodes }: Description, { record }: Item<NodeRecord>, number: number): Item<NodeRecord> {
  const path = segmentsOf(record.pointer ?? "");
  const at = Number(path.pop());
  const list = path.reduce<JsonValue | undefined>((value, step) => (value as JsonObject)[step], root) as JsonValue[];
  const from = record.id;
  const to = `${from}-${number}-copy`;
  const renamed = (text: string): string =>
    from !== undefined && (text === from || text.startsWith(`${from}/`)) ? to + text.slice(from.length) : text;
  const rename = (value: JsonValue): JsonValue => {
    if (Array.isArray(value)) return value.map(rename);
    if (value !== null && typeof value === "object")
      // Embedded records have ids of fields as keys.
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [renamed(key), rename(inner)]));
    return typeof value === "string" ? renamed(value) : value;
  };
  // A name that repeats the id is a name still.
  const { name, ...rest } = list[at] as JsonObject;
  list.push({ ...(rename(rest) as JsonObject), ...(name === undefined ? {} : { name }) });
  const pointer = (record.pointer ?? "").replace(/\d+$/, String(list.length - 1));
  const copy: Item<NodeRecord> = { record: { ...structuredClone(record), pointer }, edits: [] };
  if (from !== undefined) copy.record.id = to;
  nodes.push(copy);
  return copy;
}
