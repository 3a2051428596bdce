import type { JsonFault } from "./api.js";
import { byteName, endsEarly, unexpected } from "./unexpected.js";
import type { ByteWindow } from "./window.js";

const escaped = 1;
const high = 2;
const [plainByte, quoteByte, backslashByte, controlByte, highByte] = [0, 1, 2, 3, 4];

/** What a byte is to a string. */
const kindOf = new Uint8Array(256).map((_, byte) => {
  if (byte < 0x20) return controlByte!;
  if (byte === 0x22) return quoteByte!;
  if (byte === 0x5c) return backslashByte!;
  return byte < 0x80 ? plainByte! : highByte!;
});

const cacheSlots = 1024;
const cachedBytes = 32;

/**
 * Reads strings out of a window. `scan` finds the closing quote; a string of plain ASCII is then cut out of the bytes, any other is decoded unit by
 * unit. Of each kind of fault the first one in a string is reported.
 */
export class StringReader {
  /** Index of the closing quote of the string that was scanned last; the opening one is at `window.pos`. */
  close = 0;
  /** Whether that string has an escape, or a byte ≥ 0x80. */
  private flags = 0;
  private units = new Uint16Array(256);
  private bytesOfUnits = Buffer.from(this.units.buffer);
  private length = 0;
  private readonly window: ByteWindow;
  private readonly report: (fault: JsonFault) => void;
  /** Short strings met lately, by their bytes: making one anew costs three times as much. */
  private cachedTexts: string[] = [];
  private cachedLengths = new Uint8Array(0);
  private cachedContent = new Uint8Array(0);

  constructor(window: ByteWindow, report: (fault: JsonFault) => void) {
    this.window = window;
    this.report = report;
  }

  get isPlain(): boolean {
    return this.flags === 0;
  }

  get hasEscape(): boolean {
    return (this.flags & escaped) !== 0;
  }

  /** From the opening quote at `window.pos` to the closing one. */
  scan(): void {
    const window = this.window;
    let bytes = window.bytes;
    let at = window.pos + 1;
    let flags = 0;
    for (;;) {
      let byte = bytes[at]!;
      while (kindOf[byte] === plainByte) byte = bytes[++at]!;
      if (byte === 0x22) break;
      if (byte >= 0x80) {
        flags |= high;
        at++;
        continue;
      }
      if (byte === 0x5c && at + 1 < window.end) {
        flags |= escaped;
        at += 2;
        continue;
      }
      if (byte !== 0x5c && at < window.end) throw unexpected(window, at, "no raw control character in a string");
      at -= window.pos;
      if (!window.more()) throw endsEarly(window, `'"' at the end of a string`);
      at += window.pos;
      bytes = window.bytes;
    }
    this.close = at;
    this.flags = flags;
  }

  /** The text of the string that was scanned; `window.pos` stays where it is. */
  text(): string {
    const start = this.window.pos + 1;
    if (this.flags !== 0) {
      this.decode();
      return this.decoded();
    }
    if (this.close - start <= cachedBytes) return this.shortText(start, this.close);
    return this.window.buffer.toString("latin1", start, this.close);
  }

  /** Checks the string that was scanned as `text` does, and makes no string. */
  check(): void {
    if (this.flags !== 0) this.decode();
  }

  decoded(): string {
    return this.bytesOfUnits.toString("utf16le", 0, this.length * 2);
  }

