import * as fc from "fast-check";
import { test } from "vitest";
import { assess } from "../src/assess.js";
import { cocoText, models } from "./testing/coco-model.js";
import { inFolder } from "./testing/folder.js";
import { tinyRules, tinyScheme } from "./testing/tiny-rules.js";
import { withStandard } from "./testing/tiny-standard.js";
test("try", () => withStandard(tinyRules, tinyScheme, async (standard) => {
  for (const model of fc.sample(models, 3)) {
    const t = performance.now();
    const text = cocoText(model);
    const r = await inFolder({ "a.json": text }, (f) => assess(f, { standards: [standard] }));
    console.log((performance.now() - t).toFixed(), text, r.verdict, JSON.stringify(r.reasons), r.rules.map(x => `${x.id} ${x.evaluated} ${x.violations} ${x.not_evaluated} ${JSON.stringify(x.not_evaluated_codes)}`), JSON.stringify(r.dimensions), r.indicators.map(i=>[i.code,i.lower,i.upper]), r.findings.map(f=>f.rule+" "+f.fingerprint));
  }
}));
