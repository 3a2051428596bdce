import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { sampleNames, sampleReport } from "./sample.js";

const schema: unknown = JSON.parse(
  readFileSync(new URL("../../../reports/schema/report.schema.json", import.meta.url), "utf8"),
);
const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema as object);

test.each(sampleNames)("the sample %s fits the schema of report.json", (name) => {
  validate(sampleReport(name));
  expect(validate.errors ?? []).toEqual([]);
});
