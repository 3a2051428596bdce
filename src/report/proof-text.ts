import type { Rule } from "../records/grammar.gen.js";
import type { LoadedStandard } from "../standards/load.js";
import { isProven } from "../standards/proof.js";
import type { Words } from "./locale.js";
import { count } from "./numbers.js";

/** Proven, unproven or not stated, in a word. */
export function proofWord(proven: boolean | undefined, w: Words): string {
  return w(proven === undefined ? "proof.not_stated" : proven ? "proof.proven" : "rule.unproven");
}

/** What a rule has been seen to do on real data, with the figures. */
export function proofSentence(rule: Rule, standard: LoadedStandard, w: Words): string {
  const proven = isProven(rule, standard);
  const own = standard.proof?.rules[rule.id];
  const facts: string[] = [];
  if (own !== undefined) {
    const { fires, planted, asked, findings } = own;
    if (fires.findings > 0) facts.push(w("proof.fires", { n: count(fires.findings), d: count(fires.datasets) }));
    if (planted.answers > 0)
      facts.push(
        w("proof.planted", {
          found: count(planted.found),
          answers: count(planted.answers),
          d: count(planted.datasets),
        }),
      );
    if (asked > 0) facts.push(w("proof.asked", { n: count(asked), f: count(findings) }));
  }
  if (proven === undefined) return w("proof.not_stated");
  const head = w(proven ? "proof.proven" : "proof.unproven");
  return [head, ...facts].join(w.lang === "zh" ? "；" : "; ");
}
