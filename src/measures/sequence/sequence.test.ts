import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calculate } from "../functions.js";
import { MeasureError } from "../inputs.js";
import { stateLaws } from "../testing/state-laws.js";
import { conllEntities } from "./conll.js";
import { countEntities, entityCounts, totalOf } from "./counts.js";
import { averageScores, entityScores } from "./sequence-prf.js";
import { strictEntities, type TagScheme, tagSchemes } from "./strict.js";
import type { Entity } from "./tags.js";
import { tokenConfusion, tokenConfusionState } from "./token-confusion.js";

/** What a call throws. */
function codeOf(call: () => unknown): string | undefined {
  try {
    call();
  } catch (error) {
    if (error instanceof MeasureError) return error.code;
    throw error;
  }
  return undefined;
}

// seqeval tests/test_scheme.py and tests/test_metrics.py (cd01b52).
test.each<[TagScheme, string[], Entity[]]>([
  [
    "IOB1",
    ["I-PER", "B-PER"],
    [
      ["PER", 0, 1],
      ["PER", 1, 2],
    ],
  ],
  ["IOB1", ["I-PER", "B-ORG"], [["PER", 0, 1]]],
  ["IOB1", ["B-PER", "O"], []],
  ["IOE1", ["I-PER", "E-PER", "E-PER"], [["PER", 0, 2]]],
  [
    "IOE2",
    ["E-PER", "I-PER", "E-PER"],
    [
      ["PER", 0, 1],
      ["PER", 1, 3],
    ],
  ],
  [
    "IOBES",
    ["B-PER", "I-PER", "E-PER", "S-ORG"],
    [
      ["PER", 0, 3],
      ["ORG", 3, 4],
    ],
  ],
  ["IOBES", ["B-PER", "E-ORG"], []],
  [
    "BILOU",
    ["U-PER", "B-PER", "L-PER"],
    [
      ["PER", 0, 1],
      ["PER", 1, 3],
    ],
  ],
])("%s reads %j", (scheme, tags, entities) => expect(strictEntities(tags, scheme)).toEqual(entities));

test("conlleval reads what a strict scheme refuses", () => {
  expect(conllEntities(["I-ORG", "I-ORG", "B-PER", "I-LOC"])).toEqual([
    ["ORG", 0, 2],
    ["PER", 2, 3],
    ["LOC", 3, 4],
  ]);
  expect(strictEntities(["I-ORG", "I-ORG", "B-PER", "I-LOC"], "IOB2")).toEqual([["PER", 2, 3]]);
});

test("a suffix, a hyphen in the type and a tag without a type are read", () => {
  expect(conllEntities(["PER-B", "PER-I", "O"], true)).toEqual([["PER", 0, 2]]);
  expect(conllEntities(["B-MISC-X", "I-MISC-X"])).toEqual([["MISC-X", 0, 2]]);
  expect(conllEntities(["B", "I", "O", "B"])).toEqual([
    ["_", 0, 2],
    ["_", 3, 4],
  ]);
});

test("sequences are counted on, an O between them, as seqeval's get_entities does", () => {
  const tags = [["O", "B-PER"], ["I-PER"]];
  expect(calculate("entity_extraction_conll", { tags }).values["entities"]).toEqual([
    ["PER", 1, 1],
    ["PER", 3, 3],
  ]);
  expect(calculate("entity_extraction_conll", { tags, end: "exclusive" }).values["entities"]).toEqual([
    ["PER", 1, 2],
    ["PER", 3, 4],
  ]);
});

/** Gaps before, lengths and types of entities, so that spans do not overlap. */
const layout = fc.array(
  fc.record({ gap: fc.nat(2), length: fc.integer({ min: 1, max: 4 }), type: fc.constantFrom("A", "B", "C") }),
  { maxLength: 8 },
);

function spansOf(parts: readonly { gap: number; length: number; type: string }[]): { tokens: number; spans: Entity[] } {
  let tokens = 0;
  const spans = parts.map(({ gap, length, type }): Entity => {
    const start = tokens + gap;
    tokens = start + length;
    return [type, start, tokens];
  });
  return { tokens: tokens + 1, spans };
}

/** Prefixes of one entity: of its only, first, inner and last token. */
const letters: Record<"IOB2" | "IOE2" | "IOBES" | "BILOU", readonly [string, string, string, string]> = {
  IOB2: ["B", "B", "I", "I"],
  IOE2: ["E", "I", "I", "E"],
  IOBES: ["S", "B", "I", "E"],
  BILOU: ["U", "B", "I", "L"],
};

