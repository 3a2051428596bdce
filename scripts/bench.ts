/**
 * npm run bench [-- --quick] [-- --scale 1 --pairs 3]
 * npm run bench -- measures [--only TEXT] [--pairs 3]: the measures beside the tools of the field (bench-measures.ts)
 *
 * Our whole assessment (the built command, one thread, all rules, HTML written) against a bare `JSON.parse(readFileSync)` on a COCO file of the size of
 * train2017: time and peak memory as the median of pairs in one run, the counts of every rule against what was planted, the memory for a file twice as
 * long, and what it costs to start. It prints figures and judges nothing: the machine decides them. The files are made once, in the system's temporary
 * folder. Speed of single rules: `npx tsx scripts/bench-cel.ts`; of the JSON reader alone: `npx tsx scripts/bench-json.ts FILE`.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Report } from "../src/records/report.gen.js";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string" },
    quick: { type: "boolean", default: false },
    scale: { type: "string" },
    pairs: { type: "string", default: "3" },
  },
});
const scale = Number(options.scale ?? (options.quick ? 0.1 : 1));
const pairs = Number(options.pairs);
if (!(scale >= 0.01) || !(pairs >= 1)) {
  console.error("usage: npm run bench [-- --quick] [-- --scale 1, at least 0.01] [-- --pairs 3, at least 1]");
  process.exit(2);
}

const root = fileURLToPath(new URL("../", import.meta.url));
const command = join(root, "dist/cli/main.js");
const out = mkdtempSync(join(tmpdir(), "touchstone-bench-"));

interface Key {
  readonly images: number;
  readonly annotations: number;
  readonly categories: number;
  readonly crowds: number;
  readonly bytes: number;
  readonly findings: Readonly<Record<string, number>>;
}

interface Run {
  readonly seconds: number;
  readonly peakMb: number;
}

function main(): void {
  try {
    buildIfStale();
    compareWithParse();
    compareStart();
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** dist/ is stale when a source, a standard or a template is younger than the digest that the build writes last. */
function buildIfStale(): void {
  const digest = join(root, "dist/build.json");
  const built = existsSync(digest) ? statSync(digest).mtimeMs : 0;
  const sources = ["src", "standards", "reports"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => !name.includes(".test."))
      .map((name) => join(root, folder, name)),
  );
  if (sources.some((path) => statSync(path).mtimeMs > built))
    execFileSync(process.execPath, ["--import", import.meta.resolve("tsx"), join(root, "scripts/build.ts")], {
      stdio: "inherit",
    });
}

function compareWithParse(): void {
  const file = made(scale);
  const key = JSON.parse(readFileSync(`${file}.key.json`, "utf8")) as Key;
  console.log(
    `${(key.bytes / 1e6).toFixed(0)} MB, ${key.images} images, ${key.annotations} annotations; ${pairs} pairs, alternating`,
  );
  const ours: Run[] = [];
  const bare: Run[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    ours.push(assess(file));
    bare.push(
      inChild(["-e", 'JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"))', file], {
        heapMb: 8192,
      }),
    );
    const [mine, other] = [ours[pair], bare[pair]];
    if (mine !== undefined && other !== undefined)
      console.log(
        `  pair ${pair + 1}: ${mine.seconds.toFixed(2)} s, ${other.seconds.toFixed(2)} s; ratio ${(mine.seconds / other.seconds).toFixed(2)}`,
      );
  }
  const seconds = (runs: readonly Run[]): number => median(runs.map((run) => run.seconds));
  const peak = (runs: readonly Run[]): number => median(runs.map((run) => run.peakMb));
  const ratios = ours.map((run, at) => run.seconds / (bare[at]?.seconds ?? Number.NaN));
  console.log("                            time     peak memory");
  console.log(`assess, all rules, HTML  ${figure(seconds(ours), 2)} s  ${figure(peak(ours), 0)} MB`);
  console.log(`JSON.parse(readFileSync) ${figure(seconds(bare), 2)} s  ${figure(peak(bare), 0)} MB`);
  console.log(`time ratio, median of ${pairs} pairs: ${median(ratios).toFixed(2)} (bar 1.0, reach for 0.5)`);

  printCounts(JSON.parse(readFileSync(join(out, "report.json"), "utf8")) as Report, key);

  const twice = assess(made(2 * scale));
  console.log(
    `a file twice as long: ${twice.seconds.toFixed(2)} s, peak ${twice.peakMb.toFixed(0)} MB; memory ratio ${(twice.peakMb / peak(ours)).toFixed(2)} (bar 1.3, reach for 1.1)`,
  );
}

