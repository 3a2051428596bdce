import { newMedia } from "../records/types.gen.js";
import { askGroup, holdsAlone } from "./ask-group.js";
import { drawingOfBoxes } from "./drawing.js";
import { type Fingerprint, groupContent, nameInData } from "./fingerprint.js";
import { type GroupRule, GroupView, gatherBlock, type KeyColumn } from "./gather.js";
import { IdMap } from "./id-map.js";
import type { Subject } from "./recorder.js";
import type { RuleState } from "./rule-state.js";
import type { Run } from "./run.js";
import { noColumns } from "./siblings.js";

/** Members gathered at once, so that memory does not grow with the data (88 bytes each and 8 for each value); one group may be larger. */
const membersPerBlock = 327_680;

/** Runs all group rules on annotations. Rules with one key share the gathering of its groups. */
export function runAnnotationGroups(run: Run): void {
  const rules = run.rows.rules.map(
    (state, index): GroupRule => ({ state, bit: (1 << index) >>> 0, values: run.rows.values[index] }),
  );
  const within = (key: string): GroupRule[] => rules.filter(({ state }) => state.active.rule.within === key);
  for (const rule of within("annotation.id")) runById(run, rule);
  runByKey(run, within("media"), run.rows.media);
  runByKey(run, within("category"), run.rows.category);
}

function runByKey(run: Run, rules: readonly GroupRule[], keys: KeyColumn): void {
  if (rules.length === 0) return;
  const any = rules.reduce((bits, { bit }) => (bits | bit) >>> 0, 0);
  const sizes = groupSizes(run, any, keys);
  const view = new GroupView(rules);
  let from = 1;
  while (from < sizes.length) {
    let to = from;
    let members = 0;
    while (to < sizes.length && (members === 0 || members + sizes[to]! <= membersPerBlock)) members += sizes[to++]!;
    if (members > 0) {
      view.open(gatherBlock(run.rows, rules, any, keys, { from, to, sizes, members }, view.memory));
      for (let key = from, end = 0; key < to; key++) {
        const start = end;
        end += sizes[key]!;
        if (end > start) askRulesOfGroup(run, rules, view, start, end);
      }
    }
    from = to;
  }
}

/** Members of each key that at least one of the rules is asked of. */
function groupSizes(run: Run, any: number, keys: KeyColumn): Uint32Array {
  const { table, mask } = run.rows;
  let sizes = new Uint32Array(64);
  const scratch = { mask: mask.scratch(), keys: keys.scratch() };
  table.scan((chunk, _, count) => {
    const numbers = keys.chunk(chunk, scratch.keys);
    const masks = mask.chunk(chunk, scratch.mask);
    for (let i = 0; i < count; i++) {
      const key = numbers[i]!;
      if (key === 0 || (masks[i]! & any) === 0) continue;
      if (key >= sizes.length) {
        const next = new Uint32Array(Math.max(key + 1, sizes.length * 2));
        next.set(sizes);
        sizes = next;
      }
      sizes[key]!++;
    }
  });
  return sizes;
}

/** Rules whose `when` holds for the same members see one set of columns; for others their own members are picked out. */
function askRulesOfGroup(run: Run, rules: readonly GroupRule[], view: GroupView, start: number, end: number): void {
  view.group(start, end);
  for (let r = 0; r < rules.length; r++) {
    const columns = view.columnsFor(r);
    if (columns === undefined) continue;
    const { state } = rules[r]!;
    askGroup(run, state, columns, view.rows, (at, partners) => {
      const others = partners.map((partner) => view.rows[partner]!);
      groupViolation(run, state, view.member(at), others);
    });
  }
}