function tagsOf({ tokens, spans }: { tokens: number; spans: readonly Entity[] }, scheme: TagScheme): string[] {
  const tags = new Array<string>(tokens).fill("O");
  spans.forEach(([type, start, end], at) => {
    const [, begins, ends] = spans[at - 1] ?? ["", -1, -1];
    const before = spans[at - 1]?.[0] === type && ends === start && begins >= 0;
    const after = spans[at + 1]?.[0] === type && spans[at + 1]?.[1] === end;
    for (let token = start; token < end; token++) {
      const place = end - start === 1 ? 0 : token === start ? 1 : token === end - 1 ? 3 : 2;
      const letter =
        scheme === "IOB1"
          ? before && token === start
            ? "B"
            : "I"
          : scheme === "IOE1"
            ? after && token === end - 1
              ? "E"
              : "I"
            : letters[scheme][place];
      tags[token] = `${letter}-${type}`;
    }
  });
  return tags;
}

// IOE1 is the one scheme that seqeval's strict reading, which we follow, cannot read back where entities of one type touch (its own comment says so).
test.each(tagSchemes)("%s: tags written from spans read back as these spans", (scheme) =>
  fc.assert(
    fc.property(layout, (parts) => {
      const drawn = spansOf(scheme === "IOE1" ? parts.map((one) => ({ ...one, gap: one.gap + 1 })) : parts);
      expect(strictEntities(tagsOf(drawn, scheme), scheme)).toEqual(drawn.spans);
    }),
  ));

test.each(["IOB2", "IOBES"] as const)("%s: what is legal is read alike by both readings", (scheme) =>
  fc.assert(
    fc.property(layout, (parts) => {
      const tags = tagsOf(spansOf(parts), scheme);
      expect(conllEntities(tags)).toEqual(strictEntities(tags, scheme));
    }),
  ));

describe("precision, recall and F", () => {
  // seqeval tests/test_v1.py, TestClassificationReport.test_output_dict: C is predicted once and never true; seqeval prints 0 for its recall.
  const y_true = [["B-A", "B-B", "O", "B-A"]];
  const y_pred = [["O", "B-B", "B-C", "B-A"]];

  test("a type that is not in the truth has no recall, and the list says what seqeval prints", () => {
    const { values, undefined_because, peer_convention } = calculate("sequence_prf", {
      y_true,
      y_pred,
      scheme: "IOB2",
    });
    expect(values).toMatchObject({
      labels: ["A", "B", "C"],
      precision: [1, 1, 0],
      f1: [2 / 3, 1, 0],
      support: [2, 1, 0],
    });
    expect(values["recall"]).toBeUndefined();
    expect(undefined_because).toMatchObject({ recall: "no-ground-truth", "per_type.C.recall": "no-ground-truth" });
    expect(peer_convention).toMatchObject({ recall: [0.5, 1, 0], macro: [2 / 3, 0.5, 0.5555555555555555] });
    expect(values["per_type"]).toMatchObject({ A: { recall: 0.5 }, C: { recall: undefined, precision: 0, found: 1 } });
    expect(values["weighted"]).toEqual([1, 2 / 3, 0.7777777777777777]);
  });

  test("conlleval prints one value over all types, and the tokens", () => {
    const { values } = calculate("sequence_prf", { y_true, y_pred, mode: "conlleval" });
    expect(values).toMatchObject({
      precision: 2 / 3,
      recall: 2 / 3,
      f1: 2 / 3,
      phrases: 3,
      found: 3,
      correct: 2,
      tokens: 4,
      accuracy: 0.5,
    });
  });

  test("average null gives a list by type in either reading", () =>
    expect(calculate("sequence_prf", { y_true: [["B-A"]], y_pred: [["B-A"]], average: null }).values).toMatchObject({
      labels: ["A"],
      precision: [1],
      support: [1],
    }));

  test("no entity on either side leaves all three undefined", () => {
    const { values, undefined_because } = calculate("sequence_prf", {
      y_true: [["O"]],
      y_pred: [["O"]],
      average: "micro",
    });
    expect(values).toMatchObject({ precision: undefined, recall: undefined, f1: undefined, support: 0, accuracy: 1 });
    expect(undefined_because).toMatchObject({
      precision: "no-predictions",
      recall: "no-ground-truth",
      f1: "nothing-asked",
    });
  });

  test("no sequence at all leaves the accuracy undefined", () => {
    const { values, undefined_because } = calculate("sequence_prf", { y_true: [], y_pred: [] });
    expect(values["accuracy"]).toBeUndefined();
    expect(undefined_because?.["accuracy"]).toBe("nothing-asked");
  });

  test("β = 0 is precision and β = ∞ is recall", () => {
    const counts = { truth: 8, predicted: 5, correct: 2 };
    expect(entityScores(counts, 0).f).toBe(2 / 5);
    expect(entityScores(counts, Number.POSITIVE_INFINITY).f).toBe(2 / 8);
    expect(entityScores(counts, 2).f).toBeCloseTo((5 * 0.4 * 0.25) / (4 * 0.4 + 0.25), 15);
  });
});

