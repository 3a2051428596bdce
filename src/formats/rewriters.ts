import { cocoRewriter } from "./coco/rewrite.js";
import type { Rewriter } from "./rewrite.js";
import { tc609Rewriter } from "./tc609/rewrite.js";
import { vocRewriter } from "./voc/rewrite.js";
import { yoloRewriter } from "./yolo/rewrite.js";

/** All formats whose files can be changed in place. */
export const rewriters: readonly Rewriter[] = [cocoRewriter, vocRewriter, yoloRewriter, tc609Rewriter];
