import { expect, test } from "vitest";
import { proportion } from "./proportion.js";

test("3 of 4 is 0.75", () => expect(proportion(3, 4)).toEqual({ a: 3, b: 4, x: 0.75 }));
test("0 of 0 is undefined", () => expect(proportion(0, 0)).toEqual({ a: 0, b: 0, x: undefined }));
