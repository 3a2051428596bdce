import type { NumberList } from "./api.js";
import { endsEarly, unexpected } from "./unexpected.js";
import type { ByteWindow } from "./window.js";

const powers = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const digitExpected = "a digit";

/**
 * Reads one number at `window.pos`, correctly rounded. Up to 15 digits and a power of ten up to 22 take one division or product of exact doubles
 * (Clinger, How to read floating point numbers accurately, 1990); 16 or 17 digits a division with its remainder; the rest goes to Number().
 */
export class NumberReader {
  /** Of the number read last: index behind it (it begins at `window.pos`), and whether it has neither fraction nor exponent. */
  close = 0;
  isInteger = false;
  private readonly window: ByteWindow;

  constructor(window: ByteWindow) {
    this.window = window;
  }

  /** Reads without passing: the caller sets `window.pos = close`. Gives NaN and ±Infinity for the literals that JSON does not have. */
  read(): number {
    for (;;) {
      const value = this.attempt();
      if (this.close < this.window.end) return value;
      const length = this.close - this.window.pos;
      if (this.window.more()) continue;
      this.close = this.window.pos + length;
      return value;
    }
  }

  text(): string {
    return this.window.buffer.toString("latin1", this.window.pos, this.close);
  }

  /** Whether the number read last is whole, exactly: 1.50e1 is, 1.00000000000000000001 is not. */
  isWhole(): boolean {
    if (this.isInteger) return true;
    const [, whole = "", fraction = "", exponent = "0"] =
      /^-?(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(this.text()) ?? [];
    const significant = (whole + fraction).replace(/0+$/, "");
    return /^0*$/.test(significant) || whole.length + Number(exponent) >= significant.length;
  }

  private attempt(): number {
    const window = this.window;
    const bytes = window.bytes;
    let at = window.pos;
    const negative = bytes[at] === 0x2d;
    if (negative) at++;
    let byte = bytes[at]!;
    if (byte < 0x30 || byte > 0x39) return this.literal(at, negative);
    // The first nine digits from the first that is not 0, the next eight, and how many there are in all.
    let first = 0;
    let second = 0;
    let digits = 0;
    if (byte === 0x30) {
      byte = bytes[++at]!;
    } else {
      for (let digit = byte - 0x30; digit >= 0 && digit <= 9; digit = bytes[++at]! - 0x30) {
        if (digits < 9) first = (Math.imul(first, 10) + digit) | 0;
        else if (digits < 17) second = (Math.imul(second, 10) + digit) | 0;
        digits++;
      }
      byte = bytes[at]!;
    }
    let scale = 0;
    this.isInteger = true;
    if (byte === 0x2e) {
      this.isInteger = false;
      const point = at;
      for (let digit = bytes[++at]! - 0x30; digit >= 0 && digit <= 9; digit = bytes[++at]! - 0x30) {
        if (digits === 0 && digit === 0) continue;
        if (digits < 9) first = (Math.imul(first, 10) + digit) | 0;
        else if (digits < 17) second = (Math.imul(second, 10) + digit) | 0;
        digits++;
      }
      scale = point + 1 - at;
      if (scale === 0) return this.missing(at);
      byte = bytes[at]!;
    }
    if (byte === 0x65 || byte === 0x45) {
      this.isInteger = false;
      const sign = bytes[++at]!;
      if (sign === 0x2b || sign === 0x2d) at++;
      const from = at;
      let exponent = 0; // stops growing where no fraction, of at most 2^28 digits, can make up for it
      for (let digit = bytes[at]! - 0x30; digit >= 0 && digit <= 9; digit = bytes[++at]! - 0x30) {
        if (exponent < 1e9) exponent = exponent * 10 + digit;
      }
      if (at === from) return this.missing(at);
      scale += sign === 0x2d ? -exponent : exponent;
    }
    this.close = at;
    const value = nearest(first, second, digits, scale);
    if (Number.isNaN(value)) return Number(this.text());
    return negative ? -value : value;
  }

  /** No digit stands where one has to. At the end of the window that is not yet known to be wrong. */
  private missing(at: number): number {
    const window = this.window;
    if (at < window.end) throw unexpected(window, at, digitExpected);
    if (!window.more()) throw endsEarly(window, digitExpected);
    return this.attempt();
  }

  private literal(at: number, negative: boolean): number {
    const window = this.window;
    const move = at - window.pos;
    window.ensure(move + 8);
    const start = window.pos + move;
    const byte = window.bytes[start]!;
    if (byte >= 0x30 && byte <= 0x39) return this.attempt();
    const name = byte === 0x4e && !negative ? "NaN" : "Infinity";
    if (byte !== name.charCodeAt(0)) throw unexpected(window, start, negative ? digitExpected : "a value");
    for (let i = 1; i < name.length; i++) {
      if (window.bytes[start + i] !== name.charCodeAt(i)) throw unexpected(window, start + i, name);
    }
    this.close = start + name.length;
    this.isInteger = false;
    if (name === "NaN") return Number.NaN;
    return negative ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
}

/** The double nearest to (first and second as one whole number) · 10^scale, or NaN when this cannot tell. */
function nearest(first: number, second: number, digits: number, scale: number): number {
  if (digits <= 9) {
    if (scale === 0) return first;
    if (scale < 0 && scale >= -22) return first / powers[-scale]!;
    if (scale > 0 && scale <= 22) return first * powers[scale]!;
    return first === 0 ? 0 : Number.NaN;
  }
  if (digits > 17) return Number.NaN;
  // Both are exact: first < 10^9, and 10^8 = 2^8 · 5^8.
  const high = first * powers[digits - 9]!;
  if (digits <= 15) {
    const whole = high + second;
    if (scale === 0) return whole;
    if (scale < 0 && scale >= -22) return whole / powers[-scale]!;
    if (scale > 0 && scale <= 22) return whole * powers[scale]!;
    return Number.NaN;
  }
  if (scale === 0) return high + second;
  return scale < 0 && scale >= -22 ? divide(high, second, powers[-scale]!) : Number.NaN;
}

/**
 * (high + low) / divisor, correctly rounded, or NaN when it lies too near the middle between two doubles. The quotient of the rounded sum is mended by
 * the exact remainder: the correction is known to 2^-50 of itself, so when both ends of that range round alike, the value does too.
 * (Two-sum and two-product: Dekker, A floating-point technique for extending the available precision, 1971.)
 */
function divide(high: number, low: number, divisor: number): number {
  const sum = high + low;
  const rest = low - (sum - high);
  const quotient = sum / divisor;
  const product = quotient * divisor;
  const a = split(quotient);
  const b = quotient - a;
  const c = split(divisor);
  const d = divisor - c;
  const error = a * c - product + a * d + b * c + b * d;
  const correction = (sum - product - error + rest) / divisor;
  const one = quotient + correction * (1 + 2 ** -50);
  return one === quotient + correction * (1 - 2 ** -50) ? one : Number.NaN;
}

function split(value: number): number {
  const scaled = value * 134217729; // 2^27 + 1
  return scaled - (scaled - value);
}

/**
 * Reads elements of a flat array as long as they are plain: up to nine digits, no exponent, followed by a comma (and a space) or the bracket.
 * `window.pos` is at an element; afterwards at the first one that is not plain, or, when the result is true, at the closing bracket.
 * This loop is where the time of a large file goes: no test of the end, no allocation but the growing list.
 */
export function readPlainNumbers(window: ByteWindow, list: NumberList): boolean {
  const { bytes, view } = window;
  let values = list.values;
  let length = list.length;
  let start = window.pos;
  for (;;) {
    if (length === values.length) {
      values = new Float64Array(Math.max(64, length * 2));
      values.set(list.values);
      list.values = values;
    }
    // Pixels in hundredths, 123.45 or 6.7 before a comma, are taken four bytes at a time (0.85 of the time). Where the point and the comma stand is asked
    // byte by byte: the processor guesses the answer, and is at the next number before it has computed this one.
    const head = view.getInt32(start, true) ^ zeros;
    const whole =
      head >>> 24 === point ? 3 : ((head >>> 16) & 0xff) === point ? 2 : ((head >>> 8) & 0xff) === point ? 1 : 0;
    const tail = view.getInt32(start + whole + 1, true) ^ zeros;
    const places = ((tail >>> 16) & 0xff) === comma ? 2 : ((tail >>> 8) & 0xff) === comma ? 1 : 0;
    const before = head << (32 - 8 * whole);
    const behind = tail << (32 - 8 * places);
    if (whole > 0 && places > 0 && areDigits(before, behind) && (whole === 1 || (head & 0xff) !== 0)) {
      const scale = places === 2 ? 100 : 10;
      values[length++] = (Math.imul(numberOf(before), scale) + numberOf(behind)) / scale;
      start += whole + places + 2;
    } else {
      const value = longerNumber(bytes, start);
      if (Number.isNaN(value)) break;
      values[length++] = value;
      start = endOfLonger + 1;
      if (bytes[endOfLonger] === 0x5d) {
        list.length = length;
        window.pos = endOfLonger;
        return true;
      }
    }
    if (bytes[start] === 0x20) start++;
  }
  list.length = length;
  window.pos = start;
  return false;
}

/** Four digits 0; taken from four bytes by exclusive or, they leave the values of digits, and more than 9 of whatever else. */
const zeros = 0x30303030;
const point = 0x2e ^ 0x30;
const comma = 0x2c ^ 0x30;

function areDigits(four: number, others: number): boolean {
  return (((four + 0x76767676) | four | (others + 0x76767676) | others) & 0x80808080) === 0;
}

/** The number that four digits make, the first one in the lowest byte: pairs, then a pair of pairs. */
function numberOf(four: number): number {
  const pairs = (Math.imul(four, 10) + (four >>> 8)) & 0x00ff00ff;
  return Math.imul(pairs & 0xff, 100) + (pairs >>> 16);
}

let endOfLonger = 0;

/** A plain number of any length, digit by digit; NaN for one that is not plain. */
function longerNumber(bytes: Uint8Array, start: number): number {
  let at = start;
  let byte = bytes[at]!;
  const negative = byte === 0x2d;
  if (negative) byte = bytes[++at]!;
  const from = at;
  let number = byte - 0x30;
  if (number < 0 || number > 9) return Number.NaN;
  let digit = bytes[++at]! - 0x30;
  if (number === 0 && digit >= 0 && digit <= 9) return Number.NaN;
  while (digit >= 0 && digit <= 9) {
    number = (Math.imul(number, 10) + digit) | 0;
    digit = bytes[++at]! - 0x30;
  }
  let value = number;
  if (digit === -2) {
    const before = at;
    digit = bytes[++at]! - 0x30;
    while (digit >= 0 && digit <= 9) {
      number = (Math.imul(number, 10) + digit) | 0;
      digit = bytes[++at]! - 0x30;
    }
    const places = at - before - 1;
    if (places === 0 || at - from > 10) return Number.NaN;
    value = number / powers[places]!;
  } else if (at - from > 9) return Number.NaN;
  if (digit !== -4 && digit !== 0x2d) return Number.NaN;
  endOfLonger = at;
  return negative ? -value : value;
}
