import type { Placed, Writer, WrittenDataset, WrittenMedium } from "../formats/write.js";
import { UsageError } from "../records/errors.js";
import type { Kind, Rule } from "../records/grammar.gen.js";
import type { AnnotationRecord, MediaRecord } from "../records/types.gen.js";
import type { LoadedStandard } from "../standards/load.js";
import { boundsOf } from "./bounds.js";
import { type Breaker, compileBreak } from "./break.js";
import { type SeededDraw, seededDraw } from "./draw.js";
import { drawCategories, drawHead, drawMedium, drawPlan, type SamplePlan, type Wish } from "./draw-sample.js";
import { type Item, type MediumItem, type Sample, writtenMedium } from "./sample.js";
import { wishFor } from "./wish.js";

export interface DatasetOptions {
  readonly standard: LoadedStandard;
  readonly writer: Writer;
  readonly images: number;
  readonly seed: number;
  /** Whether pictures are written. */
  readonly pictures: boolean;
  /** Rule → how many times it is broken. */
  readonly defects: ReadonlyMap<string, number>;
  /** Faults that the reader of the format can find, by id. */
  readonly faults: Readonly<Partial<Record<string, unknown>>>;
}

/** One line of an answer key: a rule and a record that it must find. */
export interface Answer {
  readonly rule: string;
  readonly kind: Kind;
  readonly id: string | number | null;
  readonly file: string;
  readonly line: number;
  readonly pointer: string | null;
  /** Rules that find something too, at records of this defect. */
  readonly also: readonly string[];
}

/** A dataset to be written, and what its answer key will hold. */
export interface GeneratedDataset {
  readonly dataset: WrittenDataset;
  /** Gives the answers about a record that was put into a file. */
  answersAt(...placed: Parameters<Placed>): readonly Answer[];
}

/** What was broken in one place. */
interface Defect {
  readonly breaker: Breaker;
  readonly touched: ReadonlySet<object>;
}

const meanAnnotations = 7;

/**
 * A dataset of any size that conforms but for the defects that are asked for. Each medium comes from a stream of its own, so that it can be drawn again and
 * nothing is held but the media that are broken.
 *
 * @throws UsageError TS-USAGE-0003 for an unknown rule; TS-STANDARD-0004 for a rule that cannot be broken so, with the reason
 */
export async function generateDataset(options: DatasetOptions): Promise<GeneratedDataset> {
  const { standard, writer, images, seed, pictures } = options;
  const draw = seededDraw(seed);
  const none: ReadonlySet<string> = new Set();
  const { annotation: carried, category: named } = writer.carries;
  const points = carried.includes("keypoints") && named.includes("keypoints") && named.length > 0;
  const wish: Wish = {
    bounds: boundsOf(standard.rules),
    carries: writer.carries,
    fields: new Set(points ? ["keypoints"] : []),
    without: none,
    categoryFields: new Set(points ? ["keypoints", "skeleton"] : []),
    annotations: 1,
    splits: false,
    pictures,
  };
  const labels = Math.max(2, Math.min(12, Math.floor((images * meanAnnotations) / 8)));
  const categories = drawCategories(draw, labels, wish);
  const plan: SamplePlan = {
    ...drawPlan(
      draw,
      wish,
      categories.map(({ record }) => record),
    ),
    vast: false,
    even: true,
  };
  const counts = (at: number): number => {
    draw.stream(seed, 2 * at + 1);
    return draw.int(meanAnnotations - 5, meanAnnotations + 5);
  };
  const { broken, defects } = await plant(options, categories, plan, counts, draw);

  /** A format that has all media before the first annotation goes through them twice: what it does not look at is not drawn. */
  function lazily(at: number, count: number, before: number): WrittenMedium {
    const whole = (): WrittenMedium => {
      draw.stream(seed, 2 * at + 2);
      return writtenMedium(drawMedium(draw, plan, at, count, { ids: before, bySplit: [before, 0] }));
    };
    draw.stream(seed, 2 * at + 2);
    return {
      record: drawHead(draw, plan, at, count).record,
      get annotations() {
        return whole().annotations;
      },
      get picture() {
        return pictures || writer.carries.needsPictures ? whole().picture : undefined;
      },
    };
  }

  function* media(): Iterable<WrittenMedium> {
    let before = 0;
    for (let at = 0; at < images; at++) {
      const count = counts(at);
      const own = broken.get(at);
      if (own === undefined) yield lazily(at, count, before);
      else yield* own.map(writtenMedium);
      before += count;
    }
  }

  return {
    dataset: { categories, media },
    answersAt({ record }, { file, line, pointer }) {
      const { id = null } = record as { id?: string | number };
      return (defects.get(record) ?? []).map(({ breaker }) => ({
        rule: breaker.rule.rule.id,
        kind: breaker.rule.kind,
        // A format with ids of its own writes none of ours.
        id: writer.carries.ids === "own" ? null : id,
        file,
        line,
        pointer: pointer ?? null,
        also: breaker.source.entails ?? [],
      }));
    },
  };
}

