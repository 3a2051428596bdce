import type { Games } from "../../statistics/paired.js";
import { type Inputs, MeasureError, shown, textOf, toList, toMatrix, toNumber } from "../inputs.js";

export type Item = string | number;

export interface NamedGames extends Games {
  readonly names: readonly Item[];
}

/** Names of the items: a list of them, or how many there are. Undefined where the comparisons themselves say. @throws MeasureError */
export function itemsOf(inputs: Inputs): readonly Item[] | undefined {
  const items = inputs["items"];
  if (items === undefined) return undefined;
  if (typeof items === "number")
    return Array.from({ length: toNumber(items, "items", { min: 1, max: 10_000, whole: true }) }, (_, at) => at);
  const names = toList(items, "items", 1).map((name, at) => toItem(name, `items[${at}]`));
  if (new Set(names).size < names.length)
    throw new MeasureError("inputs-disagree", {
      input: "items",
      expected: { zh: "各不相同", en: "each item once" },
      found: shown(names),
    });
  return names;
}

export function toItem(value: unknown, input: string): Item {
  if (typeof value === "string" || Number.isFinite(value)) return value as Item;
  throw new MeasureError(value === undefined ? "input-missing" : "input-type", {
    input,
    expected: { zh: "项目的名称或序号", en: "name or number of an item" },
    found: shown(value),
  });
}

/** Place of an item; names that are not listed are an error, unless none are. */
export function placesOf(names: readonly Item[] | undefined): {
  names: Item[];
  place: (value: unknown, input: string) => number;
} {
  const all = [...(names ?? [])];
  const places = new Map(all.map((name, at) => [name, at]));
  const place = (value: unknown, input: string): number => {
    const name = toItem(value, input);
    const known = places.get(name);
    if (known !== undefined) return known;
    if (names !== undefined)
      throw new MeasureError("inputs-disagree", {
        input,
        expected: { zh: `items 之一：${names.join("、")}`, en: `one of the items ${names.join(", ")}` },
        found: shown(value),
      });
    places.set(name, all.length);
    return all.push(name) - 1;
  };
  return { names: all, place };
}

/**
 * Comparisons in one of three forms: `winner_loser` pairs, `games` with a row a meeting (`games_layout`; [first, second, firstWins, secondWins] by default), or a
 * square matrix of `wins`, rows over columns unless `wins_layout` says otherwise; its diagonal compares nothing. Rows of `games` stay, the other two are one a pair.
 *
 * @throws MeasureError
 */
export function gamesOf(inputs: Inputs): NamedGames {
  const given = ["winner_loser", "games", "wins"].filter((name) => inputs[name] !== undefined);
  if (given.length !== 1)
    throw new MeasureError(given.length === 0 ? "input-missing" : "inputs-disagree", {
      input: "winner_loser",
      expected: { zh: "winner_loser、games、wins 三者之一", en: "one of winner_loser, games and wins" },
      found: given.join(", ") || "nothing",
    });
  if (given[0] === "wins") return ofMatrix(inputs);
  const { names, place } = placesOf(itemsOf(inputs));
  const rows =
    given[0] === "games"
      ? meetings(inputs, place)
      : byPair(
          toList(inputs["winner_loser"], "winner_loser", 1).map((pair, at) =>
            pairOf(pair, `winner_loser[${at}]`, place),
          ),
        );
  for (const [first, second, , , input] of rows) refuseSame(first, second, input);
  return { names, ...columnsOf(names.length, rows) };
}

type Row = readonly [first: number, second: number, firstWins: number, secondWins: number, input: string];
type Place = (value: unknown, input: string) => number;

function pairOf(pair: unknown, input: string, place: Place): Row {
  const [winner, loser, ...rest] = toList(pair, input, 2);
  const times = rest[0] === undefined ? 1 : toNumber(rest[0], `${input}[2]`, { min: 0 });
  return [place(winner, `${input}[0]`), place(loser, `${input}[1]`), times, 0, input];
}

