import type { ByteWindow } from "./byte-window.js";

/** What a reader found out so far; filled step by step, so that a file cut short keeps what its header said. */
export interface ImageShape {
  width: number | undefined;
  height: number | undefined;
  /** EXIF orientation, 1 to 8. */
  orientation: number | undefined;
}

/** One image type: how its first bytes look, where its size stands, how its end is known. */
export interface ImageReader {
  readonly type: string;
  /** Whether the first bytes (up to 32) are of this type. */
  matches(head: Buffer): boolean;
  /**
   * Fills size and orientation, and with `toTheEnd` goes on to the end. Gives what is wrong, in English, or undefined for an image that is whole as far
   * as it was looked at. May throw EndOfImage.
   */
  read(bytes: ByteWindow, shape: ImageShape, toTheEnd: boolean): string | undefined;
}
