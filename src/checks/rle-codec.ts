/**
 * Run lengths of a mask from COCO's compressed text; undefined where the text is not such a list: a character outside "0" … "o", an end
 * inside a number, a negative run, a number of more than 53 bits.
 *
 * A number is 5 bits a character, lowest first, 48 added; bit 6 says that more follow, and the highest bit of the last character is the
 * sign. From the fourth number on it is the difference from the number two before. Source: cocoapi `common/maskApi.c`, rleFrString.
 */
export function decodeCompressedRle(text: string): Float64Array | undefined {
  if (scratch.length < text.length) scratch = new Float64Array(2 * text.length); // each number takes a character at least
  const counts = scratch;
  let used = 0;
  for (let i = 0; i < text.length; ) {
    const code = text.charCodeAt(i) - 48;
    let value = code & 31;
    // Most numbers are of one character (the long way for all: 1.7 times as long).
    if (code >= 0 && code < 32) {
      i++;
      if (value > 15) value -= 32;
    } else {
      let weight = 1;
      let last = code;
      value = 0;
      for (;;) {
        if (!(last >= 0 && last <= 63) || weight > 2 ** 45) return undefined;
        value += (last & 31) * weight;
        weight *= 32;
        i++;
        if ((last & 32) === 0) break;
        last = text.charCodeAt(i) - 48; // NaN after the end
      }
      if ((last & 16) !== 0) value -= weight;
    }
    if (used > 2) value += counts[used - 2]!;
    if (value < 0) return undefined;
    counts[used++] = value;
  }
  return counts.slice(0, used);
}

let scratch = new Float64Array(1024);

/** COCO's compressed text of run lengths, whole numbers from 0 on. Source: cocoapi `common/maskApi.c`, rleToString. */
export function encodeCompressedRle(counts: Float64Array): string {
  let text = "";
  for (let i = 0; i < counts.length; i++) {
    let rest = counts[i]! - (i > 2 ? counts[i - 2]! : 0);
    let more = true;
    while (more) {
      const above = Math.floor(rest / 32);
      const low = rest - 32 * above;
      more = low < 16 ? above !== 0 : above !== -1;
      text += String.fromCharCode(48 + low + (more ? 32 : 0));
      rest = above;
    }
  }
  return text;
}
