import type { MeasureFunction } from "../function.js";
import { rasch } from "./rasch.js";
import { reliability } from "./reliability.js";

export const exams: readonly MeasureFunction[] = [...reliability, rasch];
