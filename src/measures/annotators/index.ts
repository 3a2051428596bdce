import type { MeasureFunction } from "../function.js";
import { accuracy } from "./accuracy.js";
import { dawidSkeneModel } from "./dawid-skene.js";
import { glad } from "./glad.js";
import { mace } from "./mace.js";
import { votes } from "./majority-vote.js";
import { uncertainty } from "./uncertainty.js";

export const annotators: readonly MeasureFunction[] = [
  ...votes,
  ...uncertainty,
  ...accuracy,
  dawidSkeneModel,
  glad,
  mace,
];
