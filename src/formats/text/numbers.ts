const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const notFinite = /^[+-]?(?:nan|inf|infinity)$/i;

/**
 * A number as text formats write it: digits with an optional sign, point and exponent. `nan` and `inf` (as Python prints them) give a value that is not
 * finite; anything else (hexadecimal, a comma, nothing) gives undefined.
 */
export function parseNumber(text: string): number | undefined {
  if (decimal.test(text)) return Number(text);
  if (!notFinite.test(text)) return undefined;
  return /nan/i.test(text) ? Number.NaN : text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
