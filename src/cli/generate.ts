import { existsSync, readdirSync, statSync } from "node:fs";
import { relative, resolve } from "node:path";
import type { CommandModule } from "yargs";
import { writers } from "../formats/writers.js";
import { UsageError } from "../records/errors.js";
import { standardWithCases } from "../standards/find.js";
import { readSource } from "../standards/load.js";
import { wantWhole } from "./inputs.js";
import type { Cli } from "./lang.js";
import { openFolder, removeUnfinished } from "./output.js";
import { texts } from "./texts.js";

/** A description has no pictures to be counted: `suite run` draws them. */
const writersOfData = writers.filter(({ carries }) => carries.node !== true);

interface GenerateArguments {
  standard: string;
  format: string;
  images: number;
  seed: number;
  defects: string | undefined;
  media: boolean | string;
  from: string | undefined;
  out: string;
  json: boolean;
}

/** `touchstone generate` */
export function generateCommand({ done, say }: Cli): CommandModule<unknown, GenerateArguments> {
  return {
    command: "generate",
    describe: say({
      zh: "写出符合标准或违反指定规则的数据集，附答案",
      en: "Write a dataset that conforms to a standard, or breaks chosen rules, with an answer key",
    }),
    builder: (yargs) =>
      yargs
        .option("standard", { type: "string", default: "ref-image-annotation", describe: say(texts.reference) })
        .option("format", {
          choices: writersOfData.map(({ format }) => format),
          default: "coco-instances",
          describe: say({ zh: "写出的格式", en: "Format to write" }),
        })
        .option("images", { type: "number", default: 100, describe: say({ zh: "图像数", en: "How many images" }) })
        .option("seed", { type: "number", default: 1, describe: say(texts.sameBytes) })
        .option("defects", {
          type: "string",
          describe: say({ zh: "YAML 文件：规则 id → 多少处", en: "YAML file: rule id → how many" }),
          requiresArg: true,
        })
        .option("media", {
          default: true,
          describe: say({
            zh: "--no-media 不写图像；配合 --from：图像所在的目录",
            en: "--no-media: no pictures; with --from: where its pictures lie",
          }),
        })
        .option("from", {
          type: "string",
          describe: say({
            zh: "真实数据：复制一份，按 --defects 改坏",
            en: "Real data: copied, and broken as --defects says",
          }),
          requiresArg: true,
        })
        .option("out", {
          type: "string",
          demandOption: true,
          describe: say({ zh: "新目录：data/ 和 answers.jsonl", en: "New folder: data/ and answers.jsonl" }),
        })
        .option("json", { type: "boolean", default: false, describe: say(texts.json) })
        .example(
          "$0 generate --images 1000 --seed 7 --out sample",
          say({ zh: "一千张符合标准的图像", en: "a thousand pictures that conform" }),
        )
        .example(
          "$0 generate --format voc --defects plan.yaml --out broken",
          say({ zh: "plan.yaml：{ box-degenerate: 3 }", en: "plan.yaml: { box-degenerate: 3 }" }),
        )
        .example(
          "$0 generate --from DATA --defects plan.yaml --out broken",
          say({ zh: "DATA 的副本，带有缺陷", en: "a copy of DATA with defects" }),
        ),
    async handler({ standard, format, images, seed, defects, media, from, out, json }) {
      wantWhole("--images", images, 1);
      wantWhole("--seed", seed, 0);
      if (existsSync(out) && (!statSync(out).isDirectory() || readdirSync(out).length > 0))
        throw new UsageError("TS-USAGE-0001", { found: `--out ${out}`, expected: "a folder that is new or empty" });
      if (from !== undefined) {
        await plantInto(from, { standard, seed, defects, media, out, json }, say);
        done(0);
        return;
      }
      if (typeof media !== "boolean")
        throw new UsageError("TS-USAGE-0001", {
          found: `--media ${media}`,
          expected: "--from beside a folder of media",
        });
      const writer = writersOfData.find((one) => one.format === format);
      if (writer === undefined) throw new UsageError("TS-USAGE-0001", { found: `--format ${format}` });
      if (!media && writer.carries.needsPictures)
        throw new UsageError("TS-USAGE-0001", {
          found: `--no-media and --format ${format}`,
          expected: "pictures: the format gives sizes by them alone",
        });
      // Late: it brings the compiler of expressions.
      const { generateDataset } = await import("../generate/dataset.js");
      const made = await generateDataset({
        standard: standardWithCases(standard),
        writer,
        images,
        seed,
        pictures: media,
        defects: defects === undefined ? new Map() : readPlan(defects),
      });
      const folder = openFolder(out);
      const answers: string[] = [];
      const { text, bytes } = folder.sink;
      try {
        writer.write(
          made.dataset,
          { text: (path, part) => text(`data/${path}`, part), bytes: (path, part) => bytes(`data/${path}`, part) },
          (written, place) => {
            for (const answer of made.answersAt(written, place)) answers.push(`${JSON.stringify(answer)}\n`);
          },
        );
        text("answers.jsonl", answers.join(""));
        folder.finish();
      } finally {
        removeUnfinished();
      }
      const told = { format, images, seed, files: folder.count() - 1, answers: answers.length };
      process.stdout.write(
        json
          ? `${JSON.stringify(told)}\n`
          : say({
              zh: `${out}/data 中有 ${told.images} 张图像，格式 ${format}（${told.files} 个文件）；${out}/answers.jsonl 中有 ${told.answers} 条答案；种子 ${seed}\n`,
              en: `${told.images} images as ${format} in ${out}/data (${told.files} files); ${told.answers} answers in ${out}/answers.jsonl; seed ${seed}\n`,
            }),
      );
      done(0);
    },
  };
}

