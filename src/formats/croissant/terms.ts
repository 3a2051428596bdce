/**
 * Vocabularies of a Croissant description: prefixes, the terms that its Appendix 1 aliases, and how an expanded name is written back.
 * Source: Croissant 1.0, Namespaces and Appendix 1; RAI vocabulary 1.0, Prerequisites.
 */

/** Prefixes that the text uses; they hold where a context does not define them (Appendix 1 itself leaves out `cr` and `dct`). */
export const knownPrefixes: ReadonlyMap<string, string> = new Map([
  ["sc", "https://schema.org/"],
  ["cr", "http://mlcommons.org/croissant/"],
  ["ml", "http://mlcommons.org/schema/"],
  ["rai", "http://mlcommons.org/croissant/RAI/"],
  ["dct", "http://purl.org/dc/terms/"],
  ["wd", "http://www.wikidata.org/wiki/"],
]);

/** What Appendix 1 aliases: term → its name in the Croissant vocabulary, and the type that values are given. */
export const appendixTerms: ReadonlyMap<string, { readonly coerced?: "@json" | "@vocab" }> = new Map([
  ["column", {}],
  ["data", { coerced: "@json" }],
  ["dataType", { coerced: "@vocab" }],
  ["extract", {}],
  ["field", {}],
  ["fileProperty", {}],
  ["format", {}],
  ["includes", {}],
  ["isEnumeration", {}],
  ["jsonPath", {}],
  ["parentField", {}],
  ["path", {}],
  ["recordSet", {}],
  ["references", {}],
  ["regex", {}],
  ["repeated", {}],
  ["replace", {}],
  ["separator", {}],
  ["source", {}],
  ["subField", {}],
  ["transform", {}],
]);

/**
 * Croissant properties that Appendix 1 forgets: under the very context that the text recommends they expand to schema.org, so both are read as
 * the Croissant term.
 */
const termsWithoutAlias: ReadonlySet<string> = new Set([
  "citeAs",
  "containedIn",
  "delimiter",
  "equivalentProperty",
  "examples",
  "excludes",
  "fileObject",
  "fileSet",
  "isLiveDataset",
  "jsonQuery",
  "key",
  "md5",
]);

const vocabularies: readonly (readonly [RegExp, string])[] = [
  [/^https?:\/\/mlcommons\.org\/croissant\/RAI\/(?=[^/]+$)/, "rai:"],
  [/^https?:\/\/mlcommons\.org\/(?:croissant|schema)\/(?=[^/]+$)/, "cr:"],
  // The text writes both forms of the namespace, and "schema.org/Dataset" without a scheme in its RAI examples.
  [/^(?:https?:\/\/)?schema\.org\/(?=[^/]+$)/, "sc:"],
  [/^https?:\/\/purl\.org\/dc\/terms\/(?=[^/]+$)/, "dct:"],
  [/^https?:\/\/www\.wikidata\.org\/(?:wiki|entity)\/(?=[^/]+$)/, "wd:"],
];

/** An IRI with the fixed prefix of its vocabulary (`sc:Dataset`, `cr:Field`, `wd:Q515`), or the IRI itself where it belongs to none of them. */
export function shortIri(iri: string): string {
  for (const [start, prefix] of vocabularies) if (start.test(iri)) return iri.replace(start, prefix);
  return iri;
}

/** Name of a property from its IRI: that of schema.org bare, the others with their prefix. */
export function propertyName(iri: string): string {
  const short = shortIri(iri);
  if (!short.startsWith("sc:")) return short;
  const local = short.slice(3);
  return termsWithoutAlias.has(local) ? `cr:${local}` : local;
}

export function localName(name: string): string {
  return name.slice(Math.max(name.lastIndexOf(":"), name.lastIndexOf("/"), name.lastIndexOf("#")) + 1);
}

const classes: ReadonlySet<string> = new Set(["FileObject", "FileSet", "RecordSet", "Field"]);

/** Class of a node by its types. `sc:FileObject` counts too: the text's own Format Example writes it, and a bare FileObject expands to it. */
export function classOf(types: readonly string[]): string {
  for (const type of types) {
    if (type === "sc:Dataset") return "Dataset";
    if (/^(?:cr|sc):/.test(type) && classes.has(type.slice(3))) return type.slice(3);
  }
  return "";
}

/**
 * Properties that schema.org associates with the data types whose fields a reader can check: those of the type and of sc:Thing.
 * Source: schema.org 28, GeoCoordinates, Enumeration, Thing.
 */
const ofThing = [
  "additionalType",
  "alternateName",
  "description",
  "disambiguatingDescription",
  "identifier",
  "image",
  "mainEntityOfPage",
  "name",
  "potentialAction",
  "sameAs",
  "subjectOf",
  "url",
];
const ofType: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["sc:Enumeration", new Set([...ofThing, "supersededBy"])],
  [
    "sc:GeoCoordinates",
    new Set([...ofThing, "address", "addressCountry", "elevation", "latitude", "longitude", "postalCode"]),
  ],
]);

/** Whether one of the data types is known to have the property. */
export function hasProperty(dataTypes: readonly string[], property: string): boolean {
  return dataTypes.some((type) => ofType.get(type)?.has(property) === true);
}
