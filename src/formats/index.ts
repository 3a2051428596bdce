import { cocoFormats } from "./coco/index.js";
import { croissant } from "./croissant.js";
import type { Format, Settle } from "./format.js";
import { tc609Jsonl } from "./tc609.js";
import { settleVoc, voc } from "./voc.js";
import { settleYolo, yoloFormats } from "./yolo.js";

/** All formats that can be read. */
export const formats: readonly Format[] = [...cocoFormats, voc, ...yoloFormats, tc609Jsonl, croissant];

/** Faults that reading a format can raise, by its id; none for an id that is no format's. */
export function faultsOf(id: string): Format["faults"] {
  return formats.find((format) => format.id === id)?.faults ?? {};
}

/** Families whose files show only together what they are. */
export const settlers: Readonly<Partial<Record<string, Settle>>> = { voc: settleVoc, yolo: settleYolo };
