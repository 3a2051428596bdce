import { plain, withFiles } from "../../src/cli/measure-text.js";
import { calculate } from "../../src/measures/functions.js";
import { type Inputs, MeasureError } from "../../src/measures/inputs.js";

/** A case as the files of reference values write it. */
export interface ReferenceCase {
  readonly measure: string;
  readonly case: string;
  readonly inputs: Inputs;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly tolerance: number | Readonly<Record<string, number>>;
  readonly source: string;
  /** AQLs on whose cells sources differ: these are to be refused, whatever one source says. */
  readonly disputed_aqls?: readonly number[];
}

export interface CaseOutcome {
  readonly measure: string;
  readonly case: string;
  readonly status: "agrees" | "differs" | "table-not-loaded" | "not-supported";
  /** Greatest difference of a number from the published one. */
  readonly error: number;
  /** What was allowed there: published digits are rounded. */
  readonly tolerance: number;
  readonly says: string;
}

/** Runs one case; paths in its inputs are below `root`. */
export function judgeReference(one: ReferenceCase, root: string): CaseOutcome {
  const { measure, case: name, inputs, expected, tolerance } = one;
  const outcome = (status: CaseOutcome["status"], error = 0, says = "", allowed = 0) => ({
    measure,
    case: name,
    status,
    error,
    tolerance: allowed,
    says,
  });
  let got: Readonly<Record<string, unknown>>;
  try {
    got = plain(calculate(measure, withFiles(inputs, root)), "en");
  } catch (error) {
    if (!(error instanceof MeasureError)) throw error;
    const answered = error.code === "table-not-loaded" || error.code === "not-supported" ? error.code : "differs";
    return outcome(answered, 0, `${error.code} ${error.message}`);
  }
  const peer = (got["peer_convention"] ?? {}) as Readonly<Record<string, unknown>>;
  let worst = 0;
  let allowed = 0;
  for (const [field, published] of Object.entries(expected)) {
    const value = refusedWhereDisputed(one, published);
    const answer = filled(got[field], peer[field]);
    const within = typeof tolerance === "number" ? tolerance : (tolerance[field] ?? tolerance["default"] ?? 0);
    const { error, says } = differenceOf(answer, value, within, field);
    if (says !== "") return outcome("differs", error, says);
    if (error >= worst) [worst, allowed] = [error, within];
  }
  return outcome("agrees", worst, "", allowed);
}

/** An answer with the peer's value where ours is undefined, also inside: one type of many. */
function filled(got: unknown, peer: unknown): unknown {
  if (got === undefined || got === null) return peer;
  if (typeof got !== "object" || typeof peer !== "object" || peer === null) return got;
  const inner = peer as Readonly<Record<string, unknown>>;
  if (Array.isArray(got)) return got.map((one, at) => filled(one, inner[at]));
  return Object.fromEntries(Object.entries(got).map(([key, one]) => [key, filled(one, inner[key])]));
}

/** A list by AQL, without what is said of a disputed cell. */
function refusedWhereDisputed({ inputs, disputed_aqls = [] }: ReferenceCase, value: unknown): unknown {
  const aqls = inputs["aqls"];
  if (disputed_aqls.length === 0 || !Array.isArray(aqls) || !Array.isArray(value)) return value;
  return value.map((cell: unknown, i) => (disputed_aqls.includes(aqls[i] as number) ? null : cell));
}

/** How far an answer is from what was published; says where it is further than the tolerance. */
export function differenceOf(
  got: unknown,
  wanted: unknown,
  tolerance: number,
  place: string,
): { readonly error: number; readonly says: string } {
  if (typeof wanted === "number" && typeof got === "number") {
    const error = Math.abs(got - wanted);
    return { error, says: error <= tolerance ? "" : `${place} is ${got}, published ${wanted} ± ${tolerance}` };
  }
  if (typeof wanted === "object" && wanted !== null && typeof got === "object" && got !== null) {
    if (
      Array.isArray(wanted) !== Array.isArray(got) ||
      (Array.isArray(wanted) && wanted.length !== (got as unknown[]).length)
    )
      return { error: 0, says: `${place} is ${JSON.stringify(got)}, published ${JSON.stringify(wanted)}` };
    let worst = 0;
    for (const [key, value] of Object.entries(wanted)) {
      const inner = differenceOf((got as Record<string, unknown>)[key], value, tolerance, `${place}.${key}`);
      if (inner.says !== "") return inner;
      worst = Math.max(worst, inner.error);
    }
    return { error: worst, says: "" };
  }
  return {
    error: 0,
    says: got === wanted ? "" : `${place} is ${JSON.stringify(got)}, published ${JSON.stringify(wanted)}`,
  };
}

/** Headings `## measure/case` of docs/reference-values.md: cases whose source is shown wrong there. */
export function documentedCases(page: string): ReadonlySet<string> {
  return new Set([...page.matchAll(/^## (\S+\/\S.*)$/gm)].map(([, key = ""]) => key.trim()));
}
