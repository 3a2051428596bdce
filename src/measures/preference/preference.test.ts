import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bradleyTerry, bradleyTerryMm, type Games } from "../../statistics/paired.js";
import { calculate } from "../functions.js";
import { MeasureError } from "../inputs.js";
import { eloExpected, eloUpdate } from "./elo.js";

const codeOf = (id: string, inputs: Record<string, unknown>) => {
  try {
    calculate(id, inputs);
  } catch (error) {
    if (error instanceof MeasureError) return error.code;
    throw error;
  }
  return "taken";
};
const near = (got: unknown, wanted: readonly number[], within: number) => {
  const list = got as ArrayLike<number>;
  expect(list.length).toBe(wanted.length);
  for (const [i, x] of wanted.entries())
    expect(Math.abs((list[i] ?? Number.NaN) - x), `at ${i}`).toBeLessThanOrEqual(within);
};

/** Stigler's citations among four journals (R package BradleyTerry2, data/citations.R): rows cited by columns. */
const citations = {
  items: ["Biometrika", "Comm Statist", "JASA", "JRSS-B"],
  wins: [
    [0, 730, 498, 221],
    [33, 0, 68, 17],
    [320, 813, 0, 142],
    [284, 276, 325, 0],
  ],
};

/** Baseball 1987, Agresti 2002, p. 438: home, away, games won at home, games lost. */
const items = ["Baltimore", "Boston", "Cleveland", "Detroit", "Milwaukee", "New York", "Toronto"];
const baseball = [
  ...[
    "4343 4642 4543 4161 4242 4060",
    "3433 3642 3543 3160 3261 3043",
    "6425 6343 6524 6143 6242 6060",
    "5433 5351 5625 5143 5242 5061",
  ],
  ...["1451 1325 1633 1542 1252 1060", "2425 2333 2634 2543 2142 2024", "0425 0315 0616 0524 0116 0234"],
].flatMap((row) =>
  row.split(" ").map(([home = "", away = "", won, lost]) => [items[+home], items[+away], Number(won), Number(lost)]),
);

