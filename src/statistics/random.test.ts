import { expect, test } from "vitest";
import { Random } from "./random.js";

/** From an implementation of its own in Python, after the C text of Blackman & Vigna (xoshiro128starstar.c, 1.1) and of MurmurHash3's fmix32. */
test.each([
  [0, 0, [3809008728, 1133695204, 53579671, 2891528803]],
  [1, 0, [2639375342, 3274559122, 3467335147, 824295497]],
  [7, 3, [1860125567, 2779184591, 1471147630, 1420857580]],
  [1099511627781, 2147483647, [150616386, 2114246537, 230787635, 2130820804]],
])("seed %s, stream %s", (seed, stream, words) => {
  const random = new Random(seed, stream);
  expect(words.map(() => random.word())).toEqual(words);
});

test("a stream can be gone back to", () => {
  const random = new Random(5, 1);
  const first = random.word();
  random.reset(5, 2);
  expect(random.word()).not.toBe(first);
  random.reset(5, 1);
  expect(random.word()).toBe(first);
});

test("words are spread evenly: each of their 32 bits is set in half of them, within five standard deviations", () => {
  const random = new Random(3);
  const set = new Array<number>(32).fill(0);
  const count = 40_000;
  for (let i = 0; i < count; i++) {
    const word = random.word();
    for (let bit = 0; bit < 32; bit++) set[bit] = (set[bit] ?? 0) + ((word >>> bit) & 1);
  }
  for (const times of set) expect(Math.abs(times - count / 2)).toBeLessThan(5 * Math.sqrt(count / 4));
});
