import type { NodeReference } from "../../records/types.gen.js";
import { type Context, identifierOf, isObject, isOutside } from "./context.js";
import type { Located, Part } from "./parts.js";
import { hasProperty, localName } from "./terms.js";

/** A reference and the part that it leads to. */
export interface Link {
  /** Local names of the properties on the way: `source.fileObject`. */
  readonly property: string;
  readonly id: string;
  readonly target: Part | undefined;
}

/** Which part has which id, and who refers to whom. */
export interface Graph {
  readonly context: Context;
  readonly parts: readonly Part[];
  readonly byId: ReadonlyMap<string, readonly Part[]>;
  readonly links: ReadonlyMap<Part, readonly Link[]>;
  /** Record set → the fields from which its fields take their values. */
  readonly sourcesOfSets: ReadonlyMap<Part, ReadonlySet<Part>>;
  /** The record sets to which a field of another one refers. */
  readonly referencedSets: ReadonlySet<Part>;
}

const identified = new Set(["dataset", "resource", "record_set", "field", "parent_field"]);
const sourceProperties = ["cr:fileObject", "cr:fileSet", "cr:recordSet", "cr:field"];

export function graphOf(context: Context, parts: readonly Part[]): Graph {
  const byId = new Map<string, Part[]>();
  for (const part of parts) {
    if (part.id === undefined || !identified.has(part.role)) continue;
    const id = identifierOf(context, part.id);
    byId.set(id, [...(byId.get(id) ?? []), part]);
  }
  const links = new Map<Part, readonly Link[]>();
  for (const part of parts) links.set(part, linksOf(context, byId, part));
  const sourcesOfSets = new Map<Part, Set<Part>>();
  const referencedSets = new Set<Part>();
  for (const part of parts) {
    const set = part.role === "field" ? recordSetOf(part) : undefined;
    if (set === undefined) continue;
    const sources = sourcesOfSets.get(set) ?? new Set<Part>();
    sourcesOfSets.set(set, sources);
    for (const { property, target } of links.get(part) ?? []) {
      if (target === undefined) continue;
      if (isUnder(property, "source")) sources.add(target);
      const other = recordSetOf(target);
      if (other !== undefined && other !== set) referencedSets.add(other);
    }
  }
  return { context, parts, byId, links, sourcesOfSets, referencedSets };
}

function linksOf(context: Context, byId: ReadonlyMap<string, readonly Part[]>, part: Part): Link[] {
  const links: Link[] = [];
  const add = (property: string, values: readonly Located[] | undefined, within?: Part): void => {
    for (const { value } of values ?? []) {
      const id = typeof value === "string" ? value : isObject(value) ? value["@id"] : undefined;
      if (typeof id === "string") links.push({ property, id, target: find(context, byId, id, within) });
    }
  };
  switch (part.role) {
    case "resource":
      add("containedIn", part.properties.get("cr:containedIn"));
      break;
    case "record_set":
      // `key` expects a text (RecordSet), and the text's Format Example names a field of the set by its last segment.
      add("key", part.properties.get("cr:key"), part);
      add("examples", (part.properties.get("cr:examples") ?? []).filter(isLink));
      break;
    case "field":
      addSources(part, "", add);
      for (const child of part.children) if (child.role === "parent_field") addSources(child, "parentField.", add);
      break;
    default:
      break;
  }
  return links;
}

/** An element of `examples` that refers to another source of data, and is no record. */
function isLink({ value }: Located): boolean {
  return isObject(value) && typeof value["@id"] === "string" && Object.keys(value).length === 1;
}

type AddLink = (property: string, values: readonly Located[] | undefined) => void;

function addSources(part: Part, prefix: string, add: AddLink): void {
  for (const property of ["cr:source", "cr:references"]) {
    const name = prefix + localName(property);
    const values = part.properties.get(property) ?? [];
    // A text, or an object with an @id alone, is the simple reference that DataSource allows.
    add(
      name,
      values.filter(({ value }) => typeof value === "string" || isLink({ value, pointer: "" })),
    );
    for (const child of part.children) {
      if (child.role !== "data_source" || !values.some(({ value }) => value === child.json)) continue;
      for (const source of sourceProperties) add(`${name}.${localName(source)}`, child.properties.get(source));
    }
  }
}

function find(
  context: Context,
  byId: ReadonlyMap<string, readonly Part[]>,
  id: string,
  within: Part | undefined,
): Part | undefined {
  const whole = byId.get(identifierOf(context, id))?.[0];
  if (whole !== undefined || within === undefined) return whole;
  const nested = within.id === undefined ? undefined : byId.get(identifierOf(context, `${within.id}/${id}`))?.[0];
  return nested ?? fieldsOf(within).find((field) => field.name === id);
}

/** The fields of a record set or field, those inside other fields as well. */
export function fieldsOf(part: Part): Part[] {
  return part.children.flatMap((child) => (child.role === "field" ? [child, ...fieldsOf(child)] : []));
}

export function recordSetOf(part: Part | undefined): Part | undefined {
  return part === undefined || part.role === "record_set" ? part : recordSetOf(part.parent);
}