describe("Bradley–Terry", () => {
  test("citations: R's coefficients and standard errors (BradleyTerry2; glm of R 4.2.2)", () => {
    const { values } = calculate("bradley_terry", { ...citations, reference: "Biometrika" });
    near(values["log_ability"], [0, -2.94907, -0.47957, 0.26895], 1e-5);
    near(values["se"], [0, 0.1025453354, 0.0605887292, 0.0708299651], 1e-7);
    near(
      calculate("bradley_terry_se", { ...citations, reference: "Biometrika" }).values["se"],
      [0.1025453354, 0.0605887292, 0.0708299651],
      1e-7,
    );
    const turned = citations.wins.map((row, i) => row.map((_, j) => citations.wins[j]?.[i]));
    const layouts = ["wins[i][j] = times that column beat row", "wins[loser][winner]", "rows are losers"];
    for (const wins_layout of layouts)
      expect(
        calculate("bradley_terry", { ...citations, wins: turned, wins_layout, reference: "Biometrika" }).values,
      ).toEqual(values);
  });

  test("two items, 3 games to 1: the standard error of each from the mean is half that of their difference, √(1 ÷ npq)", () => {
    const { values } = calculate("bradley_terry", {
      wins: [
        [0, 3],
        [1, 0],
      ],
    });
    near(values["log_ability"], [Math.log(3) / 2, -Math.log(3) / 2], 1e-12);
    near(values["se"], [Math.sqrt(1 / 0.75) / 2, Math.sqrt(1 / 0.75) / 2], 1e-12);
  });

  test("baseball with home advantage: Agresti's table, printed to four decimals by BradleyTerry2", () => {
    const { values } = calculate("bradley_terry_order_effect", { items, games: baseball, reference: "Baltimore" });
    near(values["log_ability"], [0, 1.1438, 0.7047, 1.4754, 1.6196, 1.2813, 1.3271], 6e-5);
    expect(values["order_effect"]).toBeCloseTo(0.3023, 4);
    expect(values["order_effect_se"]).toBeCloseTo(0.1309, 4);
    expect(values["residual_deviance"]).toBeCloseTo(38.643, 3);
    expect(values["residual_df"]).toBe(35);
    const turned = baseball.map(([home, away, won, lost]) => [home, away, lost, won]);
    const games_layout = "[home, away, awayWins, homeWins]";
    expect(
      calculate("bradley_terry_order_effect", { items, games: turned, games_layout, reference: "Baltimore" }).values,
    ).toEqual(values);
  });

  test("without an effect of order it says the same as with one that is 0", () => {
    const both = baseball.flatMap(([home, away, won, lost]) => [
      [home, away, won, lost],
      [away, home, lost, won],
    ]);
    const { values } = calculate("bradley_terry_order_effect", { items, games: both });
    expect(values["order_effect"]).toBeCloseTo(0, 9);
    near(
      values["log_ability"],
      [
        ...(calculate("bradley_terry", { items, games: both, centering: "first item zero" }).values[
          "log_ability"
        ] as Float64Array),
      ],
      1e-9,
    );
  });

  test.each([
    ["one that never loses", "bradley_terry", { items: ["a", "b"], winner_loser: [["a", "b"]] }],
    ["the other way round", "bradley_terry", { items: ["a", "b"], winner_loser: [["b", "a"]] }],
    [
      "one that never wins",
      "bradley_terry",
      {
        winner_loser: [
          ["a", "b"],
          ["b", "c"],
          ["a", "c"],
        ],
      },
    ],
    [
      "two that never met",
      "bradley_terry",
      {
        winner_loser: [
          ["a", "b"],
          ["b", "a"],
          ["c", "d"],
          ["d", "c"],
        ],
      },
    ],
    [
      "the first always wins",
      "bradley_terry_order_effect",
      {
        games: [
          ["a", "b", 2, 0],
          ["b", "a", 3, 0],
        ],
      },
    ],
    [
      "the first always loses",
      "bradley_terry_order_effect",
      {
        games: [
          ["a", "b", 0, 2],
          ["b", "a", 0, 3],
        ],
      },
    ],
    ["order says nothing that abilities do not", "bradley_terry_order_effect", { games: [["a", "b", 2, 1]] }],
    [
      "a loser in rankings",
      "plackett_luce",
      {
        items: 3,
        rankings: [
          [0, 1, 2],
          [1, 0, 2],
        ],
      },
    ],
    [
      "an item out of all choices",
      "top1_choice",
      {
        items: 3,
        choices: [
          [0, [1]],
          [1, [0]],
        ],
      },
    ],
  ])("no estimate: %s", (_, id, inputs) => {
    const { values, undefined_because = {} } = calculate(id, inputs);
    expect(values["log_ability"]).toBeUndefined();
    expect(Object.keys(undefined_because)).toEqual(Object.keys(values));
    expect(new Set(Object.values(undefined_because))).toEqual(new Set(["no-estimate"]));
  });

  test.each([
    ["no comparison", { items: 2 }, "input-missing"],
    [
      "two forms at once",
      {
        winner_loser: [[0, 1]],
        wins: [
          [0, 1],
          [1, 0],
        ],
      },
      "inputs-disagree",
    ],
    ["an item against itself", { winner_loser: [[0, 0]] }, "inputs-disagree"],
    ["an item that is not listed", { items: ["a"], winner_loser: [["a", "b"]] }, "inputs-disagree"],
    ["a negative count", { games: [["a", "b", -1, 2]] }, "input-range"],
    [
      "NaN",
      {
        wins: [
          [0, Number.NaN],
          [1, 0],
        ],
      },
      "input-range",
    ],
    [
      "a matrix of another size",
      {
        items: 3,
        wins: [
          [0, 1],
          [1, 0],
        ],
      },
      "inputs-disagree",
    ],
    ["an unknown centering", { winner_loser: [["a", "b"]], centering: "sideways" }, "input-range"],
    ["the same item twice", { items: ["a", "a"], winner_loser: [["a", "a"]] }, "inputs-disagree"],
  ])("%s", (_, inputs, code) => expect(codeOf("bradley_terry", inputs)).toBe(code));

  /** Up to six items, every pair with wins on both sides, so that there is an estimate. */
  const games: fc.Arbitrary<Games> = fc.integer({ min: 2, max: 6 }).chain((n) => {
    const pairs = Array.from({ length: n }, (_, i) => Array.from({ length: i }, (_, j) => [i, j] as const)).flat();
    const wins = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: pairs.length, maxLength: pairs.length });
    return fc.tuple(wins, wins).map(([firstWins, secondWins]) => ({
      items: n,
      first: Int32Array.from(pairs, ([i]) => i),
      second: Int32Array.from(pairs, ([, j]) => j),
      firstWins: Float64Array.from(firstWins),
      secondWins: Float64Array.from(secondWins),
    }));
  });

  test("expected wins are the wins of each item, and abilities sum to 0", () =>
    fc.assert(
      fc.property(games, (given) => {
        const { x = new Float64Array(0) } = bradleyTerry(given) ?? {};
        const missed = new Float64Array(given.items);
        for (const [i, a] of given.first.entries()) {
          const b = given.second[i] ?? 0;
          const [won = 0, lost = 0] = [given.firstWins[i], given.secondWins[i]];
          const by = won - (won + lost) / (1 + Math.exp((x[b] ?? 0) - (x[a] ?? 0)));
          missed[a] = (missed[a] ?? 0) + by;
          missed[b] = (missed[b] ?? 0) - by;
        }
        near(missed, new Array<number>(given.items).fill(0), 1e-8);
        expect(x.reduce((sum, ability) => sum + ability, 0)).toBeCloseTo(0, 9);
        const scores = bradleyTerryMm(given, 20_000);
        const sum = x.reduce((all, ability) => all + Math.exp(ability), 0);
        near(
          scores,
          [...x].map((ability) => Math.exp(ability) / sum),
          1e-8,
        );
      }),
      { numRuns: 50 },
    ));

  test("names and the side on which an item stands do not matter", () =>
    fc.assert(
      fc.property(games, (given) => {
        const last = given.items - 1;
        const renamed = {
          ...given,
          first: given.second.map((i) => last - i),
          second: given.first.map((i) => last - i),
        };
        const turned = { ...renamed, firstWins: given.secondWins, secondWins: given.firstWins };
        near(bradleyTerry(turned)?.x.reverse(), [...(bradleyTerry(given)?.x ?? [])], 1e-9);
      }),
    ));

  test("rankings of two are comparisons, and a choice out of two as well", () => {
    const winner_loser = [
      [0, 1],
      [0, 1],
      [1, 2],
      [2, 0],
    ];
    const { values } = calculate("bradley_terry", { items: 3, winner_loser });
    // choix, tests/data/testcase-pairwise-2.json
    near(values["log_ability"], [0.419617624, -0.419617624, 0], 1e-8);
    const wanted = [...(values["log_ability"] as Float64Array)];
    near(calculate("plackett_luce", { items: 3, rankings: winner_loser }).values["log_ability"], wanted, 1e-12);
    const top1 = winner_loser.map(([winner, loser]) => [[loser], winner]);
    const layout = "[[losers],winner]";
    near(calculate("top1_choice", { items: 3, choices: top1, layout }).values["log_ability"], wanted, 1e-12);
    expect(codeOf("plackett_luce", { items: 3, rankings: [[0, 1, 0]] })).toBe("inputs-disagree");
    expect(codeOf("top1_choice", { items: 3, choices: [[0, []]] })).toBe("input-range");
  });

  test("choix's published estimates", () => {
    const rankings = [
      [0, 1, 2],
      [3, 2, 0],
      [1, 3],
    ];
    near(
      calculate("plackett_luce", { items: 4, rankings }).values["log_ability"],
      [-0.44328117, 0.69506219, -0.67061442, 0.4188334],
      1e-4,
    );
    const pairs = ["73 20 52 42 21 45 63 54 70 23", "40 04 65 32 34 34 52 73 76 65"].join(" ").split(" ");
    const winner_loser = pairs.map((pair) => [...pair].map(Number));
    const wanted = [
      -0.51974039, -0.46280878, -0.31376862, -0.06854694, -0.3185146, -0.00346107, 0.63032783, 1.05651257,
    ];
    for (const penalty of [0.5, "1/2*||theta||^2", "0.5*||theta||^2 added to negative log-likelihood"])
      near(
        calculate("bradley_terry_regularised", { items: 8, winner_loser, penalty }).values["log_ability"],
        wanted,
        1e-7,
      );
    expect(codeOf("bradley_terry_regularised", { items: 8, winner_loser, penalty: "some" })).toBe("input-range");
  });

  test("MM from equal scores: crowd-kit, test_bradley_terry_step_by_step", () => {
    const winner_loser = [
      ["a", "b"],
      ["b", "c"],
      ["a", "c"],
    ];
    const { a, b, c } = calculate("bradley_terry_mm", { winner_loser, iterations: 10 }).values["scores"] as Record<
      string,
      number
    >;
    near([a, b, c], [0.934, 0.065, 0], 0.005);
    expect(codeOf("bradley_terry_mm", { winner_loser, algorithm: "Newton" })).toBe("not-supported");
  });
});

