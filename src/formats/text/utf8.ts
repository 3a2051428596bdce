/** Place of the first byte that begins no UTF-8 sequence (RFC 3629 §4), or -1. */
export function firstInvalidUtf8(bytes: Uint8Array): number {
  for (let i = 0; i < bytes.length; ) {
    const length = sequenceLength(bytes, i);
    if (length === 0) return i;
    i += length;
  }
  return -1;
}

/** Length of the sequence at `at`, 0 where there is none: overlong forms, surrogates and values above U+10FFFF are none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const second = bytes[at + 1] ?? 0;
  if (lead >= 0xc2 && lead <= 0xdf) return follows(second) ? 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef) {
    const least = lead === 0xe0 ? 0xa0 : 0x80;
    const most = lead === 0xed ? 0x9f : 0xbf;
    return second >= least && second <= most && follows(bytes[at + 2]) ? 3 : 0;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    const least = lead === 0xf0 ? 0x90 : 0x80;
    const most = lead === 0xf4 ? 0x8f : 0xbf;
    return second >= least && second <= most && follows(bytes[at + 2]) && follows(bytes[at + 3]) ? 4 : 0;
  }
  return 0;
}

function follows(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte <= 0xbf;
}

/** Bytes as people read them: `C3 28`. */
export function spacedHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" ");
}

export interface DecodedText {
  /** Each byte that is part of no UTF-8 sequence reads as U+FFFD. */
  readonly text: string;
  /** From UTF-16 unit in the text to byte in the file. */
  byteAt(unit: number): number;
}

/** Decodes a text whole and keeps the way back to its bytes, exact even where they are not UTF-8. */
export function decodeUtf8(bytes: Buffer): DecodedText {
  const text = bytes.toString("utf8");
  // As many units as bytes: every character is one byte.
  if (text.length === bytes.length) return { text, byteAt: (unit) => unit };
  const read = firstInvalidUtf8(bytes) < 0 ? text : decodedByBytes(bytes);
  let places: Uint32Array | undefined;
  return {
    text: read,
    byteAt(unit) {
      // Most texts have nothing in them that is asked for its place.
      places ??= placesOf(bytes, read.length);
      return places[Math.min(unit, read.length)] ?? bytes.length;
    },
  };
}

/** The text with U+FFFD for each byte that is part of no sequence; decoders at large make one of several. */
function decodedByBytes(bytes: Buffer): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    parts.push(length === 0 ? "\ufffd" : bytes.toString("utf8", at, at + length));
    at += Math.max(1, length);
  }
  return parts.join("");
}

/** The byte at which each UTF-16 unit of the text begins, and after the last one the number of bytes. */
function placesOf(bytes: Buffer, units: number): Uint32Array {
  const places = new Uint32Array(units + 1);
  let unit = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    places[unit++] = at;
    // What lies beyond U+FFFF has two units, and only that has four bytes.
    if (length === 4) places[unit++] = at;
    at += Math.max(1, length);
  }
  places[units] = bytes.length;
  return places;
}
