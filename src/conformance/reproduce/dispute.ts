import { finishRun } from "../../engine/finish.js";
import { readDetected } from "../../engine/read-files.js";
import type { StreamedFinding } from "../../engine/recorder.js";
import { createRun } from "../../engine/run.js";
import { detectData } from "../../formats/detect.js";
import type { InputFile } from "../../formats/format.js";
import { faultsOf } from "../../formats/index.js";
import { examineMedia } from "../../formats/media/examine.js";
import { newResolver } from "../../formats/resolve.js";
import { measures } from "../../measures/index.js";
import { InputError, UsageError } from "../../records/errors.js";
import type { Kind } from "../../records/grammar.gen.js";
import type { ActiveRule } from "../../standards/ruleset.js";

/** A file of a dataset: changed bytes, or the file as it lies on the disk. */
export type Content = Buffer | InputFile;

/** A dataset by paths below its root. */
export type Files = ReadonlyMap<string, Content>;

/** A finding in a dataset that is being made smaller: what is to be found, and where it then is. */
export interface Wanted {
  readonly kind: Kind;
  /** What the first value is called: of a rule with several parts, or a fault of several fields, it shall be the same. */
  readonly name: string | undefined;
  readonly path: string;
  /** Bytes of the file in which it begins, both ends included. */
  readonly from: number;
  readonly to: number;
}

/** What the engine says of a dataset. */
export interface Answer {
  readonly findings: readonly StreamedFinding[];
  readonly format: string | undefined;
  readonly read: Readonly<Record<Kind, number>>;
  /** Paths of the files that media are found at. */
  readonly pictures: ReadonlySet<string>;
  /** Paths of the files that were recognised as annotations. */
  readonly detected: ReadonlySet<string>;
}

/** Asks the engine about a dataset that is held as files; one rule is switched on. */
export interface Dispute {
  /** Undefined where the dataset cannot be read any more: nothing is recognised, or no record is left. */
  ask(files: Files): Promise<Answer | undefined>;
  raises(files: Files, wanted: Wanted): Promise<boolean>;
  /** How often the engine was asked. */
  asked(): number;
}

export function newDispute(rules: readonly ActiveRule[], format: string | undefined): Dispute {
  let asked = 0;
  const inputs = (files: Files): readonly InputFile[] =>
    [...files]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([path, content], index) =>
        Buffer.isBuffer(content)
          ? { path, absolute: path, held: content, bytes: content.length, index }
          : { ...content, path, index },
      );

  async function ask(files: Files): Promise<Answer | undefined> {
    asked++;
    const data = { root: "", files: inputs(files), single: false, outside: [], aliases: [] };
    const detected = await detectData(data.files, format);
    if (detected.files.length === 0) return undefined;
    const formatOf = new Map(detected.files.map(({ file, format: { pointer } }) => [file.index, pointer]));
    const findings: StreamedFinding[] = [];
    const pictures = new Set<string>();
    const run = createRun(
      rules,
      [],
      measures,
      detected.files.map(({ file }) => file),
      {
        maxExamples: 0,
        pointer: (file, kind, element) => formatOf.get(file)?.(kind, element),
        faultsOf,
        onFinding: (finding) => findings.push(finding),
      },
    );
    try {
      const resolve = newResolver(data);
      await readDetected(run, detected, data, resolve);
      await finishRun(run, {
        resolve(path, from) {
          const found = resolve(path, data.files[from]);
          if (found !== undefined && found !== "unsafe") pictures.add(found.path);
          return found;
        },
        examine: examineMedia,
      });
      const { media, annotation, category, node } = run.read;
      if (media + annotation + category + node === 0) return undefined;
      return {
        findings,
        format: detected.format,
        read: { ...run.read },
        pictures,
        detected: new Set(detected.files.map(({ file }) => file.path)),
      };
    } finally {
      run.close();
    }
  }

  /** What is cut too far is no dataset any more, which is an answer; what is wrong with the machine is none. */
  async function askLeniently(files: Files): Promise<Answer | undefined> {
    try {
      return await ask(files);
    } catch (error) {
      if (!(error instanceof UsageError || error instanceof InputError) || !error.code.startsWith("TS-FORMAT-"))
        throw error;
      return undefined;
    }
  }

  return {
    ask: askLeniently,
    async raises(files, wanted) {
      const answer = await askLeniently(files);
      return answer?.findings.some((finding) => isWanted(finding, wanted)) ?? false;
    },
    asked: () => asked,
  };
}

function isWanted({ kind, file, offset, values }: StreamedFinding, wanted: Wanted): boolean {
  if (kind !== wanted.kind || values[0]?.name !== wanted.name) return false;
  if (kind === "dataset") return true;
  if (file !== wanted.path) return false;
  return kind === "file" || (offset >= wanted.from && offset <= wanted.to);
}
