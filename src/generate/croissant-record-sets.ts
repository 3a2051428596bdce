import type { JsonValue } from "../formats/json/api.js";
import { drawUrl, type JsonObject, oneOrList, type Plan, titles } from "./croissant-plan.js";
import type { Draw } from "./draw.js";

/** The record sets of a description: those that its features ask for, which may be none. */
export function drawRecordSets(plan: Plan): JsonObject[] {
  const { has } = plan;
  return [
    ...(has("table") ? [drawTable(plan)] : []),
    ...(has("pictures") ? [drawPictures(plan)] : []),
    ...(has("join") ? drawJoin(plan) : []),
    ...(has("nested_set") ? drawNestedSet(plan) : []),
    ...(has("enumeration") ? [drawEnumeration(plan)] : []),
    ...(has("split") ? drawSplit(plan) : []),
    ...(has("boxes") ? [drawBoxes(plan)] : []),
    ...(has("embedded_boxes") ? [drawEmbeddedBoxes(plan)] : []),
    ...(has("mask") ? [drawMasks(plan)] : []),
    ...(has("geo_set") ? [drawPlaces(plan)] : []),
    ...(has("geo_field") ? [drawPlacedRows(plan)] : []),
    ...(has("examples") ? [drawExamples(plan)] : []),
  ];
}

function recordSet(plan: Plan, stem: string, fields: (id: string) => JsonObject[], more: JsonObject = {}): JsonObject {
  const id = plan.id(stem);
  const { key, data, examples, ...rest } = more;
  const field = fields(id);
  return {
    "@type": "cr:RecordSet",
    "@id": id,
    ...(plan.draw.int(0, 1) === 1 ? { name: id } : {}),
    ...(plan.draw.int(0, 3) === 3 ? { description: plan.draw.pick(titles) } : {}),
    ...rest,
    ...(typeof key === "string" ? { key: drawKey(plan.draw, id, key) } : {}),
    field,
    ...(data === undefined ? {} : { data: keyedRows(plan.draw, id, data) }),
    ...(examples === undefined ? {} : { examples: keyedRows(plan.draw, id, examples) }),
  };
}

/** By id, in a list or alone, or by the last segment as a text. */
function drawKey(draw: Draw, set: string, local: string): JsonValue {
  return draw.pick<JsonValue>([{ "@id": `${set}/${local}` }, [{ "@id": `${set}/${local}` }], local]);
}

/** Keys of embedded records are the last segments of the fields' ids, or the whole ids. */
function keyedRows(draw: Draw, set: string, rows: JsonValue): JsonValue {
  if (!Array.isArray(rows) || draw.int(0, 1) === 0) return rows;
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row as JsonObject).map(([key, value]) => [`${set}/${key}`, value])),
  );
}

function field({ draw }: Plan, holder: string, local: string, more: JsonObject): JsonObject {
  return {
    "@type": "cr:Field",
    "@id": `${holder}/${local}`,
    ...(draw.int(0, 1) === 1 ? { name: draw.pick([local, `${holder}/${local}`]) } : {}),
    ...(draw.int(0, 3) === 3 ? { description: draw.pick(titles) } : {}),
    ...more,
  };
}

/** A column of a table. */
function column(table: string, name: string, more: JsonObject = {}): JsonObject {
  return { fileObject: { "@id": table }, extract: { column: name }, ...more };
}

/** Two fields with every kind of transform, and further ones. */
function drawTable(plan: Plan): JsonObject {
  const { draw, resources } = plan;
  const [table] = resources.tables;
  return recordSet(plan, draw.pick(["rows", "行", "строки"]), (id) => [
    field(plan, id, "text", {
      dataType: draw.pick<JsonValue>([
        ["sc:Text", "cr:Label"],
        ["sc:Integer", "wd:Q515"],
        ["https://schema.org/URL", "wd:Q42253"],
      ]),
      repeated: draw.pick<JsonValue>([true, false, "true"]),
      source: column(table, draw.pick(titles), {
        transform: oneOrList(draw, [drawSeparator(draw), ...draw.list(0, 2, () => drawTransform(draw))]),
      }),
    }),
    field(plan, id, "date", {
      dataType: draw.pick(["sc:Date", "sc:DateTime"]),
      source: column(table, "date", { format: draw.pick(["yyyy-MM-dd", "MM/dd/yyyy"]) }),
    }),
    field(plan, id, "code", {
      dataType: draw.pick(["sc:Text", "http://schema.org/Integer"]),
      source: column(table, "code", { transform: { regex: draw.pick(["^([^/]*)/.*$", "(?P<名>\\w+)_\\d"]) } }),
    }),
    // Its type is that of the field from which it takes its values.
    ...(draw.int(0, 3) === 3 ? [field(plan, id, "same", { source: { "@id": `${id}/date` } })] : []),
    ...(draw.int(0, 3) === 3
      ? [
          field(plan, id, "again", {
            dataType: "sc:Text",
            source: { field: { "@id": `${id}/code` }, transform: drawTransform(draw) },
          }),
        ]
      : []),
    ...draw
      .list(0, 3, (at) => `c${at}`)
      .map((name) => field(plan, id, name, { dataType: draw.pick(atomic), source: column(table, name) })),
  ]);
}

