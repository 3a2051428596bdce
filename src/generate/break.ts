import type { Host } from "../checks/declaration.js";
import type { Carries, TextEdit } from "../formats/write.js";
import { UsageError } from "../records/errors.js";
import type { Break, Kind, LocalText, Rule } from "../records/grammar.gen.js";
import {
  type AnnotationRecord,
  type CategoryRecord,
  type NodeRecord,
  newAnnotation,
  newCategory,
  newDataset,
  newFile,
  newMedia,
  newNode,
} from "../records/types.gen.js";
import { activateForCase } from "../standards/apply.js";
import { type FieldPath, fieldPath, fieldType, fitsType } from "../standards/break-path.js";
import type { BoundRule } from "../standards/cel/api.js";
import { type BreakScope, compileExpression } from "../standards/cel/expression.js";
import { Failure } from "../standards/cel/failure.js";
import { lintMessage } from "../standards/lint-messages.js";
import type { LoadedStandard } from "../standards/load.js";
import type { ActiveRule } from "../standards/ruleset.js";
import { celTables } from "../standards/tables.js";
import { addAt, assign, copiesOf, holders, recordFor, recordsOf, removeAt } from "./changes.js";
import { features } from "./croissant-plan.js";
import { derive } from "./derive.js";
import { isInList } from "./description.js";
import type { Draw } from "./draw.js";
import { mutators } from "./mutators/index.js";
import type { FileMutation } from "./mutators/mutator.js";
import { categoryOf, type Item, type Sample } from "./sample.js";
import type { AnyRecord, Target, Touched } from "./target.js";
import { needsLate, readsLate } from "./wish.js";

/** What a break did: which records it touched, and what is still to be done to the files. */
export interface Broken {
  /** Records that were changed, copied or added, and those that a copy was made of, with their kinds. */
  readonly touched: ReadonlyMap<object, Kind>;
  readonly files: readonly FileMutation[];
}

/** A rule's `break`, compiled: does it to a sample in place. */
export interface Breaker {
  readonly rule: ActiveRule;
  readonly source: Break;
  /** Whether it is done, at least in part, to files that are written already. */
  readonly changesFiles: boolean;
  /** Whether the sample has a record that can be broken. */
  targets(sample: Sample, carries: Carries): readonly Target[];
  /** Whether the rule is still asked of a record that was broken, and still holds; false where only a run can tell. */
  holdsStill(sample: Sample, target: Target): boolean;
  /** Breaks one of the targets, or all where the break says so. */
  apply(sample: Sample, targets: readonly Target[], draw: Draw, carries: Carries): Broken;
}

/** An expression of a break, bound to the sample at hand. */
type Value = (scope: BreakScope) => unknown;

/**
 * Compiles the `break` of a rule.
 *
 * @throws UsageError TS-STANDARD-0004 where the rule has none, or it does not fit the grammar of breaks
 */
