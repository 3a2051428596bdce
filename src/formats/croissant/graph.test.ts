import { describe, expect, test } from "vitest";
import type { JsonValue } from "../json/api.js";
import type { JsonObject } from "./parts.js";
import { archive, context, described, fieldSet, nodeAt, recordsOf, table } from "./testing/description.js";

describe("identifiers and references", () => {
  test.each([
    ["images/date_taken", true],
    ["https://example.org/a#b", true],
    ["图片/哈希", true],
    ["a%20b", true],
    ["a b", false],
    ["a%2", false],
    ["<a>", false],
    ["", false],
  ])("%j can be read as an IRI: %s", (id, is) => {
    expect(recordsOf(described({ distribution: { "@type": "cr:FileSet", "@id": id } }))[2]?.id_is_iri).toBe(is);
  });

  test("two nodes with one id are counted; a reference is no second definition", () => {
    const root = described({ distribution: [archive, table, { ...archive }] });
    expect(recordsOf(root).map((record) => record.id_count)).toEqual([undefined, undefined, 2, 1, 2]);
  });

  test("a reference is found through @base, and an absolute one elsewhere is outside", () => {
    const own = { ...context, "@base": "https://example.org/d/" };
    const containedIn = [
      { "@id": "https://example.org/d/a.zip" },
      { "@id": "https://other.example/x" },
      { "@id": "gone" },
    ];
    const root = described({ distribution: [archive, { "@type": "cr:FileSet", "@id": "s", containedIn }] }, own);
    expect(nodeAt(root, "Metadata(d) > FileSet(s)").references?.map(({ found, outside }) => [found, outside])).toEqual([
      [true, false],
      [false, true],
      [false, false],
    ]);
  });

  test("a key is a field of the set by its id, by the end of its id, or by its name", () => {
    const fields = [
      { "@type": "cr:Field", "@id": "rows/a" },
      { "@type": "cr:Field", "@id": "rows/b", name: "bee" },
    ];
    const root = fieldSet(fields, { key: [{ "@id": "rows/a" }, { "@id": "b" }, "bee", { "@id": "c" }] });
    expect(
      nodeAt(root, "Metadata(d) > RecordSet(rows)").references?.map(({ id, found, own }) => [id, found, own]),
    ).toEqual([
      ["rows/a", true, true],
      ["b", true, true],
      ["bee", true, true],
      ["c", false, false],
    ]);
  });

  test("a field's references say through which properties they go", () => {
    const root = fieldSet({
      "@type": "cr:Field",
      "@id": "rows/a",
      source: { fileSet: { "@id": "images" } },
      references: { "@id": "rows/x" },
      parentField: { source: { field: { "@id": "rows/a" } }, references: { "@id": "rows/a" } },
    });
    const field = nodeAt(root, "Metadata(d) > RecordSet(rows) > Field(rows/a)");
    expect(field.references?.map(({ property, found, class_name }) => [property, found, class_name])).toEqual([
      ["source.fileSet", true, "FileSet"],
      ["references", false, ""],
      ["parentField.source.field", true, "Field"],
      ["parentField.references", true, "Field"],
    ]);
  });

  test("containedIn that comes back is a circle for each file in it", () => {
    const root = described({
      distribution: [
        { "@type": "cr:FileObject", "@id": "a", containedIn: { "@id": "b" } },
        { "@type": "cr:FileObject", "@id": "b", containedIn: { "@id": "a" } },
        { "@type": "cr:FileObject", "@id": "c", containedIn: { "@id": "a" } },
      ],
    });
    expect(recordsOf(root).map((record) => record.contained_cyclic)).toEqual([undefined, undefined, true, true, false]);
  });
});

