/**
 * Builds dist/: the bundled sources with declarations, fonts, and a digest of it all. `npm ci` runs it as `prepare`, and so does the
 * first `npx touchstone` of a clone, which installs the clone into npx's own folder: with `--if-changed` what is there stays where
 * neither the sources nor what was built of them have changed, and nothing that runs beside it loses its files.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { templateModule } from "../src/report/html/templates.js";
import { buildFiles } from "../src/standards/built.js";
import { compileParts } from "../src/standards/compile-parts.js";
import { findStandard, shippedStandards } from "../src/standards/find.js";
import { validatorAssets } from "./validator-runtime.js";

const root = fileURLToPath(new URL("../", import.meta.url));
const dist = join(root, "dist");
const stamp = join(dist, "build.json");
const built = ["dist", "standards", "reports"];
const sources = [
  ...["src", "scripts/build.ts", "scripts/validator-runtime.ts", "scripts/validator-types.ts"],
  ...["tsconfig.json", "tsconfig.build.json"],
  ...["package.json", "package-lock.json"],
];

function filesBelow(folder: string): string[] {
  if (!statSync(folder).isDirectory()) return [folder];
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return path === stamp ? [] : filesBelow(path);
    });
}

/** One digest over files, by path: of `built`, over what decides the outputs: code, standards, templates. */
function digestOf(paths: readonly string[]): string {
  const hash = createHash("sha256");
  for (const path of paths.flatMap((one) => filesBelow(join(root, one)))) {
    hash.update(relative(root, path));
    hash.update("\0");
    hash.update(createHash("sha256").update(readFileSync(path)).digest());
  }
  return hash.digest("hex");
}

if (process.argv.includes("--if-changed") && existsSync(stamp)) {
  const left = JSON.parse(readFileSync(stamp, "utf8")) as { readonly digest: string; readonly sources: string };
  if (left.digest === digestOf(built) && left.sources === digestOf(sources)) process.exit(0);
}
rmSync(dist, { recursive: true, force: true });
execFileSync(
  process.execPath,
  [join(root, "node_modules/typescript/bin/tsc"), "-p", join(root, "tsconfig.build.json")],
  { stdio: "inherit" },
);
// Two hundred modules become a few files: reading each by itself took a sixth of a small assessment. What is imported late stays apart.
await build({
  absWorkingDir: root,
  entryPoints: ["src/cli/main.ts", "src/index.ts"],
  outdir: "dist",
  outbase: "src",
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  packages: "external",
  format: "esm",
  platform: "node",
  target: "node20.19",
  logLevel: "warning",
});
// The measures stay a file each: who takes one of them takes no other along, which in one large file no bundler could tell.
const { metafile } = await build({
  ...{ absWorkingDir: root, entryPoints: ["src/measures.ts"], outdir: "dist", outbase: "src" },
  ...{ bundle: true, write: false, metafile: true, packages: "external", format: "esm", platform: "node" },
});
await build({
  ...{ absWorkingDir: root, entryPoints: Object.keys(metafile.inputs), outdir: "dist", outbase: "src" },
  ...{ format: "esm", platform: "node", target: "node20.19" },
});
chmodSync(join(dist, "cli/main.js"), 0o755);

const fontPackage = join(root, "node_modules/@expo-google-fonts/noto-sans-sc");
if (existsSync(fontPackage)) {
  mkdirSync(join(dist, "fonts"));
  copyFileSync(
    join(fontPackage, "400Regular/NotoSansSC_400Regular.ttf"),
    join(dist, "fonts/NotoSansSC_400Regular.ttf"),
  );
  copyFileSync(join(fontPackage, "700Bold/NotoSansSC_700Bold.ttf"), join(dist, "fonts/NotoSansSC_700Bold.ttf"));
  copyFileSync(join(fontPackage, "LICENSE_FONT"), join(dist, "fonts/LICENSE_FONT"));
}
// Shipped standards and templates are compiled ahead: assessing loads no parser and no compiler of either.
mkdirSync(join(dist, "built"));
const files = shippedStandards().map(({ id, edition }) =>
  buildFiles(findStandard(`${id}@${edition}`), (rule) => {
    const params = rule.params ?? {};
    const open = Object.values(params).some((value) => value === null);
    return rule.assert === undefined || open
      ? undefined
      : compileParts(rule, params as Parameters<typeof compileParts>[1]);
  }),
);
for (const { name, json, code } of files) {
  writeFileSync(join(dist, "built", `${name}.json`), json);
  writeFileSync(join(dist, "built", `${name}.cjs`), code);
}
writeFileSync(join(dist, "built/templates.cjs"), templateModule());
// What all built validators have in common: `standard build` needs no bundler then.
mkdirSync(join(dist, "validator"), { recursive: true });
for (const [name, text] of Object.entries(await validatorAssets())) writeFileSync(join(dist, "validator", name), text);
writeFileSync(stamp, `${JSON.stringify({ digest: digestOf(built), sources: digestOf(sources) })}\n`);
