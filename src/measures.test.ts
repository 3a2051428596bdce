import { buildSync } from "esbuild";
import { expect, test } from "vitest";
import * as library from "./measures.js";

test("touchstone/measures gives functions and constants, no classes but its error", () => {
  const names = Object.keys(library).sort();
  expect(names).toMatchSnapshot();
  expect(names).toEqual(expect.arrayContaining(["cohenKappa", "krippendorffAlpha", "matchPairs", "wilsonInterval"]));
});

/** What a program that imports one measure takes along, in bytes. */
function bundled(code: string): string {
  const { outputFiles } = buildSync({
    stdin: { contents: code, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    packages: "external",
  });
  return outputFiles[0]?.text ?? "";
}

test("a program that takes one measure takes no other, and no measure reads a file", () => {
  const kappa = bundled('import { cohenKappa } from "./measures.js"; console.log(cohenKappa);');
  expect(kappa).toContain("cohenKappa");
  expect(kappa).not.toMatch(/dawidSkene|MIL-STD|averagePrecision|hota/);
  const all = bundled('export * from "./measures.js";');
  expect(all).not.toMatch(/from "(node:)?(fs|net|http|child_process|worker_threads)/);
  expect(kappa.length).toBeLessThan(all.length / 5);
});
