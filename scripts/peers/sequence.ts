import fc from "fast-check";
import type { PeerCheck } from "./peer.js";

const schemes = { IOB1: "IOB", IOB2: "IOB", IOE1: "IOE", IOE2: "IOE", IOBES: "IOBES", BILOU: "BILOU" } as const;

const tagOf = (prefixes: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...prefixes), fc.constantFrom("", "-A", "-B", "-B-C"))
    .map(([prefix, type]) => (prefix === "O" ? "O" : `${prefix}${type}`));

const strictTags = fc
  .constantFrom(...(Object.keys(schemes) as (keyof typeof schemes)[]))
  .chain((scheme) =>
    fc.record({ scheme: fc.constant(scheme), tags: fc.array(tagOf(schemes[scheme]), { maxLength: 12 }) }),
  );

const pairs = (prefixes: string) =>
  fc
    .array(fc.array(fc.tuple(tagOf(prefixes), tagOf(prefixes)), { minLength: 1, maxLength: 8 }), {
      minLength: 1,
      maxLength: 4,
    })
    .map((sentences) => ({
      y_true: sentences.map((one) => one.map(([left]) => left)),
      y_pred: sentences.map((one) => one.map(([, right]) => right)),
    }));

const asked = fc.record({
  average: fc.constantFrom("micro", "macro", "weighted"),
  beta: fc.constantFrom(0.5, 1, 2),
});

/** seqeval prints 0 where we say undefined; the driver compares that through `peer_convention`. */
export const checks: readonly PeerCheck[] = [
  { measure: "entity-extraction-strict", peer: "seqeval", answers: "entities_strict", inputs: strictTags, runs: 600 },
  {
    measure: "entity-extraction-conll",
    peer: "seqeval",
    answers: "entities_conll",
    inputs: fc.oneof(
      fc.record({ tags: fc.array(tagOf("OBIES"), { maxLength: 12 }) }),
      fc.record({
        tags: fc.array(fc.constantFrom("O", "B", "A-B", "A-I", "A-B-S", "C-E", "I"), { maxLength: 12 }),
        suffix: fc.constant(true),
      }),
    ),
    runs: 400,
  },
  {
    measure: "sequence-prf",
    peer: "seqeval",
    answers: "prf",
    inputs: fc.tuple(pairs("OBIES"), asked).map(([tags, rest]) => ({ ...tags, ...rest })),
  },
  {
    measure: "sequence-prf",
    peer: "seqeval",
    answers: "prf",
    inputs: fc
      .constantFrom(...(Object.keys(schemes) as (keyof typeof schemes)[]))
      .chain((scheme) => fc.tuple(pairs(schemes[scheme]), asked).map(([tags, rest]) => ({ ...tags, ...rest, scheme }))),
  },
  { measure: "token-confusion", peer: "seqeval", answers: "confusion", inputs: pairs("OBI") },
];
