import { InputError } from "../../records/errors.js";
import type { ByteWindow } from "./window.js";

/** The text ends where it may not: inside a token, or inside a container. */
export function endsEarly(window: ByteWindow, expected: string): InputError {
  return new InputError("TS-FORMAT-0012", { offset: window.base + window.end, found: "the end", expected });
}

/** What stands at index `at` of the window is not what JSON asks for there. */
export function unexpected(window: ByteWindow, at: number, expected: string): InputError {
  const move = at - window.pos;
  window.ensure(move + 4);
  const place = window.pos + move;
  if (place >= window.end) return endsEarly(window, expected);
  return new InputError("TS-FORMAT-0010", { offset: window.base + place, found: characterAt(window, place), expected });
}

function characterAt(window: ByteWindow, at: number): string {
  const first = window.bytes[at]!;
  const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  const text = window.buffer.toString("utf8", at, Math.min(at + length, window.end));
  const printable = first > 0x20 && first !== 0x7f && !text.includes("\ufffd");
  return printable ? (text === '"' ? `'"'` : `"${text}"`) : byteName(first);
}

export function byteName(byte: number): string {
  return `byte 0x${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}
