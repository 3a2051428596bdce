import type { GroupAnswer, GroupCheckDeclaration, GroupColumns, Siblings } from "../checks/declaration.js";
import { newMedia } from "../records/types.gen.js";
import type { Scope } from "../standards/cel/api.js";
import { rowsInChunk } from "./column.js";
import { drawingOfBoxes } from "./drawing.js";
import { contentOfTexts, type Fingerprint, groupContent } from "./fingerprint.js";
import type { Subject } from "./recorder.js";
import type { RuleState } from "./rule-state.js";
import type { Run } from "./run.js";

/** Members gathered at once, so that memory does not grow with the data; one group may be larger. */
const membersPerBlock = 262_144;
/** Ids of other members that a finding names. */
const maxOthers = 5;

/** The siblings of one group: answers of group checks, each computed once for the whole group. */
export function newSiblings(columns: GroupColumns): Siblings & { readonly answers: ReadonlyMap<number, GroupAnswer> } {
  const answers = new Map<number, GroupAnswer>();
  return {
    size: columns.size,
    answers,
    answer(site: number, check: GroupCheckDeclaration, args: readonly unknown[]): GroupAnswer {
      let known = answers.get(site);
      if (known === undefined) {
        known = check.answer(columns, ...args);
        answers.set(site, known);
      }
      return known;
    },
  };
}

/** Runs the assertion of a group rule for each member; calls `found(at, partner)` for each that does not hold. */
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
  for (let at = 0; at < columns.size; at++) {
    scope.at = at;
    const outcome = bound.run(scope);
    if (outcome === 0) continue;
    if (outcome === 3) {
      run.recorder.notEvaluated(state, bound);
      units.add(unitRows[at]!, state.bit, 0, state.bit);
      continue;
    }
    state.evaluated++;
    units.add(unitRows[at]!, state.bit, 0, 0);
    if (outcome === 2) found(at, partnersOf(siblings.answers, columns.size, at));
  }
  scope.siblings = undefined;
}

/** The member that an answer is about, or all others of a group that is only counted. */
function partnersOf(answers: ReadonlyMap<number, GroupAnswer>, size: number, at: number): readonly number[] {
  const named = [...answers.values()].map((answer) => answer.partners?.[at] ?? -1).filter((partner) => partner >= 0);
  if (named.length > 0 || answers.size > 0) return named.slice(0, maxOthers);
  const others: number[] = [];
  for (let other = 0; other < size && others.length < maxOthers; other++) if (other !== at) others.push(other);
  return others;
}

const noNumbers = new Float64Array(0);

/** Runs all group rules on annotations. */
export function runAnnotationGroups(run: Run): void {
  run.rows.rules.forEach((state, index) => {
    const { within } = state.active.rule;
    if (within === "annotation.id") runById(run, state, index);
    else runByKey(run, state, index, within === "media" ? run.rows.media : run.rows.category);
  });
}

