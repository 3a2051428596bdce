import { posix } from "node:path";
import { InputError, UsageError } from "../records/errors.js";
import type { LocalText } from "../records/grammar.gen.js";
import { memorySource } from "./bytes/memory-source.js";
import { isGzip, openFile, openMaybeGzip } from "./bytes/source.js";
import { isAboutMachine, located } from "./failure.js";
import type { FileSample, Format, InputFile } from "./format.js";
import { formats, settlers } from "./index.js";
import type { ByteSource } from "./json/api.js";
import { outlineOf } from "./json/outline.js";
import { openJson } from "./json/reader.js";
import { reason } from "./reasons.js";

const headBytes = 65_536;

/** Files whose content is never an annotation: media and archives are known by their names, so that their bytes need not be read. */
export const notAnnotations =
  /\.(jpe?g|png|gif|bmp|tiff?|webp|heic|mp4|avi|mov|mkv|wav|mp3|flac|zip|tar|tgz|7z|rar|npy|npz|pt|pth|onnx|h5|tfrecord|parquet|pdf|md|html?|py|ipynb)$/i;

export interface DetectedFile {
  readonly file: InputFile;
  readonly format: Format;
  readonly reason: LocalText;
}

export interface NotRecognised {
  readonly file: InputFile;
  readonly reason: LocalText;
  /** The error that reading the start of the file met. */
  readonly error?: InputError;
}

export interface DetectedData {
  readonly files: readonly DetectedFile[];
  readonly notRecognised: readonly NotRecognised[];
  /** Id of the one format, or of the family where several of it occur; undefined when nothing was recognised. */
  readonly format: string | undefined;
  readonly reason: LocalText;
}