/** The generated file of this scale; it is always the same bytes, so one that is whole is used again. */
function made(size: number): string {
  const folder = process.env["TOUCHSTONE_BENCH_FILES"] ?? tmpdir();
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `touchstone-train2017-x${size}.json`);
  const whole =
    existsSync(`${file}.key.json`) &&
    existsSync(file) &&
    statSync(file).size === (JSON.parse(readFileSync(`${file}.key.json`, "utf8")) as Key).bytes;
  if (!whole)
    execFileSync(
      process.execPath,
      ["--import", import.meta.resolve("tsx"), join(root, "scripts/make-train2017.ts"), file, "--scale", String(size)],
      { stdio: "inherit" },
    );
  return file;
}

function assess(data: string): Run {
  return inChild([command, "assess", data, "--out", out, "--quiet"], { statuses: [0, 1, 4] });
}

/** A Node process of its own: wall time as its parent sees it, and the peak that the system counted for it. */
function inChild(
  args: readonly string[],
  { heapMb, statuses = [0] }: { heapMb?: number; statuses?: readonly number[] } = {},
): Run {
  const tell =
    'import{writeSync}from"node:fs";process.on("exit",()=>writeSync(3,String(process.resourceUsage().maxRSS)))';
  const flags = ["--import", `data:text/javascript,${encodeURIComponent(tell)}`];
  if (heapMb !== undefined) flags.push(`--max-old-space-size=${heapMb}`);
  const begun = process.hrtime.bigint();
  const child = spawnSync(process.execPath, [...flags, ...args], { stdio: ["ignore", "ignore", "inherit", "pipe"] });
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  if (child.error !== undefined) throw child.error;
  if (child.status === null || !statuses.includes(child.status))
    throw new Error(`${args.join(" ")} ended with ${child.status ?? child.signal}`);
  return { seconds, peakMb: Number(child.output[3]?.toString()) / 1024 };
}

type Count = (key: Key) => number;
const each: Count = (key) => key.annotations;
const outlined: Count = (key) => key.annotations - key.crowds;
const crowd: Count = (key) => key.crowds;
const image: Count = (key) => key.images;
const category: Count = (key) => key.categories;
const record: Count = (key) => key.images + key.annotations + key.categories;
const recordOrFile: Count = (key) => record(key) + 1;
const plantedIn = (key: Key, defect: string): number => key.findings[defect] ?? 0;
/** Crowds, boxes without an extent, and categories that do not exist have no place among the boxes of a category. */
const comparable: Count = (key) => outlined(key) - plantedIn(key, "box-degenerate") - plantedIn(key, "label-undefined");

