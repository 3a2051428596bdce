import { checks, groupChecks } from "../checks/index.js";
import { finishWithoutMedia } from "../engine/finish.js";
import { type CaseRecord, recordsOfJoin, recordsOfList } from "../engine/records-of-case.js";
import { createRun, type Run } from "../engine/run.js";
import type { InputFile } from "../formats/format.js";
import { measures } from "../measures/index.js";
import type { Kind, Rule } from "../records/grammar.gen.js";
import { newFile } from "../records/types.gen.js";
import { valuesIn } from "../report/values.js";
import type { RuleModule } from "../standards/cel/module.js";
import { partsOfModule } from "../standards/rule-parts.js";
import type { ActiveRule } from "../standards/ruleset.js";
import { type Answer, answerOf, type Finding } from "./answer.js";
import type { RuleData, ValidatorData } from "./data.js";
import { wantFields } from "./fields.js";

type Fields = Readonly<Record<string, unknown>>;

/** One record of one kind: `{ annotation: { … } }`. */
export type Entry = Readonly<Partial<Record<Kind, Fields>>>;

export interface AssessorOptions {
  /** Called with each finding as it is made; they are then not kept, and `finish` gives none. */
  readonly onFinding?: (finding: Finding) => void;
}

/** Takes the records of a dataset one after the other. */
export interface Assessor {
  /**
   * A category or a medium comes before the annotations that refer to it; a `file` begins the next one. The record is copied.
   *
   * @throws RangeError where it is no record of one kind, or comes too late; TypeError where it has a field that the kind does not have
   */
  add(entry: Entry): void;
  /** The file at hand lists this kind, though perhaps without a record of it: references to it must then lead somewhere. */
  declares(kind: Kind): void;
  /** Asks what is asked of groups, media, categories, files and the whole, and gives the verdicts. Nothing can be added afterwards. */
  finish(): Answer;
}

/** What a rule says, for people. */
export interface RuleDescription
  extends Pick<Rule, "id" | "clause" | "claim" | "certainty" | "title" | "means" | "fix">,
    Pick<ActiveRule, "severity" | "obligation" | "deciding" | "params"> {
  readonly on: Kind;
  /** The fault of reading that it reports, where it is such a rule. */
  readonly fault?: string;
}

/** What a built validator exports, made of its standard's data and the code of its rules. */
export interface Validator {
  readonly standard: ValidatorData["standard"];
  readonly rules: readonly RuleDescription[];
  /** Rules that it answers `indeterminate`, whatever the records are. */
  readonly notCovered: ValidatorData["notCovered"];
  createAssessor(options?: AssessorOptions): Assessor;
  validate(records: Entry | readonly Entry[]): Answer;
}

const order: readonly Kind[] = ["file", "dataset", "category", "media", "annotation", "node"];
const references = [
  ["media", "media_id"],
  ["category", "category_id"],
] as const;

export function validatorOf(data: ValidatorData, module: RuleModule): Validator {
  const parts = partsOfModule(module, { checks, groupChecks });
  const active = data.rules.map(
    (rule): ActiveRule => ({
      ...rule,
      // The engine asks for no case.
      rule: rule.rule as Rule,
      ...(parts.get(rule.rule.id) ?? { compiled: undefined, membership: undefined, column: undefined }),
      validate: undefined,
    }),
  );

  function createAssessor({ onFinding }: AssessorOptions = {}): Assessor {
    const findings: Finding[] = [];
    const feed = newFeed(active, onFinding ?? ((finding) => findings.push(finding)));
    return {
      add: (entry) => feed.add(oneOf(entry)),
      declares: (kind) => feed.declares(kind),
      finish() {
        const { states, close } = feed.finish();
        close();
        return answerOf(states, data.notCovered, findings);
      },
    };
  }

  function validate(records: Entry | readonly Entry[]): Answer {
    const findings: Finding[] = [];
    const feed = newFeed(active, (finding) => findings.push(finding));
    const list = Array.isArray(records) ? (records as readonly Entry[]) : undefined;
    for (const entry of list ?? [records as Entry]) wantFields(entry);
    const all = list === undefined ? recordsOfJoin(records as Entry) : recordsOfList(list as readonly Fields[]);
    // As a reader would: what is referred to comes first. Records of several files are in order already.
    const files = all.filter(({ kind }) => kind === "file").length;
    const inOrder = files > 1 ? all : order.flatMap((kind) => all.filter((one) => one.kind === kind));
    for (const one of inOrder) feed.add(one);
    const { states, close } = feed.finish();
    close();
    return answerOf(states, data.notCovered, findings);
  }

  const { standard, notCovered } = data;
  return { standard, rules: data.rules.map(describe), notCovered, createAssessor, validate };
}

