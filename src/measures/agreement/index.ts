import type { MeasureFunction } from "../function.js";
import { brennanPredigerMeasure } from "./brennan-prediger.js";
import { cohenKappaMeasure } from "./cohen-kappa.js";
import { congerKappaMeasure, lightKappaMeasure } from "./conger-kappa.js";
import { fleissKappaMeasure, fleissRandolphKappa } from "./fleiss-kappa.js";
import { gwetAcMeasure } from "./gwet-ac.js";
import { iccMeasure } from "./icc.js";
import { kendallWMeasure } from "./kendall-w.js";
import { krippendorffAlphaMeasure } from "./krippendorff-alpha.js";
import { krippendorffAlphaSetValued } from "./krippendorff-distance.js";
import { percentAgreementAllRaters, percentAgreementMeasure } from "./percent-agreement.js";
import { pabakMeasure, scottPiMeasure } from "./scott-pi.js";

export const agreement: readonly MeasureFunction[] = [
  cohenKappaMeasure,
  congerKappaMeasure,
  lightKappaMeasure,
  krippendorffAlphaMeasure,
  krippendorffAlphaSetValued,
  scottPiMeasure,
  pabakMeasure,
  fleissKappaMeasure,
  fleissRandolphKappa,
  gwetAcMeasure,
  brennanPredigerMeasure,
  percentAgreementMeasure,
  percentAgreementAllRaters,
  iccMeasure,
  kendallWMeasure,
];