function meetings(inputs: Inputs, place: Place): readonly Row[] {
  const layout = inputs["games_layout"] === undefined ? "" : textOf(inputs, "games_layout");
  const words = layout
    .replace(/[[\]\s]/g, "")
    .toLowerCase()
    .split(",");
  const pairs = /winner/.test(words[0] ?? "");
  const turned = /second|away|loser|2/.test(words[2] ?? "") && /first|home|winner|1/.test(words[3] ?? "");
  return toList(inputs["games"], "games", 1).map((row, at) => {
    const input = `games[${at}]`;
    if (pairs) return pairOf(row, input, place);
    const [first, second, a, b] = toList(row, input, 4);
    const wins = [toNumber(a, `${input}[2]`, { min: 0 }), toNumber(b, `${input}[3]`, { min: 0 })] as const;
    const [firstWins, secondWins] = turned ? [wins[1], wins[0]] : wins;
    return [place(first, `${input}[0]`), place(second, `${input}[1]`), firstWins, secondWins, input];
  });
}

function ofMatrix(inputs: Inputs): NamedGames {
  const { rows, columns, values } = toMatrix(inputs["wins"], "wins", { min: 0 });
  const names = itemsOf(inputs) ?? Array.from({ length: rows }, (_, at) => at);
  if (rows !== columns || rows !== names.length)
    throw new MeasureError("inputs-disagree", {
      input: "wins",
      expected: { zh: `${names.length} 行 ${names.length} 列`, en: `${names.length} rows and columns` },
      found: `${rows} × ${columns}`,
    });
  const layout = inputs["wins_layout"] === undefined ? "" : textOf(inputs, "wins_layout");
  const columnsWin =
    /(\bcol\w*|\bj)\W+(?:\w+\W+){0,2}?(beats?|wins?|won|winners?|defeat\w*|over|preferred)\b/i.test(layout) ||
    /\brows?\W+(?:\w+\W+){0,2}?(loses?|lost|losers?|beaten)\b|\[los\w+\]\[win\w+\]/i.test(layout);
  const list: Row[] = [];
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < i; j++) {
      const [over, under] = [values[i * columns + j] ?? 0, values[j * columns + i] ?? 0];
      if (over + under > 0) list.push(columnsWin ? [i, j, under, over, "wins"] : [i, j, over, under, "wins"]);
    }
  return { names, ...columnsOf(rows, list) };
}

/** One row a pair of items, whichever won. */
function byPair(rows: readonly Row[]): readonly Row[] {
  const pairs = new Map<string, [number, number, number, number, string]>();
  for (const [winner, loser, times, , input] of rows) {
    const [first, second] = winner < loser ? [winner, loser] : [loser, winner];
    const row = pairs.get(`${first} ${second}`) ?? [first, second, 0, 0, input];
    pairs.set(`${first} ${second}`, row);
    row[winner === first ? 2 : 3] += times;
  }
  return [...pairs.values()];
}

function refuseSame(first: number, second: number, input: string): void {
  if (first === second)
    throw new MeasureError("inputs-disagree", {
      input,
      expected: { zh: "两个不同的项目", en: "two different items" },
      found: String(first),
    });
}

function columnsOf(items: number, rows: readonly Row[]): Games {
  return {
    items,
    first: Int32Array.from(rows, ([first]) => first),
    second: Int32Array.from(rows, ([, second]) => second),
    firstWins: Float64Array.from(rows, ([, , wins]) => wins),
    secondWins: Float64Array.from(rows, ([, , , wins]) => wins),
  };
}

/** Whose ability is 0: the `reference`, else by `centering` the first, the last or an item of that name; -1 for the mean of all. @throws MeasureError */
export function zeroOf(inputs: Inputs, names: readonly Item[]): number {
  const { reference, centering } = inputs;
  if (reference !== undefined) return placesOf(names).place(reference, "reference");
  if (centering === undefined) return -1;
  const named = names.indexOf(centering as Item);
  if (named !== -1) return named;
  const text = textOf(inputs, "centering");
  if (/mean|sum|average/i.test(text)) return -1;
  if (/first/i.test(text)) return 0;
  if (/last/i.test(text)) return names.length - 1;
  throw new MeasureError("input-range", {
    input: "centering",
    expected: { zh: "mean zero、first、last 或一个项目", en: "mean zero, first, last or an item" },
    found: shown(text),
  });
}
