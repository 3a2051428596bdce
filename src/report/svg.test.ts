import { expect, test } from "vitest";
import { paperPalette } from "./palette.js";
import { closeUp, locator, subjectBox } from "./svg.js";

const options = { palette: paperPalette, id: "g", name: 'aria-label="x"', size: 200 };

test("the close-up frames the subject with a margin, and rings the crossing", () => {
  const svg = closeUp(
    {
      frame: { width: 1000, height: 1000 },
      shapes: [{ kind: "polygon", role: "subject", points: [400, 400, 500, 500, 500, 400, 400, 500] }],
      marks: [{ kind: "crossing", points: [450, 450] }],
    },
    options,
  );
  // 100 px of subject and twice 18 % of margin in 200 px: the crossing lies in the middle.
  expect(svg).toContain('<circle cx="100" cy="100" r="7" fill="none" stroke="#d1351f" stroke-width="2"/>');
  expect(svg).toContain('d="M26.5 26.5L173.5 173.5L173.5 26.5L26.5 173.5Z"');
  expect(svg).not.toContain("NaN");
});

test("a small subject gets 24 px of the picture", () => {
  const svg = closeUp({ shapes: [{ kind: "box", role: "subject", points: [10, 10, 1, 0] }], marks: [] }, options);
  expect(svg).toContain('d="M95.8 100H104.2V100H95.8Z"');
});

test("outside the frame is hatched, and a box that leaves it is marked with how far", () => {
  const svg = closeUp(
    {
      frame: { width: 640, height: 480 },
      shapes: [{ kind: "box", role: "subject", points: [600, 100, 41.5, 60] }],
      marks: [],
    },
    options,
  );
  expect(svg).toContain(">1.5 px</text>");
  expect(svg).toContain('stroke="#d1351f" stroke-width="3"');
  expect(svg).toContain('fill="#f5f4f0"');
});

test("a box inside its frame has no mark", () => {
  const svg = closeUp(
    {
      frame: { width: 640, height: 480 },
      shapes: [{ kind: "box", role: "subject", points: [300, 100, 40, 60] }],
      marks: [],
    },
    options,
  );
  expect(svg).not.toContain("#d1351f");
});

test("the other record of a pair is dashed, an expected box dotted", () => {
  const shape = { kind: "box" as const, points: [0, 0, 10, 10] };
  const svg = closeUp(
    {
      shapes: [
        { ...shape, role: "subject" },
        { ...shape, role: "other" },
        { ...shape, role: "expected" },
      ],
      marks: [],
    },
    options,
  );
  expect(svg).toContain('stroke-dasharray="5 3"');
  expect(svg).toContain('stroke-dasharray="1.5 3"');
});

test("the locator keeps the subject at 3 px, and at the edge where it lies outside", () => {
  const svg = locator(
    {
      frame: { width: 6000, height: 4000 },
      shapes: [{ kind: "box", role: "subject", points: [-900, 10, 2, 2] }],
      marks: [],
    },
    paperPalette,
  );
  expect(svg).toContain('<rect x="0" y="8.6"');
  expect(svg).toContain('width="3" height="3"');
});

test("no shape at all shows the frame", () => {
  expect(subjectBox({ frame: { width: 10, height: 20 }, shapes: [], marks: [] })).toEqual({
    x: 0,
    y: 0,
    width: 10,
    height: 20,
  });
});
