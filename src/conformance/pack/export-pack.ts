import type { Writer } from "../../formats/write.js";
import { boundsOf } from "../../generate/bounds.js";
import { type Breaker, compileBreak } from "../../generate/break.js";
import { type SeededDraw, seededDraw } from "../../generate/draw.js";
import { drawSample } from "../../generate/draw-sample.js";
import type { Sample } from "../../generate/sample.js";
import { type Wish, wishFor } from "../../generate/wish.js";
import type { LocalText, Rule } from "../../records/grammar.gen.js";
import { toolOf } from "../../report/tool.js";
import { applyStandards } from "../../standards/apply.js";
import type { LoadedStandard } from "../../standards/load.js";
import type { ActiveRule } from "../../standards/ruleset.js";
import { activeWith, type Files, type Found, findingsOf, firstPlace, writeFiles } from "../drawn-files.js";
import { digestOfFiles, type ExpectedFinding, type Manifest, type PackAnswer, type PackCase, sha256 } from "./pack.js";
import { packReadme } from "./readme.js";

export interface PackOptions {
  readonly standard: LoadedStandard;
  readonly writer: Writer;
  readonly seed: number;
  /** Datasets that break each rule. */
  readonly perRule: number;
}

/** A pack as files, and its manifest. */
export interface Pack {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly manifest: Manifest;
}

/** Draws until one does as the break says, at most so often. */
const attempts = 20;

/**
 * Small datasets for a tool without a command line: of each rule that the format can carry some that break it, each with its conforming sibling. Same
 * seed, same bytes, within one version of Touchstone. Each case has been through the real reader and the engine: it raises what the answers say.
 */
export async function exportPack({ standard, writer, seed, perRule }: PackOptions): Promise<Pack> {
  const bounds = boundsOf(standard.rules);
  const { rules: applied } = await applyStandards([standard], { scheme: undefined, profile: undefined, only: [] });
  const heuristics = standard.rules.filter(({ certainty }) => certainty === "heuristic").map(({ id }) => id);
  const files = new Map<string, Uint8Array>();
  const cases: PackCase[] = [];
  const answers: PackAnswer[] = [];
  const leftOut: { rule: string; reason: LocalText }[] = [];
  const put = (
    { id }: Rule,
    side: PackCase["side"],
    number: number,
    own: ReadonlyMap<string, Buffer>,
    answer: Omit<PackAnswer, "case">,
  ): void => {
    const name = `${id}-${side}-${number}`;
    const path = `cases/${name}`;
    for (const [file, bytes] of own) files.set(`${path}/${file}`, bytes);
    cases.push({ case: name, rule: id, side, format: writer.format, path, sha256: digestOfFiles(own) });
    answers.push({ case: name, ...answer });
  };
  for (const [at, rule] of standard.rules.entries()) {
    const made = await breakable(rule, standard, writer, (active, source) => wishFor(active, source, writer, bounds));
    if ("reason" in made) {
      leftOut.push({ rule: rule.id, reason: made.reason });
      continue;
    }
    const { breaker, wish } = made;
    const active = activeWith(breaker, applied);
    const pairs = pairsOf(breaker, wish, active, { writer, seed, stream: at * 4096, heuristics });
    let count = 0;
    for await (const { before, after, findings, sizes } of pairs) {
      count++;
      put(rule, "violating", count, after, {
        findings,
        may: mayOf(breaker, heuristics).filter((id) => id !== rule.id),
        ...sizes,
      });
      put(rule, "conforming", count, before, { findings: [], may: heuristics, ...sizes });
      if (count === perRule) break;
    }
    if (count === 0) leftOut.push({ rule: rule.id, reason: reasons.notDrawn });
  }
  const text = answers.map((answer) => `${JSON.stringify(answer)}\n`).join("");
  const { id, edition } = standard.document;
  const manifest: Manifest = {
    pack: 1,
    made_by: toolOf(),
    standard: { id, edition, deciding_digest: standard.digests.deciding },
    format: writer.format,
    seed,
    answers_sha256: sha256(text),
    cases,
    left_out: leftOut,
  };
  files.set("manifest.json", Buffer.from(`${JSON.stringify(manifest, undefined, 1)}\n`));
  files.set("answers.jsonl", Buffer.from(text));
  files.set("README.md", Buffer.from(packReadme(manifest)));
  return { files, manifest };
}

