import type { Node } from "yaml";
import { InputError } from "../../records/errors.js";
import type { InputFile } from "../format.js";
import { yaml } from "../late.js";
import { decodeUtf8 } from "../text/utf8.js";
import { linesOf, wholeFile } from "../text/whole.js";
import type { KeypointShape, YoloTask } from "./label-line.js";

export interface YoloName {
  /** Index, which label lines refer to; text where the key of the map is no whole number. */
  readonly id: number | string;
  readonly name: string | undefined;
  readonly offset: number;
}

/** Where images of a split are: a folder or a list of paths, as written. */
export interface YoloSource {
  readonly split: "train" | "val" | "test";
  readonly path: string;
}

/** What data.yaml (Ultralytics), obj.data (Darknet) or a list of names says. */
export interface YoloConfig {
  readonly file: InputFile;
  /** Undefined where the file has no names. */
  readonly names: readonly YoloName[] | undefined;
  readonly keypoints: KeypointShape | undefined;
  readonly keypointNames: readonly string[] | undefined;
  readonly task: YoloTask | undefined;
  readonly sources: readonly YoloSource[];
  /** A Darknet obj.data, which names `file`. */
  readonly data?: InputFile;
}

/** Twenty thousand names are half a megabyte. */
const mostBytes = 2 * 1024 * 1024;
/** data.yaml has three levels; the YAML library needs seconds for a file of nothing but brackets. */
const mostLevels = 64;
const tasks: Readonly<Record<string, YoloTask>> = {
  detect: "detection",
  segment: "segmentation",
  obb: "obb",
  pose: "pose",
};

/**
 * Reads a data.yaml; undefined where the file is another YAML. Only the nodes that are asked for are looked at, so aliases cannot explode.
 *
 * @throws InputError TS-FORMAT-0020 when it is not YAML, -0014 when it is nested too deep, -0031 when it is larger than 2 MB.
 */
export function readDataYaml(file: InputFile): YoloConfig | undefined {
  if (!known.has(file)) known.set(file, parseDataYaml(file));
  return known.get(file);
}

/** A dataset's configuration is asked for twice, to tell its task and to read it, and the YAML library is slow. */
const known = new WeakMap<InputFile, YoloConfig | undefined>();

function parseDataYaml(file: InputFile): YoloConfig | undefined {
  const { text, byteAt } = decodeUtf8(wholeFile(file, mostBytes));
  const document = parseYaml(text);
  const error = document.errors[0];
  if (error !== undefined) {
    throw new InputError("TS-FORMAT-0020", {
      offset: byteAt(error.pos[0]),
      // The place stands in front of the message already.
      found: error.message.split("\n", 1)[0]?.replace(/ at line \d+, column \d+:$/, "") ?? "",
    });
  }
  const root = document.contents;
  if (!yaml().isMap(root)) return undefined;
  const get = (key: string): Node | undefined => {
    const node = root.get(key, true) as Node | undefined;
    return yaml().isAlias(node) ? node.resolve(document) : node;
  };
  const names = get("names");
  if (!yaml().isMap(names) && !yaml().isSeq(names) && get("kpt_shape") === undefined) return undefined;
  const offsetOf = (node: unknown): number => byteAt((node as Node | null)?.range?.[0] ?? 0);
  return {
    file,
    names: namesOf(names, offsetOf),
    keypoints: shapeOf(get("kpt_shape")),
    keypointNames: keypointNamesOf(get("kpt_names")),
    task: tasks[String(scalar(get("task")) ?? "")],
    sources: (["train", "val", "test"] as const).flatMap((split) =>
      textsOf(get(split)).map((path) => ({ split, path })),
    ),
  };
}

/** A Darknet obj.data: `names = data/obj.names`, `train = data/train.txt`. Undefined where it has no such line. */
export function readDarknetData(
  file: InputFile,
): { readonly names: string; readonly sources: readonly YoloSource[] } | undefined {
  const values = new Map<string, string>();
  for (const { text } of linesOf(file)) {
    const [, key, value] = /^\s*(\w+)\s*=\s*(\S.*?)\s*$/.exec(text) ?? [];
    if (key !== undefined && value !== undefined) values.set(key, value);
  }
  const names = values.get("names");
  if (names === undefined) return undefined;
  const keys = { train: "train", valid: "val", val: "val", test: "test" } as const;
  const sources = Object.entries(keys).flatMap(([key, split]) => {
    const path = values.get(key);
    return path === undefined ? [] : [{ split, path }];
  });
  return { names, sources };
}

/** One name a line; the index is the line's, so a blank line inside counts. */
export function readNames(file: InputFile): readonly YoloName[] {
  const names = linesOf(file).map(({ text, offset }, id) => ({ id, name: text.trim(), offset }));
  while (names.at(-1)?.name === "") names.pop();
  return names;
}

function parseYaml(text: string) {
  const deep = firstTooDeep(text);
  if (deep >= 0) throw new InputError("TS-FORMAT-0014", { offset: deep, expected: `at most ${mostLevels} levels` });
  return yaml().parseDocument(text, { logLevel: "silent" });
}

/** Where brackets, or dashes in one line, are open more than `mostLevels` deep; brackets in strings count too, for they are balanced as a rule. */
function firstTooDeep(text: string): number {
  let open = 0;
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i];
    if (character === "[" || character === "{") open += 1;
    else if ((character === "]" || character === "}") && open > 0) open -= 1;
    if (open > mostLevels) return i;
  }
  return text.search(dashes);
}

const dashes = new RegExp(`(?:[-?][ \\t]+){${mostLevels + 1}}`);

function namesOf(node: Node | undefined, offsetOf: (node: unknown) => number): readonly YoloName[] | undefined {
  if (yaml().isSeq(node)) {
    return node.items.map((item, id) => ({ id, name: textOf(item), offset: offsetOf(item) }));
  }
  if (!yaml().isMap(node)) return undefined;
  return node.items.map(({ key, value }) => {
    const id = Number(scalar(key));
    return { id: Number.isSafeInteger(id) ? id : String(scalar(key)), name: textOf(value), offset: offsetOf(key) };
  });
}

/** `kpt_shape: [17, 3]` */
function shapeOf(node: Node | undefined): KeypointShape | undefined {
  if (!yaml().isSeq(node)) return undefined;
  const [count, dimensions] = node.items.map(scalar);
  if (typeof count !== "number" || !Number.isSafeInteger(count) || count < 1) return undefined;
  return dimensions === 2 || dimensions === 3 ? { count, dimensions } : undefined;
}

/** `kpt_names: { 0: [nose, …] }`, or the list alone; those of the first category, for all have the same. */
function keypointNamesOf(node: Node | undefined): readonly string[] | undefined {
  const list = yaml().isMap(node) ? node.items[0]?.value : node;
  return yaml().isSeq(list) ? list.items.map((item) => textOf(item) ?? "") : undefined;
}

function textsOf(node: Node | undefined): readonly string[] {
  const items: readonly unknown[] = yaml().isSeq(node) ? node.items : [node];
  return items.map(textOf).filter((text) => text !== undefined);
}

function textOf(node: unknown): string | undefined {
  const value = scalar(node);
  return value === undefined || value === null ? undefined : String(value);
}

function scalar(node: unknown): unknown {
  return yaml().isScalar(node) ? node.value : undefined;
}
