import type { InputFile } from "../formats/format.js";
import type { MediaFacts } from "../formats/media/examine.js";
import { clearMedia, type MediaRecord, newMedia } from "../records/types.gen.js";
import { askRules } from "./ask.js";
import { contentOfTexts } from "./fingerprint.js";
import { runAnnotationGroups, runTableGroups, type TableMember } from "./groups.js";
import type { Subject } from "./recorder.js";
import type { Run } from "./run.js";

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
  run.endReading();
  runAnnotationGroups(run);
  const found = await runMedia(run, access);
  runCategories(run);
  runFiles(run);
  runDataset(run, found);
  return found;
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
async function runMedia(run: Run, access: MediaAccess): Promise<MediaFound> {
  const { media, scope } = run;
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
  const record = newMedia();
  scope.media = record;
  for (let row = 0; row < media.length; row++) {
    const file = files.get(row);
    if (examined && media.path(row) !== undefined) {
      media.amend(row, { found: file !== undefined, ...(file === undefined ? {} : await access.examine(file)) });
      await access.tick?.(row + 1, media.length);
    }
    media.fill(row, record);
    const { path } = record;
    if (path !== undefined) record.path_key = pathKey(path);
    run.atRow = row;
    askRules(run, "media", mediaSubject(run, row), row, path ?? "");
    if (unsafe.has(row)) raiseUnsafe(run, row);
  }
  run.atRow = -1;
  for (const state of run.states) {
    const { within } = state.active.rule;
    if (state.active.kind === "media" && within !== undefined && state.bound !== undefined)
      runTableGroups(run, state, mediaMembers(run, state.membership, within.replace(/^media\./, "")));
  }
  clearMedia(record);
  return { declared, found: files.size };
}

/** What a case-insensitive file system would call the path. */
function pathKey(path: string): string {
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

function mediaMembers(run: Run, membership: Run["states"][number]["membership"], field: string): TableMember[] {
  const members: TableMember[] = [];
  const record = run.scope.media;
  for (let row = 0; row < run.media.length; row++) {
    run.media.fill(row, record);
    const { path } = record;
    if (path !== undefined) record.path_key = pathKey(path);
    if (membership !== undefined && membership.run(run.scope) !== 1) continue;
    const key = record[field as keyof MediaRecord];
    if (key === undefined) continue;
    // Ids and paths are unique per file; a digest is looked for in the whole dataset.
    const scopeOfKey = field === "sha256" ? "" : `${run.media.file(row)} `;
    members.push({
      key: scopeOfKey + String(key),
      unit: row,
      name: path ?? String(record.id ?? row),
      subject: mediaSubject(run, row),
    });
  }
  return members;
}

function runCategories(run: Run): void {
  const { scope } = run;
  const members: { readonly row: number; readonly subject: Subject }[] = [];
  const supers = new Map<string, string | undefined>();
  for (const { record } of run.categories)
    if (record?.name !== undefined) supers.set(record.name, record.supercategory);
  const parents = new Set([...supers.values()]);
  run.categories.forEach((category, row) => {
    const { record } = category;
    if (record === undefined) return;
    if (record.name !== undefined) {
      record.name_key = record.name.normalize("NFKC").toLowerCase().trim();
      record.leaf = !parents.has(record.name);
      record.cyclic = isCyclic(record.name, supers);
    }
    const subject: Subject = {
      ...nothing,
      kind: "category",
      file: category.file,
      offset: category.offset,
      element: category.element,
      record: record.id === undefined ? undefined : String(record.id),
      categoryRow: row,
      categoryName: category.name,
    };
    members.push({ row, subject });
    scope.category = record;
    run.atRow = row;
    askRules(run, "category", subject, category.unit, category.name);
  });
  run.atRow = -1;
  for (const state of run.states) {
    const { within } = state.active.rule;
    if (state.active.kind !== "category" || within === undefined || state.bound === undefined) continue;
    const field = within.replace(/^category\./, "");
    const table: TableMember[] = [];
    for (const { row, subject } of members) {
      const record = run.categories[row]?.record;
      if (record === undefined) continue;
      scope.category = record;
      if (state.membership !== undefined && state.membership.run(scope) !== 1) continue;
      const key = (record as unknown as Record<string, unknown>)[field];
      if (key !== undefined)
        table.push({
          key: `${subject.file} ${String(key)}`,
          unit: run.categories[row]!.unit,
          name: run.categories[row]!.name,
          subject,
        });
    }
    runTableGroups(run, state, table);
  }
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
    askRules(run, "file", { ...nothing, kind: "file", file: state.file.index }, row, state.record.path ?? "");
  }
}

function runDataset(run: Run, found: MediaFound): void {
  const { dataset } = run.scope;
  dataset.files = run.read.file;
  dataset.media = run.read.media;
  dataset.categories = run.read.category;
  dataset.annotations = run.read.annotation;
  dataset.media_examined = found.found > 0;
  askRules(run, "dataset", nothing, run.units.dataset.push(0, 0, 0));
}