/** The start of a file, decompressed when it is a .gz; the outline reads on in the file itself. */
async function sampleOf(file: InputFile): Promise<FileSample> {
  let source = openFile(file);
  try {
    const packed = isGzip(headOf(source, 2));
    if (packed) {
      source.close();
      source = await openMaybeGzip(file);
    }
    const head = headOf(source, headBytes);
    const isJson = /^[\s\uFEFF]*[[{]/.test(head.subarray(0, 4096).toString("utf8"));
    const outline = isJson
      ? outlineOf(openJson(source, { onFault: () => {} }), { at: "annotations", after: "images" })
      : undefined;
    return { file, head, whole: !packed && head.length === file.bytes, outline: () => outline };
  } finally {
    source.close();
  }
}

function headOf(source: ByteSource, bytes: number): Buffer {
  const head = Buffer.alloc(Math.min(bytes, source.size));
  return head.subarray(0, source.read(head, 0));
}

/** A file that looks like annotations but is not whole enough to be told: empty, UTF-16, not JSON although named so, JSON that breaks. */
function brokenStart(file: InputFile, sample: FileSample): InputError | undefined {
  if (!/\.(json|jsonl|xml)(\.gz)?$/i.test(file.path)) return undefined;
  if (sample.head.length === 0 || sample.head.toString("latin1").trim() === "") {
    return new InputError("TS-FORMAT-0018", { offset: 0, found: "no content", expected: "a record" });
  }
  if (!/\.json(\.gz)?$/i.test(file.path)) return undefined;
  const outline = sample.outline();
  if (outline !== undefined) return outline.broken;
  try {
    openJson(memorySource(sample.head), { onFault: () => {} }).peek();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  return undefined;
}

/** Names the formats that `--format` allows: one id, or a family. */
function allowed(format: string | undefined): readonly Format[] {
  if (format === undefined) return formats;
  const chosen = formats.filter((candidate) => candidate.id === format || candidate.family === format);
  if (chosen.length === 0) {
    throw new UsageError("TS-USAGE-0001", {
      found: `--format ${format}`,
      expected: `one of ${[...new Set(formats.flatMap(({ id, family }) => [family, id]))].join(", ")}`,
    });
  }
  return [
    ...chosen,
    ...formats.filter(({ family }) => family === "documentation" && !chosen.some((one) => one.family === family)),
  ];
}

/** Detects the format of each file by its content. Files that two formats of different families claim, or datasets of two families, are ambiguous. */
export async function detectData(files: readonly InputFile[], format?: string): Promise<DetectedData> {
  const candidates = allowed(format);
  const detected: DetectedFile[] = [];
  const notRecognised: NotRecognised[] = [];
  for (const file of files) {
    if (notAnnotations.test(file.path)) continue;
    let sample: FileSample;
    try {
      sample = await sampleOf(file);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const placed = located(error, file);
      if (isAboutMachine(error)) throw placed;
      notRecognised.push({ file, reason: placed.both, error: placed });
      continue;
    }
    const answers = candidates.map((candidate) => ({ candidate, detection: candidate.detect(sample) }));
    const claims = answers.filter(({ detection }) => detection.match === "yes");
    const families = new Set(claims.map(({ candidate }) => candidate.family));
    if (families.size > 1)
      throw ambiguous(
        [file.path],
        claims.map(({ candidate, detection }) => claimText(candidate.id, detection.reason)),
      );
    const claim = claims[0];
    if (claim !== undefined) {
      detected.push({ file, format: claim.candidate, reason: claim.detection.reason });
      continue;
    }
    const broken = brokenStart(file, sample);
    const error = broken === undefined ? undefined : located(broken, file);
    const reasons = new Map(answers.map(({ detection }) => [detection.reason.en, detection.reason]));
    notRecognised.push({
      file,
      reason: error?.both ?? joined([...reasons.values()], "；", "; "),
      ...(error === undefined ? {} : { error }),
    });
  }
  detected.push(...brokenNeighbours(detected, notRecognised));
  detected.sort((left, right) => left.file.index - right.file.index);
  const families = [...new Set(detected.map(({ format: { family } }) => family))].filter(
    (family) => family !== "documentation",
  );
  if (families.length > 1) {
    const firsts = families.map((family) => detected.find((one) => one.format.family === family));
    throw ambiguous(
      firsts.map((first) => first?.file.path ?? ""),
      firsts.flatMap((first) =>
        first === undefined ? [] : [claimText(first.format.id, placedText(first.file.path, first.reason))],
      ),
    );
  }
  const settled = settle(families[0], detected, files, format);
  const data = settled.filter(({ format: { family } }) => family !== "documentation");
  const read = new Set(settled.map(({ file }) => file));
  const used = data.length > 0 ? data : settled;
  const ids = [...new Set(used.map(({ format: { id } }) => id))];
  return {
    files: settled,
    notRecognised: notRecognised.filter(({ file }) => !read.has(file)),
    format: ids.length === 0 ? undefined : ids.length === 1 ? ids[0] : used[0]?.format.family,
    reason:
      used[0] === undefined
        ? reasonOfNothing(notRecognised)
        : placedText(posix.basename(used[0].file.path), used[0].reason),
  };
}

/** Broken files are read as the sound ones of their kind beside them are, so that what is wrong with them becomes a finding. */
function brokenNeighbours(
  detected: readonly DetectedFile[],
  notRecognised: readonly NotRecognised[],
): readonly DetectedFile[] {
  return notRecognised.flatMap(({ file, error }) => {
    const like = detected.find(
      (sound) => sound.format.family !== "documentation" && kindOfName(sound.file.path) === kindOfName(file.path),
    );
    return error === undefined || like === undefined ? [] : [{ file, format: like.format, reason: error.both }];
  });
}

function kindOfName(path: string): string {
  return posix.extname(path.replace(/\.gz$/i, "")).toLowerCase();
}

/** What the files of a family show together, and the files that belong to them. */
function settle(
  family: string | undefined,
  detected: readonly DetectedFile[],
  files: readonly InputFile[],
  asked: string | undefined,
): readonly DetectedFile[] {
  const settler = family === undefined ? undefined : settlers[family];
  if (settler === undefined) return detected;
  const own = detected.filter((one) => one.format.family === family);
  const all = new Map(files.map((file) => [file.path, file]));
  const outcome = settler(
    own.map(({ file, format: { id } }) => ({ file, id })),
    all,
  );
  const chosen = formats.find(({ id }) => id === asked) ?? outcome.format;
  if (chosen === undefined)
    throw ambiguous(
      [own[0]?.file.path ?? ""],
      outcome.candidates.map((id) => claimText(id, outcome.reason)),
    );
  const reasons = new Map(own.map(({ file, reason }) => [file, reason]));
  const rest = detected.filter((one) => one.format.family !== family);
  return [
    ...rest,
    ...outcome.files.map((file) => ({ file, format: chosen, reason: reasons.get(file) ?? outcome.reason })),
  ].sort((left, right) => left.file.index - right.file.index);
}

function reasonOfNothing(notRecognised: readonly NotRecognised[]): LocalText {
  if (notRecognised.length === 0) return reason("no-file", {}).message;
  const first = notRecognised.slice(0, 3);
  return joined(
    first.map(({ file, reason: why }) => placedText(file.path, why)),
    "；",
    "; ",
  );
}

function joined(texts: readonly LocalText[], zh: string, en: string): LocalText {
  return { zh: texts.map((text) => text.zh).join(zh), en: texts.map((text) => text.en).join(en) };
}

function placedText(path: string, { zh, en }: LocalText): LocalText {
  return { zh: `${path}：${zh}`, en: `${path}: ${en}` };
}

function claimText(id: string, { zh, en }: LocalText): LocalText {
  return { zh: `${id}（${zh}）`, en: `${id} (${en})` };
}

function ambiguous(paths: readonly string[], candidates: readonly LocalText[]): UsageError {
  return new UsageError("TS-FORMAT-0002", {
    file: paths[0] ?? "",
    says: joined(candidates, "，又可为 ", " and "),
    expected: "one family of formats",
    hint: "Name it with --format, or assess the folders apart",
  });
}
