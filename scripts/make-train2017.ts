/**
 * npx tsx scripts/make-train2017.ts OUT [--scale 1] [--seed 7]
 *
 * Writes a COCO file of the size and build of instances_train2017.json (118,000 images, 820,000 annotations, about 410 MB at scale 1), always the same
 * bytes for the same options, and OUT.key.json, which says what was planted in it and what the rules must therefore find. All else conforms: polygons
 * are simple and inside their image, box and area agree with them. Coordinates are whole hundredths of a pixel throughout, so the sums are exact.
 */
import { closeSync, openSync, writeFileSync, writeSync } from "node:fs";
import { parseArgs } from "node:util";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { scale: { type: "string", default: "1" }, seed: { type: "string", default: "7" } },
});
const out = positionals[0];
const scale = Number(options.scale);
if (out === undefined || !(scale >= 0.005)) {
  console.error("usage: npx tsx scripts/make-train2017.ts OUT [--scale 1, at least 0.005] [--seed 7]");
  process.exit(2);
}

const planted = {
  "box-out-of-bounds": 100,
  "id-duplicate": 50,
  "label-undefined": 40,
  "polygon-self-intersection": 30,
  "box-degenerate": 20,
  "json-duplicate-key": 10,
} as const;
type Defect = keyof typeof planted;

/** What the planted defects amount to, by rule: both of a pair are findings, and some break a second rule. */
const findings = {
  ...planted,
  "id-duplicate": 2 * planted["id-duplicate"],
  "polygon-out-of-bounds": planted["box-out-of-bounds"],
  "polygon-box-mismatch": planted["box-degenerate"],
};

const images = Math.round(118_000 * scale);
const annotations = Math.round(820_000 * scale);
const categories = 80;
const sizes = [640, 480, 480, 640, 640, 427, 500, 375] as const;
const crowdShare = 0.01;
const maxVertices = 41;

/** Mulberry32: 32 bits of state, the same everywhere. */
let state = Number(options.seed) | 0;
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const below = (n: number): number => Math.floor(random() * n);

/** Collects ASCII and writes it in megabytes. */
const file = openSync(out, "w");
const block = Buffer.allocUnsafe(1 << 20);
let used = 0;
let written = 0;
function flush(): void {
  for (let done = 0; done < used; ) done += writeSync(file, block, done, used - done);
  written += used;
  used = 0;
}
function text(ascii: string): void {
  if (used + ascii.length > block.length) flush();
  used += block.write(ascii, used, "latin1");
}
function byte(code: number): void {
  if (used === block.length) flush();
  block[used++] = code;
}
/** A whole number. */
function whole(value: number): void {
  if (used + 20 > block.length) flush();
  if (value < 0) {
    block[used++] = 0x2d;
    value = -value;
  }
  let digits = 1;
  for (let power = 10; power <= value; power *= 10) digits++;
  for (let at = used + digits - 1; at >= used; at--) {
    block[at] = 0x30 + (value % 10);
    value = Math.floor(value / 10);
  }
  used += digits;
}
/** A value in hundredths, as COCO prints it: without zeros at the end, but for one after the point. */
function hundredths(value: number): void {
  if (value < 0) byte(0x2d);
  const size = Math.abs(value);
  whole(Math.floor(size / 100));
  byte(0x2e);
  const rest = size % 100;
  byte(0x30 + Math.floor(rest / 10));
  if (rest % 10 !== 0) byte(0x30 + (rest % 10));
}

/** Which annotation carries which defect: distinct ones, never a neighbour of another. */
function chooseDefects(): Map<number, Defect> {
  const chosen = new Map<number, Defect>();
  for (const [defect, count] of Object.entries(planted) as [Defect, number][]) {
    for (let left = count; left > 0; ) {
      const at = 1 + below(annotations - 2);
      if (chosen.has(at - 1) || chosen.has(at) || chosen.has(at + 1)) continue;
      chosen.set(at, defect);
      left--;
    }
  }
  return chosen;
}

const imageIds = new Int32Array(images);
const imageSizes = new Uint8Array(images);
const xs = new Int32Array(maxVertices);
const ys = new Int32Array(maxVertices);
let vertices = 0;

function padded(value: number): string {
  return String(value).padStart(12, "0");
}

function writeImages(): void {
  let id = 0;
  for (let i = 0; i < images; i++) {
    id += 1 + below(9);
    imageIds[i] = id;
    const size = below(4);
    imageSizes[i] = size;
    const name = `${padded(id)}.jpg`;
    const when = `2013-11-${10 + below(20)} ${10 + below(14)}:${10 + below(50)}:${10 + below(50)}`;
    const flickr = `http://farm${1 + below(9)}.staticflickr.com/${1000 + below(8000)}/${1e9 + below(8e9)}_${(1 << 28) + below(1 << 28)}_z.jpg`;
    text(`${i === 0 ? "" : ","}{"license": ${1 + below(8)},"file_name": "${name}",`);
    text(`"coco_url": "http://images.cocodataset.org/train2017/${name}","height": ${sizes[size * 2 + 1]},`);
    text(`"width": ${sizes[size * 2]},"date_captured": "${when}","flickr_url": "${flickr}","id": ${id}}`);
  }
}

/** A star around a centre: simple, because its angles grow and its steps stay far above a hundredth. */
function drawStar(width: number, height: number): void {
  const small = Math.min(width, height);
  const radius = 600 + Math.floor(random() ** 3 * (small * 48 - 600));
  const cx = radius + 1 + below(width * 100 - 2 * radius - 2);
  const cy = radius + 1 + below(height * 100 - 2 * radius - 2);
  vertices = 6 + below(maxVertices - 6 + 1);
  for (let i = 0; i < vertices; i++) {
    const angle = ((i + 0.2 + 0.6 * random()) * 2 * Math.PI) / vertices;
    const reach = radius * (0.55 + 0.45 * random());
    xs[i] = Math.round(cx + reach * Math.cos(angle));
    ys[i] = Math.round(cy + reach * Math.sin(angle));
  }
}

