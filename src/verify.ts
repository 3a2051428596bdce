import { type AssessOptions, assess } from "./assess.js";
import { UsageError } from "./records/errors.js";
import { type Entry, type Said, sayingFrom } from "./records/fill.js";
import type { LocalText, ProfileDocument } from "./records/grammar.gen.js";
import type { Report, ReportProof } from "./records/report.gen.js";
import { serialise } from "./report/digest.js";
import { entry } from "./report/locale.js";
import { digestOf } from "./standards/digest.js";
import { findStandard } from "./standards/find.js";

/** What is not as the report has it, by its kind. */
export const differenceMessages = {
  tool: { zh: "由 {old} 生成，现为 {now}", en: "made by {old}, this is {now}" },
  "edition/gone": { zh: "当时用了 {name}，现在没有", en: "{name} was applied, and is not here" },
  "edition/new": { zh: "当时没有用 {name}，现在有", en: "{name} was not applied, and is here" },
  "edition/digest": { zh: "{name}：判定摘要 {old}，现为 {now}", en: "{name}: deciding digest {old}, here {now}" },
  "edition/texts": {
    zh: "{name}：文字不同（全文摘要 {old}，现为 {now}），判定相同",
    en: "{name}: other texts (full digest {old}, here {now}), the same decisions",
  },
  "edition/proof": {
    zh: "{name}：真实数据的验证记录不同（{old}；现为 {now}），判定相同",
    en: "{name}: {old}, here {now}, the same decisions",
  },
  "edition/scheme": {
    zh: "方案 {name}：判定摘要 {old}，现为 {now}",
    en: "scheme {name}: deciding digest {old}, here {now}",
  },
  "input/gone": { zh: "{path} 已不存在", en: "{path} is not there any more" },
  "input/new": { zh: "{path} 是新的", en: "{path} is new" },
  "input/digest": { zh: "{path}：SHA-256 为 {old}，现为 {now}", en: "{path}: SHA-256 {old}, here {now}" },
  "record/read": { zh: "读取的记录 {old}，现为 {now}", en: "records read {old}, here {now}" },
  "record/other": {
    zh: "字节的差别既不在输入也不在发现",
    en: "the bytes differ in something that is neither an input nor a finding",
  },
  "finding/count": {
    zh: "{rule}：{oldOf} 条中 {old} 处，现为 {nowOf} 条中 {now} 处",
    en: "{rule}: {old} of {oldOf}, here {now} of {nowOf}",
  },
  "finding/other": { zh: "第 {at} 条发现为 {old}，现为 {now}", en: "finding {at} is {old}, here {now}" },
  score: { zh: "{dimension}：{old}，现为 {now}", en: "{dimension}: {old}, here {now}" },
  verdict: { zh: "{old}，现为 {now}", en: "{old}, here {now}" },
} as const satisfies Readonly<Record<string, Entry>>;

const differs = sayingFrom(differenceMessages);

/** One thing that is not as the report has it. */
export interface Difference {
  readonly kind: "tool" | "edition" | "input" | "record" | "finding" | "score" | "verdict";
  readonly what: LocalText;
}

export interface Verification {
  readonly same: boolean;
  /** Why the bytes do not come out the same: the tool's version, an edition, an input, or a finding; most fundamental first. */
  readonly differences: readonly Difference[];
}

/** What a report cannot hold and its maker gives again; digests are compared. */
export interface Given extends Pick<AssessOptions, "evidence" | "baseline" | "gold" | "media" | "onProgress"> {
  /** Folders of standards that do not ship; each stands for the `ID@edition` that it holds. */
  readonly standards?: readonly string[];
  /** The profile, where a redacted report leaves its paths out. */
  readonly profile?: ProfileDocument;
}

/**
 * Runs an assessment again with the options of a report, and says whether the bytes come out the same.
 *
 * @throws UsageError evidence, baseline or profile are not those of the report, or an edition is not there
 */
