import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as api from "./index.js";

test("the public API has these names", () => {
  expect(Object.keys(api).sort()).toEqual(["InputError", "TouchstoneError", "UsageError", "assess", "inspect"]);
});

/** Types leave no trace at run time: they are read from the source. */
test("the public API has these types", () => {
  const source = readFileSync(new URL("./index.ts", import.meta.url), "utf8");
  const lists = [...source.matchAll(/export (type )?\{([^}]*)\}/g)];
  const types = lists.flatMap(([, all, names = ""]) =>
    names
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "" && (all !== undefined || name.startsWith("type ")))
      .map((name) => name.replace(/^type /, "")),
  );
  expect(types.sort()).toEqual(["AssessOptions", "Inspection", "Progress", "Report"]);
});
