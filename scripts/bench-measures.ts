/**
 * npm run bench -- measures [--only TEXT] [--pairs 3]
 *
 * Each bench of `scripts/bench-measures/`: the tool of the field and ours on the same data, alternately, in one run; the medians, their ratio, the bar,
 * and whether both computed the same. Tools come from PyPI into `.peers/`; one that cannot be had is skipped by name, and ours is timed alone.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BenchResult, MeasureBench } from "./bench-measures/bench.js";
import { type PeerPython, peerPython } from "./peers/python.js";

const folder = fileURLToPath(new URL("./bench-measures/", import.meta.url));

interface PeerResult extends BenchResult {
  readonly peer: string;
}

export async function benchMeasures({
  only,
  pairs,
}: {
  readonly only: string | undefined;
  readonly pairs: number;
}): Promise<void> {
  const peers = peerPython((line) => console.error(line));
  const families = readdirSync(folder).filter((name) => name.endsWith(".ts") && name !== "bench.ts");
  for (const name of families.sort()) {
    const { benches } = (await import(`./bench-measures/${name.replace(/\.ts$/, ".js")}`)) as {
      readonly benches: readonly MeasureBench[];
    };
    for (const bench of benches)
      if (only === undefined || bench.name.toLowerCase().includes(only.toLowerCase())) await run(bench, peers, pairs);
  }
}

async function run(bench: MeasureBench, peers: PeerPython | { readonly reason: string }, pairs: number): Promise<void> {
  console.log(`\n${bench.name}`);
  const data = mkdtempSync(join(tmpdir(), "touchstone-bench-"));
  try {
    bench.prepare(data);
    const ours: BenchResult[] = [];
    const theirs = new Map<string, PeerResult[]>();
    for (let pair = 0; pair < pairs; pair++) {
      for (const { file, task, package: wanted } of bench.peers) {
        const absent = "reason" in peers ? peers.reason : (peers.missing.get(wanted) ?? undefined);
        if (absent !== undefined) {
          if (pair === 0) console.log(`  skipped ${wanted}: ${absent}`);
          continue;
        }
        const result = peerRun((peers as PeerPython).python, file, task, data);
        if (typeof result === "string") {
          if (pair === 0) console.log(`  skipped ${wanted}: ${result}`);
        } else theirs.set(wanted, [...(theirs.get(wanted) ?? []), result]);
      }
      ours.push(await bench.run(data));
    }
    print(bench, ours, theirs);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

function peerRun(python: string, file: string, task: string, data: string): PeerResult | string {
  const ran = spawnSync(python, [join(folder, file), task, data], { encoding: "utf8", maxBuffer: 2 ** 28 });
  const line = ran.stdout?.trim().split("\n").at(-1) ?? "";
  return ran.status === 0 && line.startsWith("{")
    ? (JSON.parse(line) as PeerResult)
    : (ran.stderr?.trim().split("\n").at(-1) ?? "it ended");
}

function print(
  bench: MeasureBench,
  ours: readonly BenchResult[],
  theirs: ReadonlyMap<string, readonly PeerResult[]>,
): void {
  const mine = median(ours.map(({ seconds }) => seconds));
  const reach = bench.reach === undefined ? "" : `, reach for ${bench.reach}`;
  console.log(`  ours ${mine.toFixed(3)} s`);
  if ("seconds" in bench.bar) console.log(`  bar at most ${bench.bar.seconds} s${reach}`);
  for (const [name, results] of theirs) {
    const other = median(results.map(({ seconds }) => seconds));
    const [first] = results;
    const differences = Object.entries(first?.values ?? {}).map(([key, value]) =>
      Math.abs(value - (ours[0]?.values[key] ?? Number.NaN)),
    );
    const worst = Math.max(0, ...differences);
    const same = worst <= (bench.tolerance ?? 1e-9) ? "" : ", VALUES DIFFER";
    const bar = "ratio" in bench.bar ? ` (bar ${bench.bar.ratio}${reach})` : "";
    console.log(
      `  ${first?.peer ?? name} ${other.toFixed(3)} s: ${(other / mine).toFixed(2)} × ours${bar}; ${differences.length} values, furthest apart ${worst.toExponential(1)}${same}`,
    );
  }
}

function median(list: readonly number[]): number {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