const atomic = ["sc:Boolean", "sc:Date", "sc:Number", "sc:Float", "sc:Integer", "sc:Text", "sc:URL", "sc:Time"];

function drawSeparator(draw: Draw): JsonObject {
  return { [draw.pick(["separator", "delimiter"])]: draw.pick([",", "|", "\t", "；"]) };
}

function drawTransform(draw: Draw): JsonObject {
  return draw.pick<JsonObject>([
    { regex: "^(.*)$" },
    { replace: "-/ " },
    { jsonQuery: "$.a" },
    { jsonPath: "$.a[0]" },
    { format: "yyyy" },
  ]);
}

/** Names and contents of the files of a set. */
function drawPictures(plan: Plan): JsonObject {
  const { draw, resources } = plan;
  const from = { fileSet: { "@id": resources.pictures ?? "" } };
  return recordSet(plan, draw.pick(["pictures", "图片"]), (id) => [
    field(plan, id, "image", {
      dataType: "sc:ImageObject",
      source: { ...from, extract: { fileProperty: "content" } },
    }),
    field(plan, id, "hash", {
      dataType: "sc:Text",
      source: {
        ...from,
        extract: { fileProperty: draw.pick(["filename", "fullpath", "lines", "lineNumbers"]) },
        transform: { regex: "([^\\/]*)\\.jpg" },
      },
    }),
  ]);
}

/** Rows of one table that name rows of another, and take a value from there. */
function drawJoin(plan: Plan): JsonObject[] {
  const [left, right] = plan.resources.tables;
  const others = recordSet(plan, "users", (id) => [
    field(plan, id, "uid", { dataType: "sc:Text", source: column(right, "uid") }),
    field(plan, id, "age", { dataType: "sc:Integer", source: column(right, "age") }),
  ]);
  const other = String(others["@id"]);
  const joined = recordSet(
    plan,
    "reviews",
    (id) => [
      field(plan, id, "writer", {
        dataType: "sc:Text",
        source: column(left, "user"),
        references: { "@id": `${other}/uid` },
      }),
      field(plan, id, "stars", { dataType: "sc:Integer", source: column(left, "stars") }),
      field(plan, id, "age", {
        dataType: "sc:Integer",
        source: plan.draw.pick<JsonValue>([
          { "@id": `${other}/age` },
          { field: { "@id": `${other}/age` }, transform: { regex: "(\\d+)" } },
        ]),
      }),
    ],
    plan.draw.int(0, 1) === 1 ? { key: "writer" } : {},
  );
  return [others, joined];
}

/** Records that hold the records of another set which refer to them. */
function drawNestedSet(plan: Plan): JsonObject[] {
  const [left, right] = plan.resources.tables;
  const movies = recordSet(plan, "movies", (id) => [
    field(plan, id, "movie_id", { dataType: "sc:Integer", source: column(left, "movieId") }),
    field(plan, id, "title", { dataType: "sc:Text", source: column(left, "title") }),
  ]);
  const ratings = recordSet(plan, "ratings", (id) => [
    field(plan, id, "movie", { dataType: "sc:Integer", source: column(right, "movieId") }),
    field(plan, id, "rating", { dataType: "sc:Float", source: column(right, "rating") }),
  ]);
  const [movie, rating] = [String(movies["@id"]), String(ratings["@id"])];
  const nested = recordSet(plan, "movies_with_ratings", (id) => [
    field(plan, id, "movie_id", { dataType: "sc:Integer", source: { "@id": `${movie}/movie_id` } }),
    field(plan, id, "title", { dataType: "sc:Text", source: { "@id": `${movie}/title` } }),
    field(plan, id, "ratings", {
      dataType: "cr:RecordSet",
      parentField: { source: { "@id": `${rating}/movie` }, references: { "@id": `${id}/movie_id` } },
      subField: [
        field(plan, `${id}/ratings`, "rating", { dataType: "sc:Float", source: { "@id": `${rating}/rating` } }),
      ],
    }),
  ]);
  return [movies, ratings, nested];
}

/** Distinct rows, from one to four. */
function drawRows(draw: Draw, row: (at: number) => JsonObject): JsonValue[] {
  return draw.list(1, 4, row);
}

function drawEnumeration(plan: Plan): JsonObject {
  const { draw } = plan;
  const names = ["cat", "猫", "Ω", "stop sign"];
  return recordSet(
    plan,
    draw.pick(["labels", "标签"]),
    (id) => [
      field(plan, id, "name", { dataType: draw.pick<JsonValue>(["sc:Text", "sc:name", ["sc:Text", "cr:Label"]]) }),
      field(plan, id, "url", {
        dataType: draw.pick<JsonValue>(["sc:URL", ["sc:URL", "wd:Q1"]]),
        ...(draw.int(0, 1) === 1 ? { equivalentProperty: "sc:url" } : {}),
      }),
    ],
    {
      dataType: oneOrList(draw, ["sc:Enumeration"]),
      key: "name",
      data: drawRows(draw, (at) => ({ name: names[at] ?? "", url: `https://example.org/${at}` })),
    },
  );
}

