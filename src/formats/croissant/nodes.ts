import { type NodeRecord, type NodeValue, newNode } from "../../records/types.gen.js";
import type { JsonValue } from "../json/api.js";
import { type Context, contextOf, isObject, propertyOf, typeOf, unaliasedTerms } from "./context.js";
import { embeddedFacts } from "./embedded.js";
import * as graph from "./graph.js";
import { isReference, type JsonObject, type Part, partsOf, pathOf, textsOf } from "./parts.js";

/** One record, and where its node stands in the file. */
export interface CroissantNode {
  readonly pointer: string;
  readonly record: NodeRecord;
}

/** What is known of a file that lies beside the description. */
export interface FileFacts {
  readonly bytes: number;
  /** Lower-case hexadecimal; undefined where the file could not be read. */
  readonly sha256: string | undefined;
}

/** The file that a relative path names: its facts, `undefined` where there is none, `unsafe` for a path that leaves the dataset. */
export type FileLookup = (path: string) => FileFacts | "unsafe" | undefined;

/**
 * The nodes of a Croissant description in document order, the dataset first and its @context second.
 *
 * @param root the dataset's object, which stands at `at.pointer`; its context may stand elsewhere, at the root of an @graph
 */
export function nodesOf(
  root: JsonObject,
  files: FileLookup,
  at: { readonly pointer: string; readonly contextPointer: string } = { pointer: "", contextPointer: "/@context" },
): CroissantNode[] {
  const context = contextOf(root["@context"]);
  const used = new Set<string>();
  const parts = partsOf(context, root, at.pointer, used);
  const of = { graph: graph.graphOf(context, parts), files, dataset: parts[0], nameCounts: nameCounts(parts) };
  const nodes = parts.map((part) => ({ pointer: part.pointer, record: recordOf(of, part) }));
  if ("@context" in root) nodes.splice(1, 0, contextNode(context, at.contextPointer, parts[0], used));
  for (const node of nodes) node.record.pointer = node.pointer;
  return nodes;
}

/** How often each name occurs among the fields of one holder. */
function nameCounts(parts: readonly Part[]): Map<Part | undefined, Map<string, number>> {
  const counts = new Map<Part | undefined, Map<string, number>>();
  for (const { role, name, parent } of parts) {
    if (role !== "field" || name === undefined) continue;
    const names = counts.get(parent) ?? new Map<string, number>();
    counts.set(parent, names.set(name, (names.get(name) ?? 0) + 1));
  }
  return counts;
}

/** Relative paths of the files that a description names outside any container, as written. */
export function localFiles(root: JsonObject): string[] {
  const parts = partsOf(contextOf(root["@context"]), root, "", new Set());
  return parts.flatMap((part) => localPath(part) ?? []);
}

interface Description {
  readonly graph: graph.Graph;
  readonly files: FileLookup;
  readonly dataset: Part | undefined;
  readonly nameCounts: ReadonlyMap<Part | undefined, ReadonlyMap<string, number>>;
}

function contextNode(
  context: Context,
  pointer: string,
  dataset: Part | undefined,
  used: ReadonlySet<string>,
): CroissantNode {
  const record = newNode();
  record.role = "context";
  record.class_name = "";
  record.path = `${dataset?.label ?? "Metadata"} > @context`;
  record.properties = [...context.terms.keys()];
  record.unaliased_terms = unaliasedTerms(context, used);
  return { pointer, record };
}

function recordOf(of: Description, part: Part): NodeRecord {
  const { context } = of.graph;
  const record = newNode();
  record.role = part.role;
  record.class_name = part.className;
  record.type = part.types[0];
  record.types = [...part.types];
  record.path = pathOf(part);
  record.name = part.name;
  record.id = part.id;
  if (part.id !== undefined) {
    record.id_is_iri = graph.isIriReference(part.id);
    record.id_count = graph.idCount(of.graph, part);
  }
  record.properties = [...part.properties.keys()];
  record.many = record.properties.filter((property) => (part.properties.get(property)?.length ?? 0) > 1);
  record.values = valuesOf(context, part);
  record.references = graph.referencesOf(of.graph, part);
  record.foreign_terms = [...part.foreign];
  record.data_types = dataTypesOf(context, part);
  fillDataset(record, of, part);
  if ((part.role === "field" || part.role === "data_source") && part.parent !== undefined) {
    record.owner_types = dataTypesOf(context, part.parent);
  }
  if (part.role === "resource") fillResource(record, of, part);
  if (part.role === "record_set") fillRecordSet(record, of, part);
  if (part.role === "field") fillField(record, of, part);
  if (part.role === "transform") record.pattern_readable = patternReadable(part);
  return record;
}

function dataTypesOf(context: Context, part: Part): string[] {
  return (part.properties.get("cr:dataType") ?? []).flatMap(({ value }) => {
    const text = isObject(value) ? value["@id"] : value;
    return typeof text === "string" ? [typeOf(context, text)] : [];
  });
}

/** Every value of every property; of embedded records there is one entry for the property. */
function valuesOf(context: Context, part: Part): NodeValue[] {
  const values: NodeValue[] = [];
  for (const [property, located] of part.properties) {
    const embedded = property === "cr:data" || property === "cr:examples";
    for (const { value } of embedded ? located.slice(0, 1) : located) values.push(oneValue(context, property, value));
  }
  return values;
}

