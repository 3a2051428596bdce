import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { countWordErrors, wordErrorRates } from "../../src/measures/speech/word-error.js";
import { Random } from "../../src/statistics/random.js";
import type { BenchResult, MeasureBench } from "./bench.js";

const PAIRS = 50_000;
const WORDS = 20;

/** Words of a vocabulary of 5,000, the frequent ones more often, with substitutions, deletions and insertions in about one of six. */
function draw(): readonly (readonly [string, string])[] {
  const random = new Random(20);
  const share = () => random.word() / 2 ** 32;
  const vocabulary = Array.from({ length: 5000 }, () =>
    Array.from({ length: 2 + Math.floor(share() * 8) }, () => String.fromCharCode(97 + Math.floor(share() * 26))).join(
      "",
    ),
  );
  const word = () => vocabulary[Math.floor(share() ** 3 * vocabulary.length)] ?? "a";
  return Array.from({ length: PAIRS }, () => {
    const reference = Array.from({ length: WORDS }, word);
    const hypothesis = reference.flatMap((one) => {
      const chance = share();
      return chance < 0.05 ? [] : chance < 0.12 ? [word()] : chance < 0.16 ? [one, word()] : [one];
    });
    return [reference.join(" "), hypothesis.join(" ")] as const;
  });
}

function run(folder: string): BenchResult {
  const pairs = JSON.parse(readFileSync(join(folder, "pairs.json"), "utf8")) as [string, string][];
  const start = performance.now();
  const counts = countWordErrors(pairs);
  const { wer = 0, mer = 0, wil = 0, wip = 0 } = wordErrorRates(counts);
  const seconds = (performance.now() - start) / 1000;
  return { seconds, values: { wer, mer, wil, wip, ...counts } };
}

export const benches: readonly MeasureBench[] = [
  {
    name: "word errors of 50,000 pairs of 20 words",
    bar: { ratio: 0.7 },
    reach: "1.5",
    peers: [{ file: "speech.py", task: "words", package: "jiwer" }],
    prepare: (folder) => writeFileSync(join(folder, "pairs.json"), JSON.stringify(draw())),
    run,
  },
];
