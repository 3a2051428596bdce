import { isDeepStrictEqual } from "node:util";
import { UsageError } from "../records/errors.js";
import type { Said } from "../records/fill.js";
import type { Break, LocalText } from "../records/grammar.gen.js";
import type { AnnotationRecord, CategoryRecord } from "../records/types.gen.js";
import { Failure } from "../standards/cel/failure.js";
import type { LoadedStandard } from "../standards/load.js";
import { boundsOf } from "./bounds.js";
import { type Breaker, type Broken, compileBreak } from "./break.js";
import { derive } from "./derive.js";
import { type SeededDraw, seededDraw } from "./draw.js";
import { changeOf, copyOfSample, type Done, endsFile, moved, setFields } from "./planted-change.js";
import { copyOf, isEditable, kindOfFault, type RealData, type RealPlace, type Scope, typeOf } from "./real-data.js";
import { refusal } from "./refusals.js";
import { newRewriting, type Rewriting } from "./rewriting.js";
import type { Item, MediumItem, Sample } from "./sample.js";
import type { AnyRecord, Target } from "./target.js";
import { wishFor } from "./wish.js";

export interface PlantOptions {
  readonly standard: LoadedStandard;
  readonly data: RealData;
  readonly seed: number;
  /** Rule → how many times it is to be broken. */
  readonly defects: ReadonlyMap<string, number>;
  /** Whether a rule finds something already at a place, or, without one, anywhere. */
  readonly raised: (rule: string, place?: RealPlace) => boolean;
}

/** What became of a rule of the plan. */
export interface PlantedRule {
  readonly rule: string;
  readonly wanted: number;
  readonly planted: number;
  /** Why there are fewer than wanted. */
  readonly reason?: LocalText;
}

/** A dataset with defects, still to be written. */
export interface Planted {
  readonly rules: readonly PlantedRule[];
  readonly rewriting: Rewriting;
}

/**
 * Breaks records of a real dataset, each by the break of a rule. A record is taken for one defect alone, and a medium too, as long as there are others or
 * a defect reaches further than one annotation. Those that the break was made for (that have and lack what its `sample` says) are taken first.
 *
 * @throws UsageError TS-USAGE-0003 for an unknown rule; TS-STANDARD-0004 for one of which nothing can be planted, with the reason
 */
export async function plantDefects({ standard, data, seed, defects, raised }: PlantOptions): Promise<Planted> {
  const rewriting = newRewriting(data);
  const taken = {
    media: new Set<object>(),
    shared: new Set<object>(),
    records: new Set<object>(),
    ended: new Set<object>(),
  };
  const bounds = boundsOf(standard.rules);
  const draw = seededDraw(seed);
  const rules: PlantedRule[] = [];
  const compiled: (readonly [Breaker, number, number])[] = [];
  let order = 0;
  for (const [id, wanted] of defects) {
    const rule = standard.rules.find((one) => one.id === id);
    if (rule === undefined) throw new UsageError("TS-USAGE-0003", { found: id, expected: "a rule of the standard" });
    const breaker = await compileBreak(rule, standard);
    const reason = refusalOf(breaker);
    if (reason !== undefined) throw refused(id, reason.message);
    compiled.push([breaker, wanted, order++]);
  }
  // What ends a file leaves nothing of it to others, so it takes its file first.
  compiled.sort(([left], [right]) => Number(endsFile(right.source)) - Number(endsFile(left.source)));
  for (const [breaker, wanted, stream] of compiled) {
    draw.stream(seed, stream);
    const fitting = data.scopes.flatMap((scope) => {
      const wish = wishFor(breaker.rule, breaker.source, scope.writer, bounds);
      return wish === undefined || !isEnough(scope, breaker) ? [] : [{ scope, wish }];
    });
    const wantsSize = (id: string): boolean =>
      standard.rules.some((one) => one.id === id && `${one.when} ${one.assert}`.includes("media.width"));
    const planter = newPlanter(breaker, { wantsSize, data, rewriting, draw, raised, taken });
    let planted = 0;
    const units = shuffled(
      fitting.flatMap(({ scope, wish }) =>
        unitsOf(scope, breaker, bounds.medium).map((unit) => ({
          scope,
          unit,
          fields: wish.fields,
          without: wish.without,
        })),
      ),
      draw,
    );
    // Where a rule is asked only of media that have others beside them, one stays as it is.
    const most = (breaker.source.sample?.media ?? 1) > 1 ? Math.min(wanted, units.length - 1) : wanted;
    for (const pass of ["made-for", "any", "shared"] as const)
      for (const one of units) {
        if (planted >= most) break;
        // A record that is taken is not offered again, so that a medium may be asked until it has no more.
        while (planted < most && planter.plant(one.scope, one.unit, pass, one)) {
          planted += 1;
          if (pass !== "shared" && one.unit !== undefined) break;
        }
      }
    const reason = fitting.length === 0 ? refusal("no-file", {}).message : planter.reason();
    rules.push({ rule: breaker.rule.rule.id, wanted, planted, ...(planted < wanted ? { reason } : {}) });
  }
  const none = rules.find(({ planted }) => planted === 0);
  if (none?.reason !== undefined) throw refused(none.rule, none.reason);
  const asked = [...defects.keys()];
  rules.sort((left, right) => asked.indexOf(left.rule) - asked.indexOf(right.rule));
  return { rules, rewriting };
}

