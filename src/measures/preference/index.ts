import type { MeasureFunction } from "../function.js";
import { bradleyTerryModels } from "./bradley-terry.js";
import { choices } from "./choices.js";
import { elo } from "./elo.js";

export const preference: readonly MeasureFunction[] = [...bradleyTerryModels, ...choices, ...elo];
