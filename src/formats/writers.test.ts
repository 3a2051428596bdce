import { expect, test } from "vitest";
import { formats } from "./index.js";
import { writers } from "./writers.js";

test("every format that is no documentation has one writer", () =>
  expect(writers.map(({ format }) => format)).toEqual(
    formats.filter(({ family }) => family !== "documentation").map(({ id }) => id),
  ));
