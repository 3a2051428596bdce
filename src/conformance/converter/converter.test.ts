import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { folderWith, removeFolders } from "../../cli/testing/run-cli.js";
import { type Conformed, conform } from "../conform.js";
import { isolationHere } from "../isolation.js";
import { renderTool, toolTargets } from "../tool-render.js";
import { isAsClaimed, isJudged, type KeptRow, type ToolReport } from "../tool-report.js";

afterAll(removeFolders);

/** COCO to COCO, with something done to the data in between. */
const copier = (done: string) => `
const { cpSync, readFileSync, writeFileSync } = require("node:fs");
const [from, to] = process.argv.slice(2);
cpSync(from, to, { recursive: true });
const path = to + "/annotations/instances.json";
const data = JSON.parse(readFileSync(path, "utf8"));
${done}
writeFileSync(path, JSON.stringify(data));
`;

/** COCO to YOLO and back, with so many decimal places. */
const toYolo = (places: number) => `
const { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } = require("node:fs");
const { basename } = require("node:path");
const [from, to, format] = process.argv.slice(2);
cpSync(from + "/images", to + "/images", { recursive: true });
const stemOf = (path) => basename(path).replace(/\\.png$/, "");
if (format === "yolo") {
  const { images, annotations, categories } = JSON.parse(readFileSync(from + "/annotations/instances.json", "utf8"));
  mkdirSync(to + "/labels");
  const names = categories.map(({ name }, at) => "  " + at + ": " + JSON.stringify(name) + "\\n").join("");
  writeFileSync(to + "/data.yaml", "path: .\\ntrain: images\\nval: images\\nnames:\\n" + names);
  for (const { id, file_name, width, height } of images) {
    const lines = annotations.filter(({ image_id }) => image_id === id).map(({ bbox: [x, y, w, h], category_id }) =>
      [categories.findIndex(({ id }) => id === category_id),
       ...[(x + w / 2) / width, (y + h / 2) / height, w / width, h / height].map((share) => share.toFixed(${places}))].join(" "));
    writeFileSync(to + "/labels/" + stemOf(file_name) + ".txt", lines.join("\\n"));
  }
} else {
  const names = readFileSync(from + "/data.yaml", "utf8").split("names:\\n")[1].trim().split("\\n").map((line) => JSON.parse(line.slice(line.indexOf(": ") + 2)));
  const images = readdirSync(from + "/images").map((name, at) => {
    const png = readFileSync(from + "/images/" + name);
    return { id: at + 1, file_name: "images/" + name, width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
  });
  let id = 1;
  const annotations = images.flatMap(({ id: image_id, file_name, width, height }) =>
    readFileSync(from + "/labels/" + stemOf(file_name) + ".txt", "utf8").split("\\n").filter(Boolean).map((line) => {
      const [category_id, x, y, w, h] = line.split(" ").map(Number);
      return { id: id++, image_id, category_id, iscrowd: 0, bbox: [(x - w / 2) * width, (y - h / 2) * height, w * width, h * height] };
    }));
  mkdirSync(to + "/annotations");
  writeFileSync(to + "/annotations/instances.json", JSON.stringify({ images, annotations, categories: names.map((name, id) => ({ id, name })) }));
}
`;

const copying = `formats: [coco-instances]
  conversions: [{ from: coco-instances, to: coco-instances }]`;
const both = "formats: [coco-instances, yolo-detection]";

const toolWith = (claims: string, more = "") => `name: little
kind: converter
version: "0.1"
command: [${process.execPath}, "{here}/convert.js", "{in}", "{out}", "{to}"]
names: { yolo-detection: yolo }
${more}
claims:
  ${claims}
`;

const settings = { seed: 3, perRule: 5, shrinkSeconds: 0, isolation: isolationHere() };
const tested = (script: string, claims: string, own = {}, more = ""): Promise<Conformed> =>
  conform(join(folderWith({ "TOOL.yaml": toolWith(claims, more), "convert.js": script }), "TOOL.yaml"), {
    ...settings,
    ...own,
  });

const wrong = ({ conversions }: ToolReport): readonly KeptRow[] =>
  conversions.flatMap(({ kept }) => kept).filter(({ claimed, lost, changed }) => claimed && lost + changed > 0);

test("one that copies keeps every field", async () => {
  const { report } = await tested(copier(""), `${copying}\n  fields: all`);
  expect(wrong(report)).toEqual([]);
  expect([isAsClaimed(report), isJudged(report)]).toEqual([true, true]);
  expect(report.conversions).toHaveLength(1);
  const asked = report.conversions[0]?.kept.map(({ what }) => what);
  expect(asked).toEqual([
    "media",
    "media.height",
    "media.id",
    "media.name",
    "media.width",
    "categories",
    "category.id",
    "category.supercategory",
    "annotations",
    "annotation.annotator",
    "annotation.area",
    "annotation.attributes",
    "annotation.box",
    "annotation.category",
    "annotation.created_at",
    "annotation.id",
    "annotation.iscrowd",
    "annotation.modified_at",
    "annotation.polygon",
    "annotation.rle",
    "order",
  ]);
  expect(report.conversions[0]?.kept.every(({ asked: count }) => count > 0)).toBe(true);
});

