/**
 * npx tsx scripts/bench-json.ts FILE [--repeat 3]
 *
 * Times `JSON.parse(readFileSync(FILE))` against a full pass of our reader that reads every number of `annotations`, each in a process of its own, in
 * pairs; prints the medians, the ratio, and peak memory.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openFile } from "../src/formats/bytes/source.js";
import type { NumberList } from "../src/formats/json/api.js";
import { openJson } from "../src/formats/json/reader.js";

interface Figures {
  readonly seconds: number;
  readonly rssMb: number;
  readonly numbers: number;
  readonly faults: number;
}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { repeat: { type: "string", default: "3" }, only: { type: "string" } },
});
const path = positionals[0];
if (path === undefined) {
  console.error("usage: npx tsx scripts/bench-json.ts FILE [--repeat 3]");
  process.exit(2);
}
if (options.only === undefined) compare(path, Number(options.repeat));
else console.log(JSON.stringify(measured(options.only, path)));

function compare(file: string, repeat: number): void {
  const ways = ["parse", "pull", "leap"] as const;
  const runs = Array.from({ length: repeat }, () => ways.map((way) => inChild(way, file)));
  const medians = ways.map((way, i) => {
    const all = runs.map((run) => run[i] ?? inChild(way, file)).sort((a, b) => a.seconds - b.seconds);
    const median = all[all.length >> 1] ?? inChild(way, file);
    const name = { parse: "JSON.parse(readFileSync)", pull: "pull reader, every number", leap: "leap over everything" }[
      way
    ];
    const spread = all.map((run) => run.seconds.toFixed(2)).join(" ");
    console.log(
      `${name.padEnd(28)} ${median.seconds.toFixed(2)} s (${spread})  peak ${median.rssMb.toFixed(0)} MB  ${median.numbers} numbers, ${median.faults} faults`,
    );
    return median.seconds;
  });
  console.log(`pull reader ÷ JSON.parse     ${((medians[1] ?? 0) / (medians[0] ?? 1)).toFixed(3)}`);
}

function inChild(way: string, file: string): Figures {
  const script = fileURLToPath(import.meta.url);
  const args = [...process.execArgv, "--max-old-space-size=8192", script, file, "--only", way];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as Figures;
}

function measured(way: string, file: string): Figures {
  const begun = process.hrtime.bigint();
  const { numbers, faults } = way === "parse" ? parse(file) : way === "leap" ? leap(file) : pull(file);
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  return { seconds, rssMb: process.resourceUsage().maxRSS / 1024, numbers, faults };
}

function parse(file: string): { numbers: number; faults: number } {
  const data = JSON.parse(readFileSync(file, "utf8")) as { annotations: unknown[] };
  return { numbers: data.annotations.length, faults: 0 };
}

function leap(file: string): { numbers: number; faults: number } {
  const json = openJson(openFile({ absolute: file }), { onFault: () => {} });
  json.leap();
  json.end();
  return { numbers: 0, faults: 0 };
}

/** As a format reads: sections by key, one record's fields at a time, coordinates into one list. */
function pull(file: string): { numbers: number; faults: number } {
  let faults = 0;
  let numbers = 0;
  const json = openJson(openFile({ absolute: file }), { onFault: () => faults++ });
  const list: NumberList = { values: new Float64Array(1024), length: 0 };
  const readNumbers = (): void => {
    list.length = 0;
    json.numbers(list);
    numbers += list.length;
  };
  const readSegmentation = (): void => {
    if (json.peek() === "array") {
      json.enterArray();
      while (json.nextElement()) readNumbers();
      return;
    }
    json.enterObject();
    for (let key = json.nextKey(); key !== undefined; key = json.nextKey()) {
      if (json.peek() === "array") readNumbers();
      else json.skip();
    }
  };
  const readAnnotation = (): void => {
    json.enterObject();
    for (let key = json.nextKey(); key !== undefined; key = json.nextKey()) {
      if (key === "segmentation") readSegmentation();
      else if (key === "bbox") readNumbers();
      else if (key === "area" || key === "iscrowd") {
        json.number();
        numbers++;
      } else if (key === "id" || key === "image_id" || key === "category_id") {
        json.id();
        numbers++;
      } else json.skip();
    }
  };
  const readImage = (): void => {
    json.enterObject();
    for (let key = json.nextKey(); key !== undefined; key = json.nextKey()) {
      if (json.peek() === "string") json.string();
      else json.id();
    }
  };
  json.enterObject();
  for (let key = json.nextKey(); key !== undefined; key = json.nextKey()) {
    if (key !== "annotations" && key !== "images") {
      json.skip();
      continue;
    }
    json.enterArray();
    while (json.nextElement()) {
      if (key === "images") readImage();
      else readAnnotation();
    }
  }
  json.end();
  return { numbers, faults };
}