export async function verify(report: Report, bytes: string, data: string, given: Given = {}): Promise<Verification> {
  const { options } = report;
  wantDigest(options.evidence_digest, given.evidence?.digest, "--evidence");
  wantDigest(options.baseline_digest, given.baseline?.digest, "--baseline");
  if ((report.gold === undefined) !== (given.gold === undefined))
    throw new UsageError("TS-USAGE-0004", {
      found: given.gold === undefined ? "no --gold" : `--gold ${given.gold}`,
      expected:
        report.gold === undefined ? "no --gold: the report was made without it" : `--gold with ${report.gold.name}`,
    });
  const again = await assess(data, optionsOf(report, given));
  if (serialise(again) === bytes) return { same: true, differences: [] };
  const differences = compare(report, again);
  if (differences.length === 0) differences.push(differs("record/other", {}));
  return {
    same: false,
    differences: differences.map(({ code, message }) => ({ kind: code as Difference["kind"], what: message })),
  };
}

function wantDigest(wanted: string | undefined, found: string | undefined, option: string): void {
  if (wanted === found) return;
  throw new UsageError("TS-USAGE-0004", {
    found: found === undefined ? `no ${option}` : `${option} with SHA-256 ${found}`,
    expected:
      wanted === undefined ? `no ${option}: the report was made without it` : `${option} with SHA-256 ${wanted}`,
  });
}

function optionsOf({ options, object, issue }: Report, given: Given): AssessOptions {
  const { standards: folders = [], profile: _profile, ...rest } = given;
  const byName = new Map(
    folders.map((folder) => {
      const { id, edition } = findStandard(folder).document;
      return [`${id}@${edition}`, folder];
    }),
  );
  const found = (name: string): string => byName.get(name) ?? name;
  const profile = profileOf(options, given.profile);
  return {
    ...rest,
    ...(options.scheme === null ? {} : { scheme: found(options.scheme) }),
    standards: options.standards.map(found),
    ...(options.format === null ? {} : { format: options.format }),
    rules: options.rules,
    maxExamples: options.max_examples,
    redact: options.redact,
    ...(options.date === null ? {} : { date: options.date }),
    ...(profile === undefined ? {} : { profile }),
    ...(issue === null ? {} : { issue }),
    name: object.name,
  };
}

/** The profile as the report holds it; a redacted one is given again. */
export function profileOf(options: Report["options"], given: ProfileDocument | undefined): ProfileDocument | undefined {
  const held = options.profile as ProfileDocument | null;
  if (held === null) return undefined;
  if (digestOf(held) === options.profile_digest) return held;
  wantDigest(options.profile_digest, given === undefined ? undefined : digestOf(given), "--profile");
  return given;
}

function compare(old: Report, now: Report): Said[] {
  const differences = [...tools(old, now), ...editions(old, now), ...inputs(old, now)];
  if (text(old.records) !== text(now.records))
    differences.push(differs("record/read", { old: text(old.records.read), now: text(now.records.read) }));
  differences.push(...findings(old, now), ...scores(old, now));
  if (old.verdict !== now.verdict)
    differences.push(differs("verdict", { old: verdictText(old), now: verdictText(now) }));
  return differences;
}

const text = (value: unknown): string => JSON.stringify(value);
const short = (digest: string): string => digest.slice(0, 12);

function verdictText({ verdict }: Report): LocalText {
  return { zh: entry(`verdict.${verdict}`).zh, en: verdict };
}

const none = { zh: "无", en: "none" };

function tools(old: Report, now: Report): Said[] {
  if (old.tool.version === now.tool.version && old.tool.digest === now.tool.digest) return [];
  const name = ({ version, digest }: Report["tool"]) => `${version} (${short(digest)})`;
  return [differs("tool", { old: name(old.tool), now: name(now.tool) })];
}

