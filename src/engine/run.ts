/**
 * A run: records come in, rules are asked, tallies and findings come out. Longer than a page because all of it is one closure over the same few tables, which
 * every record touches; the parts that can stand alone (groups, bindings, recorder, media table) lie beside it.
 */

/**
 * What happens to each record as it is read: joins, faults, rules, tallies, columns. Longer than a page because it is one state: the unit at hand and its
 * bits are locals of one closure, which costs 820,000 annotations nothing; what runs after reading is in finish.ts, what counts a finding in recorder.ts.
 */
import type { Host } from "../checks/declaration.js";
import type { InputFile, Sink } from "../formats/format.js";
import type { Measure, MeasureResult, Observation } from "../measures/measure.js";
import type { Fault } from "../records/finding.js";
import type { Kind } from "../records/grammar.gen.js";
import type { AnnotationRecord, CategoryRecord, FileRecord, PanopticSegment } from "../records/types.gen.js";
import {
  annotationPresence,
  newAnnotation,
  newCategory,
  newDataset,
  newFile,
  newMedia,
  newNode,
} from "../records/types.gen.js";
import type { Scope } from "../standards/cel/api.js";
import { MeasureUndefined } from "../standards/cel/failure.js";
import type { ActiveRule } from "../standards/ruleset.js";
import { askRules } from "./ask.js";
import { askSchemas } from "./ask-schemas.js";
import { holdBindings } from "./bindings.js";
import { type Documented, note } from "./documentation.js";
import { drawingOf } from "./drawing.js";
import { contentOfAnnotation, contentOfTexts, contentOfValue, type Fingerprint } from "./fingerprint.js";
import { type GroupRows, newGroupRows } from "./group-rows.js";
import { IdLookup } from "./lookup.js";
import { MediaTable } from "./media-table.js";
import { RulesByPresence } from "./presence.js";
import { createRecorder, type Recorder, type RecorderOptions, type Subject } from "./recorder.js";
import { countUp, newRuleState, type RuleState } from "./rule-state.js";
import { SpillFolder } from "./spill-folder.js";
import { maxIndicators, Units } from "./units.js";

export interface RunOptions extends RecorderOptions {
  /** Faults that a format can raise, with the kinds of unit that they name. */
  readonly faultsOf: (format: string) => Readonly<Partial<Record<string, readonly Kind[]>>>;
  readonly maxExamples: number;
  readonly tick?: (bytes: number) => Promise<void> | undefined;
}

/** A category of the vocabulary, or a label that the format writes by name (then without a record). */
export interface CategoryRow {
  /** The name in the data, or the id where it has none. */
  readonly name: string;
  readonly record: CategoryRecord | undefined;
  readonly file: number;
  readonly offset: number;
  readonly element: number;
  /** Row in the units of categories; -1 for a label. */
  readonly unit: number;
}

/** A file as it was read. */
export interface FileState {
  readonly file: InputFile;
  readonly record: FileRecord;
  readonly counts: Record<Kind, number>;
  /** Units that could not be made into a record. */
  readonly lost: Record<Kind, number>;
  /** What the faults of this file that a deciding rule reports are about: a field, or the code of the error that ended it. */
  readonly reported: Set<string>;
  asked: number;
  bad: number;
  sha256?: string;
}

/** The state of one assessment: filled by readers through `sink`, then finished by `finishRun`. */
export interface Run {
  readonly sink: Sink;
  readonly states: readonly RuleState[];
  /** Rules without `within` and fault, by the kind they are on. */
  readonly recordRules: Readonly<Record<Kind, readonly RuleState[]>>;
  readonly scope: Scope;
  readonly media: MediaTable;
  readonly categories: CategoryRow[];
  readonly rows: GroupRows;
  readonly units: Readonly<Record<Kind, Units>>;
  readonly read: Record<Kind, number>;
  /** `kind\0reason` → count */
  readonly notRead: Map<string, number>;
  readonly files: FileState[];
  readonly tallies: ReadonlyMap<string, { readonly measure: Measure<unknown>; readonly tally: unknown }>;
  readonly totals: { media: number; categories: number; nameOf(categoryRow: number): string };
  readonly recorder: Recorder;
  /** By file: what its description of the dataset has. */
  readonly documented: ReadonlyMap<number, Documented>;
  /** Row that `measure(id, key)` is asked about: the medium or category whose rule runs. */
  atRow: number;
  endReading(): void;
  /** Ends the run. Its rules answer no more: the next run of the same list may have them. */
  close(): void;
}

