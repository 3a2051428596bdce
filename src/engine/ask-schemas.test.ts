import fc from "fast-check";
import { expect, test } from "vitest";
import { faultsOf } from "../formats/index.js";
import { folderOfFiles, inputOf } from "../formats/media/testing/sink.js";
import { tc609Jsonl } from "../formats/tc609.js";
import { applyStandards } from "../standards/apply.js";
import { findStandard } from "../standards/find.js";
import { createRun, type Run } from "./run.js";

/** Schema rules of cn-tc609-5-2025-02-partial over lines, through the real reader. */
async function run(lines: readonly string[], rules: readonly string[]): Promise<Run> {
  const root = folderOfFiles({ "a.jsonl": `${lines.join("\n")}\n` });
  const input = inputOf(root, (sample) => tc609Jsonl.detect(sample).match === "yes");
  const standard = findStandard("cn-tc609-5-2025-02-partial");
  const applied = await applyStandards([standard], { scheme: undefined, profile: undefined, only: rules });
  const made = createRun(applied.rules, ["0201", "0203"], [], input.files, {
    maxExamples: 10,
    pointer: () => undefined,
    faultsOf,
  });
  await tc609Jsonl.read(input, made.sink, (_, error) => {
    throw error;
  });
  made.endReading();
  made.close();
  return made;
}

const stateOf = ({ states }: Run, id: string) => {
  const state = states.find(({ active }) => active.rule.id === id);
  if (state === undefined) throw new Error(`no rule ${id}`);
  return state;
};
const fingerprints = (made: Run, id: string) =>
  stateOf(made, id)
    .examples.kept()
    .map(({ high, low }) => `${high} ${low}`);
const record = (fields: string) => `{"data_content":[],"annotation":null${fields}}`;

test("a record is asked once and found once, however many parts of it are broken", async () => {
  const made = await run([record(""), record(',"source":1,"source_details":2')], ["tc609-source-type"]);
  const { evaluated, violations, examples } = stateOf(made, "tc609-source-type");
  expect([evaluated, violations]).toEqual([2, 1]);
  expect(examples.kept()[0]).toMatchObject({
    kind: "media",
    element: 1,
    pointer: "/source",
    values: [{ name: "/source" }, { name: "/source_details" }],
  });
});

test("a unit that two rules of one indicator find is bad once", async () => {
  const made = await run([record(',"version":1,"license":2'), record("")], []);
  expect(made.units.media.count(0b01)).toEqual({ b: 2, bad: 1, open: 0 });
  expect(made.units.media.count(0b10)).toEqual({ b: 2, bad: 0, open: 0 });
});

test("a fingerprint does not know the id, the order of keys or the line", async () => {
  const here = await run([record(',"id":"a","version":1,"license":"x"')], ["tc609-version-type"]);
  const there = await run([record(""), record(',"license":"x","version":1,"id":"b"')], ["tc609-version-type"]);
  const other = await run([record(',"id":"a","version":2,"license":"x"')], ["tc609-version-type"]);
  expect(fingerprints(there, "tc609-version-type")).toEqual(fingerprints(here, "tc609-version-type"));
  expect(fingerprints(other, "tc609-version-type")).not.toEqual(fingerprints(here, "tc609-version-type"));
});

test("a number beyond every double is still a finding and no fault of ours", async () => {
  const made = await run([record(',"version":1e999')], ["tc609-version-type"]);
  expect(stateOf(made, "tc609-version-type").violations).toBe(1);
});

// One record: its version right or wrong, and which of its fields comes first.
const fields = fc.record({ version: fc.constantFrom('"1"', "1", "[]", "{}"), first: fc.boolean(), n: fc.nat(3) });
const lineOf = ({ version, first, n }: { version: string; first: boolean; n: number }, id: number): string => {
  const own = [`,"version":${version}`, `,"license":"${n}"`];
  return record(`,"id":"${id}"${(first ? own : own.reverse()).join("")}`);
};

test("ids, order of lines and order of keys change no count and no fingerprint", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fields, { minLength: 1, maxLength: 8 }), fc.nat(), async (records, turn) => {
      const turned = [...records.slice(turn % records.length), ...records.slice(0, turn % records.length)];
      const here = await run(records.map(lineOf), ["tc609-version-type"]);
      const there = await run(
        turned.map((one, at) => lineOf({ ...one, first: !one.first }, at + 100)),
        ["tc609-version-type"],
      );
      const [left, right] = [here, there].map((made) => stateOf(made, "tc609-version-type"));
      expect([right?.evaluated, right?.violations]).toEqual([left?.evaluated, left?.violations]);
      expect(left?.violations).toBe(records.filter(({ version }) => version !== '"1"').length);
      expect(fingerprints(there, "tc609-version-type").sort()).toEqual(fingerprints(here, "tc609-version-type").sort());
    }),
    { numRuns: 40 },
  );
});
