import { type Hexahedron, hexahedronOf, sharedVolume } from "../../statistics/geometry/box3d-overlap.js";
import type { MeasureFunction } from "../function.js";
import { type Inputs, MeasureError, matrixOf } from "../inputs.js";

/** Corners are often written with four digits: so far, as a share of its size, a side may be from flat. */
const flatness = 1e-3;

/** The body of eight corners. @throws MeasureError where they are no convex body with six flat sides */
function bodyOf(inputs: Inputs, name: string): Hexahedron {
  const { rows, columns, values } = matrixOf(inputs, name);
  if (rows !== 8 || columns !== 3)
    throw new MeasureError("input-range", {
      input: name,
      expected: { zh: "八个角点，各三个坐标", en: "eight corners of three coordinates" },
      found: `${rows} × ${columns}`,
    });
  const body = hexahedronOf(values);
  const bound = flatness * body.size;
  if (!(body.volume > 0) || !(body.warp <= bound) || !(body.dent <= bound))
    throw new MeasureError("input-range", {
      input: name,
      expected: {
        zh: "六个平面围成的凸体，角点按 pytorch3d 的次序",
        en: "a convex body of six flat sides, corners in pytorch3d's order",
      },
    });
  return body;
}

/**
 * Formula: iou = V(A ∩ B) / (V(A) + V(B) − V(A ∩ B)), of convex bodies with six flat sides
 * Convention: corners in the order of pytorch3d: 0 … 3 around one side, 4 … 7 behind them; any turn, and skewed boxes too.
 * Edge: 0 where the bodies do not meet or only touch; a body without volume, or with a side further than 0.1 % of its size from flat, is refused.
 * Unit: volumes in the cube of the coordinates' unit; iou is a share, 0 … 1.
 * Source: pytorch3d box3d_overlap; Ravi et al. 2020 (arXiv:2007.08501).
 */
export const box3dIou: MeasureFunction = {
  id: "box3d-iou",
  title: { zh: "三维框的交并比", en: "IoU of boxes in space" },
  answers: { zh: "两个三维框在空间中重合多少", en: "How far two boxes in space are the same" },
  misleads: {
    zh: "三个方向各差 10%，交并比即低于 0.6；远处小物体几乎总是很低",
    en: "10 % off in each of three directions already takes it below 0.6; for small far objects it is low nearly always",
  },
  orientation: "higher-is-better",
  inference: "census",
  inputs: ["corners1", "corners2"],
  outputs: ["intersection", "iou", "volume1", "volume2"],
  calculate(inputs) {
    const [one, other] = [bodyOf(inputs, "corners1"), bodyOf(inputs, "corners2")];
    const intersection = sharedVolume(one, other);
    const iou = intersection / (one.volume + other.volume - intersection);
    return { values: { intersection, iou, volume1: one.volume, volume2: other.volume } };
  },
};