  /** Decodes into `units`. True when it had no fault. */
  decode(): boolean {
    const bytes = this.window.bytes;
    if (this.units.length < this.close - this.window.pos) {
      this.units = new Uint16Array(2 * (this.close - this.window.pos));
      this.bytesOfUnits = Buffer.from(this.units.buffer);
    }
    const units = this.units;
    let length = 0;
    let badBytes = false;
    let badText = false;
    let at = this.window.pos + 1;
    while (at < this.close) {
      const byte = bytes[at]!;
      if (byte < 0x80 && byte !== 0x5c) {
        units[length++] = byte;
        at++;
        continue;
      }
      if (byte === 0x5c) {
        const unit = this.escape(at);
        // Only \u makes a control character, a surrogate that stands alone is seen at the unit after it.
        if (!badText && isControl(unit)) {
          badText = true;
          this.fault("text-control-characters", at, `U+${unit.toString(16).toUpperCase().padStart(4, "0")}`);
        }
        at += bytes[at + 1] === 0x75 ? 6 : 2;
        units[length++] = unit;
        const follows = bytes[at] === 0x5c && bytes[at + 1] === 0x75 && at < this.close;
        if (unit >= 0xd800 && unit < 0xdc00 && follows) {
          const second = this.escape(at);
          if (second >= 0xdc00 && second < 0xe000) {
            units[length++] = second;
            at += 6;
            continue;
          }
        }
        if (!badText && unit >= 0xd800 && unit < 0xe000) {
          badText = true;
          this.fault("text-control-characters", at - 6, "unpaired surrogate");
        }
        continue;
      }
      const size = sequenceLength(bytes, at);
      if (size > 0) {
        let point = size === 2 ? byte & 0x1f : size === 3 ? byte & 0x0f : byte & 0x07;
        for (let i = 1; i < size; i++) point = (point << 6) | (bytes[at + i]! & 0x3f);
        if (!badText && point < 0xa0) {
          badText = true;
          this.fault("text-control-characters", at, `U+00${point.toString(16).toUpperCase()}`);
        }
        if (point >= 0x10000) {
          units[length++] = 0xd7c0 + (point >> 10);
          units[length++] = 0xdc00 | (point & 0x3ff);
        } else {
          units[length++] = point;
        }
        at += size;
        continue;
      }
      if (!badBytes) {
        badBytes = true;
        this.fault("invalid-utf8", at, byteName(byte));
      }
      units[length++] = 0xfffd;
      at -= size;
    }
    this.length = length;
    return !badBytes && !badText;
  }

  /** The UTF-16 unit that the escape at `at` stands for. */
  private escape(at: number): number {
    const bytes = this.window.bytes;
    const letter = bytes[at + 1]!;
    if (letter !== 0x75) {
      const unit = simpleEscapes[letter]!;
      if (unit === 0) throw unexpected(this.window, at + 1, 'one of " \\ / b f n r t u after a backslash');
      return unit;
    }
    let unit = 0;
    for (let i = at + 2; i < at + 6; i++) {
      const digit = hexValue(bytes[i]!);
      if (digit < 0) throw unexpected(this.window, i, "four hexadecimal digits after \\u");
      unit = (unit << 4) | digit;
    }
    return unit;
  }

  private shortText(start: number, end: number): string {
    const bytes = this.window.bytes;
    const length = end - start;
    if (this.cachedLengths.length === 0) {
      this.cachedTexts = new Array<string>(cacheSlots).fill("");
      this.cachedLengths = new Uint8Array(cacheSlots);
      this.cachedContent = new Uint8Array(cacheSlots * cachedBytes);
    }
    let hash = length;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
    const slot = (hash ^ (hash >>> 15)) & (cacheSlots - 1);
    const content = this.cachedContent;
    const from = slot * cachedBytes;
    let i = this.cachedLengths[slot] === length ? 0 : length + 1;
    while (i < length && content[from + i] === bytes[start + i]) i++;
    if (i === length) return this.cachedTexts[slot]!;
    const text = this.window.buffer.toString("latin1", start, end);
    for (let k = 0; k < length; k++) content[from + k] = bytes[start + k]!;
    this.cachedLengths[slot] = length;
    this.cachedTexts[slot] = text;
    return text;
  }

  private fault(id: JsonFault["id"], at: number, value: string): void {
    this.report({ id, offset: this.window.base + at, value });
  }
}

const simpleEscapes = new Uint8Array(256);
for (const [letter, unit] of ['""', "\\\\", "//", "b\b", "f\f", "n\n", "r\r", "t\t"]) {
  simpleEscapes[letter!.charCodeAt(0)] = unit!.charCodeAt(0);
}

/** C0 and C1 without TAB, LF and CR. */
function isControl(unit: number): boolean {
  if (unit < 0x20) return unit !== 9 && unit !== 10 && unit !== 13;
  return unit >= 0x80 && unit < 0xa0;
}

function hexValue(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/**
 * Length of the well-formed UTF-8 sequence at `at`; or, where there is none, minus the number of bytes that one U+FFFD stands for.
 * Source: Unicode 15, table 3-7, and §3.9 on maximal subparts.
 */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  if (first < 0xc2 || first > 0xf4) return -1;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const second = bytes[at + 1]!;
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const top = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > top) return -1;
  for (let i = 2; i < length; i++) if ((bytes[at + i]! & 0xc0) !== 0x80) return -i;
  return length;
}
