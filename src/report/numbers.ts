import type { Lang } from "./locale.js";

/** How numbers are printed, in every rendering. Rounding never crosses a line: what is below a threshold is printed below it. */

export type Direction = "nearest" | "down" | "up";

/** More digits than a double holds are never needed to tell it from another one. */
const mostDigits = 15;

/** `4,784`; the same in Chinese and English. */
export function count(value: number): string {
  const [whole = "", fraction] = plainDigits(value).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/**
 * `value` with `digits` decimals, or with as many more as it takes to stand on the same side of every line as the value does.
 *
 * @param direction where a rounded end of an interval may go: outwards.
 */
export function against(
  value: number,
  lines: readonly number[],
  options: { digits?: number; direction?: Direction } = {},
): string {
  for (let digits = options.digits ?? 1; digits <= mostDigits; digits += 1) {
    const shown = round(value, digits, options.direction ?? "nearest");
    if (lines.every((line) => Math.sign(Number(shown) - line) === Math.sign(value - line))) return shown;
  }
  return String(value);
}

/** A score of 0 … 100: `87.4`; `89.96` with threshold 90; `100` and `0` only where they are meant. */
export function score(value: number, threshold?: number): string {
  return bare(against(value, linesOf(threshold)));
}

/** The two ends of a score, rounded outwards; one number where they are the same. */
export function bounds(lower: number, upper: number, threshold?: number): string {
  if (lower === upper) return score(lower, threshold);
  const lines = linesOf(threshold);
  const low = bare(against(lower, lines, { direction: "down" }));
  const high = bare(against(upper, lines, { direction: "up" }));
  return `${low}–${high}`;
}

/** An interval of a measurement, ends rounded outwards: `0.981–0.992`. */
export function interval(lower: number, upper: number): string {
  const digits = { digits: 3 };
  return `${against(lower, [0, 1], { ...digits, direction: "down" })}–${against(upper, [0, 1], { ...digits, direction: "up" })}`;
}

/** `1.17%`; `<0.01%` and `>99.99%` instead of 0 and 100 unless a = 0 or a = b; undefined at b = 0. */
export function percent(a: number, b: number): string | undefined {
  if (b === 0) return undefined;
  if (a === 0) return "0%";
  if (a === b) return "100%";
  const share = (100 * a) / b;
  if (share < 0.01) return "<0.01%";
  if (share > 99.99 && share < 100) return ">99.99%";
  return `${share.toFixed(2)}%`;
}

/** `4 / 4,784`, or the sign for «nothing was asked». */
export function fraction(a: number, b: number, lang: Lang): string {
  if (b === 0) return lang === "zh" ? "—（B = 0）" : "— (B = 0)";
  return `${count(a)} / ${count(b)}`;
}

/** A number out of the data: whole as it is, else with the digits that tell it from its bound. */
export function decimal(value: number, bound?: number): string {
  if (Number.isInteger(value)) return plainDigits(value);
  const digits = Math.abs(value) < 0.1 ? 3 : 1;
  if (bound === undefined) return against(value, [], { digits });
  // As many decimals as the bound has, or 0.975 against 0.95 would read 1.0.
  const decimals = plainDigits(Number(bound.toPrecision(6))).split(".")[1]?.length ?? 0;
  return against(value, [bound], { digits: Math.max(digits, decimals) });
}

/** A bound as it was set: all digits that a person would write. */
export function bound(value: number): string {
  return plainDigits(Number(value.toPrecision(6)));
}

/** 2026-11-24 in English, 2026 年 11 月 24 日 in Chinese; a text that is no such date stands as it is. */
export function date(text: string, lang: Lang): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null || lang === "en") return text;
  return `${parts[1]} 年 ${Number(parts[2])} 月 ${Number(parts[3])} 日`;
}

/** 8 + 4 digits of a digest: `3f9c7d12…a21e`. */
export function shortDigest(sha256: string): string {
  return `${sha256.slice(0, 8)}…${sha256.slice(-4)}`;
}

function linesOf(threshold: number | undefined): readonly number[] {
  return threshold === undefined ? [0, 100] : [0, 100, threshold];
}

function bare(shown: string): string {
  return shown === "100.0" ? "100" : shown === "0.0" ? "0" : shown;
}

function round(value: number, digits: number, direction: Direction): string {
  const nearest = value.toFixed(digits);
  const found = Number(nearest);
  if (direction === "nearest" || found === value || !Number.isFinite(value))
    return nearest === "-0.0" ? "0.0" : nearest;
  const unit = 10 ** digits;
  if (direction === "down" && found > value) return ((Math.round(found * unit) - 1) / unit).toFixed(digits);
  if (direction === "up" && found < value) return ((Math.round(found * unit) + 1) / unit).toFixed(digits);
  return nearest;
}

/** Digits without an exponent up to 10^21; beyond that as JavaScript writes them. */
function plainDigits(value: number): string {
  return Object.is(value, -0) ? "0" : String(value);
}
