import type { MeasureFunction } from "../function.js";
import { brennanPredigerMeasure } from "./brennan-prediger.js";
import { fleissKappaMeasure, fleissRandolphKappa } from "./fleiss-kappa.js";
import { gwetAcMeasure } from "./gwet-ac.js";
import { krippendorffAlphaMeasure } from "./krippendorff-alpha.js";
import { percentAgreementAllRaters, percentAgreementMeasure } from "./percent-agreement.js";
import { pabakMeasure, scottPiMeasure } from "./scott-pi.js";

export const agreement: readonly MeasureFunction[] = [
  krippendorffAlphaMeasure,
  scottPiMeasure,
  pabakMeasure,
  fleissKappaMeasure,
  fleissRandolphKappa,
  gwetAcMeasure,
  brennanPredigerMeasure,
  percentAgreementMeasure,
  percentAgreementAllRaters,
];
