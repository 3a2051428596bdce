import * as attributes from "./attributes.js";
import * as boxes from "./boxes.js";
import * as containment from "./containment.js";
import type { CheckDeclaration, GroupCheckDeclaration } from "./declaration.js";
import * as ids from "./ids.js";
import * as keypointSides from "./keypoint-sides.js";
import * as keypoints from "./keypoints.js";
import * as outliers from "./outliers.js";
import * as overlaps from "./overlaps.js";
import * as panoptic from "./panoptic.js";
import * as polygons from "./polygons.js";
import * as rings from "./rings.js";
import * as rle from "./rle.js";
import * as rleBorder from "./rle-border.js";
import * as rlePerimeter from "./rle-perimeter.js";
import * as rleRegions from "./rle-regions.js";
import * as rotatedBoxes from "./rotated-boxes.js";
import * as scale from "./scale.js";
import * as selfIntersection from "./self-intersection.js";
import * as simplification from "./simplification.js";
import * as text from "./text.js";
import * as textNumber from "./text-number.js";
import * as times from "./times.js";

/** Every function that a rule may call on values of one record. */
export const checks: readonly CheckDeclaration[] = [
  ...rings.declarations,
  ...selfIntersection.declarations,
  ...containment.declarations,
  ...simplification.declarations,
  ...polygons.declarations,
  ...boxes.declarations,
  ...rotatedBoxes.declarations,
  ...rle.declarations,
  ...rleRegions.declarations,
  ...rleBorder.declarations,
  ...rlePerimeter.declarations,
  ...keypoints.declarations,
  ...keypointSides.declarations,
  ...scale.declarations,
  ...panoptic.declarations,
  ...attributes.declarations,
  ...ids.declarations,
  ...text.declarations,
  ...textNumber.declarations,
  ...times.declarations,
];

/** Every function that a rule with `within` may call on its group. */
export const groupChecks: readonly GroupCheckDeclaration[] = [
  ...overlaps.groupDeclarations,
  ...outliers.groupDeclarations,
  ...scale.groupDeclarations,
];
