import { fileURLToPath } from "node:url";

/** Root of the package: src/standards and the build's dist/chunks lie equally deep. */
export const packageRoot = fileURLToPath(new URL("../../", import.meta.url));

/** What the build puts beside the code: compiled standards and templates in built/, fonts/. A checkout's src/ has neither. */
export const builtRoot = fileURLToPath(new URL("../", import.meta.url));
