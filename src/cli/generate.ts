import { closeSync, existsSync, mkdirSync, openSync, readdirSync, writeFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import type { CommandModule } from "yargs";
import { formats } from "../formats/index.js";
import type { FileSink } from "../formats/write.js";
import { writers } from "../formats/writers.js";
import { generateDataset } from "../generate/dataset.js";
import { UsageError } from "../records/errors.js";
import { standardWithCases } from "../standards/find.js";
import { readSource } from "../standards/load.js";

interface GenerateArguments {
  standard: string;
  format: string;
  images: number;
  seed: number;
  defects: string | undefined;
  media: boolean;
  out: string;
  json: boolean;
}

/** `touchstone generate` */
export function generateCommand(done: (status: number) => void): CommandModule<unknown, GenerateArguments> {
  return {
    command: "generate",
    describe: "Write a dataset that conforms to a standard, or breaks chosen rules, with an answer key",
    builder: (yargs) =>
      yargs
        .option("standard", { type: "string", default: "ref-image-annotation", describe: "Folder, ID or ID@edition" })
        .option("format", { choices: writers.map(({ format }) => format), default: "coco-instances" })
        .option("images", { type: "number", default: 100 })
        .option("seed", { type: "number", default: 1, describe: "Same seed, same bytes" })
        .option("defects", { type: "string", describe: "YAML file: rule id → how many", requiresArg: true })
        .option("media", { type: "boolean", default: true, describe: "Pictures too; --no-media writes none" })
        .option("out", { type: "string", demandOption: true, describe: "New folder: data/ and answers.jsonl" })
        .option("json", { type: "boolean", default: false })
        .example("$0 generate --images 1000 --seed 7 --out sample", "a thousand pictures that conform")
        .example("$0 generate --format voc --defects plan.yaml --out broken", "plan.yaml: { box-degenerate: 3 }"),
    async handler({ standard, format, images, seed, defects, media, out, json }) {
      wantWhole("--images", images, 1);
      wantWhole("--seed", seed, 0);
      if (existsSync(out) && readdirSync(out).length > 0)
        throw new UsageError("TS-USAGE-0001", { found: `--out ${out}`, expected: "a folder that is new or empty" });
      const writer = writers.find((one) => one.format === format);
      if (writer === undefined) throw new UsageError("TS-USAGE-0001", { found: `--format ${format}` });
      if (!media && writer.carries.needsPictures)
        throw new UsageError("TS-USAGE-0001", {
          found: `--no-media and --format ${format}`,
          expected: "pictures: the format gives sizes by them alone",
        });
      const made = await generateDataset({
        standard: standardWithCases(standard),
        writer,
        images,
        seed,
        pictures: media,
        defects: defects === undefined ? new Map() : readPlan(defects),
        faults: formats.find(({ id }) => id === format)?.faults ?? {},
      });
      const files = openFiles(join(out, "data"));
      const answers: string[] = [];
      try {
        writer.write(made.dataset, files.sink, (written, place) => {
          for (const answer of made.answersAt(written, place)) answers.push(JSON.stringify(answer));
        });
      } finally {
        files.close();
      }
      writeFileSync(join(out, "answers.jsonl"), answers.map((line) => `${line}\n`).join(""));
      const told = { format, images, seed, files: files.count(), answers: answers.length };
      process.stdout.write(
        json
          ? `${JSON.stringify(told)}\n`
          : `${told.images} images as ${format} in ${out}/data (${told.files} files); ${told.answers} answers in ${out}/answers.jsonl; seed ${seed}\n`,
      );
      done(0);
    },
  };
}

function wantWhole(option: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least)
    throw new UsageError("TS-USAGE-0001", { found: `${option} ${value}`, expected: `a whole number from ${least}` });
}

/** A plan of defects: rule id → how many. */
function readPlan(path: string): Map<string, number> {
  const { data, problems } = readSource(path, path);
  const [problem] = problems;
  if (problem !== undefined)
    throw new UsageError("TS-USAGE-0004", {
      file: path,
      place: `${problem.line}:${problem.column}`,
      found: problem.message,
      expected: "YAML: rule id: how many",
    });
  const entries = data !== null && typeof data === "object" && !Array.isArray(data) ? Object.entries(data) : [];
  const wrong = entries.find(([, count]) => !Number.isSafeInteger(count) || (count as number) < 1);
  if (entries.length === 0 || wrong !== undefined)
    throw new UsageError("TS-USAGE-0004", {
      file: path,
      found: wrong === undefined ? JSON.stringify(data) : `${wrong[0]}: ${JSON.stringify(wrong[1])}`,
      expected: "rule id: how many, a whole number from 1",
    });
  return new Map(entries as [string, number][]);
}

const bufferChars = 1 << 20;

/** Files of a folder, written as they grow. A text is gathered to large pieces; more than a few files at once are none of a writer's. */
function openFiles(folder: string) {
  const open = new Map<string, { readonly fd: number; parts: string[]; chars: number }>();
  let count = 0;
  let last: string | undefined;
  const flush = (path: string): void => {
    const file = open.get(path);
    if (file === undefined || file.chars === 0) return;
    writeSync(file.fd, file.parts.join(""));
    file.parts = [];
    file.chars = 0;
  };
  const shut = (path: string): void => {
    const file = open.get(path);
    if (file === undefined) return;
    flush(path);
    closeSync(file.fd);
    open.delete(path);
  };
  const make = (path: string): string => {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    count++;
    return target;
  };
  const written = new Set<string>();
  const sink: FileSink = {
    text(path, text) {
      let file = open.get(path);
      if (file === undefined) {
        // A format of many small files is done with one when it begins the next but one.
        if (open.size >= 8 && last !== undefined) shut([...open.keys()][0] ?? "");
        const again = written.has(path);
        file = { fd: openSync(again ? join(folder, path) : make(path), again ? "a" : "w"), parts: [], chars: 0 };
        written.add(path);
        open.set(path, file);
      }
      last = path;
      file.parts.push(text);
      file.chars += text.length;
      if (file.chars >= bufferChars) flush(path);
    },
    bytes(path, bytes) {
      writeFileSync(make(path), bytes);
    },
  };
  return {
    sink,
    count: () => count,
    close() {
      for (const path of [...open.keys()]) shut(path);
    },
  };
}
