import type { GroupColumns, Host, Siblings } from "../../checks/declaration.js";
import type { FindingValue, Mark } from "../../records/finding.js";
import type { Kind, LocalText, Parameter } from "../../records/grammar.gen.js";
import type {
  AnnotationRecord,
  CategoryRecord,
  DatasetRecord,
  FileRecord,
  MediaRecord,
  NodeRecord,
} from "../../records/types.gen.js";

/** 0 not asked (`when` is false), 1 holds, 2 does not hold, 3 could not be evaluated. */
export type Outcome = 0 | 1 | 2 | 3;

/** The records that an expression sees. Reused: one object for all calls. A join that does not exist is an empty record, never undefined. */
export interface Scope {
  file: FileRecord;
  dataset: DatasetRecord;
  media: MediaRecord;
  category: CategoryRecord;
  annotation: AnnotationRecord;
  node: NodeRecord;
  /** Group rules only. */
  siblings: Siblings | undefined;
  at: number;
}

/** Why a rule could not be evaluated on a record. */
export interface RuleError {
  /** `no_such_field`, `overflow`, `division_by_zero`, `index_out_of_bounds`, `measure_undefined`, … */
  readonly code: string;
  readonly where: "when" | "assert";
  /** UTF-16 offsets in the CEL text. */
  readonly start: number;
  readonly end: number;
}

/** A rule bound to a host: what runs. */
export interface BoundRule {
  run(scope: Scope): Outcome;
  /** After `run` gave 3. */
  error(): RuleError;
  /** After `run` gave 2: the values of the first comparison that is false. Slow path, for kept examples only. */
  values(scope: Scope): readonly FindingValue[];
  /** After `run` gave 2: where the fault is, from the `marks` of the checks in the failing conjunct. */
  marks(scope: Scope): readonly Mark[];
}

/** What is compiled: the two expressions of a rule, on records of one kind. */
export interface RuleSource {
  readonly id: string;
  readonly on: Kind;
  readonly within?: string | undefined;
  readonly when?: string | undefined;
  readonly assert: string;
  /** No null among them: such a rule is not compiled for running (its type is taken from its cases for the type check). */
  readonly params: Readonly<Record<string, Exclude<Parameter, null>>>;
}

export interface CompiledRule {
  readonly id: string;
  /** Body of `function (host, checks, regexes, runtime)`: text that our generator wrote from the typed AST, for building shipped standards ahead. */
  readonly code: string;
  readonly bind: (host: Host) => BoundRule;
  /** Measures that the rule asks for by a literal id. */
  readonly measures: readonly string[];
  /** Columns that its group checks want. */
  readonly columns: readonly (keyof Omit<GroupColumns, "size">)[];
}

/** A place in one of the two expressions, with what is wrong there. */
export interface CelDiagnostic {
  readonly where: "when" | "assert";
  readonly start: number;
  readonly end: number;
  readonly code: string;
  /** A warning does not keep a rule from being compiled; without this it is an error. */
  readonly severity?: "warning";
  readonly message: LocalText;
  /** What to write instead, where that is known. */
  readonly hint?: LocalText;
}
