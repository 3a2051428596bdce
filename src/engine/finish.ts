import type { InputFile } from "../formats/format.js";
import type { MediaFacts } from "../formats/media/examine.js";
import { clearMedia, type FileRecord, type MediaRecord, newMedia } from "../records/types.gen.js";
import type { Scope } from "../standards/cel/api.js";
import { askRules } from "./ask.js";
import { contentOfTexts, nameInData } from "./fingerprint.js";
import { runAnnotationGroups } from "./groups.js";
import type { Subject } from "./recorder.js";
import type { RuleState } from "./rule-state.js";
import type { Run } from "./run.js";
import { runTableGroups, type Table } from "./table-groups.js";

/** The way from a path in the data to the bytes of a medium. */
export interface MediaAccess {
  /** The file, undefined when it is not there, "unsafe" when the path leaves the root: then it is never opened. */
  resolve(path: string, from: number): InputFile | "unsafe" | undefined;
  examine(file: InputFile): Promise<MediaFacts>;
  readonly tick?: (done: number, of: number) => Promise<void> | undefined;
}

export interface MediaFound {
  readonly declared: number;
  readonly found: number;
}

const nothing: Subject = {
  kind: "dataset",
  file: 0,
  offset: 0,
  element: -1,
  record: undefined,
  mediaRow: -1,
  mediaPath: undefined,
  categoryRow: -1,
  categoryName: undefined,
  annotator: undefined,
};

/** All that is asked after reading: groups, then media, categories, files and the dataset, which see the measurements. */
export async function finishRun(run: Run, access: MediaAccess): Promise<MediaFound> {
  const { unsafe, ...found } = await findMedia(run, access);
  askAfterReading(run, found, unsafe);
  return found;
}

/** The same where the files of the media are nowhere to be found: nothing has to be waited for. */
export function finishWithoutMedia(run: Run): void {
  run.scope.dataset.media_examined = false;
  askAfterReading(run, { declared: 0, found: 0 }, new Set());
}

function askAfterReading(run: Run, found: MediaFound, unsafe: ReadonlySet<number>): void {
  run.endReading();
  runAnnotationGroups(run);
  runMedia(run, unsafe);
  runCategories(run);
  runFiles(run);
  runDataset(run, found);
}

function mediaSubject(run: Run, row: number): Subject {
  const id = run.media.id(row);
  return {
    ...nothing,
    kind: "media",
    file: run.media.file(row),
    offset: run.media.offset(row),
    element: run.media.element(row),
    record: id === undefined ? undefined : String(id),
    mediaRow: row,
    mediaPath: run.media.path(row),
  };
}

/** Finds the media files; reads their bytes only when at least one of the dataset's media is there. */
async function findMedia(
  { media, scope }: Run,
  access: MediaAccess,
): Promise<MediaFound & { readonly unsafe: ReadonlySet<number> }> {
  const files = new Map<number, InputFile>();
  const unsafe = new Set<number>();
  let declared = 0;
  for (let row = 0; row < media.length; row++) {
    const path = media.path(row);
    if (path === undefined) continue;
    declared++;
    const file = access.resolve(path, media.file(row));
    if (file === "unsafe") unsafe.add(row);
    else if (file !== undefined) files.set(row, file);
  }
  const examined = files.size > 0;
  scope.dataset.media_examined = examined;
  const listings = new Map<string, number>();
  for (let row = 0; examined && row < media.length; row++) {
    if (media.path(row) === undefined) continue;
    const file = files.get(row);
    const listing = file === undefined ? undefined : (listings.get(file.absolute) ?? 0) + 1;
    if (file !== undefined && listing !== undefined) listings.set(file.absolute, listing);
    media.amend(row, {
      found: file !== undefined,
      listing,
      ...(file === undefined ? {} : await access.examine(file)),
    });
    await access.tick?.(row + 1, media.length);
  }
  return { declared, found: files.size, unsafe };
}

function runMedia(run: Run, unsafe: ReadonlySet<number>): void {
  const { media, scope } = run;
  const record = newMedia();
  scope.media = record;
  const fileRecords = fileRecordsOf(run);
  for (let row = 0; row < media.length; row++) {
    media.fill(row, record);
    const { path } = record;
    if (path !== undefined) record.path_key = pathKey(path);
    run.atRow = row;
    scope.file = fileRecords.get(media.file(row)) ?? scope.file;
    askRules(run, "media", () => mediaSubject(run, row), row, path ?? "");
    if (unsafe.has(row)) raiseUnsafe(run, row);
  }
  run.atRow = -1;
  for (const state of run.states) {
    const { within } = state.active.rule;
    if (state.active.kind === "media" && within !== undefined && state.bound !== undefined)
      runTableGroups(run, state, mediaTable(run, state, within.replace(/^media\./, "")));
  }
  clearMedia(record);
}

/** The record of each file that was read, by the file's index: what a rule on media or categories sees as `file`. */
function fileRecordsOf(run: Run): ReadonlyMap<number, FileRecord> {
  return new Map(run.files.map(({ file, record }) => [file.index, record]));
}

/** What a case-insensitive file system would call the path. Most paths are so already, and seen to be in a third of the time. */
function pathKey(path: string): string {
  if (/^[!-@[\]-~]*$/.test(path)) return path;
  return path.normalize("NFC").replaceAll("\\", "/").toLowerCase();
}