test.each([
  [
    "drops the second annotation of the third picture",
    "data.annotations.splice(data.annotations.findIndex(({ image_id }) => image_id === data.images[2].id) + 1, 1);",
    ["annotations lost"],
  ],
  ["rounds", "for (const one of data.annotations) one.bbox = one.bbox.map(Math.round);", ["annotation.box changed"]],
  [
    "swaps the sides of pictures",
    "for (const one of data.images) [one.width, one.height] = [one.height, one.width];",
    ["media.height changed", "media.width changed"],
  ],
  ["turns the order round", "data.annotations.reverse();", ["order changed"]],
  ["counts ids anew", "data.annotations.forEach((one, at) => { one.id = 7 * at; });", ["annotation.id changed"]],
  [
    "is one category off",
    "const ids = data.categories.map(({ id }) => id); for (const one of data.annotations) one.category_id = ids[(ids.indexOf(one.category_id) + 1) % ids.length];",
    ["annotation.category changed"],
  ],
  ["renames a category", "data.categories[0].name += ' ';", ["categories lost", "annotation.category changed"]],
  [
    "loses a picture with what is on it",
    "const gone = data.images.pop().id; data.annotations = data.annotations.filter(({ image_id }) => image_id !== gone);",
    ["media lost", "annotations lost"],
  ],
  [
    "writes an annotation twice",
    "data.annotations.push({ ...data.annotations[5], id: 1 });",
    ["annotations that were not there changed"],
  ],
  [
    "forgets attributes and crowds",
    "for (const one of data.annotations) { delete one.attributes; one.iscrowd = 0; }",
    ["annotation.attributes lost", "annotation.iscrowd changed"],
  ],
  [
    "adds an attribute",
    "for (const one of data.annotations) one.attributes = { ...one.attributes, is_crowd: false };",
    ["annotation.attributes that were not there changed"],
  ],
])(
  "one that %s is told so by these rows and no other",
  async (_, done, rows) => {
    const { report } = await tested(copier(done), `${copying}\n  fields: all`);
    expect(
      wrong(report).flatMap(({ what, lost, changed }) => [
        ...(lost > 0 ? [`${what} lost`] : []),
        ...(changed > 0 ? [`${what} changed`] : []),
      ]),
    ).toEqual(rows);
    expect(isAsClaimed(report)).toBe(false);
  },
  30_000,
);

test("what is not claimed is told, and is no failure", async () => {
  const { report } = await tested(copier("data.annotations.forEach((one, at) => { one.id = at; });"), copying);
  expect(report.conversions[0]?.kept.find(({ what }) => what === "annotation.id")).toMatchObject({ claimed: false });
  expect(isAsClaimed(report)).toBe(true);
});

test("a rounding that is claimed is none, and how far it went is said", async () => {
  const rounding = copier("for (const one of data.annotations) one.bbox = one.bbox.map(Math.round);");
  const { report } = await tested(rounding, `${copying}\n  fields: [annotation.box]\n  tolerance_px: 0.5`);
  const box = report.conversions[0]?.kept.find(({ what }) => what === "annotation.box");
  expect(box).toMatchObject({ changed: 0, greatest: 0.5 });
  expect(report.conversions[0]?.tolerance).toEqual({ px: 0.5, of_side: 0 });
  expect(isAsClaimed(report)).toBe(true);
});

describe("shares", () => {
  test("with six places keep boxes, there and back", async () => {
    const { report } = await tested(toYolo(6), `${both}\n  fields: all`);
    expect(report.conversions.map(({ from, to, way, outcome }) => `${from} ${to} ${way} ${outcome}`)).toEqual([
      "coco-instances yolo-detection there read",
      "coco-instances yolo-detection back read",
      "yolo-detection coco-instances there read",
      "yolo-detection coco-instances back read",
    ]);
    expect(wrong(report)).toEqual([]);
    const boxes = report.conversions.map(({ kept }) => kept.find(({ what }) => what === "annotation.box"));
    expect(boxes.every((row) => row !== undefined && row.asked > 100)).toBe(true);
    expect(boxes[0]?.greatest).toBeGreaterThan(0);
  }, 30_000);

  test("with three places do not, and the rest comes through", async () => {
    const { report } = await tested(toYolo(3), `${both}\n  fields: all`);
    expect([...new Set(wrong(report).map(({ what }) => what))]).toEqual(["annotation.box"]);
  }, 30_000);
});