/** Whether there is something to be broken, and a file still shows which format it is when a fault of reading is in it. */
function isEnough({ sample: { media } }: Scope, { rule, source }: Breaker): boolean {
  const count = media.reduce((sum, { annotations }) => sum + annotations.length, 0);
  return count > 0 && (rule.rule.fault === undefined || count >= Math.min(12, source.sample?.annotations ?? 0));
}

function refused(rule: string, reason: LocalText): UsageError {
  return new UsageError("TS-STANDARD-0004", { file: rule, says: reason });
}

/** Why a break cannot be done to data that are there; undefined where it can. */
function refusalOf({ source, rule }: Breaker): Said | undefined {
  if (source.params !== undefined) return refusal("open", {});
  if (source.every === true && rule.rule.within !== "media") return refusal("whole", {});
  if ((source.remove ?? []).some((path) => !path.includes("."))) return refusal("removes", {});
  if (rule.rule.on === "node") return refusal("node", {});
  return undefined;
}

type Pass = "made-for" | "any" | "shared";

/** A medium to be broken, or undefined: the categories of the scope. */
type Unit = MediumItem | undefined;

/** @param least a suspicion needs a picture of the size that the standard asks for, px */
function unitsOf({ sample }: Scope, { source, rule }: Breaker, least: number): readonly Unit[] {
  if ((source.on ?? rule.kind) === "category") return [undefined];
  const isLarge = ({ record: { width = least, height = least } }: MediumItem): boolean =>
    width >= least && height >= least;
  const media = rule.rule.certainty === "heuristic" ? sample.media.filter(isLarge) : sample.media;
  return rule.rule.needs_media === true ? media.filter(({ picture }) => hasPicture(picture, source)) : media;
}

function hasPicture(picture: MediumItem["picture"], { mutate, set = {} }: Break): boolean {
  const changesHeader = mutate === "picture-size-differs" || mutate === "picture-turned";
  if (changesHeader) return isEditable(picture);
  // A picture under another name is found out where it is of another type.
  if (set["media.path"]?.includes(".jpg") === true && typeOf(picture) === "image/jpeg") return false;
  return picture.from !== undefined;
}

interface Tools {
  /** Whether a rule is asked only where the size of the medium is known. */
  readonly wantsSize: (rule: string) => boolean;
  readonly data: RealData;
  readonly rewriting: Rewriting;
  readonly draw: SeededDraw;
  readonly raised: PlantOptions["raised"];
  readonly taken: Readonly<Record<"media" | "shared" | "records" | "ended", Set<object>>>;
}

interface Planter {
  /** Breaks one record of a unit; false where there is none. */
  plant(scope: Scope, unit: Unit, pass: Pass, wish: Wished): boolean;
  /** Why there is no more to be broken. */
  reason(): LocalText;
}

interface Wished {
  readonly fields: ReadonlySet<string>;
  readonly without: ReadonlySet<string>;
}

