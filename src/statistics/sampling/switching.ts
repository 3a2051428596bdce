import type { Severity } from "./aql.js";

/** What counts of a plan when inspection is switched. */
export interface SwitchingPlan {
  readonly n: number;
  readonly ac: number;
}

export interface SwitchingRules {
  /** The plan of a severity; asked for only when a lot is inspected under it. */
  readonly planOf: (severity: Severity) => SwitchingPlan;
  /** The normal plan of the next lower AQL; asked for only where the score depends on it. */
  readonly tighterPlan: () => SwitchingPlan;
  /** Production is steady: a condition of reduced inspection; `false` also ends it. */
  readonly steady: boolean | undefined;
  /** The responsible authority wants reduced inspection. */
  readonly approved: boolean;
}

export interface InspectedLot {
  /** Nonconforming units (or nonconformities) in the sample. */
  readonly nonconforming: number;
  /** Not submitted before; a lot that comes again is judged, and counts for nothing else. */
  readonly original: boolean;
}

export interface SwitchingState {
  readonly state: Severity;
  readonly switching_score: number;
  /** Lots on original inspection since the last switch, the latest five, accepted or not. */
  readonly recent: readonly boolean[];
  /** Lots not accepted since tightened inspection began. */
  readonly tightened_rejections: number;
  /** Inspection is discontinued until the supplier has acted. */
  readonly suspended: boolean;
  readonly counted_lots: number;
  readonly last_decision: "accepted" | "rejected" | undefined;
  /** The plan that the last lot was inspected under. */
  readonly plan: SwitchingPlan | undefined;
}

export function startSwitching(state: Severity): SwitchingState {
  return {
    state,
    switching_score: 0,
    recent: [],
    tightened_rejections: 0,
    suspended: false,
    counted_lots: 0,
    last_decision: undefined,
    plan: undefined,
  };
}

/**
 * The state after one more lot. Nothing is inspected where inspection is suspended: the state stays as it is.
 *
 * Normal to tightened: two of five consecutive lots or fewer are not accepted. Tightened to normal: five in a row are. Normal to reduced: the switching score
 * is 30, production is steady and the authority agrees. Reduced to normal: one lot is not accepted, or production is not steady. Suspended: five lots on
 * tightened inspection are not accepted.
 * Source: ISO 2859-1:1999 (GB/T 2828.1-2012), 9.3 and 9.4, single sampling.
 */
export function inspectLot(before: SwitchingState, lot: InspectedLot, rules: SwitchingRules): SwitchingState {
  if (before.suspended) return before;
  const plan = rules.planOf(before.state);
  const accepted = lot.nonconforming <= plan.ac;
  const judged = { ...before, plan, last_decision: accepted ? "accepted" : "rejected" } as const;
  if (!lot.original) return judged;
  const counted = {
    ...judged,
    counted_lots: before.counted_lots + 1,
    recent: [...before.recent, accepted].slice(-5),
  };
  if (before.state === "normal") return afterNormal(counted, lot.nonconforming, rules);
  if (before.state === "tightened") return afterTightened(counted);
  return !accepted || rules.steady === false ? switchTo("normal", counted) : counted;
}

function afterNormal(state: SwitchingState, nonconforming: number, rules: SwitchingRules): SwitchingState {
  const switching_score = scoreAfter(state, nonconforming, rules);
  if (state.recent.filter((accepted) => !accepted).length >= 2) return switchTo("tightened", state);
  const scored = { ...state, switching_score };
  if (switching_score >= 30 && rules.steady === true && rules.approved)
    return { ...switchTo("reduced", scored), switching_score };
  return scored;
}

/** 9.3.3.2: with Ac 2 or more +3 where one AQL tighter would have accepted too, with Ac 0 or 1 +2 for acceptance; back to 0 otherwise. */
function scoreAfter(state: SwitchingState, nonconforming: number, rules: SwitchingRules): number {
  if (state.last_decision !== "accepted" || state.plan === undefined) return 0;
  if (state.plan.ac < 2) return state.switching_score + 2;
  const tighter = rules.tighterPlan();
  // A sample of another size does not show what the tighter plan would have found: the lot has not been shown to be acceptable.
  return tighter.n === state.plan.n && nonconforming <= tighter.ac ? state.switching_score + 3 : 0;
}

function afterTightened(state: SwitchingState): SwitchingState {
  if (state.recent.length === 5 && state.recent.every(Boolean)) return switchTo("normal", state);
  const tightened_rejections = state.tightened_rejections + (state.last_decision === "rejected" ? 1 : 0);
  return { ...state, tightened_rejections, suspended: tightened_rejections >= 5 };
}

function switchTo(severity: Severity, state: SwitchingState): SwitchingState {
  return { ...state, state: severity, switching_score: 0, recent: [], tightened_rejections: 0 };
}

/** 9.4: the supplier has acted and the authority is satisfied; tightened inspection begins anew. */
export function resumeTightened(state: SwitchingState): SwitchingState {
  return state.suspended ? { ...state, suspended: false, recent: [], tightened_rejections: 0 } : state;
}
