import type { Sample } from "../../generate/sample.js";
import type { DataFiles } from "../call-tool.js";
import { writeFiles } from "../drawn-files.js";
import { lessen } from "../lessen.js";
import type { LoadedTool } from "../tool-file.js";
import type { SmallestCase } from "../tool-report.js";
import type { ConformSettings } from "../validator.js";
import { type LossOnTheWay, newWays } from "./ask.js";
import { stemOf } from "./compare.js";
import { nameOfPair, neededBy } from "./pool.js";
import { recordsOf, throughTool } from "./through.js";

/** The least data on which something does not come through. */
export interface SmallestConversion {
  readonly one: SmallestCase;
  /** The data, what the tool made of them, and the text of an issue, by the folder of the case. */
  readonly files: DataFiles;
}

interface Seen {
  readonly files: DataFiles;
  /** What the tool wrote, by the folder that it stands in; none where it refused. */
  readonly written: readonly (readonly [folder: string, files: DataFiles])[];
  readonly got: string;
  readonly sample: Sample;
}

/** Leaves out of the data what the loss does not need, with the tool in the loop. Undefined where it did not show it again. */
export async function smallestConversion(
  tool: LoadedTool,
  loss: LossOnTheWay,
  { shrinkSeconds, isolation }: ConformSettings,
): Promise<SmallestConversion | undefined> {
  const { pair, way, what, how } = loss;
  const until = performance.now() + shrinkSeconds * 1000;
  const mayGoOn = (): boolean => performance.now() < until;

  async function seenIn(sample: Sample): Promise<Seen | undefined> {
    const { files } = writeFiles(sample, pair.from);
    const given = await recordsOf(files, pair.from.format);
    if (typeof given === "string") return undefined;
    const ways = newWays(tool, pair, "generated");
    const written: [string, DataFiles][] = [];
    for (const one of await throughTool(tool, pair, files, { isolation, back: way === "back" })) {
      const shown = ways.add(one, given, "generated");
      if (one.called.answer !== undefined) written.push([one.way === way ? "got" : "between", one.called.answer]);
      if (one.way !== way || !shown.some((own) => own.what === what && own.how === how)) continue;
      const row = ways
        .result()
        .rows.find((own) => own.way === way)
        ?.kept.find((own) => own.what === what);
      return {
        files,
        sample,
        written,
        got: one.reason ?? row?.example?.replace(/^generated: /, "") ?? "",
      };
    }
    return undefined;
  }

  let best: Seen | undefined;
  const shows = async (sample: Sample): Promise<boolean> => {
    const seen = await seenIn(sample);
    if (seen !== undefined) best = seen;
    return seen !== undefined;
  };
  // One medium that showed it is most often enough.
  const first = loss.sample.media.find(({ record }) => loss.media.has(stemOf(record)));
  const start = first === undefined ? undefined : { ...loss.sample, media: [first] };
  const whole = start !== undefined && (await shows(start)) ? start : loss.sample;
  if (whole === loss.sample && !(await shows(whole))) return undefined;
  const needed = [...neededBy(pair.from.carries), ...neededBy(pair.to.carries)];
  const { done } = await lessen(whole, shows, { needed, mayGoOn });
  return best === undefined ? undefined : caseOf(tool, loss, best, done);
}

const longestText = 4000;

function caseOf(tool: LoadedTool, loss: LossOnTheWay, { files, written, got, sample }: Seen, done: boolean) {
  const { pair, way, what, how } = loss;
  const format = nameOfWay(loss);
  const texts = (all: DataFiles, below: string): SmallestCase["files"] =>
    [...all]
      .map(([path, bytes]) => ({
        path: `${below}/${path}`,
        ...(isShortText(path, bytes) ? { text: Buffer.from(bytes).toString("utf8") } : {}),
      }))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  const one: SmallestCase = {
    rule: what,
    format,
    what: how,
    expected: expectedOf(loss),
    got,
    annotations: sample.media.reduce((sum, { annotations }) => sum + annotations.length, 0),
    media: sample.media.length,
    files: [...texts(files, "data"), ...written.flatMap(([below, all]) => texts(all, below))],
    folder: `cases/${pair.from.format}-${pair.to.format}${way === "back" ? "-back" : ""}/${what.replaceAll(" ", "-")}-${how}`,
    shrunk: done,
  };
  return {
    one,
    files: new Map([
      ...[...files].map(([path, bytes]) => [`data/${path}`, bytes] as const),
      ...written.flatMap(([below, all]) => [...all].map(([path, bytes]) => [`${below}/${path}`, bytes] as const)),
      ["ISSUE.md", Buffer.from(issueText(tool, loss, one))] as const,
    ]),
  };
}

/** `coco-instances → voc`, or `coco-instances → voc → coco-instances`. */
export function nameOfWay({ pair, way }: Pick<LossOnTheWay, "pair" | "way">): string {
  return `${nameOfPair(pair)}${way === "back" ? ` → ${pair.from.format}` : ""}`;
}

function isShortText(path: string, bytes: Uint8Array): boolean {
  return bytes.length <= longestText && /\.(json|jsonl|xml|txt|ya?ml)$/.test(path);
}

function expectedOf({ pair, what, how }: LossOnTheWay): string {
  const both = `${pair.from.format} and ${pair.to.format} both have a place for it`;
  if (how === "refused") return "the data conform, so they are converted";
  return what.endsWith("that were not there")
    ? `nothing is added: ${what}`
    : `${what} ${what === "media" || what === "categories" || what === "annotations" ? "all come through" : "comes through as it is"}: ${both}`;
}

function issueText({ document }: LoadedTool, loss: LossOnTheWay, one: SmallestCase): string {
  const { pair, way, what, how } = loss;
  const command = (from: string, to: string, given: string, out: string): string =>
    document.command
      .map((part) =>
        part
          .replaceAll("{in}", given)
          .replaceAll("{out}", out)
          .replaceAll("{from}", document.names?.[from] ?? from)
          .replaceAll("{to}", document.names?.[to] ?? to),
      )
      .join(" ");
  const [from, to] = [pair.from.format, pair.to.format];
  const steps = [
    `Take the folder \`data\` beside this text (${from}): ${one.media} media, ${one.annotations} annotations.`,
    `Run \`${command(from, to, "data", "out")}\`.`,
    ...(way === "back" ? [`Run \`${command(to, from, "out", "back")}\` (\`out\` is in \`between\`).`] : []),
    ...(how === "refused" ? [] : ["What it wrote is in `got`."]),
  ];
  return `# ${document.name}: ${what} ${how} (${one.format})

## Steps
${steps.map((step, at) => `${at + 1}. ${step}`).join("\n")}

## Expected
${one.expected}

## Got
${one.got}

The data were generated and made as small as they are by Touchstone; nothing of anybody's is in them.
`;
}
