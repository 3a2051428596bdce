import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { recordDeclarations } from "./validator-types.js";

const root = fileURLToPath(new URL("../", import.meta.url));

/** What has no place in a browser, and what stands there instead: no disk, no code from strings. */
const instead: Readonly<Record<string, string>> = {
  "spill-folder.js": "src/engine/spill-memory.ts",
  "ask-all.js": "src/standards/cel/ask-each.ts",
};

const buffer = "src/validator/coco/buffer.ts";

const forBrowsers: Plugin = {
  name: "for-browsers",
  setup({ onResolve }) {
    onResolve({ filter: /\/(spill-folder|ask-all)\.js$/ }, ({ path }) => ({
      path: `${root}${instead[basename(path)] ?? ""}`,
    }));
    onResolve({ filter: /^node:buffer$/ }, () => ({ path: `${root}${buffer}` }));
  },
};

const titles = {
  FileRecord: "file.schema.json",
  DatasetRecord: "dataset.schema.json",
  CategoryRecord: "category.schema.json",
  MediaRecord: "media.schema.json",
  AnnotationRecord: "annotation.schema.json",
  NodeRecord: "node.schema.json",
} as const;

/** The files of dist/validator/ by name. */
export async function validatorAssets(): Promise<Readonly<Record<"runtime.js" | "records.d.ts" | "coco.js", string>>> {
  return {
    "runtime.js": await bundleRuntime(),
    "records.d.ts": await recordDeclarations(titles),
    "coco.js": await bundlePage(),
  };
}

/** The part that all built validators have in common, as the text of a script that makes one variable: `touchstone`. */
export async function bundleRuntime(): Promise<string> {
  return bundle("src/validator/assessor.ts", "iife");
}

/** The script of the page that reads a dropped COCO file; it imports ./validator.js. */
async function bundlePage(): Promise<string> {
  return bundle("src/validator/coco/page.ts", "esm");
}

async function bundle(entry: string, format: "iife" | "esm"): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    write: false,
    bundle: true,
    format,
    ...(format === "iife" ? { globalName: "touchstone" } : {}),
    platform: "browser",
    target: "es2022",
    minify: true,
    charset: "utf8",
    legalComments: "inline",
    plugins: [forBrowsers],
    inject: [buffer],
    logLevel: "warning",
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error(`${entry}: nothing was bundled`);
  return file.text;
}
