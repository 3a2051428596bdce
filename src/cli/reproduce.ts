import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { CommandModule } from "yargs";
import { UsageError } from "../records/errors.js";
import { shippedFolderOf } from "../standards/find.js";
import { readProfile, readReport } from "./inputs.js";
import type { Cli } from "./lang.js";
import { openFolder, removeUnfinished, writeWhole } from "./output.js";
import { texts } from "./texts.js";

interface ReproduceArguments {
  report: string;
  finding: string;
  data: string;
  out: string;
  media: string | undefined;
  standard: string[] | undefined;
  profile: string | undefined;
  seconds: number;
  "keep-media": boolean;
  json: boolean;
}

/** `touchstone reproduce report.json --finding F --data DIR --out DIR` */
export function reproduceCommand({ done, lang, say }: Cli): CommandModule<unknown, ReproduceArguments> {
  return {
    command: "reproduce <report>",
    describe: say({
      zh: "写出仍能产生报告中某条发现的最小数据集，名称与文本已替换",
      en: "Write the smallest dataset, names and texts replaced, that still raises a finding of a report",
    }),
    builder: (yargs) =>
      yargs
        .positional("report", { type: "string", demandOption: true, describe: say(texts.report) })
        .option("finding", {
          type: "string",
          demandOption: true,
          requiresArg: true,
          describe: say({ zh: "该发现的指纹，或其开头几位", en: "Its fingerprint, or how that begins" }),
        })
        .option("data", {
          type: "string",
          demandOption: true,
          describe: say({ zh: "报告所评的数据", en: "The data that the report is about" }),
        })
        .option("out", {
          type: "string",
          demandOption: true,
          describe: say({ zh: "新目录：data/ 和 README.md", en: "New folder: data/ and README.md" }),
        })
        .option("media", { type: "string", describe: say(texts.media) })
        .option("standard", {
          type: "string",
          array: true,
          requiresArg: true,
          describe: say(texts.own),
        })
        .option("profile", { type: "string", describe: say(texts.profileOfRedacted) })
        .option("seconds", {
          type: "number",
          default: 120,
          describe: say({ zh: "到此秒数即给出已得的结果", en: "Give what was reached after this time" }),
        })
        .option("keep-media", {
          type: "boolean",
          default: false,
          describe: say({
            zh: "不能以空白图像代替的图像原样给出",
            en: "Pictures that a blank one cannot stand for as they are",
          }),
        })
        .option("json", { type: "boolean", default: false, describe: say(texts.json) })
        .example(
          "$0 reproduce report.json --finding 5fa81c --data delivery --out dispute",
          say({ zh: "可以转交的数据", en: "what can be handed on" }),
        ),
    async handler({ report, finding, data, out, media, standard, profile, seconds, "keep-media": keepMedia, json }) {
      if (existsSync(out) && readdirSync(out).length > 0)
        throw new UsageError("TS-USAGE-0001", { found: `--out ${out}`, expected: "a folder that is new or empty" });
      if (!(seconds > 0))
        throw new UsageError("TS-USAGE-0001", { found: `--seconds ${seconds}`, expected: "a number above 0" });
      // Late: it brings the whole way of the data.
      const { expectedFinding, reproduce } = await import("../conformance/reproduce/reproduce.js");
      const { issueText, lost } = await import("../conformance/reproduce/issue-text.js");
      const made = await reproduce({
        report: readReport(report).report,
        finding,
        data,
        media,
        standards: standard ?? [],
        profile: profile === undefined ? undefined : readProfile(profile),
        seconds,
        keepMedia,
        clock: Date.now,
      });
      const { id, edition } = made.standard.document;
      const shipped = shippedFolderOf(`${id}@${edition}`) !== undefined;
      const folder = openFolder(out);
      try {
        for (const [path, bytes] of made.files) folder.sink.bytes(`data/${path}`, bytes);
        if (made.profile !== undefined)
          folder.sink.text("profile.yaml", `${JSON.stringify(made.profile, undefined, 1)}\n`);
        folder.finish();
      } finally {
        removeUnfinished();
      }
      const own = (standard ?? []).find((one) => existsSync(join(one, "standard.yaml")));
      const reference = shipped ? `${id}@${edition}` : (own ?? id);
      const expected = await expectedFinding(join(out, "data"), made, reference);
      const command = [
        "touchstone assess data",
        `--standard ${shipped ? reference : `${id}/${edition}`}`,
        `--rule ${made.source.rule}`,
        ...(made.format === undefined ? [] : [`--format ${made.format}`]),
        ...(made.profile === undefined ? [] : ["--profile profile.yaml"]),
      ].join(" ");
      writeWhole(join(out, "README.md"), issueText(made, expected, command));
      process.stdout.write(
        json
          ? `${JSON.stringify({
              rule: made.source.rule,
              fingerprint: made.source.fingerprint,
              expected: { file: expected.file, line: expected.line, fingerprint: expected.fingerprint },
              before: made.before,
              after: made.after,
              replaced: made.replaced,
              form_kept: made.formKept,
              text_kept: made.textKept,
              blank_pictures: made.blankPictures,
              kept_pictures: made.keptPictures,
              kept_files: made.keptFiles,
              asked: made.asked,
              stopped: made.stopped,
            })}\n`
          : `${out}\n${[...lost(made).map((line) => line[lang]), command].map((line) => `  ${line}`).join("\n")}\n`,
      );
      done(0);
    },
  };
}
