import type { GroupAnswer, GroupCheckDeclaration, GroupColumns, Siblings } from "../checks/declaration.js";
import { newMedia } from "../records/types.gen.js";
import type { Scope } from "../standards/cel/api.js";
import { rowsInChunk } from "./column.js";
import { drawingOfBoxes } from "./drawing.js";
import { contentOfTexts, type Fingerprint, groupContent, nameInData } from "./fingerprint.js";
import type { Subject } from "./recorder.js";
import type { RuleState } from "./rule-state.js";
import type { Run } from "./run.js";

/** Members gathered at once, so that memory does not grow with the data; one group may be larger. */
const membersPerBlock = 1_048_576;
/** Ids of other members that a finding names. */
const maxOthers = 5;

type Answers = (GroupAnswer | undefined)[];

/** The siblings of one group: answers of group checks, each computed once for the whole group. */
export function newSiblings(columns: GroupColumns): Siblings & { readonly answers: Answers } {
  const answers: Answers = [];
  return {
    size: columns.size,
    answers,
    answer(site: number, check: GroupCheckDeclaration, args: readonly unknown[]): GroupAnswer {
      let known = answers[site];
      if (known === undefined) {
        known = check.answer(columns, ...args);
        answers[site] = known;
      }
      return known;
    },
  };
}

/** Runs the assertion of a group rule for each member; calls `found(at, partners)` for each that does not hold. */
export function askGroup(
  run: Run,
  state: RuleState,
  columns: GroupColumns,
  unitRows: ArrayLike<number>,
  found: (at: number, partners: readonly number[]) => void,
): void {
  const bound = state.bound!;
  const siblings = newSiblings(columns);
  const scope: Scope = run.scope;
  scope.siblings = siblings;
  const units = run.units[state.active.kind];
  const { bit } = state;
  for (let at = 0; at < columns.size; at++) {
    scope.at = at;
    const outcome = bound.run(scope);
    if (outcome === 0) continue;
    if (outcome === 3) {
      run.recorder.notEvaluated(state, bound);
      if (bit !== 0) units.add(unitRows[at]!, bit, 0, bit);
      continue;
    }
    state.evaluated++;
    if (bit !== 0) units.add(unitRows[at]!, bit, 0, 0);
    if (outcome === 2) found(at, partnersOf(siblings.answers, columns.size, at));
  }
  scope.siblings = undefined;
}

/** The member that an answer is about, or all others of a group that is only counted. */
function partnersOf(answers: Answers, size: number, at: number): readonly number[] {
  const given = answers.filter((answer) => answer !== undefined);
  const named = given.map((answer) => answer.partners?.[at] ?? -1).filter((partner) => partner >= 0);
  if (named.length > 0 || given.length > 0) return named.slice(0, maxOthers);
  const others: number[] = [];
  for (let other = 0; other < size && others.length < maxOthers; other++) if (other !== at) others.push(other);
  return others;
}

const noNumbers = new Float64Array(0);

/** A group rule on annotations, with its bit in the mask. */
interface GroupRule {
  readonly state: RuleState;
  readonly bit: number;
  readonly values: Run["rows"]["values"][number];
}

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