/** What each rule is asked of in the generated file, where there is such a thing at all. */
const asked: readonly (readonly [Count, string])[] = [
  [each, "box-degenerate box-out-of-bounds box-duplicate-exact box-duplicate-overlap"],
  [each, "box-class-conflict box-contained-same-label box-covers-image box-scale-suspect crowd-flag-invalid"],
  [each, "id-duplicate id-format-invalid reference-dangling label-undefined polygon-area-mismatch"],
  [(key) => key.annotations - plantedIn(key, "box-degenerate"), "box-too-small box-outside-image"],
  [comparable, "box-aspect-ratio-extreme box-size-outlier"],
  [outlined, "polygon-too-few-points polygon-odd-length polygon-zero-area polygon-self-intersection"],
  [outlined, "polygon-repeated-vertex polygon-collinear-excess polygon-out-of-bounds polygon-box-mismatch"],
  [(key) => outlined(key) - plantedIn(key, "label-undefined"), "polygon-vertex-density-low"],
  [crowd, "rle-count-mismatch rle-size-mismatch mask-empty mask-box-mismatch"],
  [image, "id-duplicate-media package-path-unsafe item-path-duplicate media-too-small"],
  [category, "id-duplicate-category label-unused label-name-collision ontology-cycle label-not-leaf record-orphan"],
  [record, "record-schema-violation field-missing field-type-mismatch value-not-finite text-not-nfc"],
  [record, "text-control-characters text-replacement-character"],
  [recordOrFile, "json-duplicate-key json-number-unsafe invalid-utf8 field-unknown"],
  [() => 1, "json-parse-error file-unreadable bom-present newline-mixed"],
];
const askedBy = new Map(asked.flatMap(([count, ids]) => ids.split(" ").map((id) => [id, count] as const)));

/** A small box that was pushed over the edge by more than its width lies wholly outside: some of the planted ones, by chance. */
const followsBox = "box-outside-image";

function printCounts(report: Report, key: Key): void {
  const planted = new Map(Object.entries(key.findings));
  const strange: string[] = [];
  let compared = 0;
  console.log(`\n${"rule".padEnd(32)}  evaluated   expected      found   expected`);
  for (const { id, verdict, evaluated, violations } of report.rules) {
    if (evaluated === 0 && !planted.has(id)) continue;
    const wanted = askedBy.get(id)?.(key);
    // Advisory rules find by chance what the generator did not plant: two stars over one another, a long box.
    const found = planted.get(id) ?? (verdict === "advisory" || id === followsBox ? undefined : 0);
    if ((wanted !== undefined && wanted !== evaluated) || (found !== undefined && found !== violations))
      strange.push(id);
    if (wanted !== undefined) compared++;
    console.log(
      `${id.padEnd(32)} ${column(evaluated)} ${column(wanted)} ${column(violations)} ${found === undefined ? "  by chance" : column(found)}`,
    );
  }
  console.log(
    strange.length === 0
      ? `all counts as expected (${compared} rules with an expected number of evaluations)\n`
      : `counts differ: ${strange.join(", ")}\n`,
  );
}

function compareStart(): void {
  const example = join(root, "examples/street-signs/coco");
  const version = medianOf(11, [
    () => inChild([command, "--version"]).seconds,
    () => inChild(["-e", "0"]).seconds,
    () => assess(example).seconds,
  ]);
  const [start = Number.NaN, bare = Number.NaN, small = Number.NaN] = version;
  console.log(
    `start: --version ${start.toFixed(3)} s, node -e 0 ${bare.toFixed(3)} s; ratio ${(start / bare).toFixed(2)} (bar 2.5, reach for 1.5), medians of 11`,
  );
  console.log(`assess of the 20-image example: ${small.toFixed(2)} s (bar 1.5, reach for 0.7)`);
}

/** Medians of several contestants that take turns. */
function medianOf(rounds: number, contestants: readonly (() => number)[]): number[] {
  const times = contestants.map((): number[] => []);
  for (let round = 0; round < rounds; round++) for (const [at, run] of contestants.entries()) times[at]?.push(run());
  return times.map(median);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function figure(value: number, digits: number): string {
  return value.toFixed(digits).padStart(10);
}

function column(value: number | undefined): string {
  return (value === undefined ? "—" : String(value)).padStart(10);
}

if (positionals[0] === "measures") {
  const { benchMeasures } = await import("./bench-measures.js");
  await benchMeasures({ only: options.only, pairs });
} else main();
