import type { ProofOfRule, Rule } from "../records/grammar.gen.js";
import { ruleDigest } from "./digest.js";
import type { LoadedStandard } from "./load.js";

/** Whether these figures show that a rule works: it fires on a real file, and rightly, or it found every defect that was planted and nothing else. */
export function isProof({ fires, planted }: ProofOfRule): boolean {
  return fires.findings > 0 || (planted.answers > 0 && planted.found === planted.answers && planted.differing === 0);
}

/** Whether a rule, as it stands, has been seen to work on real data; undefined where its standard does not say what was tried. */
export function isProven(rule: Rule, { proof }: Pick<LoadedStandard, "proof">): boolean | undefined {
  if (proof === undefined) return undefined;
  const own = proof.rules[rule.id];
  return own !== undefined && own.digest === ruleDigest(rule) && isProof(own);
}
