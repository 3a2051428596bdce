import { cocoFormats } from "./coco/index.js";
import type { Format } from "./format.js";

/** All formats that can be read. */
export const formats: readonly Format[] = [...cocoFormats];