/** The links of a part as a record has them. */
export function referencesOf(graph: Graph, part: Part): NodeReference[] {
  return (graph.links.get(part) ?? []).map(({ property, id, target }) => ({
    property,
    id,
    found: target !== undefined,
    outside: target === undefined && isOutside(graph.context, id),
    is_iri: isIriReference(id),
    class_name: target?.className ?? "",
    own: target !== undefined && isOwn(graph, part, target),
  }));
}

/** RFC 3987 §2.2 leaves these out of an IRI, and RFC 3986 wants two hexadecimal digits after %. */
export function isIriReference(id: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return id !== "" && !/[\u0000-\u0020\u007f<>"{}|\\^`]|%(?![0-9A-Fa-f]{2})/.test(id);
}

function isOwn(graph: Graph, part: Part, target: Part): boolean {
  const set = recordSetOf(part);
  if (set === undefined) return false;
  return recordSetOf(target) === set || graph.sourcesOfSets.get(set)?.has(target) === true;
}

/** Links of a field under one name: `source`, `references`, `parentField.source`. */
function sourceLinks(graph: Graph, field: Part, name: string): Link[] {
  return (graph.links.get(field) ?? []).filter(({ property }) => isUnder(property, name));
}

function isUnder(property: string, name: string): boolean {
  return property === name || property.startsWith(`${name}.`);
}

/** Whether following containedIn comes back to the part. */
export function isContainedInItself(graph: Graph, part: Part): boolean {
  const seen = new Set<Part>();
  const next = [part];
  for (let at = next.pop(); at !== undefined; at = next.pop()) {
    for (const { target } of graph.links.get(at) ?? []) {
      if (target === part) return true;
      if (target === undefined || seen.has(target)) continue;
      seen.add(target);
      next.push(target);
    }
  }
  return false;
}

/** What a field stands for: its equivalentProperty, else the last segment of its id, else its name. */
export function mapsTo(field: Part): string | undefined {
  for (const { value } of field.properties.get("cr:equivalentProperty") ?? []) {
    const iri = typeof value === "string" ? value : isObject(value) ? value["@id"] : undefined;
    if (typeof iri === "string") return localName(iri);
  }
  return field.id === undefined ? field.name : localName(field.id);
}

/** Whether the type of a field's values is said: by itself, by its source, by the fields inside it, or by its holder's data type. */
export function isTyped(graph: Graph, field: Part, dataTypes: (part: Part) => readonly string[]): boolean {
  const seen = new Set<Part>();
  for (let at: Part | undefined = field; at?.role === "field" && !seen.has(at); ) {
    seen.add(at);
    if (dataTypes(at).length > 0 || at.properties.has("cr:subField")) return true;
    const property = mapsTo(at);
    const owner = at.parent === undefined ? [] : dataTypes(at.parent);
    if (owner.length > 0 && (at.properties.has("cr:equivalentProperty") || hasProperty(owner, property ?? "")))
      return true;
    at = sourceLinks(graph, at, "source")[0]?.target;
  }
  return false;
}

/** Whether it is said where a field's values come from. */
export function isSourced(field: Part): boolean {
  const set = recordSetOf(field);
  const own = ["cr:source", "cr:references", "cr:subField", "cr:parentField"];
  const embedded = set?.properties.has("cr:data") === true || set?.properties.has("cr:examples") === true;
  return embedded || own.some((property) => field.properties.has(property));
}

/** Groups into which the sources of a record set's fields fall once `references` and `parentField` have joined them. */
export function sourceGroups(graph: Graph, set: Part): number {
  const above = new Map<Part, Part>();
  const top = (part: Part): Part => {
    const next = above.get(part);
    return next === undefined || next === part ? part : top(next);
  };
  const containers = (links: readonly Link[], seen: ReadonlySet<Part>): Part[] =>
    links.flatMap(({ target }): Part[] => {
      if (target === undefined || seen.has(target)) return [];
      const container = target.role === "field" ? (recordSetOf(target) ?? target) : target;
      if (container !== set) return [container];
      // A field of the set itself stands for what it takes its values from.
      return target.role === "field"
        ? containers(sourceLinks(graph, target, "source"), new Set([...seen, target]))
        : [];
    });
  const join = (parts: readonly Part[]): void => {
    for (const part of parts) {
      if (!above.has(part)) above.set(part, part);
      const first = parts[0];
      if (first !== undefined) above.set(top(part), top(first));
    }
  };
  for (const field of fieldsOf(set)) {
    for (const prefix of ["", "parentField."]) {
      const sources = containers(sourceLinks(graph, field, `${prefix}source`), new Set([field]));
      join([...sources, ...containers(sourceLinks(graph, field, `${prefix}references`), new Set([field]))]);
    }
  }
  return new Set([...above.keys()].map(top)).size;
}

export function idCount(graph: Graph, part: Part): number {
  return part.id === undefined ? 0 : (graph.byId.get(identifierOf(graph.context, part.id))?.length ?? 0);
}