const reasons = {
  noBreak: { zh: "规则没有 break", en: "the rule has no break" },
  open: { zh: "参数未定：需要 profile", en: "a parameter is open: it needs a profile" },
  notCarried: { zh: "该格式不能承载规则所读的内容", en: "the format cannot carry what the rule reads" },
  notDrawn: {
    zh: `抽取 ${attempts} 次，没有得到只违反该规则的数据集`,
    en: `${attempts} datasets were drawn, and none broke this rule alone`,
  },
} as const satisfies Readonly<Record<string, LocalText>>;

async function breakable(
  rule: Rule,
  standard: LoadedStandard,
  writer: Writer,
  wished: (active: ActiveRule, source: Breaker["source"]) => Wish | undefined,
): Promise<{ breaker: Breaker; wish: Wish } | { reason: LocalText }> {
  if (rule.break === undefined) return { reason: reasons.noBreak };
  if (rule.break.params !== undefined) return { reason: reasons.open };
  const breaker = await compileBreak(rule, standard);
  const wish = wished(breaker.rule, breaker.source);
  if (wish === undefined) return { reason: reasons.notCarried };
  return { breaker, wish: { ...wish, pictures: wish.pictures || writer.carries.needsPictures } };
}

interface Pair {
  readonly before: ReadonlyMap<string, Buffer>;
  readonly after: ReadonlyMap<string, Buffer>;
  readonly findings: readonly ExpectedFinding[];
  readonly sizes: { readonly media: number; readonly annotations: number };
}

/** Datasets before and after they were broken, as many as come within the attempts. */
async function* pairsOf(
  breaker: Breaker,
  wish: Wish,
  active: readonly ActiveRule[],
  given: { writer: Writer; seed: number; stream: number; heuristics: readonly string[] },
): AsyncIterable<Pair> {
  const { writer, seed, stream, heuristics } = given;
  const draw = seededDraw(seed);
  const allowed = new Set([breaker.rule.rule.id, ...mayOf(breaker, heuristics)]);
  const seen = new Set<string>();
  for (let attempt = 0; attempt < attempts; attempt++) {
    draw.stream(seed, stream + attempt);
    const sample = drawSample(draw, wish);
    const targets = breaker.targets(sample, writer.carries);
    if (targets.length === 0) continue;
    const before = writeFiles(sample, writer).files;
    const sizes = sizesOf(sample);
    const written = broken(breaker, sample, targets, draw, writer);
    const digest = digestOfFiles(written.files);
    if (seen.has(digest)) continue;
    const clean = await findingsOf(before, active, writer.format);
    if (clean.some(({ rule }) => !heuristics.includes(rule))) continue;
    const found = await findingsOf(written.files, active, writer.format);
    const own = found.filter(({ rule }) => rule === breaker.rule.rule.id);
    if (own.length === 0 || found.some(({ rule }) => !allowed.has(rule))) continue;
    seen.add(digest);
    yield { before, after: written.files, findings: own.map(expected), sizes };
  }
}

function broken(
  breaker: Breaker,
  sample: Sample,
  targets: ReturnType<Breaker["targets"]>,
  draw: SeededDraw,
  writer: Writer,
): Files {
  const { files } = breaker.apply(sample, targets, draw, writer.carries);
  const written = writeFiles(sample, writer);
  for (const { mutate, record } of files)
    mutate(written.files, written.places.get(record) ?? firstPlace(written), draw, record);
  return written;
}

function mayOf({ source }: Breaker, heuristics: readonly string[]): readonly string[] {
  return [...new Set([...(source.entails ?? []), ...(source.may ?? []), ...heuristics])].sort();
}

function sizesOf({ media }: Sample): Pair["sizes"] {
  return { media: media.length, annotations: media.reduce((sum, { annotations }) => sum + annotations.length, 0) };
}

function expected({ rule, kind, record, file, line, pointer, media }: Found): ExpectedFinding {
  return {
    rule,
    kind,
    record: record ?? pointer ?? `${file}:${line}`,
    file,
    line,
    pointer: pointer ?? null,
    media: media ?? null,
  };
}
