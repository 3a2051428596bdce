/**
 * npx tsx scripts/make-examples.ts [--out examples]
 *
 * Draws the two example datasets, each in COCO, VOC and YOLO: street-signs conforms, street-signs-defects has defects planted in it, and a list of the
 * findings that must come of them beside each format. Always the same bytes: no clock, a seed of its own, a PNG encoder of its own.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { exampleFiles } from "./examples/files.js";

const { values } = parseArgs({ options: { out: { type: "string" } } });
const out = values.out ?? fileURLToPath(new URL("../examples", import.meta.url));
let bytes = 0;
const files = exampleFiles();
for (const folder of new Set([...files.keys()].map((path) => path.split("/").slice(0, 2).join("/")))) {
  if (!/\.(md|json)$/.test(folder)) rmSync(join(out, folder), { recursive: true, force: true });
}
for (const [path, content] of files) {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  writeFileSync(join(out, path), content);
  bytes += content.length;
}
console.log(`${files.size} files, ${(bytes / 1e3).toFixed(0)} kB in ${values.out ?? "examples"}`);