/** The splits, and a record set whose field `split` refers to them. */
function drawSplit(plan: Plan): JsonObject[] {
  const { draw, resources } = plan;
  const [, table] = resources.tables;
  const names = ["train", "val", "test", "额外"];
  const splits = recordSet(
    plan,
    "splits",
    (id) => [field(plan, id, "name", { dataType: "sc:Text" }), field(plan, id, "url", { dataType: "sc:URL" })],
    {
      dataType: draw.pick<JsonValue>(["cr:Split", ["sc:Enumeration", "cr:Split"]]),
      key: "name",
      data: drawRows(draw, (at) => ({ name: names[at] ?? "", url: "cr:TrainingSplit" })),
    },
  );
  const rows = recordSet(plan, "split_rows", (id) => [
    field(plan, id, "split", {
      dataType: "sc:Text",
      source: column(table, "split"),
      references: { "@id": `${String(splits["@id"])}/name` },
    }),
  ]);
  return [splits, rows];
}

function drawBoxes(plan: Plan): JsonObject {
  const { draw, resources } = plan;
  const forms = ["CENTER_XYWH", "XYWH", "XYXY", "YXYX", "REL_XYXY", "REL_YXYX", "REL_XYWH"];
  return recordSet(plan, "boxes", (id) => [
    field(plan, id, "bbox", {
      dataType: "cr:BoundingBox",
      source: column(resources.tables[0], "bbox", { format: draw.pick(forms) }),
    }),
  ]);
}

function drawEmbeddedBoxes(plan: Plan): JsonObject {
  const { draw } = plan;
  const more = draw.pick<JsonObject>([{}, { key: "id" }]);
  return recordSet(
    plan,
    "box_rows",
    (id) => [
      field(plan, id, "id", { dataType: "sc:Integer" }),
      field(plan, id, "bbox", { dataType: "cr:BoundingBox" }),
    ],
    {
      ...more,
      data: drawRows(draw, (at) => ({
        id: at,
        bbox: draw.pick<JsonValue>([[0, 0, 1, 1], [0.5, -1e-9, 2 ** 53 - 1, 1e300], null]),
      })),
    },
  );
}

function drawMasks(plan: Plan): JsonObject {
  const { draw, resources } = plan;
  return recordSet(plan, "masks", (id) => [
    field(plan, id, "mask", {
      dataType: ["cr:SegmentationMask", draw.pick(["sc:GeoShape", "sc:ImageObject"])],
      source: column(resources.tables[0], "mask"),
    }),
  ]);
}

const coordinate = ["sc:Float", "sc:Number", "sc:Integer", "sc:Text"];

/** A record set of places: its fields stand for properties of the type. */
function drawPlaces(plan: Plan): JsonObject {
  const { draw, resources } = plan;
  return recordSet(
    plan,
    draw.pick(["places", "地点"]),
    (id) => [
      field(plan, id, "latitude", { dataType: draw.pick(coordinate), source: column(resources.tables[0], "lat") }),
      field(plan, id, "longitude", {
        dataType: draw.pick(coordinate),
        source: column(resources.tables[0], "lon"),
        ...(draw.int(0, 1) === 1 ? { equivalentProperty: drawEquivalent(draw) } : {}),
      }),
    ],
    { dataType: draw.pick<JsonValue>(["sc:GeoCoordinates", ["https://schema.org/GeoCoordinates"]]) },
  );
}

function drawEquivalent(draw: Draw): JsonValue {
  return draw.pick<JsonValue>(["sc:longitude", { "@id": "https://schema.org/longitude" }]);
}

/** A field that is a place, made of fields; one of them has the type that schema.org gives its property. */
function drawPlacedRows(plan: Plan): JsonObject {
  const { draw, resources } = plan;
  const [table] = resources.tables;
  return recordSet(plan, "placed", (id) => [
    field(plan, id, "at", {
      dataType: "sc:GeoCoordinates",
      subField: [
        field(plan, `${id}/at`, "latitude", { dataType: draw.pick(coordinate), source: column(table, "lat") }),
        field(plan, `${id}/at`, "longitude", { source: column(table, "lon") }),
      ],
    }),
    ...(draw.int(0, 1) === 1 ? [field(plan, id, "label", { dataType: "cr:Label", source: column(table, "l") })] : []),
  ]);
}

/** Rows of a table with some of them, or an address of some, as examples. */
function drawExamples(plan: Plan): JsonObject {
  const { draw, resources } = plan;
  const [table] = resources.tables;
  const linked = draw.int(0, 3) === 3;
  const set = recordSet(
    plan,
    "sampled",
    (id) => [field(plan, id, "value", { dataType: draw.pick(atomic), source: column(table, "value") })],
    linked ? {} : { examples: drawRows(draw, (at) => ({ value: at })) },
  );
  return linked ? { ...set, examples: draw.pick<JsonValue>([drawUrl(draw), { "@id": table }]) } : set;
}
