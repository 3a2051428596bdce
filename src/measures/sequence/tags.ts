import { type Inputs, MeasureError, shown, toList } from "../inputs.js";

/** Letters that a tag begins (or, as a suffix, ends) with; the place is its code. `L` and `U` are BILOU's names for the last and the only token. */
export const PREFIXES = "OBIESLU";

/** A sequence of tags, taken apart: a prefix code and a type a token. */
export interface TagSequence {
  readonly prefixes: Uint8Array;
  readonly types: readonly string[];
}

/** An entity as the field writes it: type, first token, end. Whether the end belongs to it is said by who gives it. */
export type Entity = readonly [type: string, start: number, end: number];

export interface TagForm {
  readonly input: string;
  /** Prefixes that may occur. */
  readonly allowed: string;
  /** `PER-B` instead of `B-PER`. */
  readonly suffix?: boolean;
  /** The type of a tag without its prefix; a tag that is a prefix only has the type `_`. */
  readonly typeOf: (rest: string) => string;
}

/** @throws MeasureError where a tag does not begin with a prefix of the form */
export function takeApart(tags: readonly string[], form: TagForm): TagSequence {
  const prefixes = new Uint8Array(tags.length);
  const types = tags.map((tag, at) => {
    const letter = form.suffix === true ? tag.slice(-1) : tag.slice(0, 1);
    if (letter === "" || !form.allowed.includes(letter))
      throw new MeasureError("input-range", {
        input: `${form.input}[${at}]`,
        expected: {
          zh: `前缀为其中之一：${[...form.allowed].join("、")}`,
          en: `a tag with a prefix of ${[...form.allowed].join(", ")}`,
        },
        found: shown(tag),
      });
    prefixes[at] = PREFIXES.indexOf(letter);
    const rest = form.suffix === true ? tag.slice(0, -1) : tag.slice(1);
    return form.typeOf(rest) || "_";
  });
  return { prefixes, types };
}

/** A list of tags. @throws MeasureError */
export function toTags(value: unknown, input: string): readonly string[] {
  return toList(value, input).map((tag, at) => {
    if (typeof tag !== "string")
      throw new MeasureError("input-type", {
        input: `${input}[${at}]`,
        expected: { zh: "文本形式的标签", en: "a tag, as text" },
        found: shown(tag),
      });
    return tag;
  });
}

/** Sequences of tags; one list of tags is one sequence. @throws MeasureError */
export function sequencesOf(inputs: Inputs, name: string): readonly (readonly string[])[] {
  const list = toList(inputs[name], name);
  if (typeof list[0] === "string") return [toTags(list, name)];
  return list.map((one, at) => toTags(one, `${name}[${at}]`));
}

/** Reference and hypothesis, sequence by sequence and token by token. @throws MeasureError where their lengths differ */
export function pairedSequences(inputs: Inputs): {
  readonly truth: readonly (readonly string[])[];
  readonly predicted: readonly (readonly string[])[];
} {
  const truth = sequencesOf(inputs, "y_true");
  const predicted = sequencesOf(inputs, "y_pred");
  requireLength(predicted.length, truth.length, "y_pred");
  truth.forEach((tags, at) => {
    requireLength(predicted[at]?.length ?? 0, tags.length, `y_pred[${at}]`);
  });
  return { truth, predicted };
}

function requireLength(found: number, wanted: number, input: string): void {
  if (found !== wanted)
    throw new MeasureError("inputs-disagree", {
      input,
      expected: { zh: `${wanted} 项，与 y_true 相同`, en: `${wanted} members, as in y_true` },
      found: `${found}`,
    });
}
