import { createRequire } from "node:module";

const load = createRequire(import.meta.url);

let yamlLoaded: typeof import("yaml") | undefined;

/** The YAML library, loaded by its first use: most assessments have none to read, and its seventy files take 30 ms. */
export function yaml(): typeof import("yaml") {
  yamlLoaded ??= load("yaml") as typeof import("yaml");
  return yamlLoaded;
}

/** The XML parser, for VOC alone. */
export function saxes(): typeof import("saxes") {
  return load("saxes") as typeof import("saxes");
}
