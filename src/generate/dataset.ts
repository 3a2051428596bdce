import type { Placed, Writer, WrittenDataset, WrittenMedium } from "../formats/write.js";
import { UsageError } from "../records/errors.js";
import type { Said } from "../records/fill.js";
import type { Kind, Rule } from "../records/grammar.gen.js";
import { kindWords } from "../standards/cel/functions.js";
import type { LoadedStandard } from "../standards/load.js";
import { boundsOf } from "./bounds.js";
import { type Breaker, compileBreak } from "./break.js";
import { type SeededDraw, seededDraw } from "./draw.js";
import type { SamplePlan } from "./draw-annotation.js";
import { drawCategories, drawHead, drawMedium, drawPlan } from "./draw-sample.js";
import { refusal } from "./refusals.js";
import { type MediumItem, type Sample, writtenMedium } from "./sample.js";
import { type Wish, wishFor, wishOf } from "./wish.js";

export interface DatasetOptions {
  readonly standard: LoadedStandard;
  readonly writer: Writer;
  readonly images: number;
  readonly seed: number;
  /** Whether pictures are written. */
  readonly pictures: boolean;
  /** Rule → how many times it is broken. */
  readonly defects: ReadonlyMap<string, number>;
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
  /** Which defect a record that has answers belongs to: a pair is one. */
  defectOf(record: object): number | undefined;
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
  const { annotation: carried, category: named } = writer.carries;
  const points = carried.includes("keypoints") && named.includes("keypoints") && named.length > 0;
  const wish = wishOf(writer.carries, boundsOf(standard.rules), {
    fields: new Set(points ? ["keypoints"] : []),
    categoryFields: new Set(points ? ["keypoints", "skeleton"] : []),
    annotations: 1,
    pictures,
  });
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
  const { broken, defects, slots } = await plant(options, categories, plan, counts, draw);

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
    defectOf: (record) => slots.get(record),
    answersAt({ record }, { file, line, pointer }) {
      const { id = null } = record as { id?: string | number };
      return (defects.get(record) ?? []).map(({ rule, source }) => ({
        rule: rule.rule.id,
        kind: rule.kind,
        // A format with ids of its own writes none of ours.
        id: writer.carries.ids === "own" ? null : id,
        file,
        line,
        pointer: pointer ?? null,
        also: source.entails ?? [],
      }));
    },
  };
}

/** Breaks media, one a defect, spread over the whole by the seed. */
async function plant(
  { standard, writer, images, seed, defects: wanted, pictures }: DatasetOptions,
  categories: Sample["categories"],
  plan: SamplePlan,
  counts: (at: number) => number,
  draw: SeededDraw,
) {
  const broken = new Map<number, readonly MediumItem[]>();
  const defects = new Map<object, readonly Breaker[]>();
  // Each defect has a medium of its own, by whose position it is told.
  const slots = new Map<object, number>();
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
  let far = farIds;
  const startOf = startsOf(images, counts);
  for (const [id, count] of wanted) {
    const { breaker, wish } = await plantable(standard, writer, id, plan.wish, pictures);
    for (let k = 0; k < count; k++) {
      const at = turn;
      turn = (turn + stride) % images;
      const before = startOf(at);
      const own = counts(at);
      const sample = drawBreakable(
        draw,
        { ...plan, wish },
        breaker,
        { categories, ids: () => far++ },
        {
          seed,
          at,
          before,
          own,
        },
      );
      const { touched, files } = breaker.apply(sample, breaker.targets(sample, writer.carries), draw, writer.carries);
      if (files.length > 0) throw refused(id, refusal("stream", {}));
      broken.set(at, sample.media);
      for (const [record, kind] of touched)
        if (kind === breaker.rule.kind) {
          defects.set(record, [...(defects.get(record) ?? []), breaker]);
          slots.set(record, at);
        }
    }
  }
  return { broken, defects, slots };
}

/** Ids of copies and of what is added: above all that are counted up. */
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
  shared: Pick<Sample, "categories" | "ids">,
  { seed, at, before, own }: Slot,
): Sample {
  for (let attempt = 0; attempt < attempts; attempt++) {
    draw.stream(seed, 2 * at + 2 + attempt * 2 ** 24);
    const sample: Sample = {
      ...shared,
      media: [drawMedium(draw, plan, at, own, { ids: before, bySplit: [before, 0] })],
    };
    if (breaker.targets(sample, plan.wish.carries).length > 0) return sample;
  }
  throw refused(breaker.rule.rule.id, refusal("drawn", { count: attempts }));
}

/** The break of a rule, where it can be done to one medium among many. */
async function plantable(
  standard: LoadedStandard,
  writer: Writer,
  id: string,
  base: Wish,
  pictures: boolean,
): Promise<{ breaker: Breaker; wish: Wish }> {
  const rule: Rule | undefined = standard.rules.find((one) => one.id === id);
  if (rule === undefined) throw new UsageError("TS-USAGE-0003", { found: id, expected: "a rule of the standard" });
  const breaker = await compileBreak(rule, standard);
  const { source } = breaker;
  if (source.params !== undefined) throw refused(id, refusal("open", {}));
  if (source.every === true || source.sample?.annotations !== undefined || source.sample?.splits !== undefined)
    throw refused(id, refusal("whole", {}));
  if (breaker.rule.kind !== "annotation" && breaker.rule.kind !== "media")
    throw refused(id, refusal("kind", { kind: kindWords[breaker.rule.kind].one }));
  const changed = [...Object.keys({ ...source.set, ...source.add }), ...(source.remove ?? [])];
  if (changed.some((path) => path.startsWith("category"))) throw refused(id, refusal("labels", {}));
  if (rule.needs_media === true && !pictures) throw refused(id, refusal("pictures", {}));
  const wish = wishFor(breaker.rule, source, writer, base.bounds);
  if (wish === undefined) throw refused(id, refusal("format", { format: writer.format }));
  if (wish.splits) throw refused(id, refusal("splits", {}));
  return { breaker, wish: { ...wish, categoryFields: base.categoryFields, splits: false, pictures } };
}

function refused(rule: string, { message }: Said): UsageError {
  return new UsageError("TS-STANDARD-0004", { file: rule, says: message });
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