function oneValue(context: Context, property: string, value: JsonValue): NodeValue {
  if (!isObject(value)) {
    const kind = typeof value === "string" ? "text" : typeof value === "number" ? "number" : "boolean";
    return { property, kind, text: String(value), type: "" };
  }
  if (isReference(value)) return { property, kind: "reference", text: String(value["@id"]), type: "" };
  const typeKey = Object.keys(value).find((key) => propertyOf(context, key) === "@type");
  const type = typeKey === undefined ? undefined : [value[typeKey]].flat()[0];
  return { property, kind: "object", text: "", type: typeof type === "string" ? typeOf(context, type) : "" };
}

function fillDataset(record: NodeRecord, of: Description, part: Part): void {
  if (part.role === "dataset") record.conforms_to = textsOrIds(part, "dct:conformsTo");
  if (part.role !== "dataset" && part.role !== "resource") return;
  record.versioned = of.dataset?.properties.has("version") === true;
  record.live =
    of.dataset?.properties.get("cr:isLiveDataset")?.some(({ value }) => value === true || value === "true") === true;
}

function textsOrIds(part: Part, property: string): string[] {
  return (part.properties.get(property) ?? []).flatMap(({ value }) => {
    const text = isObject(value) ? value["@id"] : value;
    return typeof text === "string" ? [text] : [];
  });
}

function fillResource(record: NodeRecord, of: Description, part: Part): void {
  record.contained_cyclic = graph.isContainedInItself(of.graph, part);
  record.sha256 = textsOf(part.properties.get("sha256"))[0]?.trim().toLowerCase();
  const size = part.properties.get("contentSize")?.[0]?.value;
  const digits = /^\s*(\d{1,15})\s*(?:B|bytes?)?\s*$/i.exec(
    typeof size === "number" ? String(size) : typeof size === "string" ? size : "",
  );
  record.declared_bytes = digits === null ? undefined : Number(digits[1]);
  const path = localPath(part);
  const file = path === undefined ? "unsafe" : of.files(path);
  if (file === "unsafe") return;
  record.file_found = file !== undefined;
  record.file_sha256 = file?.sha256;
  record.file_bytes = file?.bytes;
}

/** contentUrl of a file that lies beside the description: a relative reference, outside any container. */
function localPath(part: Part): string | undefined {
  if (part.role !== "resource" || part.className !== "FileObject" || part.properties.has("cr:containedIn"))
    return undefined;
  const url = textsOf(part.properties.get("contentUrl"))[0];
  return url === undefined || /^(?:[A-Za-z][A-Za-z0-9+.-]*:|\/\/)/.test(url) ? undefined : url;
}

function fillRecordSet(record: NodeRecord, of: Description, part: Part): void {
  const fields = part.children.filter(({ role }) => role === "field");
  record.mapped = fields.flatMap((field) => graph.mapsTo(field) ?? []);
  record.names_items = fields.some((field) => namesItems(of.graph.context, field));
  record.source_groups = graph.sourceGroups(of.graph, part);
  record.referenced = of.graph.referencedSets.has(part);
  const isBox = (field: Part) => dataTypesOf(of.graph.context, field).includes("cr:BoundingBox");
  const embedded = embeddedFacts(of.graph, part, isBox);
  record.data_rows = embedded?.rows ?? 0;
  if (embedded === undefined) return;
  record.rows_not_records = embedded.notRecords;
  record.unknown_columns = [...embedded.unknownColumns];
  record.duplicate_keys = embedded.duplicateKeys;
  record.box_faults = embedded.boxFaults;
}

/** The name field of an enumeration: it stands for sc:name, and what it holds is text. */
function namesItems(context: Context, field: Part): boolean {
  const types = dataTypesOf(context, field);
  const standsForName = types.includes("sc:name") || graph.mapsTo(field) === "name" || field.name === "name";
  return standsForName && (types.length === 0 || types.includes("sc:Text") || types.includes("sc:name"));
}

function fillField(record: NodeRecord, of: Description, part: Part): void {
  record.parent_id = part.parent?.id;
  record.maps_to = graph.mapsTo(part);
  record.typed = graph.isTyped(of.graph, part, (other) => dataTypesOf(of.graph.context, other));
  record.sourced = graph.isSourced(part);
  if (part.name !== undefined) record.name_count = of.nameCounts.get(part.parent)?.get(part.name) ?? 0;
  record.mapped = part.children.flatMap((child) => (child.role === "field" ? (graph.mapsTo(child) ?? []) : []));
}

/** Python's named groups, which Croissant tools write, are `(?P<name>`; only the syntax is looked at, nothing is matched. */
function patternReadable(part: Part): boolean | undefined {
  const patterns = textsOf(part.properties.get("cr:regex"));
  if (patterns.length === 0) return undefined;
  return patterns.every((pattern) => {
    try {
      // Without the u flag, which refuses escapes that other dialects allow (`\_`, `\-`).
      new RegExp(pattern.replaceAll("(?P<", "(?<"));
      return true;
    } catch (error) {
      if (error instanceof SyntaxError) return false;
      throw error;
    }
  });
}
