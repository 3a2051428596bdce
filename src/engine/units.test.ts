import { expect, test } from "vitest";
import { Units } from "./units.js";

test("a unit counts once however many rules ask it and find fault with it; a bad one is not open", () => {
  const units = new Units();
  const row = units.push(0b01, 0, 0b01);
  units.add(row, 0b01, 0b01, 0);
  units.add(row, 0b11, 0b01, 0b10);
  units.push(0b10, 0, 0);
  expect(units.count(0b01)).toEqual({ b: 1, bad: 1, open: 0 });
  expect(units.count(0b10)).toEqual({ b: 2, bad: 0, open: 1 });
});

test("a unit that could not be read is asked, and bad", () => {
  const units = new Units();
  units.pushLost(0b1, 0b1);
  units.pushLost(0b1, 0);
  expect(units.count(0b1)).toEqual({ b: 2, bad: 1, open: 0 });
  expect(units.count(0b10)).toEqual({ b: 0, bad: 0, open: 0 });
});

test("more units than the first room holds, and all sixteen indicators", () => {
  const units = new Units();
  for (let row = 0; row < 5000; row++) units.push(1 << 15, row % 2 === 0 ? 1 << 15 : 0, 0);
  expect(units.count(1 << 15)).toEqual({ b: 5000, bad: 2500, open: 0 });
});