export async function compileBreak(rule: Rule, standard: LoadedStandard): Promise<Breaker> {
  const source = rule.break;
  if (source === undefined) throw wrong(rule, "break", lintMessage("break/none", {}).message);
  const active = await activateForCase(rule, standard, source.params ?? {});
  const on = source.on ?? active.kind;
  const around: { sample: Sample | undefined } = { sample: undefined };
  const host = hostOf(around);
  const compile = (text: string, wanted: string, where: string): Value => {
    const { params } = active;
    const made = compileExpression(text, { on, params: params as Readonly<Record<string, string>> }, celTables, host);
    if ("diagnostics" in made)
      throw wrong(rule, where, {
        zh: made.diagnostics.map(({ message }) => message.zh).join("；"),
        en: made.diagnostics.map(({ message }) => message.en).join("; "),
      });
    const { type, value } = made.compiled;
    if (wanted !== "any" && !fitsType(type, wanted))
      throw wrong(rule, where, lintMessage("break/type", { type, wanted }).message);
    return (scope) => asStored(value(scope), wanted);
  };
  /** What is written has to have a value on every record that `from` lets pass. */
  const evaluable =
    (value: Value, where: string): Value =>
    (scope) => {
      try {
        return value(scope);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        throw wrong(rule, where, lintMessage("break/no-value", { code: error.code }).message);
      }
    };
  const pathTo = (text: string, where: string): FieldPath => {
    const path = fieldPath(text);
    if ("problem" in path) throw wrong(rule, where, path.problem);
    return path;
  };
  const from = source.from === undefined ? undefined : compile(source.from, "bool", "break.from");
  const sets = Object.entries(source.set ?? {}).map(([text, value = ""]) => {
    const path = pathTo(text, `break.set.${text}`);
    return { path, value: evaluable(compile(value, path.type, `break.set.${text}`), `break.set.${text}`) };
  });
  const writes = Object.entries(source.write ?? {}).map(([at, value]) => ({
    at,
    text: textMaker(value, (text) => evaluable(compile(text, "any", `break.write.${at}`), `break.write.${at}`)),
  }));
  if (on === "node") checkNodeBreak(rule, source);
  const removes = (source.remove ?? []).map((text) => pathTo(text, "break.remove"));
  const adds = Object.entries(source.add ?? {}).map(([text, fields = {}]) => {
    const path = pathTo(text, `break.add.${text}`);
    const item = /^list<(.*)>$/.exec(path.type)?.[1] ?? path.type;
    const values = Object.entries(fields).map(([field, value = ""]) => {
      const inner = fieldType(item, field);
      if (inner === undefined)
        throw wrong(
          rule,
          `break.add.${text}`,
          lintMessage("break/no-field", { path: text, type: item, field }).message,
        );
      return {
        field,
        value: evaluable(compile(value, inner, `break.add.${text}.${field}`), `break.add.${text}.${field}`),
      };
    });
    return { path, values };
  });
  const mutation = source.mutate === undefined ? undefined : mutators.get(source.mutate);
  if (source.mutate !== undefined && mutation === undefined)
    throw wrong(
      rule,
      "break.mutate",
      lintMessage("break/mutator", { name: source.mutate, names: [...mutators.keys()].sort().join(", ") }).message,
    );
  const asked = askedOf(active, on, host);
  const decides = decidesAlone(active, on);

  const breaker: Breaker = {
    rule: active,
    source,
    changesFiles: mutation?.files !== undefined,
    targets(sample, carries) {
      around.sample = sample;
      const left = readsLate(active.rule) || needsLate(active.rule, carries);
      const all = recordsOf(sample, on).filter(
        ({ item }) => on !== "node" || source.duplicate === undefined || isInList(item.record as NodeRecord),
      );
      const fits = (scope: BreakScope): boolean => from === undefined || holds(from, scope);
      const own = all.filter((target) => {
        const scope = scopeOf(sample, target);
        return fits(scope) && (left || asked(scope));
      });
      if (on !== "node" || own.length > 0 || from === undefined) return own;
      // What the rule says of a node may lie in one that it holds; which, `from` says.
      return all.filter(
        (target) =>
          fits(scopeOf(sample, target)) && holders(sample, target).some((holder) => asked(scopeOf(sample, holder))),
      );
    },
    holdsStill(sample, target) {
      // What is wrong may be its text, its file, or a record that was added beside it.
      const isElsewhere = breaker.changesFiles || source.duplicate !== undefined || source.add?.[on] !== undefined;
      if (!decides || isElsewhere || target.item.edits.length > 0) return false;
      around.sample = sample;
      return asked(scopeOf(sample, target));
    },
    apply(sample, targets, draw, carries) {
      around.sample = sample;
      const touched: Touched = new Map();
      const files: FileMutation[] = [];
      const chosen = source.every === true ? targets : targets.length === 0 ? [] : [draw.pick(targets)];
      for (const target of chosen) {
        touched.set(target.item.record, on);
        const scope = scopeOf(sample, target);
        if (on === "node" && !asked(scope))
          for (const { item } of holders(sample, target)) touched.set(item.record, on);
        scope.step = drawStep(draw);
        const subjects = source.duplicate === undefined ? [target] : copiesOf(sample, target, source.duplicate);
        subjects.forEach((subject, at) => {
          scope.copy = source.duplicate === undefined ? 0 : at + 1;
          touched.set(subject.item.record, on);
          const values = sets.map(({ path, value }) => ({ path, value: value(scope) }));
          const added = adds.map(({ path, values: own }) => ({
            path,
            fields: own.map(({ field, value }) => [field, value(scope)] as const),
          }));
          for (const { path, value } of values) {
            const holder = recordFor(sample, subject, path.kind);
            if (holder === undefined) continue;
            assign(holder.record, path.steps, value);
            touched.set(holder.record, path.kind);
          }
          for (const path of removes) removeAt(sample, subject, path);
          for (const { path, fields } of added) addAt(sample, subject, path, Object.fromEntries(fields), touched);
          subject.item.edits.push(
            ...writes.map(({ at: place, text }) => ({ at: place, how: "replace" as const, text: text(scope) })),
            ...editsOf(source),
          );
          if (on === "annotation")
            derive(
              subject.item.record as AnnotationRecord,
              carries,
              new Set(sets.flatMap(({ path }) => (path.kind === "annotation" ? [String(path.steps[0])] : []))),
            );
          mutation?.sample?.({ sample, target: subject, draw, touched });
          if (mutation?.files !== undefined) files.push({ mutate: mutation.files, record: subject.item.record });
        });
      }
      return { touched, files };
    },
  };
  return breaker;
}

function wrong(rule: Rule, place: string, says: LocalText): UsageError {
  return new UsageError("TS-STANDARD-0004", { file: rule.id, place, says });
}

/** Whether a condition holds; one that cannot be evaluated on a record does not. */
function holds(condition: Value, scope: BreakScope): boolean {
  try {
    return condition(scope) === true;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return false;
  }
}

