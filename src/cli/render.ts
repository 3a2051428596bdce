import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { CommandModule } from "yargs";
import { renderTo, targets } from "../report/render.js";
import { verify } from "../verify.js";
import { readEvidence, readProfile, readReport } from "./inputs.js";
import { defaultLanguage, type Lang, langOption } from "./lang.js";
import { writeWhole } from "./output.js";
import { progressLine } from "./progress.js";

type Done = (status: number) => void;

/** `touchstone render report.json --to …` */
export function renderCommand(
  done: Done,
): CommandModule<unknown, { report: string; to: string; lang: Lang | undefined; out: string | undefined }> {
  return {
    command: "render <report>",
    describe: "Render a report.json again, from it alone",
    builder: (yargs) =>
      yargs
        .positional("report", { type: "string", demandOption: true, describe: "report.json" })
        .option("to", { type: "string", default: "html", describe: `One or more of ${targets.join(", ")}` })
        .option("lang", langOption)
        .option("out", { type: "string", describe: "Folder; default that of report.json" })
        .example("$0 render out/report.json --to pdf,sarif --lang zh", "A PDF in Chinese and SARIF"),
    async handler({ report: path, to, lang, out }) {
      const { report, digest } = readReport(path);
      const language = lang ?? (report.issue === null ? defaultLanguage() : "zh+en");
      for (const target of to.split(",").map((one) => one.trim())) {
        const { name, content } = await renderTo(report, target, { lang: language, digest });
        const file = join(out ?? dirname(path), name);
        writeWhole(file, content);
        process.stdout.write(`${file}\n`);
      }
      done(0);
    },
  };
}

interface VerifyArguments {
  report: string;
  data: string;
  evidence: string | undefined;
  baseline: string | undefined;
  media: string | undefined;
  standard: string[] | undefined;
  profile: string | undefined;
  json: boolean;
}

/** `touchstone verify report.json --data DIR` */
export function verifyCommand(done: Done): CommandModule<unknown, VerifyArguments> {
  return {
    command: "verify <report>",
    describe: "Run the assessment of a report again and compare the bytes",
    builder: (yargs) =>
      yargs
        .positional("report", { type: "string", demandOption: true, describe: "report.json" })
        .option("data", { type: "string", demandOption: true, describe: "The data that it is about" })
        .option("evidence", { type: "string", describe: "The evidence.yaml that was given" })
        .option("baseline", { type: "string", describe: "The baseline that was given" })
        .option("media", { type: "string", describe: "Folder of the media" })
        .option("standard", {
          type: "string",
          array: true,
          requiresArg: true,
          describe: "Folder of a standard that does not ship",
        })
        .option("profile", { type: "string", describe: "The profile, where the report is redacted" })
        .option("json", { type: "boolean", default: false }) as never,
    async handler({ report: path, data, evidence, baseline, media, standard, profile, json }) {
      const { report } = readReport(path);
      const progress = progressLine(process.stderr.isTTY === true && !json);
      const bytes = readFileSync(path, "utf8");
      const result = await verify(report, bytes, data, {
        ...(evidence === undefined ? {} : { evidence: readEvidence(evidence) }),
        ...(baseline === undefined ? {} : { baseline: readReport(baseline) }),
        ...(media === undefined ? {} : { media }),
        ...(standard === undefined ? {} : { standards: standard }),
        ...(profile === undefined ? {} : { profile: readProfile(profile) }),
        onProgress: progress.onProgress,
      }).finally(() => progress.finish());
      if (json) process.stdout.write(`${JSON.stringify(result, undefined, 1)}\n`);
      else {
        process.stdout.write(
          result.same
            ? `the same bytes, SHA-256 ${createHash("sha256").update(bytes).digest("hex")}\n`
            : "the bytes differ\n",
        );
        for (const { kind, what } of result.differences) process.stdout.write(`  ${kind}  ${what}\n`);
      }
      done(result.same ? 0 : 1);
    },
  };
}
