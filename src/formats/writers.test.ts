import { expect, test } from "vitest";
import { formats } from "./index.js";
import { writers } from "./writers.js";

test("every format has one writer", () =>
  expect(writers.map(({ format }) => format)).toEqual(formats.map(({ id }) => id)));