interface FromArguments extends Pick<GenerateArguments, "standard" | "seed" | "defects" | "media" | "out" | "json"> {}

/** A copy of real data with defects, and what could be planted. */
async function plantInto(
  from: string,
  { standard, seed, defects, media, out, json }: FromArguments,
  say: Cli["say"],
): Promise<void> {
  if (defects === undefined)
    throw new UsageError("TS-USAGE-0001", { found: "--from alone", expected: "--defects: what is to be broken" });
  if (media === false)
    throw new UsageError("TS-USAGE-0001", {
      found: "--no-media and --from",
      expected: "the files of the data as they are",
    });
  if (isWithin(out, from))
    throw new UsageError("TS-USAGE-0001", { found: `--out ${out}`, expected: "a folder that is not in the data" });
  const plan = readPlan(defects);
  // Late: it brings the readers and the engine.
  const { generateFrom } = await import("../generate-from.js");
  const folder = openFolder(out);
  try {
    const made = await generateFrom(
      from,
      {
        standard: standardWithCases(standard),
        seed,
        defects: plan,
        media: typeof media === "string" ? media : undefined,
      },
      { copy: folder.copy, bytes: folder.sink.bytes },
    );
    folder.sink.text("answers.jsonl", made.answers.map((answer) => `${JSON.stringify(answer)}\n`).join(""));
    folder.finish();
    const { rules, format, changed, answers } = made;
    if (json) {
      process.stdout.write(
        `${JSON.stringify({ format, seed, files: folder.count() - 1, changed, answers: answers.length, rules })}\n`,
      );
      return;
    }
    for (const { rule, wanted, planted, reason } of rules)
      process.stdout.write(
        say({
          zh: `${rule}：应植入 ${wanted} 处，已植入 ${planted} 处${reason === undefined ? "" : `：${reason.zh}`}\n`,
          en: `${rule}: ${planted} of ${wanted} planted${reason === undefined ? "" : `: ${reason.en}`}\n`,
        }),
      );
    process.stdout.write(
      say({
        zh: `${out}/data 是 ${format} 数据的副本，${folder.count() - 1} 个文件中改动了 ${changed} 个；${out}/answers.jsonl 中有 ${answers.length} 条答案；种子 ${seed}\n`,
        en: `a copy of ${format} in ${out}/data, ${changed} of ${folder.count() - 1} files changed; ${answers.length} answers in ${out}/answers.jsonl; seed ${seed}\n`,
      }),
    );
  } finally {
    removeUnfinished();
  }
}

/** A copy in the data would be data at the next run. */
function isWithin(out: string, from: string): boolean {
  if (!existsSync(from) || !statSync(from).isDirectory()) return false;
  return !relative(resolve(from), resolve(out)).startsWith("..");
}

/** A plan of defects: rule id → how many. */
function readPlan(path: string): Map<string, number> {
  const { data, problems } = readSource(path, path);
  const [problem] = problems;
  if (problem !== undefined)
    throw new UsageError("TS-USAGE-0004", {
      file: path,
      place: `${problem.line}:${problem.column}`,
      says: problem.message,
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
