import type { MeasureState } from "../function.js";
import { conllEntities } from "./conll.js";
import { strictEntities, type TagScheme } from "./strict.js";
import type { Entity } from "./tags.js";

/** Of one type: entities of the truth, predicted ones, and those in both with the same tokens. */
export interface TypeCounts {
  readonly truth: number;
  readonly predicted: number;
  readonly correct: number;
}

/** What precision, recall and F of entities are made of. */
export interface EntityCounts {
  readonly types: ReadonlyMap<string, TypeCounts>;
  readonly tokens: number;
  /** Tokens with the same tag in both. */
  readonly tokensCorrect: number;
}

export const entityCounts: MeasureState<EntityCounts> = {
  empty: () => ({ types: new Map(), tokens: 0, tokensCorrect: 0 }),
  merge(left, right) {
    const types = new Map(left.types);
    for (const [type, counts] of right.types) types.set(type, addCounts(types.get(type), counts));
    return {
      types,
      tokens: left.tokens + right.tokens,
      tokensCorrect: left.tokensCorrect + right.tokensCorrect,
    };
  },
};

const nothing: TypeCounts = { truth: 0, predicted: 0, correct: 0 };

function addCounts(left: TypeCounts = nothing, right: TypeCounts = nothing): TypeCounts {
  return {
    truth: left.truth + right.truth,
    predicted: left.predicted + right.predicted,
    correct: left.correct + right.correct,
  };
}

export function totalOf({ types }: EntityCounts): TypeCounts {
  return [...types.values()].reduce(addCounts, nothing);
}

/** How tags are read: strictly under a scheme, or as conlleval does. */
export type Reading = TagScheme | "conll";

/** Counts of paired sequences of tags. @throws MeasureError where a tag is none of the reading */
export function countEntities(
  truth: readonly (readonly string[])[],
  predicted: readonly (readonly string[])[],
  reading: Reading,
): EntityCounts {
  const types = new Map<string, { truth: number; predicted: number; correct: number }>();
  const of = (type: string) => {
    const found = types.get(type) ?? { ...nothing };
    types.set(type, found);
    return found;
  };
  let tokens = 0;
  let tokensCorrect = 0;
  truth.forEach((tags, at) => {
    const guessed = predicted[at] ?? [];
    tokens += tags.length;
    tags.forEach((tag, token) => {
      if (tag === guessed[token]) tokensCorrect += 1;
    });
    const entities = entitiesOf(tags, reading, `y_true[${at}]`);
    const found = entitiesOf(guessed, reading, `y_pred[${at}]`);
    for (const [type] of entities) of(type).truth += 1;
    for (const [type] of found) of(type).predicted += 1;
    for (const type of common(entities, found)) of(type).correct += 1;
  });
  return { types, tokens, tokensCorrect };
}

function entitiesOf(tags: readonly string[], reading: Reading, input: string): readonly Entity[] {
  return reading === "conll" ? conllEntities(tags, false, input) : strictEntities(tags, reading, input);
}

/** Types of the entities in both; each list is in the order of starts, and no two of one list start at one token. */
function common(left: readonly Entity[], right: readonly Entity[]): readonly string[] {
  const both: string[] = [];
  let at = 0;
  for (const [type, start, end] of left) {
    while ((right[at]?.[1] ?? Number.POSITIVE_INFINITY) < start) at += 1;
    const other = right[at];
    if (other?.[0] === type && other[1] === start && other[2] === end) both.push(type);
  }
  return both;
}
