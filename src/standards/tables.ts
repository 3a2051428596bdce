import { checks, groupChecks } from "../checks/index.js";
import { measures } from "../measures/index.js";

/** What rules may call: one object, since prepared tables are kept by its identity. */
export const celTables = { checks, groupChecks, measures };