/** From 1/8 px to a few hundred, on a grid of eighths: exact in every format that takes fractions. */
function drawStep(draw: Draw): number {
  return draw.pick([1, draw.int(1, 8), draw.int(1, 400)]);
}

/** Whether what the rule says of a record is known from the record and what it lies in. */
function decidesAlone({ compiled, kind, rule }: ActiveRule, on: Kind): boolean {
  return kind === on && rule.within === undefined && compiled?.measures.length === 0 && !readsLate(rule);
}

/** Whether the rule is asked of a record and holds; group rules: whether it is a member. What measurements decide is left to the run. */
function askedOf(active: ActiveRule, on: Kind, host: Host): (scope: BreakScope) => boolean {
  const { compiled, membership, kind, rule } = active;
  if (kind !== on) return () => true;
  const bind = (one: { bind(host: Host): BoundRule } | undefined): BoundRule | undefined => one?.bind(host);
  const member = bind(membership);
  if (rule.within !== undefined) return (scope) => member === undefined || member.run(scope) === 1;
  if (compiled === undefined || compiled.measures.length > 0) return () => true;
  const bound = compiled.bind(host);
  return (scope) => bound.run(scope) === 1;
}

/** What `known` means in a sample; there are no measurements before a run. */
function hostOf(around: { readonly sample: Sample | undefined }): Host {
  return {
    known(kind, id) {
      const { sample } = around;
      const records: readonly Item<AnyRecord>[] =
        kind === "media" ? (sample?.media ?? []) : kind === "category" ? (sample?.categories ?? []) : [];
      return records.some(({ record }) => record.id === id);
    },
    measure() {
      throw new RangeError("a break asks for no measurement");
    },
  };
}

function scopeOf(sample: Sample, { kind, item, medium, index }: Target): BreakScope {
  const annotation = kind === "annotation" ? (item.record as AnnotationRecord) : newAnnotation();
  const category =
    kind === "category" ? (item.record as CategoryRecord) : (categoryOf(sample, annotation)?.record ?? newCategory());
  return {
    file: newFile(),
    dataset: newDataset(),
    node: kind === "node" ? (item.record as NodeRecord) : newNode(),
    media: medium?.record ?? newMedia(),
    category,
    annotation,
    siblings: undefined,
    at: 0,
    step: 1,
    copy: 0,
    index,
  };
}

/** A number list of CEL is an array or a Float64Array; records hold the latter. */
function asStored(value: unknown, type: string): unknown {
  if (type === "list<double>") return Float64Array.from(value as ArrayLike<number>);
  if (type.startsWith("list<"))
    return Array.from(value as ArrayLike<unknown>, (item) => asStored(item, type.slice(5, -1)));
  return value;
}

function editsOf({ omit, repeat }: Break): TextEdit[] {
  return [
    ...(omit ?? []).map((at) => ({ at, how: "omit" as const, text: "" })),
    ...(repeat ?? []).map((at) => ({ at, how: "repeat" as const, text: "" })),
  ];
}

/** Data as JSON, with the value of each expression `{cel}` in it, or `{text}` as it is. */
function textMaker(value: unknown, compile: (text: string) => Value): (scope: BreakScope) => string {
  const text = only(value, "text");
  if (text !== undefined) return () => text;
  const make = (part: unknown): ((scope: BreakScope) => unknown) => {
    const cel = only(part, "cel");
    if (cel !== undefined) return compile(cel);
    if (Array.isArray(part)) {
      const items = part.map(make);
      return (scope) => items.map((item) => item(scope));
    }
    if (part === null || typeof part !== "object") return () => part;
    const members = Object.entries(part).map(([key, inner]) => [key, make(inner)] as const);
    return (scope) => Object.fromEntries(members.map(([key, inner]) => [key, inner(scope)]));
  };
  const made = make(value);
  return (scope) => JSON.stringify(made(scope));
}

/** The text of an object that has this key alone. */
function only(value: unknown, key: string): string | undefined {
  if (value === null || typeof value !== "object" || Object.keys(value).length !== 1) return undefined;
  const text = (value as Readonly<Record<string, unknown>>)[key];
  return typeof text === "string" ? text : undefined;
}

/** What a node is stands in its JSON, and its record is worked out from that: there it is changed. */
function checkNodeBreak(rule: Rule, { set, remove, add, sample = {} }: Break): void {
  for (const [key, value] of Object.entries({ set, remove, add }))
    if (value !== undefined) throw wrong(rule, `break.${key}`, lintMessage("break/node", {}).message);
  for (const feature of [...(sample.fields ?? []), ...(sample.without ?? [])])
    if (!(features as readonly string[]).includes(feature))
      throw wrong(
        rule,
        "break.sample",
        lintMessage("break/feature", { name: feature, names: features.join(", ") }).message,
      );
}
