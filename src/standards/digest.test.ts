import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { inFolder } from "../../suites/testing/folder.js";
import { withStandard } from "../../suites/testing/tiny-standard.js";
import { assess } from "../assess.js";
import type { Rule, StandardDocument } from "../records/grammar.gen.js";
import { digestsOf, tellingFields } from "./digest.js";

const schema = JSON.parse(readFileSync(new URL("../../standards/meta/rules.schema.json", import.meta.url), "utf8")) as {
  readonly $defs: { readonly rule: { readonly properties: Readonly<Record<string, unknown>> } };
};
const document = { id: "tiny", edition: "1.0.0" } as StandardDocument;
const digests = (rule: Readonly<Record<string, unknown>>) =>
  digestsOf({ document, rules: [{ id: "a", ...rule } as unknown as Rule], scheme: undefined, schemas: {} });

test.each(Object.keys(schema.$defs.rule.properties))("another %s is another standard", (field) => {
  const [one, other] = [digests({ [field]: "one" }), digests({ [field]: "other" })];
  expect(other.full).not.toBe(one.full);
  const decides = !(tellingFields as readonly string[]).includes(field);
  expect(other.deciding !== one.deciding).toBe(decides);
});

const coco = JSON.stringify({
  images: [{ id: 1, file_name: "a.jpg", width: 40, height: 30 }],
  annotations: [1, 2].map((id) => ({ id, image_id: 1, category_id: 1, bbox: [1, id, 4, 4], area: 16, iscrowd: 0 })),
  categories: [{ id: 1, name: "cat" }],
});
const group = { id: "a", on: "annotation", within: "media", when: "has(annotation.box)" };
const same = { ...group, assert: "distinctValues(siblings, at) == 1" };
const missing = { id: "a", on: "media", when: "has(media.found)", assert: "media.found", indicator: "I" };
const scheme = { missing_media: "evidence", dimensions: [{ code: "D", indicators: [{ code: "I" }] }] };

test.each([
  [
    "column",
    [
      { ...same, column: "annotation.box.x" },
      { ...same, column: "annotation.box.y" },
    ],
    [
      { rule: "conforming", indicator: "indeterminate" },
      { rule: "nonconforming", indicator: "indeterminate" },
    ],
  ],
  [
    "needs_media",
    [{ ...missing, needs_media: true }, missing],
    [
      { rule: "not-applicable", indicator: "indeterminate" },
      { rule: "not-applicable", indicator: "not-applicable" },
    ],
  ],
] as const)("another %s gives another verdict", async (_, rules, expected) => {
  const verdicts = rules.map((rule) =>
    withStandard([rule], scheme, (folder) =>
      inFolder({ "a.json": coco }, async (data) => {
        const report = await assess(data, { scheme: folder });
        return { rule: report.rules[0]?.verdict, indicator: report.indicators[0]?.verdict };
      }),
    ),
  );
  expect(await Promise.all(verdicts)).toEqual(expected);
});
