import { cocoWriters } from "./coco/write.js";
import type { Writer } from "./write.js";

/** All formats that can be written, by their ids in formats/index.ts. */
export const writers: readonly Writer[] = [...cocoWriters];