function runByKey(run: Run, rules: readonly GroupRule[], keys: Run["rows"]["media"]): void {
  if (rules.length === 0) return;
  const any = rules.reduce((bits, { bit }) => (bits | bit) >>> 0, 0);
  let sizes = new Uint32Array(1024);
  const maskScratch = run.rows.mask.scratch();
  keys.scan((numbers, first, count) => {
    const masks = run.rows.mask.chunk(first / rowsInChunk, maskScratch);
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
  let from = 1;
  while (from < sizes.length) {
    let to = from;
    let members = 0;
    while (to < sizes.length && (members === 0 || members + sizes[to]! <= membersPerBlock)) members += sizes[to++]!;
    if (members > 0) runBlock(run, rules, any, keys, { from, to, sizes, members });
    from = to;
  }
}

interface Block {
  readonly from: number;
  readonly to: number;
  readonly sizes: Uint32Array;
  readonly members: number;
}

/** The members of a block side by side, group after group. */
interface Gathered {
  readonly rows: Float64Array;
  readonly masks: Uint32Array;
  readonly box: Float64Array;
  readonly category: Float64Array;
  readonly area: Float64Array;
  readonly iscrowd: Float64Array;
  /** By the rule's place in the list. */
  readonly values: readonly Float64Array[];
}

function gather(
  run: Run,
  rules: readonly GroupRule[],
  any: number,
  keys: Run["rows"]["media"],
  block: Block,
  cursor: Uint32Array,
): Gathered {
  const { rows } = run;
  const { from, to, members } = block;
  const wanted = new Set<string>(rules.flatMap(({ state }) => state.active.compiled?.columns ?? []));
  const list = (name: string, width = 1): Float64Array =>
    wanted.has(name) ? new Float64Array(members * width) : noNumbers;
  const gathered = {
    rows: new Float64Array(members),
    masks: new Uint32Array(members),
    box: list("box", 4),
    category: list("category"),
    area: list("area"),
    iscrowd: list("iscrowd"),
    values: rules.map(({ values }) => (values === undefined ? noNumbers : new Float64Array(members))),
  };
  const { box, category, area, iscrowd } = gathered;
  const scratch = {
    mask: rows.mask.scratch(),
    box: rows.box.scratch(),
    category: rows.category.scratch(),
    area: rows.area.scratch(),
    iscrowd: rows.iscrowd.scratch(),
    values: rules.map(({ values }) => values?.scratch()),
  };
  const at = new Int32Array(rowsInChunk);
  keys.scan((numbers, first, count) => {
    const chunk = first / rowsInChunk;
    const masks = rows.mask.chunk(chunk, scratch.mask);
    for (let i = 0; i < count; i++) {
      const key = numbers[i]!;
      if (key < from || key >= to || (masks[i]! & any) === 0) {
        at[i] = -1;
        continue;
      }
      const slot = cursor[key - from]!++;
      at[i] = slot;
      gathered.rows[slot] = first + i;
      gathered.masks[slot] = masks[i]!;
    }
    if (box.length > 0) {
      const boxes = rows.box.chunk(chunk, scratch.box);
      for (let i = 0; i < count; i++) {
        const place = at[i]!;
        if (place < 0) continue;
        box[4 * place] = boxes[4 * i]!;
        box[4 * place + 1] = boxes[4 * i + 1]!;
        box[4 * place + 2] = boxes[4 * i + 2]!;
        box[4 * place + 3] = boxes[4 * i + 3]!;
      }
    }
    if (category.length > 0) {
      const categories = rows.category.chunk(chunk, scratch.category);
      for (let i = 0; i < count; i++)
        if (at[i]! >= 0) category[at[i]!] = categories[i] === 0 ? Number.NaN : categories[i]!;
    }
    if (area.length > 0) place(rows.area.chunk(chunk, scratch.area), area, at, count);
    if (iscrowd.length > 0) place(rows.iscrowd.chunk(chunk, scratch.iscrowd), iscrowd, at, count);
    rules.forEach(({ values }, rule) => {
      const own = scratch.values[rule];
      if (values !== undefined && own !== undefined) place(values.chunk(chunk, own), gathered.values[rule]!, at, count);
    });
  });
  return gathered;
}

function place(from: ArrayLike<number>, to: Float64Array, at: Int32Array, count: number): void {
  for (let i = 0; i < count; i++) if (at[i]! >= 0) to[at[i]!] = from[i]!;
}

/** Gathers the members of the keys [from, to) side by side and asks group after group, rule after rule. */
function runBlock(run: Run, rules: readonly GroupRule[], any: number, keys: Run["rows"]["media"], block: Block): void {
  const { from, to, sizes } = block;
  const cursor = new Uint32Array(to - from);
  for (let key = from + 1; key < to; key++) cursor[key - from] = cursor[key - from - 1]! + sizes[key - 1]!;
  const gathered = gather(run, rules, any, keys, block, cursor);
  let end = 0;
  for (let key = from; key < to; key++) {
    const start = end;
    end += sizes[key]!;
    if (end === start) continue;
    askRulesOfGroup(run, rules, gathered, start, end);
  }
}

function part(list: Float64Array, start: number, end: number): Float64Array {
  return list.length === 0 ? noNumbers : list.subarray(start, end);
}

/** Rules whose `when` holds for all members see the group as it lies; for others their own members are picked out. */
function askRulesOfGroup(run: Run, rules: readonly GroupRule[], gathered: Gathered, start: number, end: number): void {
  const size = end - start;
  let whole: GroupColumns | undefined;
  const rows = gathered.rows.subarray(start, end);
  for (let r = 0; r < rules.length; r++) {
    const { state, bit } = rules[r]!;
    let count = 0;
    for (let i = start; i < end; i++) if ((gathered.masks[i]! & bit) !== 0) count++;
    if (count === 0) continue;
    const values = gathered.values[r]!;
    if (count < size) {
      const { columns, members } = picked(gathered, values, bit, start, end, count);
      askGroup(run, state, columns, members, (at, partners) => groupViolation(run, state, members, at, partners));
      continue;
    }
    whole ??= {
      size,
      box: part(gathered.box, 4 * start, 4 * end),
      category: part(gathered.category, start, end),
      area: part(gathered.area, start, end),
      iscrowd: part(gathered.iscrowd, start, end),
      value: noNumbers,
    };
    const columns = values.length === 0 ? whole : { ...whole, value: values.subarray(start, end) };
    askGroup(run, state, columns, rows, (at, partners) => groupViolation(run, state, rows, at, partners));
  }
}

function picked(
  gathered: Gathered,
  values: Float64Array,
  bit: number,
  start: number,
  end: number,
  count: number,
): { readonly columns: GroupColumns; readonly members: Float64Array } {
  const members = new Float64Array(count);
  const pick = (list: Float64Array, width = 1): Float64Array => {
    if (list.length === 0) return noNumbers;
    const own = new Float64Array(count * width);
    let to = 0;
    for (let i = start; i < end; i++) {
      if ((gathered.masks[i]! & bit) === 0) continue;
      for (let k = 0; k < width; k++) own[to++] = list[width * i + k]!;
    }
    return own;
  };
  members.set(pick(gathered.rows));
  return {
    members,
    columns: {
      size: count,
      box: pick(gathered.box, 4),
      category: pick(gathered.category),
      area: pick(gathered.area),
      iscrowd: pick(gathered.iscrowd),
      value: pick(values),
    },
  };
}

/** Uniqueness of ids within a file: a rule that asks for no column answers alike for every id that occurs once. */
function runById(run: Run, { state, bit }: GroupRule): void {
  const { rows } = run;
  const ids = new Float64Array(rows.id.length);
  let asked = 0;
  const maskScratch = rows.mask.scratch();
  rows.id.scan((numbers, first, count) => {
    const masks = rows.mask.chunk(first / rowsInChunk, maskScratch);
    for (let i = 0; i < count; i++)
      if ((masks[i]! & bit) !== 0 && !Number.isNaN(numbers[i]!)) ids[asked++] = numbers[i]!;
  });
  const sorted = ids.subarray(0, asked).sort();
  const repeated = new Set<number>();
  for (let i = 1; i < asked; i++) if (sorted[i] === sorted[i - 1]) repeated.add(sorted[i]!);
  const groups = new Map<string, number[]>();
  const fileScratch = rows.file.scratch();
  const single = {
    size: 1,
    box: noNumbers,
    category: noNumbers,
    area: noNumbers,
    iscrowd: noNumbers,
    value: noNumbers,
  };
  rows.id.scan((numbers, first, count) => {
    const masks = rows.mask.chunk(first / rowsInChunk, maskScratch);
    const files = rows.file.chunk(first / rowsInChunk, fileScratch);
    for (let i = 0; i < count; i++) {
      if ((masks[i]! & bit) === 0 || Number.isNaN(numbers[i]!)) continue;
      const row = first + i;
      if (!repeated.has(numbers[i]!)) {
        askGroup(run, state, single, [row], (at, partners) => groupViolation(run, state, [row], at, partners));
        continue;
      }
      const key = `${files[i]} ${numbers[i]}`;
      const members = groups.get(key);
      if (members === undefined) groups.set(key, [row]);
      else members.push(row);
    }
  });
  for (const members of groups.values()) {
    askGroup(run, state, { ...single, size: members.length }, members, (at, partners) =>
      groupViolation(run, state, members, at, partners),
    );
  }
}

const media = newMedia();

function groupViolation(
  run: Run,
  state: RuleState,
  members: ArrayLike<number>,
  at: number,
  partners: readonly number[],
): void {
  const { rows } = run;
  const row = members[at]!;
  const mediaRow = rows.media.row(row)[0]! - 1;
  const categoryRow = rows.category.row(row)[0]! - 1;
  const box = rows.box.row(row);
  const mediaPath = mediaRow < 0 ? undefined : run.media.path(mediaRow);
  const categoryName = run.categories[categoryRow]?.name;
  const subject: Subject = {
    kind: "annotation",
    file: rows.file.row(row)[0]!,
    offset: rows.offset.row(row)[0]!,
    element: rows.element.row(row)[0]!,
    record: rows.idText(rows.id.row(row)[0]!),
    mediaRow,
    mediaPath,
    categoryRow,
    categoryName,
    annotator: undefined,
  };
  const content: Fingerprint = groupContent(
    mediaPath ?? "",
    nameInData(run.categories[categoryRow]),
    box,
    rows.area.row(row)[0]!,
  );
  const waived = run.recorder.violation(state, subject, content, "", {
    values: () => state.bound!.values(run.scope),
    others: () =>
      partners.map(
        (partner) =>
          rows.idText(rows.id.row(members[partner]!)[0]!) ?? `#${rows.element.row(members[partner]!)[0]! + 1}`,
      ),
    drawing() {
      if (mediaRow >= 0) run.media.fill(mediaRow, media);
      else Object.assign(media, newMedia());
      return drawingOfBoxes(
        [...box],
        partners.map((partner) => [...rows.box.row(members[partner]!)]),
        media,
      );
    },
  });
  if (!waived) run.units.annotation.add(row, 0, state.badBit, 0);
}

/** What a group rule on media or categories needs: a key a row (undefined: not asked), and words for the rows of a finding. */
export interface Table {
  readonly keys: readonly (string | undefined)[];
  unit(row: number): number;
  name(row: number): string;
  /** What the row is, without its id. */
  content(row: number): string;
  subject(row: number): Subject;
  /** The rule's `column` by row, where it has one. */
  readonly values: Float64Array | undefined;
}

/** Group rules on media and categories: tables in memory, grouped by the text of one field. */
export function runTableGroups(run: Run, state: RuleState, table: Table): void {
  const groups = new Map<string, number | number[]>();
  table.keys.forEach((key, row) => {
    if (key === undefined) return;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, row);
    else if (typeof group === "number") groups.set(key, [group, row]);
    else group.push(row);
  });
  const { values } = table;
  const columns = { box: noNumbers, category: noNumbers, area: noNumbers, iscrowd: noNumbers };
  for (const group of groups.values()) {
    const members = typeof group === "number" ? [group] : group;
    const value = values === undefined ? noNumbers : Float64Array.from(members, (row) => values[row]!);
    const units = members.map((row) => table.unit(row));
    askGroup(run, state, { ...columns, size: members.length, value }, units, (at, partners) => {
      const subject = table.subject(members[at]!);
      const content = contentOfTexts(subject.kind, table.content(members[at]!));
      const waived = run.recorder.violation(state, subject, content, "", {
        values: () => state.bound!.values(run.scope),
        others: () => partners.map((partner) => table.name(members[partner]!)),
      });
      if (!waived) run.units[state.active.kind].add(units[at]!, 0, state.badBit, 0);
    });
  }
}
