import { fileURLToPath } from "node:url";

/** Root of the package: src/standards and dist/standards lie equally deep. */
export const packageRoot = fileURLToPath(new URL("../../", import.meta.url));
