import { basename } from "node:path";
import { assess } from "../../assess.js";
import type { StreamedFinding } from "../../engine/recorder.js";
import { hashFile, openMaybeGzip } from "../../formats/bytes/source.js";
import { notAnnotations } from "../../formats/detect.js";
import { listData } from "../../formats/walk.js";
import { UsageError } from "../../records/errors.js";
import type { Kind, ProfileDocument } from "../../records/grammar.gen.js";
import type { Report, ReportFinding } from "../../records/report.gen.js";
import { applyStandards } from "../../standards/apply.js";
import { digestFault } from "../../standards/evidence.js";
import { findStandard } from "../../standards/find.js";
import type { LoadedStandard } from "../../standards/load.js";
import { profileOf } from "../../verify.js";
import { blankLike } from "./blank.js";
import { type Answer, type Content, type Dispute, type Files, newDispute, type Wanted } from "./dispute.js";
import { neutralise } from "./rename.js";
import { type Disputed, shrink } from "./shrink.js";

export interface ReproduceOptions {
  readonly report: Report;
  /** Fingerprint, or the beginning of one that no other finding has. */
  readonly finding: string;
  /** File or folder that the report is about. */
  readonly data: string;
  readonly media?: string | undefined;
  /** Folders of standards that do not ship. */
  readonly standards?: readonly string[];
  readonly profile?: ProfileDocument | undefined;
  /** What was reached after this time is given; as long again for the replacing of names. */
  readonly seconds: number;
  /** Pictures that blank ones cannot stand for are given as they are. */
  readonly keepMedia: boolean;
  readonly clock: () => number;
  readonly onStep?: (step: "check" | "shrink" | "rename" | "pictures") => Promise<void> | undefined;
}

/** A small dataset that raises a finding of a report, and what became of the data. */
export interface Reproduction {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly source: ReportFinding;
  /** Where it is in the files. */
  readonly wanted: Wanted;
  readonly standard: LoadedStandard;
  /** Of the profile what is about the rule; undefined where there is nothing. */
  readonly profile: ProfileDocument | undefined;
  /** Asked for by name, where it was so in the report. */
  readonly format: string | undefined;
  readonly before: Readonly<Record<Kind, number>>;
  readonly after: Readonly<Record<Kind, number>>;
  readonly replaced: number;
  readonly formKept: readonly string[];
  readonly textKept: readonly string[];
  readonly blankPictures: readonly string[];
  readonly keptPictures: readonly string[];
  /** Files that are neither text nor picture (masks), as they were but for their names. */
  readonly keptFiles: readonly string[];
  readonly asked: number;
  /** There was no time left: it may be made smaller still. */
  readonly stopped: boolean;
}

/**
 * The smallest dataset, names and texts replaced, in which the rule of a finding still finds it at the corresponding record.
 *
 * @throws UsageError TS-REPRODUCE-0001 no such finding, or several; -0002 the data do not raise it; -0003 it cannot be shown with data that are cut
 */
export async function reproduce(options: ReproduceOptions): Promise<Reproduction> {
  const { report } = options;
  const source = findingOf(report, options.finding);
  const standard = standardOf(report, source, options.standards ?? []);
  const rule = standard.rules.find(({ id }) => id === source.rule);
  if (rule === undefined)
    throw new UsageError("TS-USAGE-0003", { found: source.rule, expected: "a rule of the standard" });
  if (rule.fault === digestFault)
    throw new UsageError("TS-REPRODUCE-0003", {
      found: source.rule,
      expected: "a finding about the data, not about evidence beside them",
    });
  const profile = profileFor(source, profileOf(report.options, options.profile));
  const applied = await applyStandards([standard], { scheme: undefined, profile, only: [rule.id] });
  const format = report.options.format ?? undefined;
  const dispute = newDispute(applied.rules, format);
  await options.onStep?.("check");
  const { disputed, answer } = await startOf(options, source, dispute);
  const limit = (): (() => boolean) => {
    const end = options.clock() + options.seconds * 1000;
    return () => options.clock() < end;
  };
  const mayGoOn = limit();
  await options.onStep?.("shrink");
  const small = await shrink(disputed, { dispute, mayGoOn, textOf });
  await options.onStep?.("rename");
  const stopped = !mayGoOn();
  // Names are replaced though no time is left for making it smaller: that is what keeps the data from being given away.
  const neutral = await neutralise(small, dispute, limit());
  await options.onStep?.("pictures");
  const pictured = await withBlankPictures(neutral, dispute, options.keepMedia);
  const after = await dispute.ask(pictured.files);
  return {
    files: new Map(
      await Promise.all([...pictured.files].map(async ([path, content]) => [path, await bytesOf(content)] as const)),
    ),
    source,
    wanted: pictured.wanted,
    standard,
    profile,
    format,
    before: answer.read,
    after: after?.read ?? answer.read,
    replaced: neutral.replaced,
    formKept: neutral.formKept,
    textKept: neutral.textKept,
    blankPictures: pictured.blank,
    keptPictures: pictured.kept,
    keptFiles: [...pictured.files].flatMap(([path, content]) =>
      Buffer.isBuffer(content) || pictured.kept.includes(path) ? [] : [path],
    ),
    asked: dispute.asked(),
    stopped,
  };
}

