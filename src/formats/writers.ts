import { cocoWriters } from "./coco/write.js";
import { croissantWriter } from "./croissant/write.js";
import { tc609Writer } from "./tc609/write.js";
import { vocWriter } from "./voc/write.js";
import type { Writer } from "./write.js";
import { yoloWriters } from "./yolo/write.js";

/** All formats that can be written, in the order of formats/index.ts. */
export const writers: readonly Writer[] = [...cocoWriters, vocWriter, ...yoloWriters, tc609Writer, croissantWriter];
