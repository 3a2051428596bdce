import { describe, expect, test } from "vitest";
import { fieldSet, nodeAt } from "./testing/description.js";

describe("embedded records", () => {
  const fields = [
    { "@type": "cr:Field", "@id": "rows/id", dataType: "sc:Integer" },
    { "@type": "cr:Field", "@id": "rows/box", dataType: "cr:BoundingBox" },
  ];
  test("keys, columns and boxes are compared with the fields", () => {
    const data = [
      { "rows/id": 1, "rows/box": [0, 0, 1, 1] },
      { id: 1, "rows/box": [0, 0, 1] },
      { "rows/id": 2, lable: "x" },
      "no record",
    ];
    const set = nodeAt(fieldSet(fields, { key: { "@id": "rows/id" }, data }), "Metadata(d) > RecordSet(rows)");
    expect([set.data_rows, set.rows_not_records, set.unknown_columns, set.duplicate_keys, set.box_faults]).toEqual([
      4,
      1,
      ["lable"],
      1,
      1,
    ]);
  });

  test("examples may refer to another source", () => {
    const set = nodeAt(fieldSet(fields, { examples: [{ "@id": "t.csv" }] }), "Metadata(d) > RecordSet(rows)");
    expect([set.data_rows, set.references?.map(({ property, found }) => [property, found])]).toEqual([
      0,
      [["examples", true]],
    ]);
  });
});