function runByKey(run: Run, state: RuleState, index: number, keys: Run["rows"]["media"]): void {
  const { rows } = run;
  const bit = (1 << index) >>> 0;
  const wanted = state.active.compiled?.columns ?? [];
  let sizes = new Uint32Array(1024);
  const maskScratch = rows.mask.scratch();
  keys.scan((numbers, first, count) => {
    const masks = rows.mask.chunk(first / rowsInChunk, maskScratch);
    for (let i = 0; i < count; i++) {
      const key = numbers[i]!;
      if (key === 0 || (masks[i]! & bit) === 0) continue;
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
    if (members > 0) runBlock(run, state, bit, keys, from, to, sizes, members, wanted, rows.values[index]);
    from = to;
  }
}

/** Gathers the members of the keys [from, to) side by side and asks group after group. */
function runBlock(
  run: Run,
  state: RuleState,
  bit: number,
  keys: Run["rows"]["media"],
  from: number,
  to: number,
  sizes: Uint32Array,
  members: number,
  wanted: readonly string[],
  values: Run["rows"]["values"][number],
): void {
  const { rows } = run;
  const cursor = new Uint32Array(to - from);
  for (let key = from + 1; key < to; key++) cursor[key - from] = cursor[key - from - 1]! + sizes[key - 1]!;
  const starts = cursor.slice();
  const box = wanted.includes("box") ? new Float64Array(members * 4) : noNumbers;
  const category = wanted.includes("category") ? new Float64Array(members) : noNumbers;
  const area = wanted.includes("area") ? new Float64Array(members) : noNumbers;
  const iscrowd = wanted.includes("iscrowd") ? new Float64Array(members) : noNumbers;
  const value = values === undefined ? noNumbers : new Float64Array(members);
  const rowOf = new Float64Array(members);
  const valueScratch = values?.scratch();
  const scratch = {
    mask: rows.mask.scratch(),
    box: rows.box.scratch(),
    category: rows.category.scratch(),
    area: rows.area.scratch(),
    iscrowd: rows.iscrowd.scratch(),
  };
  keys.scan((numbers, first, count) => {
    const chunk = first / rowsInChunk;
    const masks = rows.mask.chunk(chunk, scratch.mask);
    const boxes = box.length > 0 ? rows.box.chunk(chunk, scratch.box) : noNumbers;
    const categories = category.length > 0 ? rows.category.chunk(chunk, scratch.category) : noNumbers;
    const areas = area.length > 0 ? rows.area.chunk(chunk, scratch.area) : noNumbers;
    const crowds = iscrowd.length > 0 ? rows.iscrowd.chunk(chunk, scratch.iscrowd) : noNumbers;
    const numbersOfRule =
      values !== undefined && valueScratch !== undefined ? values.chunk(chunk, valueScratch) : noNumbers;
    for (let i = 0; i < count; i++) {
      const key = numbers[i]!;
      if (key < from || key >= to || (masks[i]! & bit) === 0) continue;
      const at = cursor[key - from]!;
      cursor[key - from] = at + 1;
      rowOf[at] = first + i;
      if (boxes.length > 0) for (let side = 0; side < 4; side++) box[4 * at + side] = boxes[4 * i + side]!;
      if (categories.length > 0) category[at] = categories[i] === 0 ? Number.NaN : categories[i]!;
      if (areas.length > 0) area[at] = areas[i]!;
      if (crowds.length > 0) iscrowd[at] = crowds[i]!;
      if (numbersOfRule.length > 0) value[at] = numbersOfRule[i]!;
    }
  });
  for (let key = from; key < to; key++) {
    const size = sizes[key]!;
    if (size === 0) continue;
    const start = starts[key - from]!;
    const end = start + size;
    const columns: GroupColumns = {
      size,
      box: box.subarray(4 * start, 4 * end),
      category: category.subarray(start, end),
      area: area.subarray(start, end),
      iscrowd: iscrowd.subarray(start, end),
      value: value.subarray(start, end),
    };
    const members = rowOf.subarray(start, end);
    askGroup(run, state, columns, members, (at, partners) => groupViolation(run, state, members, at, partners));
  }
}

/** Uniqueness of ids within a file: a rule that asks for no column answers alike for every id that occurs once. */
function runById(run: Run, state: RuleState, index: number): void {
  const { rows } = run;
  const bit = (1 << index) >>> 0;
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
  const content: Fingerprint = groupContent(mediaPath ?? "", categoryName ?? "", box, rows.area.row(row)[0]!);
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

/** Group rules on media and categories: small tables, grouped by the text of one field. */
export function runTableGroups(run: Run, state: RuleState, members: readonly TableMember[]): void {
  const groups = new Map<string, TableMember[]>();
  for (const member of members) {
    const group = groups.get(member.key);
    if (group === undefined) groups.set(member.key, [member]);
    else group.push(member);
  }
  for (const group of groups.values()) {
    const columns = {
      size: group.length,
      box: noNumbers,
      category: noNumbers,
      area: noNumbers,
      iscrowd: noNumbers,
      value: noNumbers,
    };
    const unitRows = group.map((member) => member.unit);
    askGroup(run, state, columns, unitRows, (at, partners) => {
      const member = group[at]!;
      const waived = run.recorder.violation(
        state,
        member.subject,
        contentOfTexts(member.subject.kind, member.subject.mediaPath ?? member.subject.categoryName ?? ""),
        "",
        {
          values: () => state.bound!.values(run.scope),
          others: () => partners.map((partner) => group[partner]!.name),
        },
      );
      if (!waived) run.units[state.active.kind].add(member.unit, 0, state.badBit, 0);
    });
  }
}

export interface TableMember {
  readonly key: string;
  readonly unit: number;
  readonly name: string;
  readonly subject: Subject;
}
