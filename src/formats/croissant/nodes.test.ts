import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonValue } from "../json/api.js";
import { isObject } from "./context.js";
import { type FileLookup, localFiles, nodesOf } from "./nodes.js";
import type { JsonObject } from "./parts.js";
import { appendixTerms } from "./terms.js";
import { context, described, fieldSet, nodeAt, recordsOf } from "./testing/description.js";

describe("nodes and places", () => {
  test("every node has its path and its JSON Pointer", () => {
    const root = fieldSet([
      {
        "@type": "cr:Field",
        "@id": "rows/a",
        source: { fileObject: { "@id": "t.csv" }, extract: { column: "a" }, transform: { separator: "|" } },
      },
    ]);
    expect(nodesOf(root, () => undefined).map(({ pointer, record }) => [pointer, record.path])).toEqual([
      ["", "Metadata(d)"],
      ["/@context", "Metadata(d) > @context"],
      ["/distribution/0", "Metadata(d) > FileObject(a.zip)"],
      ["/distribution/1", "Metadata(d) > FileObject(t.csv)"],
      ["/distribution/2", "Metadata(d) > FileSet(images)"],
      ["/recordSet/0", "Metadata(d) > RecordSet(rows)"],
      ["/recordSet/0/field/0", "Metadata(d) > RecordSet(rows) > Field(rows/a)"],
      ["/recordSet/0/field/0/source", "Metadata(d) > RecordSet(rows) > Field(rows/a) > source"],
      ["/recordSet/0/field/0/source/extract", "Metadata(d) > RecordSet(rows) > Field(rows/a) > source > extract"],
      ["/recordSet/0/field/0/source/transform", "Metadata(d) > RecordSet(rows) > Field(rows/a) > source > transform"],
    ]);
  });

  test("a node without name and id is called by its position, one of a wrong type by that type", () => {
    const root = described({ distribution: [{ "@type": "cr:FileSet" }, { "@type": "sc:DataDownload", name: "x" }] });
    expect(recordsOf(root).map((record) => record.path)).toEqual([
      "Metadata(d)",
      "Metadata(d) > @context",
      "Metadata(d) > FileSet(#0)",
      "Metadata(d) > DataDownload(x)",
    ]);
  });

  test("null, an empty list and an empty text are no value; two values are many", () => {
    const dataset = recordsOf(
      described({ description: "", license: null, keywords: [], creator: [{ name: "a" }, { name: "b" }] }),
    )[0];
    expect(dataset?.properties).toEqual(["@context", "@type", "name", "creator"]);
    expect(dataset?.many).toEqual(["creator"]);
    expect(dataset?.values?.slice(-2)).toEqual([
      { property: "creator", kind: "object", text: "", type: "" },
      { property: "creator", kind: "object", text: "", type: "" },
    ]);
  });
});