function editions(old: Report, now: Report): Said[] {
  const found: Said[] = [];
  const left = new Map(now.standards.map((standard) => [`${standard.id}@${standard.edition}`, standard]));
  for (const { id, edition, deciding_digest, full_digest, proof } of old.standards) {
    const name = `${id}@${edition}`;
    const other = left.get(name);
    left.delete(name);
    if (other === undefined) found.push(differs("edition/gone", { name }));
    else if (other.deciding_digest !== deciding_digest)
      found.push(differs("edition/digest", { name, old: short(deciding_digest), now: short(other.deciding_digest) }));
    else if (other.full_digest !== full_digest)
      found.push(differs("edition/texts", { name, old: short(full_digest), now: short(other.full_digest) }));
    else if (other.proof?.digest !== proof?.digest)
      found.push(differs("edition/proof", { name, old: proofText(proof), now: proofText(other.proof) }));
  }
  for (const name of left.keys()) found.push(differs("edition/new", { name }));
  if (old.scheme !== null && now.scheme !== null && old.scheme.digest !== now.scheme.digest)
    found.push(
      differs("edition/scheme", {
        name: `${old.scheme.id}@${old.scheme.edition}`,
        old: short(old.scheme.digest),
        now: short(now.scheme.digest),
      }),
    );
  return found;
}

function proofText(proof: ReportProof | undefined): LocalText {
  if (proof === undefined) return { zh: "没有说明真实数据上的验证", en: "nothing stated of real data" };
  const digest = short(proof.digest);
  return {
    zh: `${proof.proven} 条规则已用真实数据验证（摘要 ${digest}）`,
    en: `${proof.proven} rules proven on real data (digest ${digest})`,
  };
}

function inputs(old: Report, now: Report): Said[] {
  const found: Said[] = [];
  const digests = new Map(now.inputs.map(({ path, sha256 }) => [path, sha256]));
  for (const { path, sha256 } of old.inputs) {
    const other = digests.get(path);
    if (other === undefined) found.push(differs("input/gone", { path }));
    else if (other !== sha256) found.push(differs("input/digest", { path, old: short(sha256), now: short(other) }));
    digests.delete(path);
  }
  for (const path of digests.keys()) found.push(differs("input/new", { path }));
  return found;
}

function findings(old: Report, now: Report): Said[] {
  const found: Said[] = [];
  for (const rule of old.rules) {
    const other = now.rules.find(({ id, standard }) => id === rule.id && standard === rule.standard);
    if (other === undefined || (other.violations === rule.violations && other.evaluated === rule.evaluated)) continue;
    found.push(
      differs("finding/count", {
        rule: rule.id,
        old: rule.violations,
        oldOf: rule.evaluated,
        now: other.violations,
        nowOf: other.evaluated,
      }),
    );
  }
  if (found.length > 0) return found;
  const count = Math.max(old.findings.length, now.findings.length);
  for (let at = 0; at < count; at++) {
    const [mine, other] = [old.findings[at], now.findings[at]];
    if (text(mine) === text(other)) continue;
    const name = (finding: typeof mine) =>
      finding === undefined
        ? none
        : {
            zh: `${finding.rule} ${finding.fingerprint}（${finding.file}）`,
            en: `${finding.rule} ${finding.fingerprint} in ${finding.file}`,
          };
    return [differs("finding/other", { at: at + 1, old: name(mine), now: name(other) })];
  }
  return [];
}

function scores(old: Report, now: Report): Said[] {
  const shown = ({ lower, upper }: { readonly lower?: number; readonly upper?: number }) =>
    lower === undefined ? none : `${lower} … ${upper}`;
  return old.dimensions.flatMap((dimension) => {
    const other = now.dimensions.find(({ code }) => code === dimension.code);
    if (other === undefined || text(shown(other)) === text(shown(dimension))) return [];
    return [differs("score", { dimension: dimension.code, old: shown(dimension), now: shown(other) })];
  });
}
