import type { ByteWindow } from "./byte-window.js";
import type { ImageReader } from "./image-reader.js";

const trailer = 0x3b;

/** GIF87a and GIF89a. Whole: the blocks lead through at least one image to the trailer. */
export const gif: ImageReader = {
  type: "image/gif",
  matches: (head) => /^GIF8[79]a/.test(head.toString("latin1", 0, 6)),
  read(bytes, shape, toTheEnd) {
    shape.width = bytes.u16le(6);
    shape.height = bytes.u16le(8);
    if (!toTheEnd) return undefined;
    let images = 0;
    for (let at = 13 + tableBytes(bytes.u8(10)); ; ) {
      const block = bytes.u8(at);
      if (block === trailer) {
        if (images === 0) return "there is no image before the trailer";
        return undefined;
      }
      if (block === 0x21) {
        at = endOfSubBlocks(bytes, at + 2);
      } else if (block === 0x2c) {
        images += 1;
        at = endOfSubBlocks(bytes, at + 11 + tableBytes(bytes.u8(at + 9)));
      } else {
        return `a block cannot begin with ${block} at byte ${at}`;
      }
    }
  },
};

function tableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

function endOfSubBlocks(bytes: ByteWindow, from: number): number {
  let at = from;
  for (let length = bytes.u8(at); length > 0; length = bytes.u8(at)) at += 1 + length;
  return at + 1;
}