function newPlanter(breaker: Breaker, { wantsSize, data, rewriting, draw, raised, taken }: Tools): Planter {
  const { source, rule } = breaker;
  const { id } = rule.rule;
  const onlyOnce = literalsOf(source);
  let isUsed = false;
  const counts = newCounts();
  let seen = 0;
  let otherwise: LocalText | undefined;

  /** Whether a record may be broken: nothing else touches it, and the rule finds nothing there yet. */
  function isFree(scope: Scope, { item, kind }: Target): boolean {
    if (taken.records.has(item.record)) return false;
    const place = data.places.get(item.record);
    if (place === undefined || taken.ended.has(place.file)) return false;
    if (rule.kind === "dataset") return !raised(id);
    if (kind === "category" && rule.rule.fault === undefined && !isInUse(data, scope, item.record as CategoryRecord))
      return false;
    // A label that several files declare is one label, and found in the first.
    if (kind === "category" && rule.rule.fault === undefined && data.scopes.find((one) => hasName(one, item)) !== scope)
      return false;
    if (endsFile(source) && (rewriting.isTouched(place.file) || isLast(place.file))) return false;
    if (rule.kind === "file" && taken.records.has(place.file)) return false;
    const found = rule.rule.fault === undefined ? rule.kind : kindOfFault(scope.format, rule.rule.fault, kind);
    if (found === "file") return !raised(id, { ...place, kind: "file", element: -1 });
    return !raised(id, place);
  }

  /** Whether nothing could be read if this file ended early: the run would end, and there would be no finding. */
  function isLast(file: object): boolean {
    const others = new Set([...data.places.values()].map((place) => place.file));
    return [...others].every((other) => other === file || taken.ended.has(other));
  }

  return {
    reason: () =>
      otherwise ??
      (isUsed
        ? refusal("once", { text: onlyOnce.map(([, text]) => JSON.stringify(text)).join(", ") }).message
        : refusal("taken", { count: seen }).message),
    plant(scope, unit, pass, { fields, without }) {
      const { sample, writer } = scope;
      if (isUsed || (onlyOnce.length > 0 && hasLiteral(sample, onlyOnce))) return false;
      if (unit !== undefined && !isOpen(unit, pass)) return false;
      const view: Sample = { ...sample, media: unit === undefined ? [] : [unit] };
      const targets = breaker
        .targets(view, writer.carries)
        .filter((target) => isFree(scope, target) && fits(target, pass) && counts.suffice(scope, target, source));
      if (targets.length === 0) return false;
      seen += targets.length;
      const left = [...targets];
      while (left.length > 0) {
        const chosen = source.every === true ? left.splice(0) : left.splice(draw.int(0, left.length - 1), 1);
        if (breakIn(scope, view, unit, chosen)) return true;
      }
      return false;

      function fits({ item, kind }: Target, at: Pass): boolean {
        if (kind !== "annotation") return true;
        const record = item.record as unknown as Readonly<Record<string, unknown>>;
        if (at !== "made-for") return (source.sample?.fields ?? []).every((field) => record[field] !== undefined);
        return (
          [...fields].every((field) => record[field] !== undefined) &&
          [...without].every((field) => record[field] === undefined)
        );
      }
    },
  };

  function isOpen(unit: MediumItem, pass: Pass): boolean {
    if (!taken.media.has(unit.record)) return true;
    return pass === "shared" && isLocal(breaker) && taken.shared.has(unit.record);
  }

  /** Does the break to copies and hands on what became of them; false where it cannot be done, or not be written. */
  function breakIn(scope: Scope, view: Sample, unit: Unit, targets: readonly Target[]): boolean {
    const { copy, originals } = copyOfSample(view);
    const inCopy = targets.map((target) => moved(target, view, copy));
    const before = new Map([...originals].map(([record, original]) => [record, copyOf(original.record)] as const));
    let broken: Broken;
    try {
      broken = breaker.apply(copy, inCopy, draw, scope.writer.carries);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      otherwise = refusal("evaluated", {}).message;
      return false;
    }
    if (source.mutate !== undefined && leftAlone(broken, before)) {
      otherwise = refusal("mutator", { mutator: source.mutate }).message;
      return false;
    }
    if (inCopy.some((one) => breaker.holdsStill(copy, one))) {
      otherwise = refusal("holds", {}).message;
      return false;
    }
    const target = inCopy[0]?.item.record;
    const on = targets[0]?.kind;
    if (target === undefined || on === undefined) return false;
    // What the break works out of others anew is so worked out of the record as it was, or digits would differ that nobody changed.
    if (on === "annotation")
      for (const [record, was] of before)
        if (broken.touched.get(record) === "annotation")
          derive(was as AnnotationRecord, scope.writer.carries, setFields(source));
    const place = data.places.get(originals.get(target)?.record ?? {});
    if (place === undefined) return false;
    const also = (source.entails ?? []).filter((other) => !wantsSize(other) || unit?.record.width !== undefined);
    const done: Done = { breaker, also, scope, copy, originals, before, broken, target, on, place };
    const problem = rewriting.add(changeOf(done, data, draw));
    if (problem !== undefined) {
      otherwise = problem;
      return false;
    }
    if (onlyOnce.length > 0) isUsed = true;
    if (unit !== undefined) {
      taken.media.add(unit.record);
      if (isLocal(breaker)) taken.shared.add(unit.record);
      else taken.shared.delete(unit.record);
    }
    for (const record of broken.touched.keys()) taken.records.add(originals.get(record)?.record ?? record);
    if (rule.kind === "file") taken.records.add(place.file);
    if (endsFile(source)) taken.ended.add(place.file);
    return true;
  }
}

