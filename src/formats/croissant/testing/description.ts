import type { NodeRecord } from "../../../records/types.gen.js";
import type { JsonValue } from "../../json/api.js";
import { type FileLookup, nodesOf } from "../nodes.js";
import type { JsonObject } from "../parts.js";
import { appendixTerms } from "../terms.js";

/** Appendix 1, with the prefixes that it forgets. */
export const context: JsonObject = {
  "@language": "en",
  "@vocab": "https://schema.org/",
  ...Object.fromEntries([...appendixTerms].map(([term, { coerced }]) => [term, aliasOf(term, coerced)])),
  cr: "http://mlcommons.org/croissant/",
  dct: "http://purl.org/dc/terms/",
  conformsTo: "dct:conformsTo",
  sc: "https://schema.org/",
};

function aliasOf(term: string, coerced: string | undefined): JsonValue {
  return coerced === undefined ? `cr:${term}` : { "@id": `cr:${term}`, "@type": coerced };
}

export const archive: JsonObject = {
  "@type": "cr:FileObject",
  "@id": "a.zip",
  contentUrl: "https://example.org/a.zip",
  encodingFormat: "application/zip",
};
export const table: JsonObject = {
  "@type": "cr:FileObject",
  "@id": "t.csv",
  contentUrl: "t.csv",
  containedIn: { "@id": "a.zip" },
};

export function described(more: JsonObject, own: JsonObject = context): JsonObject {
  return { "@context": own, "@type": "sc:Dataset", name: "d", ...more };
}

export function recordsOf(root: JsonObject, files: FileLookup = () => undefined): NodeRecord[] {
  return nodesOf(root, files).map(({ record }) => record);
}

/** The record of one node, by its path. */
export function nodeAt(root: JsonObject, path: string, files?: FileLookup): NodeRecord {
  const found = recordsOf(root, files).find((record) => record.path === path);
  if (found === undefined) throw new Error(`no ${path} among ${recordsOf(root).map((record) => record.path)}`);
  return found;
}

export function fieldSet(field: JsonValue, more: JsonObject = {}): JsonObject {
  return described({
    distribution: [archive, table, { "@type": "cr:FileSet", "@id": "images", containedIn: { "@id": "a.zip" } }],
    recordSet: [{ "@type": "cr:RecordSet", "@id": "rows", field, ...more }],
  });
}
