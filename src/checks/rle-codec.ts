/**
 * Run lengths of a mask from COCO's compressed text; undefined where the text is not such a list: a character outside "0" … "o", an end
 * inside a number, a negative run, a number of more than 53 bits.
 *
 * A number is 5 bits a character, lowest first, 48 added; bit 6 says that more follow, and the highest bit of the last character is the
 * sign. From the fourth number on it is the difference from the number two before. Source: cocoapi `common/maskApi.c`, rleFrString.
 */
export function decodeCompressedRle(text: string): Float64Array | undefined {
  const counts = new Float64Array(text.length); // each number takes a character at least
  let used = 0;
  let value = 0;
  let weight = 1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i) - 48;
    if (code < 0 || code > 63 || weight > 2 ** 45) return undefined;
    value += (code & 31) * weight;
    weight *= 32;
    if ((code & 32) !== 0) continue;
    if ((code & 16) !== 0) value -= weight;
    if (used > 2) value += counts[used - 2]!;
    if (value < 0) return undefined;
    counts[used++] = value;
    value = 0;
    weight = 1;
  }
  return weight === 1 ? counts.slice(0, used) : undefined;
}

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
