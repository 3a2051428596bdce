import { annotationCountExcess } from "./annotation-count-excess.js";
import { annotationsByCategory } from "./annotations-by-category.js";
import { annotationsByLabel } from "./annotations-by-label.js";
import { annotationsByMedia } from "./annotations-by-media.js";
import { boxShapes } from "./box-shape.js";
import { boxSizeDrift } from "./box-size-drift.js";
import { boxesInFullestTenth } from "./boxes-in-fullest-tenth.js";
import { labelDrift, labelDriftLargest, labelNewInBatch } from "./label-drift.js";
import { labelImbalanceRatio, labelLeastToMost, rarestLabelShare } from "./label-imbalance.js";
import { labelSetOfMedia } from "./label-set.js";
import { labelsInUse } from "./labels-in-use.js";
import type { Measure } from "./measure.js";
import { mediaAnnotated } from "./media-annotated.js";
import { missingValues } from "./missing-values.js";

/** All measures that rules can ask for by id. */
// biome-ignore lint/suspicious/noExplicitAny: each measure has a tally type of its own, which only it looks into
export const measures: readonly Measure<any>[] = [
  annotationsByMedia,
  annotationsByCategory,
  annotationsByLabel,
  mediaAnnotated,
  annotationCountExcess,
  missingValues,
  labelsInUse,
  labelSetOfMedia,
  labelImbalanceRatio,
  labelLeastToMost,
  rarestLabelShare,
  boxesInFullestTenth,
  labelDrift,
  labelDriftLargest,
  labelNewInBatch,
  boxSizeDrift,
  boxShapes,
];