describe("types, sources and joins", () => {
  const typed = (field: JsonObject, more?: JsonObject) =>
    nodeAt(
      fieldSet([{ "@type": "cr:Field", "@id": "rows/b", dataType: "sc:Text" }, field], more),
      `Metadata(d) > RecordSet(rows) > Field(${String(field["@id"])})`,
    ).typed;

  test("a type comes from the field that gives the values, from fields inside, or from the holder's type", () => {
    expect(typed({ "@type": "cr:Field", "@id": "rows/a" })).toBe(false);
    expect(typed({ "@type": "cr:Field", "@id": "rows/a", source: { "@id": "rows/b" } })).toBe(true);
    expect(typed({ "@type": "cr:Field", "@id": "rows/a", source: { fileObject: { "@id": "t.csv" } } })).toBe(false);
    expect(
      typed({
        "@type": "cr:Field",
        "@id": "rows/a",
        subField: [{ "@type": "cr:Field", "@id": "rows/a/x", dataType: "sc:Text" }],
      }),
    ).toBe(true);
    expect(typed({ "@type": "cr:Field", "@id": "rows/latitude" }, { dataType: "sc:GeoCoordinates" })).toBe(true);
    expect(typed({ "@type": "cr:Field", "@id": "rows/lat" }, { dataType: "sc:GeoCoordinates" })).toBe(false);
    expect(
      typed(
        { "@type": "cr:Field", "@id": "rows/lat", equivalentProperty: "sc:latitude" },
        { dataType: "sc:GeoCoordinates" },
      ),
    ).toBe(true);
  });

  test("fields that take their type from each other have none", () => {
    const root = fieldSet([
      { "@type": "cr:Field", "@id": "rows/a", source: { "@id": "rows/c" } },
      { "@type": "cr:Field", "@id": "rows/c", source: { "@id": "rows/a" } },
    ]);
    expect(nodeAt(root, "Metadata(d) > RecordSet(rows) > Field(rows/a)").typed).toBe(false);
  });

  test("embedded records are a source", () => {
    const field = { "@type": "cr:Field", "@id": "rows/a" };
    expect(nodeAt(fieldSet(field), "Metadata(d) > RecordSet(rows) > Field(rows/a)").sourced).toBe(false);
    expect(
      nodeAt(fieldSet(field, { data: [{ "rows/a": 1 }] }), "Metadata(d) > RecordSet(rows) > Field(rows/a)").sourced,
    ).toBe(true);
  });

  const from = (id: string, file: string, more: JsonObject = {}): JsonObject => ({
    "@type": "cr:Field",
    "@id": id,
    source: { fileObject: { "@id": file } },
    ...more,
  });
  test("two sources are two groups until a reference joins them", () => {
    const groups = (field: JsonValue) => nodeAt(fieldSet(field), "Metadata(d) > RecordSet(rows)").source_groups;
    expect(groups([from("rows/a", "t.csv")])).toBe(1);
    expect(groups([from("rows/a", "t.csv"), from("rows/b", "images")])).toBe(2);
    expect(
      groups([from("rows/a", "t.csv", { references: { fileSet: { "@id": "images" } } }), from("rows/b", "images")]),
    ).toBe(1);
    expect(groups([{ "@type": "cr:Field", "@id": "rows/a" }])).toBe(0);
  });

  test("parentField joins nested records to the source of the field that it refers to", () => {
    const movies = { "@type": "cr:RecordSet", "@id": "movies", field: [from("movies/id", "t.csv")] };
    const ratings = {
      "@type": "cr:RecordSet",
      "@id": "ratings",
      field: [from("ratings/movie", "images"), from("ratings/stars", "images")],
    };
    const nested = (parentField: JsonValue): JsonObject => ({
      "@type": "cr:RecordSet",
      "@id": "both",
      field: [
        { "@type": "cr:Field", "@id": "both/id", source: { "@id": "movies/id" } },
        {
          "@type": "cr:Field",
          "@id": "both/ratings",
          dataType: "cr:RecordSet",
          parentField,
          subField: { "@type": "cr:Field", "@id": "both/ratings/stars", source: { "@id": "ratings/stars" } },
        },
      ],
    });
    const groups = (parentField: JsonValue) =>
      nodeAt({ ...fieldSet([]), recordSet: [movies, ratings, nested(parentField)] }, "Metadata(d) > RecordSet(both)")
        .source_groups;
    expect(groups(null)).toBe(2);
    expect(groups({ source: { "@id": "ratings/movie" }, references: { "@id": "both/id" } })).toBe(1);
  });

  test("a split counts as referred to only from another record set", () => {
    const splits = {
      "@type": "cr:RecordSet",
      "@id": "splits",
      dataType: "cr:Split",
      field: { "@type": "cr:Field", "@id": "splits/name", references: { "@id": "splits/name" } },
    };
    const user = {
      "@type": "cr:RecordSet",
      "@id": "rows",
      field: { "@type": "cr:Field", "@id": "rows/split", references: { "@id": "splits/name" } },
    };
    expect(nodeAt(described({ recordSet: [splits] }), "Metadata(d) > RecordSet(splits)").referenced).toBe(false);
    expect(nodeAt(described({ recordSet: [splits, user] }), "Metadata(d) > RecordSet(splits)").referenced).toBe(true);
  });
});
