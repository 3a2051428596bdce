import { codeLetter, type InspectionLevel, type Severity } from "../../statistics/sampling/aql.js";
import { aqls, levels } from "../../statistics/sampling/mil-std-105e.js";
import {
  inspectLot,
  resumeTightened,
  type SwitchingPlan,
  type SwitchingRules,
  startSwitching,
} from "../../statistics/sampling/switching.js";
import type { MeasureFunction } from "../function.js";
import { booleanOf, type Inputs, MeasureError, numberOf, numbersOf, shown, textOf, toNumber } from "../inputs.js";
import type { Reason } from "../reasons.js";
import { severities } from "./loaded-table.js";
import { aqlPlan, standardOf, tableOf, toAql } from "./plans.js";
import { isolatedLot } from "./tables.js";

/** A plan as people write it, "K 125 Ac3", or {n, ac}. */
function toPlan(value: unknown, input: string): SwitchingPlan {
  if (typeof value === "object" && value !== null) {
    const whole = { min: 0, whole: true } as const;
    const { n, ac } = value as Inputs;
    return { n: toNumber(n, `${input}.n`, whole), ac: toNumber(ac, `${input}.ac`, whole) };
  }
  const [, n, ac] = typeof value === "string" ? (/^[A-S] +(\d+) +Ac ?(\d+)$/.exec(value) ?? []) : [];
  if (n === undefined || ac === undefined)
    throw new MeasureError("input-type", {
      input,
      expected: { zh: "如 K 125 Ac3", en: "as in K 125 Ac3" },
      found: shown(value),
    });
  return { n: Number(n), ac: Number(ac) };
}

function rulesOf(inputs: Inputs): SwitchingRules {
  const standard = standardOf(inputs);
  if (standard === "mil-std-105e")
    throw new MeasureError("not-supported", {
      input: "standard",
      expected: {
        zh: "ISO 2859-1 或 GB/T 2828.1：MIL-STD-105E 转放宽要用界限数（表 VIII），不随附",
        en: "ISO 2859-1 or GB/T 2828.1: MIL-STD-105E goes to reduced inspection by limit numbers (table VIII), which do not come with Touchstone",
      },
    });
  const code_letter =
    inputs["code_letter"] === undefined
      ? codeLetter(
          numberOf(inputs, "lot_size", { min: 2, whole: true }),
          textOf<InspectionLevel>(inputs, "level", levels, "II"),
        )
      : textOf(inputs, "code_letter");
  const aql = toAql(inputs["aql"], "aql");
  const table = tableOf(inputs, { standard, type: "single" });
  const given = (inputs["plans"] ?? {}) as Inputs;
  const lookUp = (severity: Severity, column: number): SwitchingPlan => {
    const plan = aqlPlan({ standard, type: "single", severity, code_letter, aql: column, table });
    if (plan === undefined || plan === null)
      throw new MeasureError("table-not-loaded", {
        input: `plans.${severity}`,
        expected: { zh: "方案：来源对这一格说法不一", en: "the plan: sources differ on this cell" },
      });
    return { n: plan.n[0] ?? 0, ac: plan.ac[0] ?? 0 };
  };
  return {
    planOf: (severity) =>
      given[severity] === undefined ? lookUp(severity, aql) : toPlan(given[severity], `plans.${severity}`),
    tighterPlan: () => tighterPlan(inputs, aql, (column) => lookUp("normal", column)),
    steady: inputs["production_steady"] === undefined ? undefined : booleanOf(inputs, "production_steady"),
    approved: booleanOf(inputs, "authority_approved", false),
  };
}

/** `one_step_tighter_aql` is an AQL or a plan; without it, the next lower AQL. */
function tighterPlan(inputs: Inputs, aql: number, lookUp: (aql: number) => SwitchingPlan): SwitchingPlan {
  const given = inputs["one_step_tighter_aql"];
  if (typeof given === "number") return lookUp(toAql(given, "one_step_tighter_aql"));
  if (given !== undefined) return toPlan(given, "one_step_tighter_aql");
  const tighter = aqls[(aqls as readonly number[]).indexOf(aql) - 1];
  // At the lowest AQL no plan has an acceptance number of 2.
  return tighter === undefined ? { n: 0, ac: 0 } : lookUp(tighter);
}