/** The finding of the dataset as it was written, as a report has it: what whoever runs it will see. */
export async function expectedFinding(
  folder: string,
  { source, wanted, profile, format }: Pick<Reproduction, "source" | "wanted" | "profile" | "format">,
  reference: string,
): Promise<ReportFinding> {
  const report = await assess(folder, {
    standards: [reference],
    rules: [source.rule],
    maxExamples: 1000,
    ...(profile === undefined ? {} : { profile }),
    ...(format === undefined ? {} : { format }),
  });
  const own = report.findings.filter(({ rule, kind }) => rule === source.rule && kind === source.kind);
  const found =
    own.find(({ file, offset = 0 }) => file === wanted.path && offset >= wanted.from && offset <= wanted.to) ?? own[0];
  if (found === undefined)
    throw new UsageError("TS-REPRODUCE-0003", { file: basename(folder), found: "no finding", expected: source.rule });
  return found;
}

function findingOf({ findings }: Report, wanted: string): ReportFinding {
  const exact = findings.filter(({ fingerprint }) => fingerprint === wanted);
  const matching = exact.length > 0 ? exact : findings.filter(({ fingerprint }) => fingerprint.startsWith(wanted));
  const different = new Set(matching.map(({ fingerprint }) => contentOf(fingerprint)));
  const [first] = matching;
  if (first === undefined || wanted === "")
    throw new UsageError("TS-REPRODUCE-0001", {
      found: `--finding ${wanted}`,
      expected: `a fingerprint of one of its ${findings.length} findings`,
      hint: "report.json has them as findings[].fingerprint",
    });
  if (different.size > 1)
    throw new UsageError("TS-REPRODUCE-0001", {
      found: `--finding ${wanted}, which ${different.size} findings begin with`,
      expected: "more digits",
    });
  return first;
}

