import type { MeasureFunction } from "../function.js";
import { accuracy } from "./accuracy.js";
import { dawidSkeneModel } from "./dawid-skene.js";
import { votes } from "./majority-vote.js";

export const annotators: readonly MeasureFunction[] = [...votes, ...accuracy, dawidSkeneModel];
