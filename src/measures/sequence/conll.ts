import { type Entity, type TagForm, takeApart } from "./tags.js";

/**
 * Entities of a sequence of tags as conlleval reads them: a change of type or an I- after O starts one, nothing is refused. The end does not belong to
 * the entity.
 *
 * Source: conlleval.pl (CoNLL-2000 shared task), as seqeval 1.2.2 `get_entities` carries it over.
 *
 * @throws MeasureError where a tag has none of the prefixes O, B, I, E, S
 */
export function conllEntities(tags: readonly string[], suffix = false, input = "tags"): readonly Entity[] {
  const { prefixes, types } = takeApart(tags, formOf(suffix, input));
  const found: Entity[] = [];
  let begin = 0;
  for (let at = 0; at <= tags.length; at++) {
    const before = prefixes[at - 1] ?? O;
    const now = prefixes[at] ?? O;
    const change = (types[at - 1] ?? "") !== (types[at] ?? "_");
    const ends = before === E || before === S || (before !== O && (now === B || now === S || now === O || change));
    const starts =
      now === B || now === S || ((now === E || now === I) && (before === E || before === S || before === O || change));
    if (ends) found.push([types[at - 1] ?? "_", begin, at]);
    if (starts) begin = at;
  }
  return found;
}

// Codes of PREFIXES in tags.ts.
const [O, B, I, E, S] = [0, 1, 2, 3, 4];

/** The type is what follows the first hyphen; with suffixes, what stands before the last. */
function formOf(suffix: boolean, input: string): TagForm {
  const typeOf = suffix
    ? (rest: string) => (rest.includes("-") ? rest.slice(0, rest.lastIndexOf("-")) : rest)
    : (rest: string) => (rest.includes("-") ? rest.slice(rest.indexOf("-") + 1) : rest);
  return { input, allowed: "OBIES", suffix, typeOf };
}