/** Breaks the media, each of another, spread over the whole by the seed, and the categories. */
async function plant(
  { standard, writer, images, seed, defects: wanted, pictures, faults }: DatasetOptions,
  categories: Sample["categories"],
  plan: SamplePlan,
  counts: (at: number) => number,
  draw: SeededDraw,
) {
  const broken = new Map<number, readonly MediumItem[]>();
  const defects = new Map<object, Defect[]>();
  const total = [...wanted.values()].reduce((sum, count) => sum + count, 0);
  if (total > images)
    throw new UsageError("TS-USAGE-0004", {
      found: `${total} defects and ${images} images`,
      expected: "at least one image a defect",
    });
  // A stride that shares no factor with the number of images visits each once.
  let stride = Math.max(1, Math.floor(images * 0.618));
  while (gcd(stride, images) > 1) stride++;
  let turn = seed % Math.max(1, images);
  let extra = 0;
  const startOf = startsOf(images, counts);
  for (const [id, count] of wanted) {
    const { breaker, wish } = await plantable(standard, writer, id, faults, plan.wish, pictures);
    for (let k = 0; k < count; k++) {
      const at = turn;
      turn = (turn + stride) % images;
      const before = startOf(at);
      const own = counts(at);
      const sample = drawBreakable(draw, { ...plan, wish }, breaker, categories, { seed, at, before, own });
      const fresh = new Set<object>([...sample.media, ...sample.media.flatMap(({ annotations }) => annotations)]);
      const { touched, files } = breaker.apply(sample, breaker.targets(sample, writer.carries), draw, writer.carries);
      if (files.length > 0) throw refused(id, "it changes whole files, and files are written as a stream");
      // Copies get ids that no other record has.
      for (const item of [...sample.media, ...sample.media.flatMap(({ annotations }) => annotations)]) {
        const keepsId = Object.keys(breaker.source.set ?? {}).some((path) => path.endsWith(".id"));
        if (!fresh.has(item) && !keepsId) (item as Item<MediaRecord | AnnotationRecord>).record.id = farIds + extra++;
      }
      broken.set(at, sample.media);
      for (const record of touched) {
        if (kindOf(sample, record) !== breaker.rule.kind) continue;
        defects.set(record, [...(defects.get(record) ?? []), { breaker, touched }]);
      }
    }
  }
  return { broken, defects };
}

const farIds = 2 ** 52;
const attempts = 20;

interface Slot {
  readonly seed: number;
  readonly at: number;
  readonly before: number;
  readonly own: number;
}

/** The medium drawn as the rule wants it, until it has a record that can be broken. */
function drawBreakable(
  draw: SeededDraw,
  plan: SamplePlan,
  breaker: Breaker,
  categories: Sample["categories"],
  { seed, at, before, own }: Slot,
): Sample {
  for (let attempt = 0; attempt < attempts; attempt++) {
    draw.stream(seed, 2 * at + 2 + attempt * 2 ** 24);
    const sample: Sample = {
      categories,
      media: [drawMedium(draw, plan, at, own, { ids: before, bySplit: [before, 0] })],
    };
    if (breaker.targets(sample, plan.wish.carries).length > 0) return sample;
  }
  throw refused(breaker.rule.rule.id, `${attempts} media were drawn, and none has a record that can be broken`);
}

/** The break of a rule, where it can be done to one medium among many. */
async function plantable(
  standard: LoadedStandard,
  writer: Writer,
  id: string,
  faults: DatasetOptions["faults"],
  base: Wish,
  pictures: boolean,
): Promise<{ breaker: Breaker; wish: Wish }> {
  const rule: Rule | undefined = standard.rules.find((one) => one.id === id);
  if (rule === undefined) throw new UsageError("TS-USAGE-0003", { found: id, expected: "a rule of the standard" });
  const breaker = await compileBreak(rule, standard);
  const { source } = breaker;
  if (source.params !== undefined) throw refused(id, "a parameter of the rule is open: it needs a profile");
  if (source.every === true || source.sample?.annotations !== undefined || source.sample?.splits !== undefined)
    throw refused(id, "it is broken by the whole dataset, not at one record");
  if (breaker.rule.kind !== "annotation" && breaker.rule.kind !== "media")
    throw refused(id, `it is about a ${breaker.rule.kind}, of which there is not one for each image`);
  if (rule.needs_media === true && !pictures) throw refused(id, "it is about pictures, and --no-media writes none");
  const wish = wishFor(rule, source, writer, faults, base.bounds);
  if (wish === undefined) throw refused(id, `${writer.format} cannot carry what the rule reads`);
  return { breaker, wish: { ...wish, categoryFields: base.categoryFields, splits: false, pictures } };
}

function refused(rule: string, expected: string): UsageError {
  return new UsageError("TS-STANDARD-0004", { file: rule, found: "a defect to be planted", expected });
}

function kindOf(sample: Sample, record: object): Kind | undefined {
  if (sample.media.some((medium) => medium.record === record)) return "media";
  if (sample.media.some(({ annotations }) => annotations.some((item) => item.record === record))) return "annotation";
  return sample.categories.some((item) => item.record === record) ? "category" : undefined;
}

/** How many annotations come before a medium; worked out once, from the counts. */
function startsOf(images: number, counts: (at: number) => number): (at: number) => number {
  let starts: Float64Array | undefined;
  return (at) => {
    if (starts === undefined) {
      starts = new Float64Array(images);
      for (let i = 1; i < images; i++) starts[i] = (starts[i - 1] ?? 0) + counts(i - 1);
    }
    return starts[at] ?? 0;
  };
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
