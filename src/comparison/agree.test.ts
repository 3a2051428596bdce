import { afterAll, expect, test } from "vitest";
import { folderWith, removeFolders } from "../cli/testing/run-cli.js";
import { toolOf } from "../report/tool.js";
import { Random } from "../statistics/random.js";
import { type AgreementComparison, agree } from "./agree.js";
import { agreementText } from "./text.js";

afterAll(removeFolders);

const names = ["cat", "dog"];

/** A file of boxes [medium, category, x, width]; all are 10 px high. */
function annotator(
  boxes: readonly (readonly [number, number, number, number])[],
  turn: (images: readonly number[]) => readonly number[] = (images) => images,
): string {
  const images = turn([...new Set(boxes.map(([image]) => image))].sort());
  return folderWith({
    "instances.json": JSON.stringify({
      images: images.map((id) => ({ id, file_name: `${id}.jpg`, width: 200, height: 100 })),
      categories: names.map((name, at) => ({ id: at + 1, name })),
      annotations: boxes.map(([image, category, x, width], at) => ({
        ...{ id: at + 1, image_id: image, category_id: category },
        ...{ bbox: [x, 0, width, 10], area: 10 * width, iscrowd: 0 },
      })),
    }),
  });
}

const of = (rows: AgreementComparison["measurements"], id: string) => rows.find((one) => one.id === id);

test("two annotators: F1 of what is there, κ and α of what it is called", async () => {
  const anna = annotator([
    [1, 1, 0, 10],
    [1, 2, 50, 10],
    [2, 1, 0, 10],
    [2, 2, 50, 10],
  ]);
  const ben = annotator([
    [1, 1, 0, 10],
    [1, 1, 50, 10], // the dog is a cat to him
    [2, 1, 0, 8], // IoU 0.8
    [2, 2, 100, 10], // elsewhere
  ]);
  const result = await agree([anna, ben], toolOf());
  expect(result.units).toEqual({ all: 5, matched: 3, by_all: 3 });
  const [{ measurements } = { measurements: [] }] = result.pairs;
  expect(of(measurements, "agreement-box-f1")).toMatchObject({ a: 6, b: 8, x: 0.75 });
  expect(of(measurements, "agreement-mean-iou")?.x).toBeCloseTo((1 + 1 + 0.8) / 3, 12);
  expect(of(measurements, "agreement-labels")).toMatchObject({ a: 2, b: 3 });
  // Labels of the three pairs: cat cat, dog cat, cat cat; p_o = 2/3, p_e = 2/3, so κ = 0.
  expect(of(measurements, "agreement-cohen-kappa")?.x).toBeCloseTo(0, 12);
  // Krippendorff's α: D_o = 2/6, D_e = 2·5·1/(6·5) = 1/3, so α = 0.
  expect(of(result.measurements, "agreement-krippendorff-alpha")?.x).toBeCloseTo(0, 12);
  // Ten answers, two «nothing». Seen: (0 + 0 + 0.4 + 2 + 2)/10. By chance: 90 ordered pairs, less the 2 of nothing and nothing and twice the IoU
  // within media, 1 + 1 in the first and 0.8 in the second.
  expect(of(result.measurements, "agreement-alpha-iou")?.x).toBeCloseTo(1 - 0.44 / ((90 - 2 - 2 * 2.8) / 90), 12);
});

test("who agrees with himself agrees wholly, and the order of three annotators changes nothing", async () => {
  const anna = annotator([
    [1, 1, 0, 10],
    [1, 2, 50, 10],
    [2, 1, 0, 10],
  ]);
  const self = await agree([anna, anna], toolOf());
  for (const id of ["agreement-krippendorff-alpha", "agreement-alpha-iou"])
    expect(of(self.measurements, id)?.x).toBe(1);
  const ben = annotator([
    [1, 1, 1, 10],
    [1, 1, 52, 10],
    [2, 1, 0, 10],
  ]);
  const carl = annotator([
    [1, 2, 0, 9],
    [1, 2, 50, 12],
    [2, 2, 90, 10],
  ]);
  const values = async (paths: readonly string[]) =>
    (await agree(paths, toolOf())).measurements.map(({ x }) => Number(x?.toFixed(12)));
  const forward = await values([anna, ben, carl]);
  expect(await values([carl, anna, ben])).toEqual(forward);
  expect(await values([ben, carl, anna])).toEqual(forward);
});

test("media of one annotator alone are listed and say nothing of agreement", async () => {
  const anna = annotator([
    [1, 1, 0, 10],
    [2, 2, 0, 10],
  ]);
  const ben = annotator([
    [1, 1, 0, 10],
    [3, 2, 0, 10],
  ]);
  const result = await agree([anna, ben], toolOf());
  const [{ pairing, measurements } = { pairing: undefined, measurements: [] }] = result.pairs;
  expect(pairing?.media.only_first).toEqual([{ name: "2.jpg", annotations: 1 }]);
  expect(pairing?.media.only_second).toEqual([{ name: "3.jpg", annotations: 1 }]);
  expect(of(measurements, "agreement-box-f1")).toMatchObject({ a: 2, b: 2 });
  expect(result.units.all).toBe(1);
  expect(of(result.measurements, "agreement-krippendorff-alpha")).toMatchObject({ status: "undefined" });
  for (const lang of ["zh", "en"] as const)
    expect(agreementText(result, lang)).toMatch(lang === "zh" ? /无定义/ : /undefined/);
});

test("the order of media and annotations in the files changes no number, of the bootstrap intervals neither", async () => {
  const random = new Random(7);
  const boxes = Array.from({ length: 200 }, (_, at): [number, number, number, number] => [
    ...([1 + Math.floor(at / 5), 1 + (random.word() % 2), 30 * (at % 5), 20 + (random.word() % 5)] as const),
  ]);
  const others = boxes.map(([image, category, x, width]): [number, number, number, number] => [
    ...([image, random.word() % 4 === 0 ? 3 - category : category, x + (random.word() % 4), width] as const),
  ]);
  const numbers = async (turn: <T>(list: readonly T[]) => readonly T[]) => {
    const result = await agree([annotator(turn(boxes), turn), annotator(turn(others), turn)], toolOf());
    return [...result.measurements, ...result.pairs.flatMap(({ measurements }) => measurements)].map(
      ({ id, x, interval }) => [id, ...[x, interval?.lower, interval?.upper].map((value) => value?.toFixed(12))],
    );
  };
  const forward = await numbers((list) => list);
  expect(forward.every((row) => row.every((value) => value !== undefined))).toBe(true);
  expect(await numbers((list) => list.toReversed())).toEqual(forward);
});
