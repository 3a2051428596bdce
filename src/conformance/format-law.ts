import type { Carries, Writer } from "../formats/write.js";
import type { Bounds } from "../generate/bounds.js";
import type { Breaker } from "../generate/break.js";
import type { Draw } from "../generate/draw.js";
import { type Wish, wishFor } from "../generate/wish.js";
import type { ActiveRule } from "../standards/ruleset.js";
import { drawBroken, findingsOf, writeFiles } from "./drawn-files.js";
import { type Check, writersFor } from "./rule-suite.js";
import { suiteMessage } from "./suite-messages.js";

/** A rule with two formats that carry what it reads, and the wish for a dataset that both can hold. */
export interface Pair {
  readonly breaker: Breaker;
  readonly writers: readonly [Writer, Writer];
  readonly wish: Wish;
}

/** All pairs of formats in which one dataset can break a rule. What a break writes into a file, or does to it, is of one format. */
export function pairsOf(breaker: Breaker, bounds: Bounds): readonly Pair[] {
  const { source } = breaker;
  const fitting = writersFor(breaker, bounds).map(({ writer }) => writer);
  if (breaker.changesFiles || source.write !== undefined || source.omit !== undefined || source.repeat !== undefined)
    return [];
  return fitting.flatMap((left, at) =>
    fitting.slice(at + 1).flatMap((right) => {
      const carries = common(left.carries, right.carries);
      if (carries === undefined) return [];
      const [wish, other] = [left, right].map(({ format }) =>
        wishFor(breaker.rule, source, { format, carries }, bounds),
      );
      return wish === undefined || other === undefined ? [] : [{ breaker, writers: [left, right] as const, wish }];
    }),
  );
}

/** What two formats both carry; undefined where one has to have what the other has no place for. */
function common(left: Carries, right: Carries): Carries | undefined {
  const both = <T>(one: readonly T[], other: readonly T[]): T[] => one.filter((field) => other.includes(field));
  const annotation = both(left.annotation, right.annotation);
  const late = [...new Set([...(left.late ?? []), ...(right.late ?? [])])];
  const always = [...new Set([...(left.always ?? []), ...(right.always ?? [])])].filter((one) => !late.includes(one));
  const kinds = new Set([left.coordinates, right.coordinates]);
  if (left.node === true || right.node === true || !always.every((field) => annotation.includes(field)))
    return undefined;
  if (kinds.has("integer") && kinds.has("share")) return undefined;
  const ids = new Set([left.ids, right.ids]);
  return {
    category: both(left.category, right.category),
    media: both(left.media, right.media),
    annotation,
    always,
    late,
    coordinates: kinds.has("integer") ? "integer" : kinds.has("share") ? "share" : "any",
    ids: ids.has("own") ? "own" : ids.has("text") ? "text" : "any",
    ...(left.textAttributes === true || right.textAttributes === true ? { textAttributes: true as const } : {}),
    ...(left.splits === true && right.splits === true ? { splits: true as const } : {}),
    needsPictures: left.needsPictures || right.needsPictures,
  };
}

/** One dataset in two formats: the rule that is broken in it is found as often in the one as in the other. */
export async function sameInBoth(
  { breaker, writers: [left, right], wish }: Pair,
  active: readonly ActiveRule[],
  draw: Draw,
): ReturnType<Check> {
  const drawn = drawBroken(draw, breaker, { writer: left, wish });
  if (drawn.broken === undefined) return "not asked";
  const { files } = writeFiles(drawn.sample, right);
  const { id } = breaker.rule.rule;
  const counts: number[] = [];
  for (const [one, { format }] of [
    [drawn.files, left],
    [files, right],
  ] as const)
    counts.push((await findingsOf(one, active, format)).filter(({ rule }) => rule === id).length);
  if (counts[0] === counts[1]) return undefined;
  return {
    problem: suiteMessage("formats", {
      rule: id,
      left: left.format,
      leftCount: counts[0] ?? 0,
      right: right.format,
      rightCount: counts[1] ?? 0,
    }).message,
    files,
  };
}