/** Whether a mutator that works on a copy of a record gave it nothing that the record does not have. */
function leftAlone({ touched }: Broken, before: ReadonlyMap<object, AnyRecord>): boolean {
  const made = [...touched.keys()].filter((record) => !before.has(record));
  return (
    made.length > 0 &&
    made.every((record) =>
      [...before.values()].some((was) => isDeepStrictEqual({ ...was, id: 0 }, { ...record, id: 0 })),
    )
  );
}

/** A seeded order; the list itself stays as it is. */
function shuffled<T>(list: readonly T[], draw: SeededDraw): readonly T[] {
  const out = [...list];
  for (let at = out.length - 1; at > 0; at--) {
    const other = draw.int(0, at);
    [out[at], out[other]] = [out[other] as T, out[at] as T];
  }
  return out;
}

/** Whether a break changes nothing but annotations, each by itself. */
function isLocal({ source, rule }: Breaker): boolean {
  const changed = [...Object.keys({ ...source.set, ...source.add }), ...(source.remove ?? [])];
  return (
    (source.on ?? rule.kind) === "annotation" &&
    rule.rule.within === undefined &&
    source.every !== true &&
    !endsFile(source) &&
    changed.every((path) => path.startsWith("annotation."))
  );
}

/** Texts and numbers that a break gives records as their id, name or path: a second such record would be found with the first. */
function literalsOf({ set = {}, add = {} }: Break): readonly (readonly [field: string, value: string | number])[] {
  const given = [
    ...Object.entries(set),
    ...Object.entries(add).flatMap(([kind, fields = {}]) =>
      Object.entries(fields).map(([field, value]) => [`${kind}.${field}`, value] as const),
    ),
  ];
  return given.flatMap(([path, value = ""]): (readonly [string, string | number])[] => {
    if (!/^(category|media|annotation)\.(id|name|path)$/.test(path)) return [];
    const text = /^(["'])(.*)\1$/.exec(value)?.[2];
    if (text !== undefined) return [[path, text]];
    return /^\d+$/.test(value) ? [[path, Number(value)]] : [];
  });
}

function hasName({ sample }: Scope, { record }: Item<AnyRecord>): boolean {
  return sample.categories.some((own) => own.record.name === (record as CategoryRecord).name);
}

/** Whether annotations have a label, and this file alone declares it: where several do, it is one label, of which each says something. */
function isInUse({ scopes }: RealData, scope: Scope, { id, name }: CategoryRecord): boolean {
  const declare = scopes.filter(({ sample }) => sample.categories.some(({ record }) => record.name === name));
  if (declare.length !== 1) return false;
  return scope.sample.media.some(({ annotations }) =>
    annotations.some(({ record }) => (record.label === undefined ? record.category_id === id : record.label === name)),
  );
}

function hasLiteral({ categories, media }: Sample, literals: ReturnType<typeof literalsOf>): boolean {
  return literals.some(([path, value]) => {
    const [kind, field = ""] = path.split(".");
    const items: readonly Item<AnyRecord>[] = kind === "category" ? categories : kind === "media" ? media : [];
    return items.some(({ record }) => (record as unknown as Record<string, unknown>)[field] === value);
  });
}

/** How many annotations a scope has of each label: a rule on the values of a label needs some to tell one that stands out. */
function newCounts() {
  const counts = new Map<Scope, Map<unknown, number>>();
  const labelOf = ({ category_id, label }: AnnotationRecord): unknown => category_id ?? label;
  return {
    suffice(scope: Scope, { item, kind }: Target, { sample }: Break): boolean {
      // Drawn samples have up to four labels.
      const needed = (sample?.annotations ?? 0) / 4;
      if (kind !== "annotation" || needed < 8) return true;
      let own = counts.get(scope);
      if (own === undefined) {
        own = new Map();
        for (const { annotations } of scope.sample.media)
          for (const { record } of annotations) own.set(labelOf(record), (own.get(labelOf(record)) ?? 0) + 1);
        counts.set(scope, own);
      }
      return (own.get(labelOf(item.record as AnnotationRecord)) ?? 0) >= needed;
    },
  };
}
