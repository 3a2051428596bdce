import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CommandModule } from "yargs";
import { formats } from "../formats/index.js";
import { inspect } from "../inspect.js";
import { UsageError } from "../records/errors.js";
import type { Kind } from "../records/grammar.gen.js";
import { toolOf } from "../report/tool.js";
import { kindWords } from "../standards/cel/functions.js";
import { findStandard, shippedStandards } from "../standards/find.js";
import { packageRoot } from "../standards/package-root.js";
import type { Cli } from "./lang.js";
import { texts } from "./texts.js";

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** `touchstone inspect DATA`: what the data are, without judging them. */
export function inspectCommand({
  done,
  say,
}: Cli): CommandModule<unknown, { data: string; json: boolean; format: string | undefined }> {
  return {
    command: "inspect <data>",
    describe: say({
      zh: "说明数据是什么格式，并清点记录",
      en: "Say which format the data have, and count their records",
    }),
    builder: (yargs) =>
      yargs
        .positional("data", { type: "string", demandOption: true, describe: say(texts.data) })
        .option("format", { type: "string", describe: say(texts.format) })
        .option("json", {
          type: "boolean",
          default: false,
          describe: say({ zh: "输出一个 JSON 对象", en: "One JSON object on stdout" }),
        })
        .example("$0 inspect data/ --json", "{format, reason, files, records}"),
    async handler({ data, json, format }) {
      const found = await inspect(data, format);
      if (json) print(JSON.stringify(found, undefined, 1));
      else if (found.format === null)
        print(say({ zh: `没有认出任何格式：${found.reason.zh}`, en: `no format was recognised: ${found.reason.en}` }));
      else {
        print(`${found.format}  ${say(found.reason)}`);
        for (const [kind, count] of Object.entries(found.records))
          print(`  ${say({ zh: kindWords[kind as Kind].one.zh, en: kind })} ${count}`);
        for (const file of found.files) print(`  ${file.path}  ${file.format}`);
      }
      done(found.format === null ? 3 : 0);
    },
  };
}

export function formatsCommand({ done, lang, say }: Cli): CommandModule<unknown, { json: boolean }> {
  return {
    command: "formats",
    describe: say({ zh: "列出能读取的格式", en: "List the formats that can be read" }),
    builder: (yargs) => yargs.option("json", { type: "boolean", default: false, describe: say(texts.json) }),
    handler({ json }) {
      const rows = formats.map(({ id, family, title }) => ({ id, family, title }));
      if (json) print(JSON.stringify(rows, undefined, 1));
      else
        for (const { id, family, title } of rows)
          print(
            `${id.padEnd(20)} ${family.padEnd(14)} ${lang === "zh" ? `${title.zh} · ${title.en}` : `${title.en} · ${title.zh}`}`,
          );
      done(0);
    },
  };
}

const schemas: Readonly<Record<string, string>> = {
  report: "reports/schema/report.schema.json",
  standard: "standards/meta/standard.schema.json",
  rules: "standards/meta/rules.schema.json",
  scheme: "standards/meta/scheme.schema.json",
  profile: "standards/meta/profile.schema.json",
  evidence: "standards/meta/evidence.schema.json",
};

export function schemaCommand({ done, say }: Cli): CommandModule<unknown, { name: string }> {
  return {
    command: "schema <name>",
    describe: say({
      zh: `输出 JSON Schema：${Object.keys(schemas).join("、")}`,
      en: `Print a JSON Schema: ${Object.keys(schemas).join(", ")}`,
    }),
    builder: (yargs) =>
      yargs.positional("name", {
        type: "string",
        demandOption: true,
        describe: say({ zh: "模式的名称", en: "Name of the schema" }),
      }),
    handler({ name }) {
      const path = schemas[name];
      if (path === undefined)
        throw new UsageError("TS-USAGE-0001", {
          found: `schema ${name}`,
          expected: `one of ${Object.keys(schemas).join(", ")}`,
        });
      process.stdout.write(readFileSync(join(packageRoot, path), "utf8"));
      done(0);
    },
  };
}

/** `touchstone --version --json`: build and edition digests, for a body's records. */
export function versionCommand({ done }: Cli): CommandModule<unknown, { version?: boolean; json: boolean }> {
  return {
    command: "$0",
    describe: false,
    builder: (yargs) => yargs.option("json", { type: "boolean", default: false, hidden: true }),
    handler({ version, json }) {
      if (version !== true)
        throw new UsageError("TS-USAGE-0001", {
          found: "no command",
          expected: "a command",
          hint: "touchstone --help lists them",
        });
      const tool = toolOf();
      const standards = json
        ? shippedStandards().map(({ id, edition }) => {
            const { digests } = findStandard(`${id}@${edition}`);
            return { id, edition, deciding_digest: digests.deciding, full_digest: digests.full };
          })
        : [];
      print(json ? JSON.stringify({ ...tool, node: process.version, standards }, undefined, 1) : tool.version);
      done(0);
    },
  };
}
