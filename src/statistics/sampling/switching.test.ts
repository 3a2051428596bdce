import fc from "fast-check";
import { expect, test } from "vitest";
import { inspectLot, resumeTightened, type SwitchingState, startSwitching } from "./switching.js";

// A lot of 2000, level II, AQL 1: K 125 Ac 3, tightened Ac 2, reduced 50 Ac 2; one AQL tighter K 125 Ac 2.
const plans = { normal: { n: 125, ac: 3 }, tightened: { n: 125, ac: 2 }, reduced: { n: 50, ac: 2 } };
const rules = {
  planOf: (severity: keyof typeof plans) => plans[severity],
  tighterPlan: () => ({ n: 125, ac: 2 }),
  steady: true,
  approved: true,
};

function run(lots: readonly number[], start: SwitchingState = startSwitching("normal"), of = rules): SwitchingState {
  return lots.reduce((state, nonconforming) => inspectLot(state, { nonconforming, original: true }, of), start);
}
const zeros = (count: number) => new Array<number>(count).fill(0);

// nihantao-crosis/quality-platform@3715756, src/core/__tests__/advanced.test.ts, by ISO 2859-1:1999, 9.3 and 9.4.
test("two of five lots that are not accepted lead to tightened inspection, one does not", () => {
  expect(run([4, 0, 4]).state).toBe("tightened");
  expect(run([4, 0, 0, 0, 4]).state).toBe("tightened");
  expect(run([4, 0, 0, 0, 0, 4]).state).toBe("normal");
});
test("five accepted in a row lead back from tightened inspection", () => {
  expect(run([0, 0, 0, 0], startSwitching("tightened")).state).toBe("tightened");
  expect(run([0, 3, 0, 0, 0, 0], startSwitching("tightened")).state).toBe("tightened");
  expect(run([0, 0, 0, 0, 0], startSwitching("tightened")).state).toBe("normal");
});
test("a score of 30 leads to reduced inspection, where production is steady and the authority agrees", () => {
  expect(run(zeros(10))).toMatchObject({ state: "reduced", switching_score: 30 });
  expect(run(zeros(9))).toMatchObject({ state: "normal", switching_score: 27 });
  expect(run(zeros(12), startSwitching("normal"), { ...rules, approved: false }).state).toBe("normal");
});
test("one lot that is not accepted, or production that is not steady, leads back from reduced inspection", () => {
  expect(run([3], startSwitching("reduced")).state).toBe("normal");
  expect(run([2], startSwitching("reduced")).state).toBe("reduced");
  expect(run([0], startSwitching("reduced"), { ...rules, steady: false }).state).toBe("normal");
});
test("the score: +3 where one AQL tighter accepts, 0 where it does not or takes another sample, +2 with Ac 0 or 1", () => {
  expect(run([0, 2]).switching_score).toBe(6);
  expect(run([0, 3])).toMatchObject({ switching_score: 0, last_decision: "accepted" });
  const other = { ...rules, tighterPlan: () => ({ n: 315, ac: 21 }) };
  expect(run([0], startSwitching("normal"), other).switching_score).toBe(0);
  const small = { ...rules, planOf: () => ({ n: 13, ac: 0 }) };
  expect(run([0, 0], startSwitching("normal"), small).switching_score).toBe(4);
});
test("five lots that are not accepted suspend tightened inspection, and nothing is inspected until the supplier has acted", () => {
  const stopped = run([3, 0, 3, 0, 3, 0, 3, 0, 3], startSwitching("tightened"));
  expect(stopped).toMatchObject({ suspended: true, tightened_rejections: 5, state: "tightened" });
  expect(run([0, 0], stopped)).toEqual(stopped);
  expect(resumeTightened(stopped)).toMatchObject({ suspended: false, tightened_rejections: 0, state: "tightened" });
  expect(resumeTightened(run([0]))).toEqual(run([0]));
});
test("a lot that is submitted again is judged and not counted", () => {
  const again = inspectLot(run([4]), { nonconforming: 4, original: false }, rules);
  expect(again).toMatchObject({ state: "normal", counted_lots: 1, last_decision: "rejected" });
});

const lot = fc.record({ nonconforming: fc.nat(6), original: fc.boolean() });
const severity = fc.constantFrom("normal", "tightened", "reduced");
test("the same lots lead to the same state, by way of whatever parts, and lots that come again change nothing but the decision", () =>
  fc.assert(
    fc.property(severity, fc.array(lot, { maxLength: 60 }), fc.nat(60), (start, lots, cut) => {
      const all = lots.reduce((state, one) => inspectLot(state, one, rules), startSwitching(start));
      const first = lots.slice(0, cut).reduce((state, one) => inspectLot(state, one, rules), startSwitching(start));
      expect(lots.slice(cut).reduce((state, one) => inspectLot(state, one, rules), first)).toEqual(all);
      const originals = lots.filter((one) => one.original).map((one) => one.nonconforming);
      const { last_decision: _, plan: __, ...counted } = all;
      expect(run(originals, startSwitching(start))).toMatchObject(counted);
      expect(all.counted_lots).toBeLessThanOrEqual(originals.length);
      expect(all.suspended).toBe(all.tightened_rejections >= 5);
    }),
  ));