const tag = fc.constantFrom("O", "B-A", "I-A", "B-B", "I-B");
const pair = fc.array(fc.tuple(tag, tag), { maxLength: 8 });

stateLaws("sequence-prf", entityCounts, {
  unit: pair,
  of: (units) =>
    countEntities(
      units.map((one) => one.map(([left]) => left)),
      units.map((one) => one.map(([, right]) => right)),
      "IOB2",
    ),
  value: (state) => [
    state.tokens,
    state.tokensCorrect,
    totalOf(state),
    [...state.types].sort(),
    averageScores(state, "micro"),
  ],
});

test("tag ids in typed arrays, and tags of a stream, are counted as tags in lists", () => {
  const whole = tokenConfusion(["O", "B-A", "B-B", "O"], ["O", "B-A", "O", "B-A"], "O");
  expect(whole).toEqual({ TP: 1, FP: 1, FN: 1, TN: 1 });
  expect(tokenConfusion(Uint16Array.of(0, 1, 2, 0), Uint16Array.of(0, 1, 0, 1), 0)).toEqual(whole);
  function* stream(...tags: readonly string[]) {
    yield* tags;
  }
  expect(tokenConfusion(stream("O", "B-A", "B-B", "O"), stream("O", "B-A", "O", "B-A"), "O")).toEqual(whole);
});

test("a type may have any name", () => {
  const { values } = calculate("sequence_prf", { y_true: [["B-__proto__"]], y_pred: [["B-__proto__"]] });
  expect(Object.entries(values["per_type"] as object)).toMatchObject([["__proto__", { f1: 1 }]]);
});

const tagPair = fc.tuple(tag, tag);

stateLaws("token-confusion", tokenConfusionState, {
  unit: tagPair,
  of: (pairs) =>
    tokenConfusion(
      pairs.map(([left]) => left),
      pairs.map(([, right]) => right),
      "O",
    ),
  value: (counts) => counts,
});

test("token confusion counts every token once", () =>
  fc.assert(
    fc.property(pair, (tokens) => {
      const { TP, FP, FN, TN } = calculate("token_confusion", {
        y_true: tokens.map(([left]) => left),
        y_pred: tokens.map(([, right]) => right),
      }).values as Record<string, number>;
      expect((TP ?? 0) + (FP ?? 0) + (FN ?? 0) + (TN ?? 0)).toBe(tokens.length);
    }),
  ));

test.each([
  ["input-range", "entity_extraction_strict", { tags: ["S-A"], scheme: "IOB2" }],
  ["input-range", "entity_extraction_strict", { tags: ["B-A"], scheme: "IOB3" }],
  ["input-range", "entity_extraction_strict", { tags: [""], scheme: "IOB2" }],
  ["input-missing", "entity_extraction_strict", { tags: ["B-A"] }],
  ["input-type", "entity_extraction_conll", { tags: ["B-A", 3] }],
  ["input-type", "entity_extraction_conll", { tags: [["B-A"], "O"] }],
  ["input-missing", "sequence_prf", { y_true: [["O"]], y_pred: [["O"]], mode: "strict" }],
  ["inputs-disagree", "sequence_prf", { y_true: [["O"]], y_pred: [["O", "O"]] }],
  ["inputs-disagree", "token_confusion", { y_true: [["O"], ["O"]], y_pred: [["O"]] }],
  ["input-range", "sequence_prf", { y_true: [["O"]], y_pred: [["O"]], beta: -1 }],
  ["input-range", "sequence_prf", { y_true: [["O"]], y_pred: [["O"]], average: "samples" }],
  ["input-unknown", "token_confusion", { y_true: [], y_pred: [], average: "micro" }],
])("%s: %s refuses %j", (code, id, inputs) => expect(codeOf(() => calculate(id, inputs))).toBe(code));
