import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { toolOf } from "../report/tool.js";
import { compare, type GoldComparison } from "./compare.js";

const tool = toolOf();

function measuredBy(result: GoldComparison, id: string): number {
  return result.measurements.find((one) => one.id === id)?.x ?? Number.NaN;
}

const corpus = fileURLToPath(new URL("../../../shared/corpus/", import.meta.url));
const instances = join(corpus, "coco-instances/faster_coco_eval-val2014_100/instances_val2014_100.json");
const results = join(corpus, "coco-results/cocoapi-fake-results/instances_val2014_fakebbox100_results.json");

describe.skipIf(!existsSync(instances))("COCO's own results (skipped where ../shared/corpus is not there)", () => {
  // pycocotools 2.0.11, COCOeval(gt, dt, "bbox").stats of these two files.
  const stats: Readonly<Record<string, number>> = {
    "gold-ap": 0.5045806987249628,
    "gold-ap50": 0.6969727247299577,
    "gold-ap75": 0.5729816669904824,
    "gold-apsmall": 0.5856257209410443,
    "gold-apmedium": 0.5193996948036719,
    "gold-aplarge": 0.5013978986347466,
    "gold-ar1": 0.38681277964578054,
    "gold-ar10": 0.5936795762842003,
    "gold-ar100": 0.595352982877607,
    "gold-arsmall": 0.6398109626113442,
    "gold-armedium": 0.5664205978994309,
    "gold-arlarge": 0.5642905982905982,
  };
  test("AP and AR are those of pycocotools", async () => {
    const result = await compare(instances, results, tool);
    expect(result.inference).toBe("process");
    for (const [id, value] of Object.entries(stats)) expect(measuredBy(result, id)).toBeCloseTo(value, 9);
    expect(result.measurements.find(({ id }) => id === "gold-f1")?.interval).toMatchObject({ level: 0.95 });
  });
  test("AP and AR of masks are those of pycocotools", async () => {
    const stats = [
      ...[0.3195452758576433, 0.5622883972521636, 0.29892653412086784, 0.3873740315997837, 0.31018272403369485],
      ...[0.3269339071005138, 0.2682297225711534, 0.41544868114906375, 0.4168394992198818, 0.4694498622754236],
      ...[0.37675922666197265, 0.3814715099715099],
    ];
    const result = await compare(instances, results.replace("fakebbox", "fakesegm"), tool);
    const ours = result.measurements.filter(({ id }) => id.startsWith("gold-mask-")).map(({ x }) => x ?? Number.NaN);
    expect(ours.length).toBe(stats.length);
    stats.forEach((value, at) => {
      expect(ours[at]).toBeCloseTo(value, 9);
    });
  });
});
