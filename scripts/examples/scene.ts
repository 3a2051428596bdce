import { type Colour, encodePng, type Raster } from "../../src/formats/png/encode.js";

/** Mulberry32: 32 bits of state, the same everywhere. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

export const categories = ["stop", "yield", "speed-limit", "parking"] as const;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A sign as it is drawn: whole pixels throughout, the box is the tight box of the outline. */
export interface Sign {
  /** Position in `categories`. */
  readonly category: number;
  readonly box: Box;
  /** x and y in turn. */
  readonly outline: readonly number[];
}

export interface Picture {
  readonly name: string;
  readonly split: "train" | "val";
  readonly width: number;
  readonly height: number;
  readonly signs: readonly Sign[];
  readonly png: Buffer;
}

/** Powers of two: a pixel is then a finite binary fraction of them, so that YOLO's shares lose nothing. */
const sizes = [
  [256, 256],
  [512, 256],
  [256, 512],
] as const;

const palette: readonly Colour[] = [
  ...([
    [168, 208, 240],
    [196, 224, 244],
    [120, 124, 132],
    [232, 232, 224],
  ] as const), // sky, haze, road, marking
  ...([
    [148, 116, 96],
    [176, 152, 132],
    [112, 104, 120],
    [84, 132, 92],
  ] as const), // houses and a hedge
  ...([
    [96, 96, 100],
    [196, 40, 44],
    [250, 250, 250],
    [240, 188, 40],
    [36, 92, 176],
    [24, 24, 28],
  ] as const), // pole, signs
];
const [sky, haze, road, marking, house, pole, red, white, yellow, blue, black] = [0, 1, 2, 3, 4, 8, 9, 10, 11, 12, 13];

/** Pictures of a street with two to four signs each; every category as often as the others, in both splits. */
export function drawPictures(seed: number, counts: { readonly train: number; readonly val: number }): Picture[] {
  const random = randomFrom(seed);
  const pictures: Picture[] = [];
  for (const split of ["train", "val"] as const) {
    let next = random(categories.length);
    for (let i = 0; i < counts[split]; i++) {
      const [width, height] = sizes[random(sizes.length)] ?? sizes[0];
      const raster = drawStreet(width, height, random);
      const signs: Sign[] = [];
      // Two and four take turns with three, so that the sum is whole turns of the categories.
      const wanted = 2 + (i % 3);
      while (signs.length < wanted) {
        const sign = placeSign(next % categories.length, width, height, signs, random);
        drawSign(raster, sign);
        signs.push(sign);
        next += 1;
      }
      const name = `street-${split}-${String(i + 1).padStart(2, "0")}.png`;
      pictures.push({ name, split, width, height, signs, png: encodePng(raster, palette) });
    }
  }
  return pictures;
}

function drawStreet(width: number, height: number, random: (below: number) => number): Raster {
  const raster = { width, height, pixels: new Uint8Array(width * height).fill(sky) };
  const horizon = Math.floor(height * 0.55) + random(Math.floor(height * 0.15));
  fill(raster, { x: 0, y: horizon - 24, width, height: 24 }, haze);
  for (let x = random(20); x < width; ) {
    const across = 24 + random(48);
    const tall = 30 + random(Math.floor(height * 0.4));
    fill(raster, { x, y: horizon - tall, width: across, height: tall }, house + random(4));
    for (let y = horizon - tall + 6; y < horizon - 10; y += 14)
      for (let wx = x + 5; wx + 6 < x + across; wx += 12) fill(raster, { x: wx, y, width: 6, height: 7 }, marking);
    x += across + 4 + random(16);
  }
  fill(raster, { x: 0, y: horizon, width, height: height - horizon }, road);
  const lane = Math.floor((horizon + height) / 2);
  for (let x = random(24); x < width; x += 40) fill(raster, { x, y: lane, width: 22, height: 4 }, marking);
  return raster;
}

function fill({ width, height, pixels }: Raster, box: Box, colour: number): void {
  const right = Math.min(width, box.x + box.width);
  for (let y = Math.max(0, box.y); y < Math.min(height, box.y + box.height); y++)
    if (right > box.x) pixels.fill(colour, y * width + Math.max(0, box.x), y * width + right);
}

