import { InputError } from "../../records/errors.js";
import { newFile } from "../../records/types.gen.js";
import { hashFile, openMaybeGzip } from "../bytes/source.js";
import type { InputFile, ReadInput, Sink } from "../format.js";
import type { JsonValue } from "../json/api.js";
import { openJson } from "../json/reader.js";
import { isObject } from "./context.js";
import { readLocated } from "./located.js";
import { type FileFacts, localFiles, nodesOf } from "./nodes.js";
import type { JsonObject } from "./parts.js";

/**
 * Reads one Croissant description and hands its nodes to the sink, in document order. Files that it names and that lie below the dataset's root
 * are hashed; one that cannot be read goes to `onError`, and its digest is then not compared.
 *
 * @throws InputError TS-FORMAT-0021 where no object at the root, in a root list or in its @graph is the dataset
 */
export async function readCroissant(
  input: ReadInput,
  file: InputFile,
  sink: Sink,
  onError: (file: InputFile, error: unknown) => void,
): Promise<void> {
  const record = newFile();
  record.path = file.path;
  record.format = "croissant";
  record.bytes = file.bytes;
  sink.file(record, file);
  sink.declares("node");
  const { value, offsets } = await readWhole(file, sink);
  const dataset = datasetIn(value);
  if (dataset === undefined) {
    throw new InputError("TS-FORMAT-0021", {
      offset: 0,
      found: nameOf(value),
      expected: "an object that describes a dataset",
    });
  }
  const facts = new Map<string, FileFacts | "unsafe" | undefined>();
  for (const path of localFiles(dataset.object)) facts.set(path, await factsOf(input, file, path, onError));
  const nodes = nodesOf(dataset.object, (path) => facts.get(path), dataset);
  const start = offsets.get(dataset.pointer) ?? 0;
  nodes.forEach(({ pointer, record: node }, element) => {
    sink.node(node, offsets.get(pointer) ?? start, element);
  });
}

async function readWhole(file: InputFile, sink: Sink) {
  const source = await openMaybeGzip(file);
  try {
    const pull = openJson(source, {
      onFault: ({ id, offset, value }) => {
        sink.fault({ rule: id, kind: "file", offset, element: -1, values: [{ name: "value", value }] });
      },
    });
    const located = readLocated(pull);
    pull.end();
    return located;
  } finally {
    source.close();
  }
}

/** The dataset's object: the root, the first of a root list, or the Dataset of an @graph, which then has the context of the root. */
export function datasetIn(
  root: JsonValue,
): { readonly object: JsonObject; readonly pointer: string; readonly contextPointer: string } | undefined {
  if (Array.isArray(root)) {
    const first = root[0];
    return isObject(first) ? { object: first, pointer: "/0", contextPointer: "/0/@context" } : undefined;
  }
  if (!isObject(root)) return undefined;
  const graph = root["@graph"];
  if (!Array.isArray(graph)) return { object: root, pointer: "", contextPointer: "/@context" };
  const at = graph.findIndex(
    (node) => isObject(node) && [node["@type"]].flat().some((type) => /(^|[:/])Dataset$/.test(String(type))),
  );
  const node = graph[at];
  if (!isObject(node)) return undefined;
  const pointer = `/@graph/${at}`;
  const context = root["@context"];
  if (context === undefined || "@context" in node)
    return { object: node, pointer, contextPointer: `${pointer}/@context` };
  return { object: { "@context": context, ...node }, pointer, contextPointer: "/@context" };
}

async function factsOf(
  input: ReadInput,
  from: InputFile,
  path: string,
  onError: (file: InputFile, error: unknown) => void,
): Promise<FileFacts | "unsafe" | undefined> {
  const found = input.resolve(path, from) ?? input.resolve(decoded(path), from);
  if (found === undefined || found === "unsafe") return found;
  try {
    return { bytes: found.bytes, sha256: await hashFile(found) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    onError(found, error);
    return { bytes: found.bytes, sha256: undefined };
  }
}

/** contentUrl is a URL reference: %20 in it is a space in the file's name. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}

function nameOf(value: JsonValue): string {
  return value === null ? "null" : Array.isArray(value) ? "a list" : typeof value;
}
