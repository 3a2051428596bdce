import { type Entity, PREFIXES, type TagForm, type TagSequence, takeApart } from "./tags.js";

/**
 * The six tag schemes as seqeval's strict mode reads them: which step from one token to the next starts, continues or ends an entity. `BI=` is B then I of
 * the same type, `≠` of another, without a sign of any; `*` is any prefix. Source: seqeval 1.2.2, scheme.py (Ramshaw & Marcus 1995, Tjong Kim Sang & Veenstra 1999, Ratinov & Roth 2009).
 */
const patterns = {
  IOB1: {
    allowed: "IOB",
    start: "OI II≠ BI IB= BB=",
    inside: "BI= II=",
    end: "II≠ IO IB BO BI≠ BB=",
  },
  IOB2: { allowed: "IOB", start: "*B", inside: "BI= II=", end: "IO II≠ IB BO BI≠ BB" },
  IOE1: {
    allowed: "IOE",
    start: "OI II≠ EI EE=",
    inside: "II= IE=",
    end: "II≠ IO IE≠ EI= EE=",
  },
  IOE2: { allowed: "IOE", start: "OI OE EI EE II≠ IE≠", inside: "IE= II=", end: "E*" },
  IOBES: { allowed: "IOBES", start: "*B *S", inside: "BI= BE= II= IE=", end: "S* E*" },
  BILOU: { allowed: "BILOU", start: "*B *U", inside: "BI= BL= II= IL=", end: "U* L*" },
} as const;

export type TagScheme = keyof typeof patterns;

export const tagSchemes = Object.keys(patterns) as readonly TagScheme[];

const START = 1;
const INSIDE = 2;
const END = 4;

/** By prefix before, prefix now and whether the type is the same: which of START, INSIDE, END hold. */
const tables = Object.fromEntries(tagSchemes.map((scheme) => [scheme, stepsOf(patterns[scheme])])) as Readonly<
  Record<TagScheme, Uint8Array>
>;

function stepsOf({ start, inside, end }: (typeof patterns)[TagScheme]): Uint8Array {
  const table = new Uint8Array(PREFIXES.length * PREFIXES.length * 2);
  const mark = (list: string, bit: number): void => {
    for (const [before = "", now = "", types] of list.split(" "))
      for (const p of before === "*" ? PREFIXES : before)
        for (const q of now === "*" ? PREFIXES : now) {
          const at = (PREFIXES.indexOf(p) * PREFIXES.length + PREFIXES.indexOf(q)) * 2;
          if (types !== "=") table[at] = (table[at] ?? 0) | bit;
          if (types !== "≠") table[at + 1] = (table[at + 1] ?? 0) | bit;
        }
  };
  mark(start, START);
  mark(inside, INSIDE);
  mark(end, END);
  return table;
}

/**
 * Entities of a sequence of tags, read strictly: what the scheme does not allow is no entity. The end does not belong to the entity.
 *
 * @throws MeasureError where a tag has a prefix that the scheme does not have
 */
export function strictEntities(tags: readonly string[], scheme: TagScheme, input = "tags"): readonly Entity[] {
  const sequence = takeApart(tags, formOf(scheme, input));
  const table = tables[scheme];
  const found: Entity[] = [];
  let at = 0;
  while (at < tags.length) {
    if ((step(sequence, at, table) & START) === 0) {
      at += 1;
      continue;
    }
    let end = at + 1;
    while (end < tags.length && (step(sequence, end, table) & INSIDE) !== 0) end += 1;
    if ((step(sequence, end, table) & END) !== 0) found.push([sequence.types[at] ?? "_", at, end]);
    at = end;
  }
  return found;
}

/** Before the first token and after the last stands an O, whose type is `_`. */
function step({ prefixes, types }: TagSequence, at: number, table: Uint8Array): number {
  const same = (types[at - 1] ?? "_") === (types[at] ?? "_") ? 1 : 0;
  const pair = (prefixes[at - 1] ?? 0) * PREFIXES.length + (prefixes[at] ?? 0);
  return table[pair * 2 + same] ?? 0;
}

function formOf(scheme: TagScheme, input: string): TagForm {
  return { input, allowed: patterns[scheme].allowed, typeOf: (rest) => rest.replace(/^-+|-+$/g, "") };
}
