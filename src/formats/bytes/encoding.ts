/**
 * Says which 16 or 32 bit encoding a text begins in, or undefined. A byte order mark decides; without one, a zero byte beside an ASCII byte does:
 * JSON, XML and YAML begin with ASCII, so UTF-16 has a zero in every second byte (RFC 4627 §3).
 */
export function wideEncodingOf(head: Uint8Array): string | undefined {
  const [a, b, c, d] = head;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? "UTF-32 (little endian)" : "UTF-16 (little endian)";
  if (a === 0xfe && b === 0xff) return "UTF-16 (big endian)";
  if (a === 0 && b === 0 && c !== undefined && (c === 0xfe || d !== 0)) return "UTF-32 (big endian)";
  if (a === 0 && b !== undefined && b !== 0) return "UTF-16 (big endian)";
  if (a !== undefined && a !== 0 && b === 0) return "UTF-16 (little endian)";
  return undefined;
}
