/** npm run generate: writes docs/measures.md. */
import { writeFileSync } from "node:fs";
import { measuresPage } from "./measures-page.js";

writeFileSync(new URL("../docs/measures.md", import.meta.url), measuresPage());