/** Four points whose sides cross once; the lobes differ, so that they do not cancel. */
function drawBowTie(width: number, height: number): void {
  const x = 1000 + below(width * 100 - 12_000);
  const y = 1000 + below(height * 100 - 12_000);
  xs.set([x, x + 9000, x + 9000, x]);
  ys.set([y, y + 9000, y + 2000, y + 3000]);
  vertices = 4;
}

function shift(by: number): void {
  for (let i = 0; i < vertices; i++) xs[i] = (xs[i] ?? 0) + by;
}

function extreme(list: Int32Array, pick: (a: number, b: number) => number): number {
  let result = list[0] ?? 0;
  for (let i = 1; i < vertices; i++) result = pick(result, list[i] ?? 0);
  return result;
}

/** Twice the area, in squares of a hundredth of a pixel. */
function twiceArea(): number {
  let twice = 0;
  for (let i = 0; i < vertices; i++) {
    const next = i + 1 === vertices ? 0 : i + 1;
    twice += (xs[i] ?? 0) * (ys[next] ?? 0) - (xs[next] ?? 0) * (ys[i] ?? 0);
  }
  return Math.abs(twice);
}

function writePolygon(image: number, defect: Defect | undefined): void {
  const size = imageSizes[image] ?? 0;
  const width = sizes[size * 2] ?? 0;
  const height = sizes[size * 2 + 1] ?? 0;
  if (defect === "polygon-self-intersection") drawBowTie(width, height);
  else drawStar(width, height);
  // Five to fifteen pixels over the right edge.
  if (defect === "box-out-of-bounds") shift(width * 100 - extreme(xs, Math.max) + 500 + below(1000));
  text('{"segmentation": [[');
  for (let i = 0; i < vertices; i++) {
    if (i > 0) byte(0x2c);
    hundredths(xs[i] ?? 0);
    byte(0x2c);
    hundredths(ys[i] ?? 0);
  }
  const left = extreme(xs, Math.min);
  const top = extreme(ys, Math.min);
  const across = extreme(xs, Math.max) - left;
  text(`]],"area": ${(Math.round(twiceArea() / 2) / 10_000).toFixed(4)},"iscrowd": 0,`);
  if (defect === "json-duplicate-key") text('"iscrowd": 0,');
  text(`"image_id": ${imageIds[image]},"bbox": [`);
  hundredths(left);
  byte(0x2c);
  hundredths(top);
  byte(0x2c);
  hundredths(defect === "box-degenerate" ? -across : across);
  byte(0x2c);
  hundredths(extreme(ys, Math.max) - top);
}

/** A run of columns with a piece of each set: uncompressed RLE, column by column. */
function writeCrowd(image: number): void {
  const size = imageSizes[image] ?? 0;
  const width = sizes[size * 2] ?? 0;
  const height = sizes[size * 2 + 1] ?? 0;
  const columns = 10 + below(60);
  const left = 1 + below(width - columns - 2);
  text('{"segmentation": {"counts": [');
  let gap = left * height;
  let area = 0;
  let top = height;
  let bottom = 0;
  for (let i = 0; i < columns; i++) {
    const from = 10 + below(height - 60);
    const run = 4 + below(40);
    whole(gap + from);
    byte(0x2c);
    whole(run);
    byte(0x2c);
    gap = height - from - run;
    area += run;
    top = Math.min(top, from);
    bottom = Math.max(bottom, from + run);
  }
  whole(gap + (width - left - columns) * height);
  text(`],"size": [${height},${width}]},"area": ${area},"iscrowd": 1,"image_id": ${imageIds[image]},`);
  text(`"bbox": [${left},${top},${columns},${bottom - top}`);
}

function writeAnnotations(): number {
  const defects = chooseDefects();
  let crowds = 0;
  for (let i = 0; i < annotations; i++) {
    const defect = defects.get(i);
    if (i > 0) byte(0x2c);
    const image = below(images);
    if (defect === undefined && random() < crowdShare) {
      crowds++;
      writeCrowd(image);
    } else {
      writePolygon(image, defect);
    }
    text('],"category_id": ');
    whole(defect === "label-undefined" ? categories + 1 + below(9) : 1 + below(categories));
    text(',"id": ');
    whole(1768 + 2 * (defect === "id-duplicate" ? i - 1 : i));
    byte(0x7d);
  }
  return crowds;
}

const licenses = Array.from({ length: 8 }, (_, i) => ({
  url: "http://example.org/licence",
  id: i + 1,
  name: `L${i + 1}`,
}));
const info = {
  description: "Generated in the size of COCO 2017",
  version: "1.0",
  year: 2017,
  contributor: "touchstone",
};
text(`{"info": ${JSON.stringify(info)},"licenses": ${JSON.stringify(licenses)},"images": [`);
writeImages();
text('],"annotations": [');
const crowds = writeAnnotations();
const names = Array.from({ length: categories }, (_, i) => ({
  supercategory: `group ${1 + (i % 12)}`,
  id: i + 1,
  name: `category ${i + 1}`,
}));
text(`],"categories": ${JSON.stringify(names)}}`);
flush();
closeSync(file);
const key = { images, annotations, categories, crowds, bytes: written, planted, findings };
writeFileSync(`${out}.key.json`, `${JSON.stringify(key, undefined, 2)}\n`);
console.log(`${out}: ${(written / 1e6).toFixed(1)} MB, ${images} images, ${annotations} annotations`);