function raiseUnsafe(run: Run, row: number): void {
  for (const state of run.states) {
    if (state.active.rule.fault !== "package-path-unsafe" || state.active.off) continue;
    const path = run.media.path(row) ?? "";
    run.units.media.add(row, state.bit, 0, 0);
    const waived = run.recorder.violation(state, mediaSubject(run, row), contentOfTexts("media", path), "path", {
      values: () => [{ name: "path", value: path, relation: "expected", bound: "below the dataset's root" }],
    });
    if (!waived) run.units.media.add(row, 0, state.badBit, 0);
  }
}

/** The number of a table's row for a rule with a `column`; NaN where the expression fails on it. */
function columnOf(state: RuleState, scope: Scope): number {
  try {
    return state.column?.value(scope) ?? Number.NaN;
  } catch {
    // An expression that fails on this record has no value for it.
    return Number.NaN;
  }
}

function mediaTable(run: Run, state: RuleState, field: string): Table {
  const { membership } = state;
  const keys: unknown[] = [];
  const values = state.column === undefined ? undefined : new Float64Array(run.media.length);
  const record = run.scope.media;
  for (let row = 0; row < run.media.length; row++) {
    run.media.fill(row, record);
    run.atRow = row;
    const { path } = record;
    if (path !== undefined) record.path_key = pathKey(path);
    const key =
      membership === undefined || membership.run(run.scope) === 1 ? record[field as keyof MediaRecord] : undefined;
    keys.push(key);
    if (key !== undefined && values !== undefined) values[row] = columnOf(state, run.scope);
  }
  run.atRow = -1;
  return {
    keys,
    // Ids and paths are unique per file; a digest is looked for in the whole dataset.
    file: field === "sha256" ? undefined : (row) => run.media.file(row),
    values,
    unit: (row) => row,
    name: (row) => run.media.path(row) ?? String(run.media.id(row) ?? row),
    content: (row) => run.media.path(row) ?? "",
    subject: (row) => mediaSubject(run, row),
  };
}

function runCategories(run: Run): void {
  const { scope } = run;
  const fileRecords = fileRecordsOf(run);
  const supers = new Map<string, string | undefined>();
  for (const { record } of run.categories)
    if (record?.name !== undefined) supers.set(record.name, record.supercategory);
  // A category that is its own supercategory is a root, not a parent.
  const parents = new Set([...supers].map(([name, parent]) => (parent === name ? undefined : parent)));
  run.categories.forEach((category, row) => {
    const { record } = category;
    if (record === undefined) return;
    if (record.name !== undefined) {
      record.name_key = record.name.normalize("NFKC").toLowerCase().trim();
      record.leaf = !parents.has(record.name);
      record.cyclic = isCyclic(record.name, supers);
    }
    scope.category = record;
    scope.file = fileRecords.get(category.file) ?? scope.file;
    run.atRow = row;
    askRules(run, "category", () => categorySubject(run, row), category.unit, nameInData(category));
  });
  run.atRow = -1;
  for (const state of run.states) {
    const { within } = state.active.rule;
    if (state.active.kind !== "category" || within === undefined || state.bound === undefined) continue;
    const field = within.replace(/^category\./, "");
    const keys = run.categories.map(({ record }) => {
      if (record === undefined) return undefined;
      scope.category = record;
      if (state.membership !== undefined && state.membership.run(scope) !== 1) return undefined;
      return (record as unknown as Record<string, unknown>)[field];
    });
    runTableGroups(run, state, {
      keys,
      file: (row) => run.categories[row]!.file,
      values: undefined,
      unit: (row) => run.categories[row]!.unit,
      name: (row) => run.categories[row]!.name,
      content: (row) => nameInData(run.categories[row]),
      subject: (row) => categorySubject(run, row),
    });
  }
}

function categorySubject(run: Run, row: number): Subject {
  const { record, file, offset, element, name } = run.categories[row]!;
  return {
    ...nothing,
    kind: "category",
    file,
    offset,
    element,
    record: record?.id === undefined ? undefined : String(record.id),
    categoryRow: row,
    categoryName: name,
  };
}

/** Whether following the supercategories comes back to the name. A category that names itself is a root, as COCO exports write it. */
function isCyclic(name: string, supers: ReadonlyMap<string, string | undefined>): boolean {
  let at = supers.get(name);
  if (at === name) return false;
  for (let steps = 0; at !== undefined && steps <= supers.size; steps++) {
    if (at === name) return true;
    const next = supers.get(at);
    if (next === at) return false;
    at = next;
  }
  return false;
}

function runFiles(run: Run): void {
  for (const state of run.files) {
    const row = run.units.file.push(state.asked, state.bad, 0);
    run.scope.file = state.record;
    askRules(run, "file", () => ({ ...nothing, kind: "file", file: state.file.index }), row);
  }
}

function runDataset(run: Run, found: MediaFound): void {
  const { dataset } = run.scope;
  dataset.files = run.read.file;
  dataset.media = run.read.media;
  dataset.categories = run.read.category;
  dataset.annotations = run.read.annotation;
  dataset.media_examined = found.found > 0;
  askRules(run, "dataset", () => nothing, run.units.dataset.push(0, 0, 0));
}