describe("contexts", () => {
  test("a term that the context does not alias is not the Croissant term", () => {
    const { source: _source, ...without } = context;
    const root = described(
      {
        recordSet: {
          "@type": "cr:RecordSet",
          "@id": "r",
          field: { "@type": "cr:Field", "@id": "r/f", source: { fileObject: "t" } },
        },
      },
      without,
    );
    const field = nodeAt(root, "Metadata(d) > RecordSet(r) > Field(r/f)");
    expect({ foreign: field.foreign_terms, sourced: field.sourced, properties: field.properties }).toEqual({
      foreign: ["source"],
      sourced: false,
      properties: ["@type", "@id", "source"],
    });
    expect(nodeAt(root, "Metadata(d) > @context").unaliased_terms).toEqual(["source"]);
  });

  test("data without the type @json is not the term of Appendix 1", () => {
    const own = { ...context, data: "cr:data" };
    const root = described({ recordSet: { "@type": "cr:RecordSet", "@id": "r", data: [{ a: 1 }] } }, own);
    expect(nodeAt(root, "Metadata(d) > @context").unaliased_terms).toEqual(["data"]);
  });

  test.each<[string, JsonValue]>([
    ["a term", { ...context, "my:c": "dct:conformsTo" }],
    ["the address of the context", "http://mlcommons.org/croissant/1.0"],
    ["a list of contexts", ["https://schema.org/", context]],
  ])("conformsTo is read through %s", (_, own) => {
    expect(
      recordsOf({ ...described({ conformsTo: "http://mlcommons.org/croissant/1.0" }), "@context": own })[0]
        ?.conforms_to,
    ).toEqual(["http://mlcommons.org/croissant/1.0"]);
  });

  test("a prefix may be defined by another one", () => {
    const root = described({ "y:source": "x" }, { ...context, x: "cr:", y: "x:" });
    expect(recordsOf(root)[0]?.properties?.at(-1)).toBe("cr:source");
  });

  test("a prefix that is defined by itself ends", () => {
    const root = described({ "a:x": 1 }, { ...context, a: "b:", b: "a:" });
    expect(recordsOf(root)[0]?.properties?.at(-1)).toMatch(/^[ab]/);
  });

  test("prototype keys are keys like any other", () => {
    const own = JSON.parse('{"__proto__": "cr:source", "constructor": "cr:field"}') as JsonObject;
    expect(recordsOf(described({ toString: "x" } as unknown as JsonObject, own))[0]?.properties).toContain("toString");
  });

  /** Aliased, with a prefix, or as an IRI: JSON-LD says that these are one property. */
  const spelling = fc.constantFrom(
    (term: string) => term,
    (term: string) => `cr:${term}`,
    (term: string) => `http://mlcommons.org/croissant/${term}`,
  );
  test("a term means the same however it is spelt", () => {
    const root = fieldSet([
      {
        "@type": "cr:Field",
        "@id": "rows/a",
        dataType: "sc:Text",
        source: { fileObject: { "@id": "t.csv" }, extract: { column: "a" } },
      },
      { "@type": "cr:Field", "@id": "rows/b", source: { field: { "@id": "rows/a" } }, repeated: true },
    ]);
    const meaning = (of: JsonObject) =>
      recordsOf(of).map((record) => ({ ...record, pointer: undefined, unaliased_terms: undefined }));
    fc.assert(
      fc.property(fc.array(spelling, { minLength: 1, maxLength: 8 }), (spellings) => {
        let at = 0;
        const respell = (value: JsonValue): JsonValue => {
          if (Array.isArray(value)) return value.map(respell);
          if (!isObject(value)) return value;
          return Object.fromEntries(
            Object.entries(value).map(([key, inner]) => {
              const spelt = appendixTerms.has(key) ? (spellings[at++ % spellings.length]?.(key) ?? key) : key;
              return [spelt, key === "@context" ? inner : respell(inner)];
            }),
          );
        };
        expect(meaning(respell(root) as JsonObject)).toEqual(meaning(root));
      }),
    );
  });
});

describe("files that are there", () => {
  const file = (more: JsonObject): JsonObject =>
    described({ distribution: { "@type": "cr:FileObject", "@id": "f", contentUrl: "data/a.csv", ...more } });
  const there: FileLookup = (path) => (path === "data/a.csv" ? { bytes: 3, sha256: "ab" } : undefined);

  test("digest and size of the file stand beside the declared ones", () => {
    const node = nodeAt(file({ sha256: " AB ", contentSize: "3 B" }), "Metadata(d) > FileObject(f)", there);
    expect([node.sha256, node.file_sha256, node.declared_bytes, node.file_bytes, node.file_found]).toEqual([
      "ab",
      "ab",
      3,
      3,
      true,
    ]);
  });

  test("addresses, contained files and unsafe paths are not looked for", () => {
    expect(localFiles(file({}))).toEqual(["data/a.csv"]);
    expect(localFiles(file({ contentUrl: "https://example.org/a.csv" }))).toEqual([]);
    expect(localFiles(file({ containedIn: { "@id": "z" } }))).toEqual([]);
    expect(nodeAt(file({}), "Metadata(d) > FileObject(f)", () => "unsafe").file_found).toBeUndefined();
    expect(nodeAt(file({}), "Metadata(d) > FileObject(f)", () => undefined).file_found).toBe(false);
  });

  test("a size with another unit is not compared", () => {
    expect(nodeAt(file({ contentSize: "1.5 MB" }), "Metadata(d) > FileObject(f)").declared_bytes).toBeUndefined();
  });
});
