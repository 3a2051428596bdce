import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { clearMot } from "../../src/measures/tracking/clear.js";
import { hota } from "../../src/measures/tracking/hota.js";
import { motIdentity } from "../../src/measures/tracking/identity.js";
import { clearCounts, clearState } from "../../src/statistics/clear-mot.js";
import { hotaCounts, hotaState } from "../../src/statistics/hota.js";
import { Random } from "../../src/statistics/random.js";
import { boxOverlap } from "../../src/statistics/track-boxes.js";
import { identityCounts, identityState } from "../../src/statistics/track-identity.js";
import { type TrackFrame, type TrackSequence, trackSequence } from "../../src/statistics/track-sequence.js";
import type { BenchResult, MeasureBench } from "./bench.js";

const SEQUENCES = 7;
const FRAMES = 750;
const OBJECTS = 16;

/** MOT17's shape: pedestrians that come and go, a tracker that misses, swaps, loses ids and sees what is not there. */
function draw(seed: number): TrackSequence {
  const random = new Random(seed);
  const share = () => random.word() / 2 ** 32;
  const walker = (id: number) => ({
    id,
    follow: id,
    x: share() * 1800,
    y: share() * 900,
    vx: share() * 8 - 4,
    vy: share() * 4 - 2,
    width: 30 + share() * 60,
    height: 80 + share() * 150,
    until: 40 + share() * 400,
  });
  let next = 0;
  const walkers = Array.from({ length: OBJECTS }, () => walker(next++));
  let fresh = 1_000_000;
  const frames = Array.from({ length: FRAMES }, (_, t): TrackFrame => {
    walkers.forEach((one, at) => {
      one.x += one.vx;
      one.y += one.vy;
      if (t > one.until) walkers[at] = { ...walker(next++), until: t + 40 + share() * 400 };
      if (share() < 0.004) one.follow = fresh++;
    });
    if (share() < 0.05) {
      const [a, b] = [walkers[Math.floor(share() * OBJECTS)], walkers[Math.floor(share() * OBJECTS)]];
      if (a !== undefined && b !== undefined) [a.follow, b.follow] = [b.follow, a.follow];
    }
    const truth: number[] = [];
    const truthBoxes: number[] = [];
    const tracker: number[] = [];
    const trackerBoxes: number[] = [];
    for (const { id, follow, x, y, width, height } of walkers) {
      truth.push(id);
      truthBoxes.push(x, y, width, height);
      if (share() < 0.15) continue;
      const jitter = () => (share() - 0.5) * 0.3;
      tracker.push(follow);
      trackerBoxes.push(x + jitter() * width, y + jitter() * height, width * (1 + jitter()), height * (1 + jitter()));
    }
    while (share() < 0.5) {
      tracker.push(fresh++);
      trackerBoxes.push(share() * 1800, share() * 900, 60, 150);
    }
    const [left, right] = [Float64Array.from(truthBoxes), Float64Array.from(trackerBoxes)];
    return { truth, tracker, similarity: (i, j) => boxOverlap(left, i, right, j) };
  });
  return trackSequence(frames);
}

const COLUMNS = ["truth", "truthStart", "tracker", "trackerStart", "similarity", "similarityStart"] as const;

function save(folder: string, at: number, sequence: TrackSequence): void {
  for (const name of COLUMNS) {
    const { buffer, byteOffset, byteLength } = sequence[name];
    writeFileSync(join(folder, `${at}-${name}.bin`), new Uint8Array(buffer, byteOffset, byteLength));
  }
  writeFileSync(
    join(folder, `${at}.json`),
    JSON.stringify({ ...sequence, ...Object.fromEntries(COLUMNS.map((name) => [name, 0])) }),
  );
}

function load(folder: string, at: number): TrackSequence {
  const plain = JSON.parse(readFileSync(join(folder, `${at}.json`), "utf8")) as TrackSequence;
  const columns = COLUMNS.map((name) => {
    const bytes = new Uint8Array(readFileSync(join(folder, `${at}-${name}.bin`))).buffer;
    return [name, name === "similarity" ? new Float64Array(bytes) : new Int32Array(bytes)] as const;
  });
  return { ...plain, ...Object.fromEntries(columns) };
}

function run(folder: string): BenchResult {
  const sequences = Array.from({ length: SEQUENCES }, (_, at) => load(folder, at));
  const start = performance.now();
  const byAlpha = hota(sequences.map(hotaCounts).reduce(hotaState.merge));
  const clear = clearMot(sequences.map((one) => clearCounts(one, 0.5)).reduce(clearState.merge));
  const identity = motIdentity(sequences.map((one) => identityCounts(one, 0.5)).reduce(identityState.merge));
  const seconds = (performance.now() - start) / 1000;
  const values = Object.entries({ ...byAlpha, ...clear, ...identity }).map(([name, value]) => [
    name,
    value ?? Number.NaN,
  ]);
  return { seconds, values: Object.fromEntries(values) };
}

export const benches: readonly MeasureBench[] = [
  {
    name: "HOTA, CLEAR and identity of 7 sequences, 750 frames, 16 objects a frame",
    bar: { ratio: 5 },
    reach: "15",
    peers: [{ file: "tracking.py", task: "mot", package: "trackeval" }],
    prepare: (folder) => {
      for (let at = 0; at < SEQUENCES; at++) save(folder, at, draw(at + 1));
    },
    run,
  },
];
