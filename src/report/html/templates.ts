import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { builtRoot, packageRoot } from "../../standards/package-root.js";

const folder = join(packageRoot, "reports/templates");
/** Written by the build, beside the standards that it compiles; a checkout has none. */
const built = join(builtRoot, "built/templates.cjs");

/** The compiled templates by name. Only a checkout loads the compiler: it takes as long as the rest of the page. */
export function templates(): Readonly<Record<string, TemplateSpecification>> {
  if (existsSync(built)) return createRequire(import.meta.url)(built) as ReturnType<typeof templates>;
  const module: { exports?: unknown } = {};
  new Function("module", templateModule())(module);
  return module.exports as ReturnType<typeof templates>;
}

/** Text of a CommonJS module with every template of `reports/templates/`. */
export function templateModule(): string {
  const { precompile } = createRequire(import.meta.url)("handlebars") as typeof import("handlebars");
  const entries = readdirSync(folder)
    .filter((file) => file.endsWith(".hbs"))
    .map((file) => {
      const source = readFileSync(join(folder, file), "utf8");
      // What includes a part gives the line break after it; the page ends with its own.
      const text = file === "page.hbs" ? source : source.trimEnd();
      return `${JSON.stringify(file.slice(0, -".hbs".length))}: ${precompile(text, { strict: true, noEscape: false, preventIndent: true })}`;
    });
  return `module.exports = {\n${entries.join(",\n")}\n};\n`;
}
