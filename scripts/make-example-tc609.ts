/**
 * npx tsx scripts/make-example-tc609.ts [--out examples/tc609-jsonl]
 *
 * Draws the pictures of the TC609 example, writes its records, and puts the digests of its documents into evidence.yaml. Always the same bytes.
 * The documents are written by hand.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Colour, encodePng } from "../src/formats/png/encode.js";
import { randomFrom } from "./examples/scene.js";

const { values } = parseArgs({ options: { out: { type: "string" } } });
const out = values.out ?? fileURLToPath(new URL("../examples/tc609-jsonl", import.meta.url));

const width = 320;
const height = 240;
const palette: readonly Colour[] = [
  [214, 204, 186],
  [198, 186, 165],
  [180, 40, 44],
  [36, 78, 152],
  [245, 244, 240],
];
const classes = ["红纽扣", "蓝纽扣"] as const;

interface Button {
  readonly category: (typeof classes)[number];
  readonly bbox: readonly [number, number, number, number];
}

/** Buttons on a cloth, one in each of the cells that chance picks, so that none touches another. */
function draw(seed: number): { readonly png: Buffer; readonly buttons: readonly Button[] } {
  const random = randomFrom(seed);
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) pixels[y * width + x] = (x >> 3) % 2 === (y >> 3) % 2 ? 0 : 1;
  const buttons: Button[] = [];
  for (let cell = 0; cell < 12; cell++) {
    if (random(3) > 0 && !(cell === 11 && buttons.length === 0)) continue;
    const kind = random(2);
    const radius = 16 + random(14);
    const cx = (cell % 4) * 80 + 40 + random(9) - 4;
    const cy = Math.floor(cell / 4) * 80 + 40 + random(9) - 4;
    for (let y = cy - radius; y <= cy + radius; y++) {
      for (let x = cx - radius; x <= cx + radius; x++) {
        const far = (x - cx) ** 2 + (y - cy) ** 2;
        if (far > radius ** 2) continue;
        const hole = Math.min((x - cx - 5) ** 2, (x - cx + 5) ** 2) + (y - cy) ** 2 <= 6;
        pixels[y * width + x] = hole ? 4 : 2 + kind;
      }
    }
    // Pixels cx − radius … cx + radius are covered, both of them.
    buttons.push({
      category: classes[kind] ?? "红纽扣",
      bbox: [cx - radius, cy - radius, 2 * radius + 1, 2 * radius + 1],
    });
  }
  return { png: encodePng({ width, height, pixels }, palette), buttons };
}

function recordOf(index: number, name: string, buttons: readonly Button[]): unknown {
  return {
    id: `buttons-${String(index).padStart(4, "0")}`,
    rid: [],
    data_content: [{ media_type: "image", content: name, width, height }],
    annotation: {
      label: buttons.map(({ category, bbox }) => ({ category, bbox, iscrowd: 0 })),
      annotation_method: "人工标注",
      annotator: index % 3 === 0 ? "专业标注员" : "普通标注员",
    },
    original_time: "2026-09-01",
    last_modified_time: "2026-09-15",
    version: "1.0.0",
    license: "开源",
    source: "自采",
    source_details: "试金石项目绘制的示例图片",
    generated_data_indicator: 1,
  };
}

mkdirSync(join(out, "data", "images"), { recursive: true });
const lines: string[] = [];
for (let index = 1; index <= 12; index++) {
  const name = `images/buttons-${String(index).padStart(4, "0")}.png`;
  const { png, buttons } = draw(6090 + index);
  writeFileSync(join(out, "data", name), png);
  lines.push(JSON.stringify(recordOf(index, name, buttons)));
}
writeFileSync(join(out, "data", "records.jsonl"), `${lines.join("\n")}\n`);

const evidence = join(out, "evidence.yaml");
const digested = readFileSync(evidence, "utf8").replace(
  /(path: (\S+)\n\s+sha256: )"[^"]*"/g,
  (_, before: string, path: string) =>
    `${before}"${createHash("sha256")
      .update(readFileSync(join(out, path)))
      .digest("hex")}"`,
);
writeFileSync(evidence, digested);
console.log(`${lines.length} records in ${values.out ?? "examples/tc609-jsonl"}`);