export const emptyCounts = (): Record<Kind, number> => ({
  file: 0,
  dataset: 0,
  category: 0,
  media: 0,
  annotation: 0,
  node: 0,
});

/** Bit of an indicator; 0 for none and for one that the scheme does not decide by rules. */
function bitOf(indicators: readonly string[], indicator: string | undefined): number {
  const at = indicator === undefined ? -1 : indicators.indexOf(indicator);
  return at < 0 ? 0 : 1 << at;
}

interface Tallied {
  readonly measure: Measure<unknown>;
  readonly tally: unknown;
}

/** A tally for each measure; those that count alike share one, which is counted once. */
function newTallies(measures: readonly Measure<unknown>[]): {
  tallies: Map<string, Tallied>;
  counted: readonly Tallied[];
} {
  const tallies = new Map<string, Tallied>();
  const counted: Tallied[] = [];
  for (const measure of measures) {
    const alike = counted.find(
      (other) => other.measure.annotation === measure.annotation && other.measure.empty === measure.empty,
    );
    const entry = { measure, tally: alike?.tally ?? measure.empty() };
    tallies.set(measure.id, entry);
    if (alike === undefined && measure.annotation !== undefined) counted.push(entry);
  }
  return { tallies, counted };
}

export function createRun(
  active: readonly ActiveRule[],
  indicators: readonly string[],
  measures: readonly Measure<unknown>[],
  inputs: readonly InputFile[],
  options: RunOptions,
): Run {
  if (indicators.length > maxIndicators)
    throw new RangeError(`at most ${maxIndicators} indicators can be decided by rules`);
  const spill = new SpillFolder();
  const recorder = createRecorder(inputs, options);
  const media = new MediaTable();
  const categories: CategoryRow[] = [];
  const labels = new Map<string, number>();
  const lookups = { media: new IdLookup(), category: new IdLookup() };
  const units = {
    file: new Units(),
    dataset: new Units(),
    category: new Units(),
    media: new Units(),
    annotation: new Units(),
    node: new Units(),
  };
  const read = emptyCounts();
  const notRead = new Map<string, number>();
  const files: FileState[] = [];
  const totals = { media: 0, categories: 0, nameOf: (row: number) => categories[row]?.name ?? "" };
  const documented = new Map<number, Documented>();
  const { tallies, counted } = newTallies(measures);
  /** Measurements of the whole, once nothing is added any more: a rule asks again for every medium. */
  const measured = new Map<string, MeasureResult>();
  let ended = false;

  const host: Host = {
    known(kind, id) {
      if (id === undefined) return false;
      if (kind === "media") return lookups.media.known(id);
      return kind === "category" && lookups.category.known(id);
    },
    measure(id, key): MeasureResult {
      const entry = tallies.get(id);
      if (entry === undefined) throw new MeasureUndefined(`no measure ${id}`);
      if (key === undefined && ended) {
        const known = measured.get(id) ?? entry.measure.measure(entry.tally, totals);
        measured.set(id, known);
        return known;
      }
      // The key is the id of the very record that the rule is asked of; its row is exact where an id is not unique.
      return entry.measure.measure(entry.tally, totals, key === undefined ? undefined : run.atRow);
    },
  };
  const { bindings, release } = holdBindings(active, host);
  const states = bindings.rules.map((rule) =>
    newRuleState(rule, bitOf(indicators, rule.active.indicator), options.maxExamples),
  );
  const statesAt = (places: readonly number[]): readonly RuleState[] => places.map((at) => states[at]!);
  const { onRecords } = bindings;
  const recordRules: Readonly<Record<Kind, readonly RuleState[]>> = {
    file: statesAt(onRecords.file),
    dataset: statesAt(onRecords.dataset),
    category: statesAt(onRecords.category),
    media: statesAt(onRecords.media),
    annotation: statesAt(onRecords.annotation),
    node: statesAt(onRecords.node),
  };
  const faultRules = new Map([...bindings.onFaults].map(([fault, places]) => [fault, statesAt(places)]));
  const annotationRules = bindings.onAnnotations.map(
    (together) => new RulesByPresence(together, statesAt(together.rules)),
  );
  const schemaRules = statesAt(bindings.onSchemas);
  const answer = { asked: 0, bad: 0 };
  const rows = newGroupRows(bindings.groups, states, spill);

  const none: readonly PanopticSegment[] = [];
  const emptyMedia = newMedia();
  const emptyCategory = newCategory();
  const joinedMedia = newMedia();
  let joinedRow = -1;
  const scope: Scope = {
    file: newFile(),
    dataset: newDataset(),
    media: emptyMedia,
    category: emptyCategory,
    annotation: newAnnotation(),
    node: newNode(),
    siblings: undefined,
    at: 0,
  };
  const segmentRows: number[] = [];
  const observation: { -readonly [K in keyof Observation]: Observation[K] } = {
    annotation: scope.annotation,
    media: emptyMedia,
    category: emptyCategory,
    media_row: -1,
    category_row: -1,
    segment_rows: segmentRows,
  };

  const place = { row: 0, file: 0, offset: 0, element: 0, mediaRow: -1, categoryRow: -1 };

  let current: FileState | undefined;
  let pending: Fault[] = [];
  /** Bits of the fault rules that are asked of every unit of a kind in the file at hand. */
  let askedByFaults: Record<Kind, number> = emptyCounts();
  /** Indicator bits of the unit at hand. */
  let asked = 0;
  let bad = 0;
  let open = 0;

  function subject(
    kind: Kind,
    offset: number,
    element: number,
    id: number | string | undefined,
    mediaRow: number,
    categoryRow: number,
  ): Subject {
    return {
      kind,
      file: current?.file.index ?? 0,
      offset,
      element,
      record: id === undefined ? undefined : String(id),
      mediaRow,
      mediaPath: mediaRow >= 0 ? media.path(mediaRow) : undefined,
      categoryRow,
      categoryName: categories[categoryRow]?.name,
      annotator: kind === "annotation" ? scope.annotation.annotator : undefined,
    };
  }

  function raise(fault: Fault, about: Subject, content: Fingerprint): void {
    const { high, low } = content;
    for (const state of faultRules.get(fault.rule) ?? []) {
      if (state.active.deciding) current?.reported.add(fault.values[0]?.name ?? "");
      const waived = recorder.violation(
        state,
        { ...about, offset: fault.offset },
        { high, low },
        fault.values[0]?.name ?? "",
        {
          values: () => fault.values,
          ...(fault.pointer === undefined ? {} : { pointer: fault.pointer }),
        },
      );
      asked |= state.bit;
      if (!waived) bad |= state.badBit;
    }
  }

  /** Faults about this unit, which came just before it. */
  function raisePending(about: Subject, content: Fingerprint): void {
    const { high, low } = content;
    const rest = pending.filter((fault) => fault.kind !== about.kind || fault.element !== about.element);
    const mine = pending.filter((fault) => fault.kind === about.kind && fault.element === about.element);
    pending = rest;
    for (const fault of mine) raise(fault, about, { high, low });
  }

  /** Faults whose unit never came: it could not be made into a record, or the fault is about the file as a whole. */
  function raiseRest(): void {
    const left = pending;
    pending = [];
    const unitsOfRest = new Map<string, { kind: Kind; asked: number; bad: number }>();
    for (const fault of left) {
      asked = 0;
      bad = 0;
      raise(
        fault,
        subject(fault.kind, fault.offset, fault.element, undefined, -1, -1),
        contentOfTexts(fault.kind, ...fault.values.map(contentOfValue)),
      );
      if (fault.kind === "file" || fault.kind === "dataset") {
        if (current !== undefined) {
          current.asked |= asked;
          current.bad |= bad;
        }
        continue;
      }
      const key = `${fault.kind} ${fault.element}`;
      const unit = unitsOfRest.get(key) ?? { kind: fault.kind, asked: 0, bad: 0 };
      unit.asked |= asked;
      unit.bad |= bad;
      unitsOfRest.set(key, unit);
    }
    for (const unit of unitsOfRest.values()) {
      units[unit.kind].pushLost(unit.asked | askedByFaults[unit.kind], unit.bad);
      if (current !== undefined) current.lost[unit.kind]++;
    }
  }

  /** A fault rule is asked of every unit that a fault of its could name. */
  function countAskedByFaults(file: FileState): void {
    const faults = options.faultsOf(file.record.format ?? "");
    for (const [fault, kinds = []] of Object.entries(faults)) {
      for (const state of faultRules.get(fault) ?? []) {
        for (const kind of kinds) state.evaluated += kind === "file" ? 1 : file.counts[kind] + file.lost[kind];
      }
    }
    file.asked |= askedByFaults.file;
  }

  function maskOfFaults(format: string): Record<Kind, number> {
    const mask = emptyCounts();
    for (const [fault, kinds = []] of Object.entries(options.faultsOf(format))) {
      for (const state of faultRules.get(fault) ?? []) for (const kind of kinds) mask[kind] |= state.bit;
    }
    return mask;
  }

  function endFile(): void {
    if (current === undefined) return;
    raiseRest();
    countAskedByFaults(current);
    lookups.media.endFile();
    lookups.category.endFile();
    current = undefined;
  }

  function categoryRowOf(record: AnnotationRecord): number {
    if (record.category_id !== undefined) return lookups.category.row(record.category_id);
    const name = record.label;
    if (name === undefined) return -1;
    let row = labels.get(name);
    if (row === undefined) {
      row =
        categories.push({ name, record: undefined, file: current?.file.index ?? 0, offset: 0, element: -1, unit: -1 }) -
        1;
      labels.set(name, row);
      totals.categories = categories.length;
    }
    return row;
  }

  function noteSegments(segments: readonly PanopticSegment[]): void {
    segmentRows.length = 0;
    for (const { category_id } of segments)
      if (category_id !== undefined) segmentRows.push(lookups.category.row(category_id));
  }

  function runAnnotationRules(
    present: number,
    offset: number,
    element: number,
    mediaRow: number,
    categoryRow: number,
  ): void {
    for (let g = 0; g < annotationRules.length; g++) {
      const group = annotationRules[g]!;
      if ((present & group.bit) !== group.bit) continue;
      const { outcomes, rules, held } = group;
      group.ask(scope, outcomes);
      for (let i = 0; i < outcomes.length; i++) {
        const outcome = outcomes[i]!;
        if (outcome === 0) continue;
        asked |= rules[i]!.bit;
        if (outcome === 1) held[i]!++;
        else noteOutcome(rules[i]!, outcome, offset, element, mediaRow, categoryRow);
      }
    }
  }

  /** A rule on the annotation in the scope that does not hold or could not be evaluated. */
  function noteOutcome(
    state: RuleState,
    outcome: number,
    offset: number,
    element: number,
    mediaRow: number,
    categoryRow: number,
  ): void {
    const bound = state.bound!;
    if (outcome === 3) {
      open |= state.bit;
      recorder.notEvaluated(state, bound);
      return;
    }
    state.evaluated++;
    const record = scope.annotation;
    const waived = recorder.violation(
      state,
      subject("annotation", offset, element, record.id, mediaRow, categoryRow),
      contentOfAnnotation(record, scope.media, scope.category),
      "",
      { values: () => bound.values(scope), drawing: () => drawingOf(record, scope.media, bound.marks(scope)) },
    );
    if (!waived) bad |= state.badBit;
  }

  /** Rules that held are counted beside the states, which are large and many. */
  function settleHeld(): void {
    for (const { rules, held } of annotationRules) {
      rules.forEach((state, i) => {
        state.evaluated += held[i]!;
      });
      held.fill(0);
    }
  }

  const sink: Sink = {
    file(record, file) {
      endFile();
      current = {
        file,
        record: { ...record },
        counts: emptyCounts(),
        lost: emptyCounts(),
        reported: new Set(),
        asked: 0,
        bad: 0,
      };
      askedByFaults = maskOfFaults(record.format ?? "");
      files.push(current);
      read.file++;
      scope.file = current.record;
      lookups.media.beginFile();
      lookups.category.beginFile();
      joinedRow = -1;
    },
    declares(kind) {
      if (kind === "media" || kind === "category") lookups[kind].declare();
    },
    dataset(record) {
      Object.assign(
        scope.dataset,
        Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)),
      );
    },
    category(record, offset, element) {
      read.category++;
      if (current !== undefined) current.counts.category++;
      const name = record.name ?? String(record.id ?? "");
      const row =
        categories.push({
          name,
          record: { ...record },
          file: current?.file.index ?? 0,
          offset,
          element,
          unit: units.category.length,
        }) - 1;
      totals.categories = categories.length;
      if (record.id === undefined) lookups.category.declare();
      else lookups.category.add(record.id, row);
      asked = askedByFaults.category;
      bad = 0;
      if (pending.length > 0)
        raisePending(
          subject("category", offset, element, record.id, -1, row),
          contentOfTexts("category", record.name ?? ""),
        );
      units.category.push(asked, bad, 0);
    },
    media(record, offset, element, raw) {
      read.media++;
      if (current !== undefined) current.counts.media++;
      const row = media.push(record, current?.file.index ?? 0, offset, element);
      totals.media = media.length;
      if (record.id === undefined) lookups.media.declare();
      else lookups.media.add(record.id, row);
      asked = askedByFaults.media;
      bad = 0;
      if (pending.length > 0)
        raisePending(subject("media", offset, element, record.id, row, -1), contentOfTexts("media", record.path ?? ""));
      if (raw !== undefined && schemaRules.length > 0) {
        answer.asked = asked;
        answer.bad = bad;
        askSchemas(schemaRules, raw, subject("media", offset, element, record.id, row, -1), recorder, answer);
        asked = answer.asked;
        bad = answer.bad;
      }
      units.media.push(asked, bad, 0);
    },
    annotation(record, offset, element) {
      read.annotation++;
      if (current !== undefined) current.counts.annotation++;
      const mediaRow = record.media_id === undefined ? -1 : lookups.media.row(record.media_id);
      if (mediaRow < 0) scope.media = emptyMedia;
      else {
        // Annotations of one medium often follow each other.
        if (mediaRow !== joinedRow) media.join(mediaRow, joinedMedia);
        joinedRow = mediaRow;
        scope.media = joinedMedia;
      }
      const categoryRow = categoryRowOf(record);
      scope.category = categories[categoryRow]?.record ?? emptyCategory;
      scope.annotation = record;
      asked = askedByFaults.annotation;
      bad = 0;
      open = 0;
      if (pending.length > 0) {
        raisePending(
          subject("annotation", offset, element, record.id, mediaRow, categoryRow),
          contentOfAnnotation(record, scope.media, scope.category),
        );
      }
      const present = annotationPresence(record);
      runAnnotationRules(present, offset, element, mediaRow, categoryRow);
      const row = units.annotation.push(asked, bad, open);
      observation.annotation = record;
      observation.media = scope.media;
      observation.category = scope.category;
      observation.media_row = mediaRow;
      observation.category_row = categoryRow;
      if (record.segments !== undefined || segmentRows.length > 0) noteSegments(record.segments ?? none);
      for (let i = 0; i < counted.length; i++) {
        const entry = counted[i]!;
        entry.measure.annotation!(entry.tally, observation);
      }
      if (rows.rules.length > 0) {
        place.row = row;
        place.file = current?.file.index ?? 0;
        place.offset = offset;
        place.element = element;
        place.mediaRow = mediaRow;
        place.categoryRow = categoryRow;
        rows.push(scope, present, place, units.annotation, recorder);
      }
    },
    node(record, offset, element) {
      read.node++;
      if (current !== undefined) current.counts.node++;
      scope.node = record;
      note(documented, current?.file.index ?? 0, record);
      const about = {
        ...subject("node", offset, element, record.path, -1, -1),
        ...(record.pointer === undefined ? {} : { pointer: record.pointer }),
      };
      asked = askedByFaults.node;
      bad = 0;
      const content = [record.path ?? "", record.class_name ?? ""];
      if (pending.length > 0) raisePending(about, contentOfTexts("node", ...content));
      askRules(
        { recordRules, units, scope, recorder },
        "node",
        () => about,
        units.node.push(asked, bad, 0),
        ...content,
      );
    },
    digest(sha256) {
      if (current !== undefined) current.sha256 = sha256;
    },
    fault(fault) {
      pending.push(fault);
    },
    notRead(kind, _offset, _element, reason) {
      countUp(notRead, `${kind}\u0000${reason}`);
      raiseRest();
    },
    tick: (bytes) => options.tick?.(bytes),
  };

  const run: Run = {
    sink,
    states,
    recordRules,
    scope,
    media,
    categories,
    rows,
    units,
    read,
    notRead,
    files,
    tallies,
    totals,
    recorder,
    documented,
    atRow: -1,
    endReading() {
      endFile();
      settleHeld();
      ended = true;
    },
    close() {
      spill.close();
      release();
    },
  };
  return run;
}