/** Of findings of equal content a report numbers all but the first: `520fff960835c8f9#2`. */
function contentOf(fingerprint: string): string {
  return fingerprint.replace(/#\d+$/, "");
}

function standardOf(report: Report, { standard }: ReportFinding, folders: readonly string[]): LoadedStandard {
  const given = folders.map(findStandard).find(({ document }) => document.id === standard);
  if (given !== undefined) return given;
  const edition = report.standards.find(({ id }) => id === standard)?.edition;
  return findStandard(edition === undefined ? standard : `${standard}@${edition}`);
}

/** What a profile says of the rule, its reasons left out: they may name the data. */
function profileFor(
  { rule, standard }: ReportFinding,
  profile: ProfileDocument | undefined,
): ProfileDocument | undefined {
  const rules = (profile?.rules ?? [])
    .filter((change) => change.id === rule && (change.standard ?? standard) === standard)
    .map((change) => ({ ...change, reason: "as in the report" }));
  return rules.length === 0 ? undefined : { rules };
}

/** All files, or the annotation files alone where they are enough; and where in them the finding is. */
async function startOf(
  options: ReproduceOptions,
  source: ReportFinding,
  dispute: Dispute,
): Promise<{ disputed: Disputed; answer: Answer }> {
  const files = filesOf(options.data, options.media);
  const texts = new Map([...files].filter(([path]) => !notAnnotations.test(path)));
  for (const some of texts.size < files.size ? [texts, files] : [files]) {
    const answer = await dispute.ask(some);
    const found = answer === undefined ? undefined : sameFinding(answer.findings, source);
    if (answer !== undefined && found !== undefined)
      return { disputed: { files: some, wanted: wantedOf(found) }, answer };
  }
  throw new UsageError("TS-REPRODUCE-0002", {
    file: options.data,
    found: (await differences(options.report, files)) ?? `no ${source.rule} ${source.fingerprint}`,
    expected: `${source.rule} ${source.fingerprint}, as in the report`,
  });
}

function filesOf(path: string, media: string | undefined): Files {
  const data = listData(path);
  const files = new Map<string, Content>();
  const beside = media === undefined ? (data.single ? listData(data.root).files : []) : listData(media).files;
  for (const file of beside) if (notAnnotations.test(file.path)) files.set(file.path, file);
  for (const file of data.files) files.set(file.path, file);
  return files;
}

/** Findings of equal content have one fingerprint: the one at that place is meant. A redacted report names no file. */
function sameFinding(
  findings: readonly StreamedFinding[],
  { rule, fingerprint, offset, file }: ReportFinding,
): StreamedFinding | undefined {
  const same = findings.filter((finding) => finding.rule === rule && finding.fingerprint === contentOf(fingerprint));
  const there = same.filter((finding) => finding.offset === offset);
  return there.find((finding) => finding.file === file) ?? there[0] ?? same[0];
}

function wantedOf({ kind, values, file, offset }: StreamedFinding): Wanted {
  return { kind, name: values[0]?.name, path: file, from: offset, to: offset };
}

/** Why the data raise something else: the first file that is not the one of the report. */
async function differences({ inputs, options }: Report, files: Files): Promise<string | undefined> {
  if (options.redact) return undefined;
  for (const { path, sha256 } of inputs) {
    const content = files.get(path);
    if (content === undefined) return `no file ${path}`;
    if (Buffer.isBuffer(content)) continue;
    const now = await hashFile(content);
    if (now !== sha256) return `${path} with SHA-256 ${now.slice(0, 12)} and not ${sha256.slice(0, 12)}`;
  }
  return undefined;
}

/** The bytes of a file that texts can be cut from, unpacked; undefined for one of another kind. */
async function textOf(path: string, content: Content): Promise<Buffer | undefined> {
  return notAnnotations.test(path) ? undefined : bytesOf(content);
}

async function bytesOf(content: Content): Promise<Buffer> {
  if (Buffer.isBuffer(content)) return content;
  const source = await openMaybeGzip(content);
  try {
    const bytes = Buffer.alloc(source.size);
    for (let at = 0, got = -1; got !== 0 && at < bytes.length; at += got) got = source.read(bytes.subarray(at), at);
    return bytes;
  } finally {
    source.close();
  }
}

interface Pictured extends Disputed {
  readonly blank: readonly string[];
  readonly kept: readonly string[];
}

/** Blank pictures in place of those of media: all of them, or those that the finding can do with. Masks are annotations, and stay. */
async function withBlankPictures(start: Disputed, dispute: Dispute, keepMedia: boolean): Promise<Pictured> {
  const pictures = (await dispute.ask(start.files))?.pictures ?? new Set<string>();
  const blanks = new Map<string, Buffer>();
  for (const [path, content] of start.files) {
    if (!pictures.has(path) || Buffer.isBuffer(content)) continue;
    blanks.set(path, blankLike(content, await bytesOf(content)));
  }
  const put = (paths: Iterable<string>): Files => {
    const files = new Map(start.files);
    for (const path of paths) files.set(path, blanks.get(path) ?? Buffer.alloc(0));
    return files;
  };
  let files = put(blanks.keys());
  let blank = [...blanks.keys()];
  if (blank.length > 0 && !(await dispute.raises(files, start.wanted))) {
    blank = [];
    for (const path of blanks.keys()) if (await dispute.raises(put([...blank, path]), start.wanted)) blank.push(path);
    files = put(blank);
  }
  const kept = [...blanks.keys()].filter((path) => !blank.includes(path));
  if (kept.length > 0 && !keepMedia)
    throw new UsageError("TS-REPRODUCE-0003", {
      found: `${kept.length} pictures that a blank one cannot stand for`,
      expected: "a finding that a blank picture of the same size raises too",
      hint: "--keep-media gives these pictures as they are",
    });
  return { files, wanted: start.wanted, blank, kept };
}