describe("the least data", () => {
  let result: Conformed;
  beforeAll(async () => {
    const script = copier(`
for (const one of data.annotations) if (one.segmentation?.counts) delete one.segmentation;
for (const one of data.images) if (one.file_name.includes(" ")) one.width += 1;`);
    result = await tested(script, `${copying}\n  fields: [annotation.rle, media.width]`, { shrinkSeconds: 60 });
  }, 120_000);

  test("is one medium, and one annotation where it is about one", () => {
    const { cases } = result.report;
    expect(
      cases.map(({ rule, what, media, annotations, shrunk }) => ({ rule, what, media, annotations, shrunk })),
    ).toEqual([
      { rule: "media.width", what: "changed", media: 1, annotations: 0, shrunk: true },
      { rule: "annotation.rle", what: "lost", media: 1, annotations: 1, shrunk: true },
    ]);
  });

  test("has plain names and ids but for what matters", () => {
    const [width, rle] = result.report.cases.map(
      ({ files }) => files.find(({ path }) => path === "data/annotations/instances.json")?.text ?? "",
    );
    expect(width).toContain("IMG 0001 (2)");
    expect(rle).toContain('"id":1,"image_id":1,"category_id":1');
    expect(rle).toContain("images/1.png");
    expect(rle).not.toContain("attributes");
  });

  test("comes with the text of an issue and with what the tool wrote", () => {
    const files = result.cases.get("cases/coco-instances-coco-instances/annotation.rle-lost");
    const issue = Buffer.from(files?.get("ISSUE.md") ?? "").toString();
    for (const part of ["## Steps", "## Expected", "## Got", "little: annotation.rle lost"])
      expect(issue).toContain(part);
    expect([...(files?.keys() ?? [])].filter((path) => path.startsWith("got/"))).toEqual([
      "got/annotations/instances.json",
      "got/images/1.png",
    ]);
  });
});

describe("one that gives nothing to read", () => {
  test.each([
    ["hangs", "setInterval(() => {}, 1000)", "time-limit", false],
    ["ends with a status that is no answer", "process.exitCode = 1; console.error('no such label')", "exit", true],
    ["writes nothing", "", "unreadable", false],
    ["writes rubbish", "require('node:fs').writeFileSync(process.argv[3] + '/a.json', '{]');", "unreadable", false],
    [
      "writes another format",
      'require(\'node:fs\').writeFileSync(process.argv[3] + \'/a.json\', \'{"images":[],"categories":[],"annotations":[{"id":1,"image_id":1,"caption":"a"}]}\');',
      "unreadable",
      false,
    ],
  ])(
    "%s",
    async (_, script, ended, judged) => {
      const { report } = await tested(script, copying, {}, "time_limit_s: 2");
      expect(report.conversions).toHaveLength(1);
      expect(report.conversions[0]).toMatchObject({ outcome: "refused", kept: [] });
      expect(report.calls.map((call) => call.ended)).toEqual([ended]);
      expect([isAsClaimed(report), isJudged(report)]).toEqual([false, judged]);
    },
    30_000,
  );

  test("on some data is shrunk to the least that it refuses, asked in small datasets", async () => {
    const script = copier("if (data.categories.some(({ id }) => id === 0)) process.exit(3);");
    const { report } = await tested(script, copying, { shrinkSeconds: 60, perRule: 10 }, "pool: false");
    expect(report.conversions.map(({ outcome }) => outcome)).toEqual(["read", "refused"]);
    expect(report.conversions[1]?.reason).toMatch(/^\d \/ 10: exit 3/);
    expect(report.cases).toMatchObject([{ rule: "call", what: "refused", shrunk: true }]);
    expect(report.cases[0]?.annotations).toBeLessThan(2);
  }, 120_000);
});

describe("real data", () => {
  const street = fileURLToPath(new URL("../../../examples/street-signs/coco", import.meta.url));

  test("that conform go through too, under their name", async () => {
    const dropping = `
const { cpSync, existsSync, readFileSync, writeFileSync } = require("node:fs");
const [from, to] = process.argv.slice(2);
cpSync(from, to, { recursive: true });
const path = to + "/annotations/instances_val.json";
if (existsSync(path)) {
  const data = JSON.parse(readFileSync(path, "utf8"));
  data.annotations.pop();
  writeFileSync(path, JSON.stringify(data));
}`;
    const { report } = await tested(dropping, copying, { data: street });
    expect(report.conversions.map(({ data, outcome }) => [data, outcome])).toEqual([
      ["generated", "read"],
      ["coco", "read"],
    ]);
    expect(wrong(report).map(({ what, lost }) => [what, lost])).toEqual([["annotations", 1]]);
    expect(report.cases).toEqual([]);
  });

  test("that do not conform are held against no tool, and what is wrong with them is said", async () => {
    const folder = folderWith({
      "a.json":
        '{"images":[{"id":1,"file_name":"a.png","width":9,"height":9}],"categories":[{"id":1,"name":"a"}],"annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[1,1,-4,4],"area":16,"iscrowd":0}]}',
    });
    const { report } = await tested(copier(""), copying, { data: folder });
    expect(report.conversions).toHaveLength(1);
    expect(report.not_asked[0]?.reason.en).toContain("the data do not conform: box-degenerate × 1");
  });
});

test.each(toolTargets)("%s has the rows in both languages", async (target) => {
  const { report } = await tested(copier("data.annotations.reverse();"), `${copying}\n  fields: [order]`);
  for (const [lang, heading] of [
    ["zh", "转换"],
    ["en", "Conversions"],
  ] as const) {
    const text = renderTool(report, target, lang);
    if (target !== "json") expect(text).toContain(heading);
    expect(text).toContain(target === "md" ? "annotations" : "annotation.box");
  }
});
