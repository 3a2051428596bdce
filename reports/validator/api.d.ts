export type Kind = "file" | "dataset" | "category" | "media" | "annotation" | "node";

/** A text in both languages. */
export interface LocalText {
  zh: string;
  en: string;
}

export interface Records {
  file: FileRecord;
  dataset: DatasetRecord;
  category: CategoryRecord;
  media: MediaRecord;
  annotation: AnnotationRecord;
  node: NodeRecord;
}

/** One record with those that it refers to, `{ annotation, media, category }`; in a list, one record of one kind each. */
export type Entry = { readonly [K in Kind]?: Records[K] };

export type Verdict = "conforming" | "nonconforming" | "indeterminate" | "not-applicable";

/** fault: of reading, and records are read already; media-bytes: pictures or masks would have to be opened; schema: raw records against a JSON Schema; open-parameter: nobody has given the threshold. */
export type NotCoveredReason = "fault" | "media-bytes" | "schema" | "open-parameter";

export interface FindingValue {
  readonly name: string;
  readonly value: string | number | boolean | null;
  readonly relation?: string;
  readonly bound?: string | number | boolean | null;
}

/** A record for which a rule does not hold. */
export interface Finding {
  readonly rule: RuleId;
  readonly kind: Kind;
  /** Position of the record among all that were given, from 0; absent for the dataset, and for a file that was not given. */
  readonly record?: number;
  /** Ids of the other members of the pair or group. */
  readonly others?: readonly string[];
  readonly values: readonly FindingValue[];
  /** The values for a person: «x + width = 641 > 640». */
  readonly text: LocalText;
}

/** What is said of one rule. */
export interface RuleAnswer {
  readonly rule: RuleId;
  readonly verdict: Verdict;
  /** Whether a finding makes the whole nonconforming; all other rules only advise. */
  readonly deciding: boolean;
  /** Records that it was asked of and that could be evaluated. */
  readonly asked: number;
  readonly findings: number;
  /** Records on which it could not be evaluated. */
  readonly not_evaluated: number;
  readonly not_covered?: NotCoveredReason;
}

export interface Answer {
  /** One finding of a deciding rule: nonconforming. A deciding rule that is not covered, or could not be evaluated: indeterminate. */
  readonly verdict: Verdict;
  readonly rules: readonly RuleAnswer[];
  readonly findings: readonly Finding[];
}

export interface AssessorOptions {
  /** Called with each finding as it is made; they are then not kept, and `finish` gives none. */
  readonly onFinding?: (finding: Finding) => void;
}

/** Takes the records of a dataset one after the other. */
export interface Assessor {
  /** A category or a medium comes before the annotations that refer to it; a `file` begins the next one. Throws RangeError and TypeError for what is no record. */
  add(entry: Entry): void;
  /** The file at hand lists this kind, though perhaps without a record of it: references to it must then lead somewhere. */
  declares(kind: Kind): void;
  /** Asks what is asked of groups, media, categories, files and the whole. Nothing can be added afterwards. */
  finish(): Answer;
}

export interface Rule {
  readonly id: RuleId;
  readonly clause: string;
  readonly on: Kind;
  readonly claim: "normative" | "reported" | "illustrative";
  readonly obligation: "requirement" | "instruction" | "recommendation" | "permission" | "statement";
  readonly certainty: "exact" | "heuristic";
  readonly severity: "critical" | "major" | "minor" | "observation";
  readonly deciding: boolean;
  readonly title: LocalText;
  readonly means: LocalText;
  readonly fix: LocalText;
  readonly params: Readonly<Record<string, unknown>>;
  /** The fault of reading that it reports, where it is such a rule. */
  readonly fault?: string;
}

export declare const standard: {
  readonly id: string;
  readonly edition: string;
  readonly title: LocalText;
  readonly deciding_digest: string;
};
export declare const rules: readonly Rule[];
/** Rules that are answered `indeterminate`, whatever the records are. */
export declare const notCovered: readonly { readonly rule: RuleId; readonly reason: NotCoveredReason }[];
/** One record with those that it refers to, or a whole small dataset as a list in any order. */
export declare function validate(records: Entry | readonly Entry[]): Answer;
export declare function createAssessor(options?: AssessorOptions): Assessor;