function describe({ rule, kind, severity, obligation, deciding, params }: RuleData): RuleDescription {
  const { id, clause, claim, certainty, title, means, fix, fault } = rule;
  const own = { id, clause, on: kind, claim, obligation, certainty, severity, deciding, title, means, fix, params };
  return fault === undefined ? own : { ...own, fault };
}

function oneOf(entry: Entry): CaseRecord | Omit<CaseRecord, "position"> {
  wantFields(entry);
  if (Object.keys(entry).length !== 1)
    throw new RangeError(`one record is {kind: {…}}, and it has ${Object.keys(entry).length} kinds`);
  const [record] = recordsOfList([entry as Fields]);
  const { position: _, ...rest } = record as CaseRecord;
  return rest;
}

/** Gives records to the engine in the order of reading. */
function newFeed(active: readonly ActiveRule[], take: (finding: Finding) => void) {
  const files: InputFile[] = [];
  /** Position of the `file` record of each file. */
  const filePositions: (number | undefined)[] = [];
  let given = 0;
  let finished = false;
  let counts = new Map<Kind, number>();
  /** Ids in the file at hand: those that records have, and those that annotations referred to before. */
  const declared = { media: new Set<unknown>(), category: new Set<unknown>() };
  const awaited = { media: new Set<unknown>(), category: new Set<unknown>() };
  const run: Run = createRun(active, [], measures, [], {
    maxExamples: 0,
    pointer: () => undefined,
    faultsOf: () => ({}),
    onFinding({ rule, kind, file_number: _, offset, values, others }) {
      const record = kind === "dataset" ? undefined : kind === "file" ? filePositions[lastAskedFile(run)] : offset;
      take({
        rule,
        kind,
        ...(record === undefined ? {} : { record }),
        ...(others === undefined ? {} : { others }),
        values,
        text: { zh: valuesIn(values, "zh", String), en: valuesIn(values, "en", String) },
      });
    },
  });

  function begin(record: Fields | undefined, position: number | undefined): void {
    const file: InputFile = { path: "records", absolute: "", bytes: 0, index: files.length };
    files.push(file);
    filePositions.push(position);
    run.sink.file({ ...newFile(), path: "records", ...record } as Parameters<Run["sink"]["file"]>[0], file);
    counts = new Map();
    for (const ids of [...Object.values(declared), ...Object.values(awaited)]) ids.clear();
  }

  /** A join is made as the annotation comes: what comes later would be missed in silence. */
  function wantOrder(kind: Kind, record: Fields): void {
    if (kind === "media" || kind === "category") {
      const { id } = record;
      if (awaited[kind].has(id))
        throw new RangeError(`the ${kind} ${JSON.stringify(id)} comes before the annotations that refer to it`);
      if (id !== undefined) declared[kind].add(id);
    } else if (kind === "annotation") {
      for (const [of, field] of references) {
        const id = record[field];
        if (id !== undefined && !declared[of].has(id)) awaited[of].add(id);
      }
    }
  }

  return {
    declares(kind: Kind): void {
      if (files.length === 0) begin(undefined, undefined);
      run.sink.declares(kind);
    },
    add({ kind, record, position = given }: { kind: Kind; record: Fields; position?: number }): void {
      if (finished) throw new RangeError("nothing can be added after finish()");
      given++;
      if (kind === "file") {
        begin(record, position);
        return;
      }
      if (files.length === 0) begin(undefined, undefined);
      wantOrder(kind, record);
      const element = counts.get(kind) ?? 0;
      counts.set(kind, element + 1);
      const put = run.sink[kind as "annotation"] as (record: unknown, offset: number, element: number) => void;
      put(record, position, element);
    },
    finish(): { readonly states: Run["states"]; close(): void } {
      if (finished) throw new RangeError("finish() was called before");
      finished = true;
      if (files.length === 0) begin(undefined, undefined);
      finishWithoutMedia(run);
      return { states: run.states, close: () => run.close() };
    },
  };
}

/** The file whose rule runs: files are asked one after the other, with their record in the scope. */
function lastAskedFile({ files, scope }: Run): number {
  return files.findIndex(({ record }) => record === scope.file);
}