/** Which lots are on original inspection: one answer for all, or one a lot. */
function originalsOf(inputs: Inputs, lots: number): readonly boolean[] {
  const value = inputs["original_inspection"];
  if (!Array.isArray(value)) return new Array<boolean>(lots).fill(booleanOf(inputs, "original_inspection", true));
  if (value.length !== lots)
    throw new MeasureError("inputs-disagree", {
      input: "original_inspection",
      expected: { zh: `${lots} 项，与 nonconforming 相同`, en: `${lots} members, as many as nonconforming` },
      found: `${value.length}`,
    });
  return value.map((one, i) => booleanOf({ [`original_inspection[${i}]`]: one }, `original_inspection[${i}]`));
}

export const switching: readonly MeasureFunction[] = [
  /**
   * Formula: normal to tightened when 2 of 5 consecutive lots or fewer are not accepted; back when 5 in a row are. Normal to reduced at a switching score of 30 with
   * production_steady and authority_approved; back when one lot is not accepted or production is not steady. Suspended when 5 lots on tightened inspection are
   * not accepted. The score: +2 for a lot accepted with Ac 0 or 1, +3 for one that one AQL tighter would have accepted with Ac 2 or more, back to 0 otherwise.
   * Convention: where the tighter plan has another sample size its verdict is not known, and the score goes back to 0. It stays as it is on reduced inspection. n and
   * ac are those of the last lot; a lot that is submitted again (original_inspection false) is judged and not counted.
   * Edge: lots after a suspension are an error; `then` "correctiveActionConfirmed" begins tightened inspection anew. The plan of reduced inspection has to be given
   * (`plans`, "K 50 Ac2") or loaded (`table_file`). MIL-STD-105E switches by other rules and is not supported.
   * Unit: none.
   * Source: ISO 2859-1:1999 and GB/T 2828.1-2012, 9.3 and 9.4.
   */
  {
    id: "aql-switching",
    title: { zh: "AQL 转移规则", en: "AQL switching rules" },
    answers: {
      zh: "看过这些批之后，下一批按正常、加严还是放宽检验，或暂停",
      en: "Whether the next lot comes under normal, tightened or reduced inspection after these, or inspection is suspended",
    },
    misleads: isolatedLot,
    orientation: "none",
    inference: "process",
    inputs: [
      ...["standard", "lot_size", "level", "code_letter", "aql", "one_step_tighter_aql", "plans", "table"],
      ...["start", "nonconforming", "original_inspection", "production_steady", "authority_approved", "then"],
    ],
    outputs: [
      ...["state", "switching_score", "suspended", "tightened_rejections", "last_decision", "counted_lots"],
      ...["n", "ac", "tighterN", "tighter_ac"],
    ],
    calculate(inputs) {
      const rules = rulesOf(inputs);
      const nonconforming = numbersOf(inputs, "nonconforming", { min: 0, whole: true });
      const originals = originalsOf(inputs, nonconforming.length);
      const then = inputs["then"] === undefined ? undefined : textOf(inputs, "then", ["correctiveActionConfirmed"]);
      let state = startSwitching(textOf(inputs, "start", severities, "normal"));
      for (const [i, seen] of nonconforming.entries()) {
        if (state.suspended)
          throw new MeasureError("inputs-disagree", {
            input: `nonconforming[${i}]`,
            expected: { zh: "其前未暂停检验", en: "no lot after inspection was suspended" },
          });
        state = inspectLot(state, { nonconforming: seen, original: originals[i] ?? true }, rules);
      }
      if (then !== undefined) state = resumeTightened(state);
      const { recent, plan, last_decision, ...told } = state;
      const tighter = rules.tighterPlan();
      const lowest = tighter.n === 0;
      const because: Record<string, Reason> = {};
      if (lowest) Object.assign(because, { tighterN: "no-tighter-aql", tighter_ac: "no-tighter-aql" });
      if (plan === undefined)
        Object.assign(because, { last_decision: "nothing-asked", n: "nothing-asked", ac: "nothing-asked" });
      const tighterPlan = lowest ? undefined : tighter;
      return {
        values: {
          ...{ ...told, last_decision, n: plan?.n, ac: plan?.ac },
          ...{ tighterN: tighterPlan?.n, tighter_ac: tighterPlan?.ac },
        },
        ...(Object.keys(because).length === 0 ? {} : { undefined_because: because }),
      };
    },
  },
];