describe("Elo", () => {
  test("five rounds of a player of 1613 (Wikipedia)", () => {
    const round = { rating: 1613, k: 32, opponents: [1609, 1477, 1388, 1586, 1720], scores: [0, 0.5, 1, 1, 0] };
    const { values } = calculate("elo", round);
    near(values["expected_scores"], [0.506, 0.686, 0.785, 0.539, 0.351], 0.0006);
    expect(Math.round(values["new_rating"] as number)).toBe(1601);
    expect(
      calculate("elo", { rating: 1613, k: 32, actual: 2.5, expected_total: 2.867 }).values["new_rating"],
    ).toBeCloseTo(1601.256, 3);
    expect(calculate("elo", { ...round, scores: undefined, actual: 2.5 }).values).toEqual(values);
    // Game by game: 1600 → 1616, of which 0.52301 is expected against 1600.
    const two = { rating: 1600, k: 32, opponents: [1600, 1600], scores: [1, 0], batch_update: false };
    expect(calculate("elo", two).values["new_rating"]).toBeCloseTo(1616 - 32 / (1 + 10 ** (-16 / 400)), 9);
    expect(codeOf("elo", { ...round, scores: [1] })).toBe("inputs-disagree");
    expect(codeOf("elo", { ...round, scores: [0, 0.5, 1, 1, 2] })).toBe("input-range");
  });
  const rating = fc.double({ min: 0, max: 4000, noNaN: true });
  test("what one gains the other loses, and both expectations sum to 1", () =>
    fc.assert(
      fc.property(rating, rating, fc.constantFrom(0, 0.5, 1), (a, b, score) => {
        const [first, second] = eloUpdate([a, b], score, 32);
        expect(first + second).toBeCloseTo(a + b, 8);
        expect(eloExpected(a, b) + eloExpected(b, a)).toBeCloseTo(1, 12);
        expect(eloExpected(a, b, "normal") + eloExpected(b, a, "normal")).toBeCloseTo(1, 12);
      }),
    ));
  test("Elo's table has 0.55 for 35 points on either curve (Elo 1978, 37)", () => {
    for (const model of ["logistic", "normal"])
      expect(calculate("elo_expected", { ratingA: 2635, ratingB: 2600, model }).values["expected"]).toBeCloseTo(
        0.55,
        2,
      );
    expect(codeOf("elo_expected", { ratingA: 1, ratingB: 2, model: "cauchy" })).toBe("input-range");
  });
});
