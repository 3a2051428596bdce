/**
 * npm run check:peers [-- --family NAME] [--measure ID] [--runs N] [--seed N] [--record]
 *
 * Holds our measures against the tools of the field on random inputs: `scripts/peers/<family>.ts` says which inputs, `<family>.py` what the tool answers.
 * The tools come from PyPI into `.peers/`; one that cannot be had is skipped by name. Status 1 where an answer differs by more than the tolerance.
 * `--record` writes the tools to src/measures/validation.json, which `touchstone measure --list` shows.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import fc from "fast-check";
import { plain } from "../src/cli/measure-text.js";
import { calculate } from "../src/measures/functions.js";
import { MeasureError } from "../src/measures/inputs.js";
import type { PeerCheck } from "./peers/peer.js";
import { peerPython } from "./peers/python.js";
import { differenceOf } from "./reference/judge.js";

const { values: options } = parseArgs({
  options: {
    family: { type: "string" },
    measure: { type: "string" },
    runs: { type: "string" },
    seed: { type: "string", default: "1" },
    record: { type: "boolean", default: false },
  },
});
const folder = fileURLToPath(new URL("./peers/", import.meta.url));
const peers = peerPython((line) => console.error(line));
if ("reason" in peers) {
  console.log(`skipped: no Python with a venv module (${peers.reason})`);
  process.exit(0);
}
for (const [name, reason] of peers.missing) console.log(`skipped ${name}: ${reason}`);

const families = readdirSync(folder)
  .filter((name) => name.endsWith(".py") && existsSync(join(folder, name.replace(/\.py$/, ".ts"))))
  .map((name) => name.slice(0, -3))
  .filter((name) => options.family === undefined || name === options.family)
  .sort();
let compared = 0;
let differing = 0;
const agreed = new Map<string, Set<string>>();
for (const family of families) {
  const { checks } = (await import(`./peers/${family}.js`)) as { readonly checks: readonly PeerCheck[] };
  for (const check of checks) {
    if (options.measure !== undefined && check.measure !== options.measure.replaceAll("_", "-")) continue;
    const version = peers.versions.get(check.peer);
    if (version === undefined) {
      console.log(`skipped ${check.measure}: ${check.peer} is not there`);
      continue;
    }
    const { runs, worst, refused, differences } = compare(family, check, peers.python);
    compared += runs;
    differing += differences.length;
    const mark = differences.length === 0 ? "✓" : "✗";
    console.log(
      `${mark} ${check.measure.padEnd(28)} ${`${check.peer} ${version}`.padEnd(26)} ${runs} inputs, worst ${worst.toExponential(1)} (tolerance ${tolerance(check)})` +
        `${refused === 0 ? "" : `, both refuse ${refused}`}`,
    );
    for (const line of differences.slice(0, 3)) console.log(`    ${line}`);
    if (differences.length === 0) {
      const id = check.measure.replaceAll("_", "-").toLowerCase();
      const all = agreed.get(id) ?? new Set<string>();
      agreed.set(id, all.add(`${check.peer} ${version}`));
    }
  }
}
console.log(`${compared} inputs compared, ${differing} differ`);
if (options.record) record();
process.exitCode = differing > 0 || compared === 0 ? 1 : 0;

function tolerance(check: PeerCheck): number {
  return check.tolerance ?? 1e-9;
}

interface Compared {
  readonly runs: number;
  readonly worst: number;
  readonly refused: number;
  readonly differences: readonly string[];
}

function compare(family: string, check: PeerCheck, python: string): Compared {
  const numRuns = Number(options.runs ?? check.runs ?? 200);
  const inputs = fc.sample(check.inputs, { numRuns, seed: Number(options.seed) });
  const asked = inputs.map((one) => JSON.stringify({ answers: check.answers, inputs: one })).join("\n");
  const run = spawnSync(python, [join(folder, "answer.py"), family], {
    cwd: folder,
    input: `${asked}\n`,
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  const answers = run.stdout.trim().split("\n");
  if (run.status !== 0 || answers.length !== inputs.length)
    return { runs: 0, worst: 0, refused: 0, differences: [`the peer ended: ${run.stderr.trim().split("\n").at(-1)}`] };
  let worst = 0;
  let refused = 0;
  const differences: string[] = [];
  inputs.forEach((one, at) => {
    const theirs = JSON.parse(answers[at] ?? "{}") as { outputs?: Record<string, unknown>; error?: string };
    const ours = oursOf(check.measure, one);
    if (theirs.outputs === undefined || ours instanceof MeasureError) {
      if (theirs.outputs === undefined && ours instanceof MeasureError) refused += 1;
      else differences.push(`ours ${shown(ours)}, theirs ${theirs.error ?? shown(theirs.outputs)}, of ${shown(one)}`);
      return;
    }
    const peer = (ours["peer_convention"] ?? {}) as Readonly<Record<string, unknown>>;
    for (const field of check.fields ?? Object.keys(theirs.outputs)) {
      const wanted = theirs.outputs[field] ?? null;
      const got = ours[field] ?? peer[field] ?? null;
      const { error, says } = differenceOf(got, wanted, tolerance(check), field);
      worst = Math.max(worst, error);
      if (says !== "") differences.push(`${says.replace("published", check.peer)}, of ${shown(one)}`);
    }
  });
  return { runs: inputs.length, worst, refused, differences };
}

function oursOf(measure: string, inputs: Readonly<Record<string, unknown>>): Record<string, unknown> | MeasureError {
  try {
    return plain(calculate(measure, inputs), "en");
  } catch (error) {
    if (error instanceof MeasureError) return error;
    throw error;
  }
}

function shown(value: unknown): string {
  const text = value instanceof Error ? value.message : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}

/** Keeps what check:reference wrote. */
function record(): void {
  const path = fileURLToPath(new URL("../src/measures/validation.json", import.meta.url));
  const kept = JSON.parse(readFileSync(path, "utf8")) as Record<string, object>;
  for (const [measure, tools] of agreed) kept[measure] = { ...kept[measure], peers: [...tools].sort() };
  const sorted = Object.fromEntries(Object.entries(kept).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(path, `${JSON.stringify(sorted, undefined, 2)}\n`);
}