/** A place with room on all sides: away from the border, and from the signs that are there. */
function placeSign(
  category: number,
  width: number,
  height: number,
  others: readonly Sign[],
  random: (below: number) => number,
): Sign {
  for (;;) {
    const across = 2 * (15 + random(16));
    const tall = 2 * (15 + random(16));
    const margin = 8;
    const box = {
      x: margin + random(width - across - 2 * margin),
      y: margin + random(height - tall - 2 * margin),
      width: across,
      height: tall,
    };
    if (others.every((other) => apart(box, other.box, margin))) return signIn(category, box);
  }
}

function apart(a: Box, b: Box, margin: number): boolean {
  return (
    a.x + a.width + margin <= b.x ||
    b.x + b.width + margin <= a.x ||
    a.y + a.height + margin <= b.y ||
    b.y + b.height + margin <= a.y
  );
}

/** The sign of a category that fills the box; width and height are even, so that the middle is a whole pixel. */
export function signIn(category: number, box: Box): Sign {
  const corners = shapes[categories[category] ?? "parking"];
  const outline = corners.flatMap(([x, y]) => [Math.round(box.x + x * box.width), Math.round(box.y + y * box.height)]);
  return { category, box, outline };
}

const circle = Array.from({ length: 12 }, (_, i) => {
  const angle = (i * Math.PI) / 6;
  return [0.5 + 0.5 * Math.cos(angle), 0.5 + 0.5 * Math.sin(angle)] as const;
});

/** Corners in shares of the box; each touches all four sides. */
const shapes: Readonly<Record<(typeof categories)[number], readonly (readonly [number, number])[]>> = {
  stop: [
    ...([
      [0.3, 0],
      [0.7, 0],
      [1, 0.3],
      [1, 0.7],
    ] as const),
    ...([
      [0.7, 1],
      [0.3, 1],
      [0, 0.7],
      [0, 0.3],
    ] as const),
  ],
  yield: [
    [0, 0],
    [1, 0],
    [0.5, 1],
  ],
  "speed-limit": circle,
  parking: [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ],
};

function drawSign(raster: Raster, { category, box, outline }: Sign): void {
  const middle = box.x + box.width / 2;
  fill(raster, { x: middle - 2, y: box.y + box.height, width: 4, height: raster.height }, pole);
  const [outer, inner] = (
    [
      [red, red],
      [red, white],
      [red, white],
      [blue, blue],
    ] as const
  )[category] ?? [black, black];
  fillOutline(raster, outline, outer);
  const shrunk = outline.map((value, i) => {
    const centre = i % 2 === 0 ? middle : box.y + box.height / 2;
    return centre + (value - centre) * 0.72;
  });
  fillOutline(raster, shrunk, inner);
  const mark = category === 3 ? yellow : category === 0 ? white : black;
  if (category !== 1) fill(raster, { x: middle - 8, y: box.y + box.height / 2 - 3, width: 16, height: 6 }, mark);
}

/** Pixels whose middle lies inside a convex outline: between the two edges that cross their row. */
function fillOutline({ width, pixels, height }: Raster, outline: readonly number[], colour: number): void {
  for (let y = 0; y < height; y++) {
    const crossings: number[] = [];
    for (let i = 0; i < outline.length; i += 2) {
      const [x1 = 0, y1 = 0] = outline.slice(i, i + 2);
      const [x2 = 0, y2 = 0] = i + 2 < outline.length ? outline.slice(i + 2, i + 4) : outline.slice(0, 2);
      if (y1 <= y + 0.5 !== y2 <= y + 0.5) crossings.push(x1 + ((y + 0.5 - y1) / (y2 - y1)) * (x2 - x1));
    }
    if (crossings.length < 2) continue;
    const from = Math.max(0, Math.ceil(Math.min(...crossings) - 0.5));
    const to = Math.min(width, Math.ceil(Math.max(...crossings) - 0.5));
    if (to > from) pixels.fill(colour, y * width + from, y * width + to);
  }
}