/** Uniqueness of ids within a file: a rule that asks for no column answers alike for every id that occurs once. */
function runById(run: Run, { state, bit }: GroupRule): void {
  const { table, mask, place } = run.rows;
  const scratch = { mask: mask.scratch(), place: place.scratch() };
  const scanIds = (visit: (row: number, id: number, file: number) => void): void =>
    table.scan((chunk, first, count) => {
      const masks = mask.chunk(chunk, scratch.mask);
      const places = place.chunk(chunk, scratch.place);
      for (let i = 0; i < count; i++) {
        const id = places[4 * i + 3]!;
        if ((masks[i]! & bit) !== 0 && !Number.isNaN(id)) visit(first + i, id, places[4 * i]!);
      }
    });
  const repeated = repeatedIds(table.length, scanIds);
  const alone = holdsAlone(run, state);
  const groups = new Map<string, number[]>();
  const ask = (members: number[]): void =>
    askGroup(run, state, { size: members.length, ...noColumns }, members, (at, partners) => {
      const others = partners.map((partner) => members[partner]!);
      groupViolation(run, state, memberOfRow(run, members[at]!), others);
    });
  scanIds((row, id, file) => {
    if (!repeated.has(id)) {
      if (!alone) ask([row]);
      else {
        state.evaluated++;
        run.units.annotation.add(row, state.bit, 0, 0);
      }
      return;
    }
    const key = `${file} ${id}`;
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [row]);
    else members.push(row);
  });
  for (const members of groups.values()) ask(members);
}

/**
 * Ids that occur more than once. One whose bit another has set may be such an id, or one of 20 by chance; how often those occur is then counted
 * (820,000 ids: a quarter of the time of sorting them, and no list of them in memory).
 */
function repeatedIds(count: number, scanIds: (visit: (row: number, id: number) => void) => void): IdMap {
  const bits = new Uint32Array(2 ** Math.ceil(Math.log2(count / 4 + 1)));
  const maybe = new IdMap();
  scanIds((_, id) => {
    const hash = Math.imul(id, 0x9e3779b1);
    const word = (hash >>> 5) & (bits.length - 1);
    const bit = 1 << (hash >>> 27);
    if ((bits[word]! & bit) !== 0) maybe.set(id, 0);
    bits[word]! |= bit;
  });
  const repeated = new IdMap();
  scanIds((_, id) => {
    const times = maybe.get(id);
    if (times === undefined) return;
    if (times > 0) repeated.set(id, 0);
    else maybe.set(id, 1);
  });
  return repeated;
}

/** A member of a group, as its finding tells of it. */
export interface Member {
  readonly row: number;
  readonly mediaRow: number;
  readonly categoryRow: number;
  readonly box: Float64Array;
  readonly area: number;
  /** As in `GroupRows.place`. */
  readonly place: Float64Array;
}

function memberOfRow({ rows }: Run, row: number): Member {
  return {
    row,
    mediaRow: rows.media.row(row)[0]! - 1,
    categoryRow: rows.category.row(row)[0]! - 1,
    box: rows.box.row(row),
    area: rows.area.row(row)[0]!,
    place: rows.place.row(row),
  };
}

const media = newMedia();

function groupViolation(run: Run, state: RuleState, member: Member, others: readonly number[]): void {
  const { rows } = run;
  const { row, mediaRow, categoryRow, box, area, place } = member;
  const mediaPath = mediaRow < 0 ? undefined : run.media.path(mediaRow);
  const categoryName = run.categories[categoryRow]?.name;
  const subject: Subject = {
    kind: "annotation",
    file: place[0]!,
    offset: place[1]!,
    element: place[2]!,
    record: rows.idText(place[3]!),
    mediaRow,
    mediaPath,
    categoryRow,
    categoryName,
    annotator: undefined,
  };
  const content: Fingerprint = groupContent(mediaPath ?? "", nameInData(run.categories[categoryRow]), box, area);
  const waived = run.recorder.violation(state, subject, content, "", {
    values: () => state.bound!.values(run.scope),
    others: () =>
      others.map((other) => {
        const [, , element = 0, id = Number.NaN] = rows.place.row(other);
        return rows.idText(id) ?? `#${element + 1}`;
      }),
    drawing() {
      if (mediaRow >= 0) run.media.fill(mediaRow, media);
      else Object.assign(media, newMedia());
      return drawingOfBoxes(
        [...box],
        others.map((other) => [...rows.box.row(other)]),
        media,
      );
    },
  });
  if (!waived) run.units.annotation.add(row, 0, state.badBit, 0);
}
