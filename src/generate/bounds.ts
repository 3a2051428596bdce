import type { Rule } from "../records/grammar.gen.js";

/** What a standard asks of sizes and values, read from the parameters of its rules by their names: a rule set that names its bounds alike is generated for alike. */
export interface Bounds {
  /** Shortest side of a box, px. */
  readonly side: number;
  /** Smallest area of a box or an outline, px². */
  readonly area: number;
  /** Shortest side of a medium, px. */
  readonly medium: number;
  /** Smallest distance of two keypoints, px. */
  readonly apart: number;
  readonly poses: readonly string[];
  readonly score: { readonly least: number; readonly most: number };
}

export function boundsOf(rules: readonly Rule[]): Bounds {
  const numbers = (on: string, names: RegExp): number[] =>
    rules
      .filter((rule) => rule.on === on)
      .flatMap(({ params = {} }) => Object.entries(params))
      .flatMap(([name, value]) => (names.test(name) && typeof value === "number" ? [value] : []));
  const ofScore = rules.find(({ when = "", params = {} }) => when.includes("annotation.score") && "least" in params);
  const poses = rules.flatMap(({ params = {} }) => (Array.isArray(params["poses"]) ? [params["poses"]] : []))[0];
  return {
    side: Math.max(1, ...numbers("annotation", /^min_side_px$/)),
    area: Math.max(1, ...numbers("annotation", /^min_area_px2$/)),
    medium: Math.max(1, ...numbers("media", /^min_side_px$/)),
    apart: Math.max(1, ...numbers("annotation", /^min_distance_px$/)),
    poses: (poses ?? ["Unspecified"]) as readonly string[],
    score: { least: numberOr(ofScore?.params?.["least"], 0), most: numberOr(ofScore?.params?.["most"], 1) },
  };
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}
