import type { MeasureFunction } from "../function.js";
import { diarization, purityCoverage } from "./diarization.js";
import { speechDetection } from "./speech-detection.js";
import { transcriptErrors } from "./word-error.js";

export const speech: readonly MeasureFunction[] = [
  ...transcriptErrors,
  ...diarization,
  purityCoverage,
  speechDetection,
];
