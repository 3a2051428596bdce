import { describe, expect, test, vi } from "vitest";
import { runCommand } from "./commands.js";
import { languageOf } from "./lang.js";

const han = /\p{Script=Han}/u;

/** What `--help` prints for a command, as words after `touchstone`. */
async function helpOf(command: readonly string[], lang: "zh" | "en"): Promise<string> {
  const printed = vi.spyOn(console, "log").mockImplementation(() => {});
  try {
    await runCommand([...command, "--help", "--lang", lang]);
    return printed.mock.calls.join("\n");
  } finally {
    printed.mockRestore();
  }
}

/** Commands below one, from its own help. */
const below = (help: string): readonly string[][] =>
  [...help.matchAll(/^ {2}touchstone ([a-z]+(?: [a-z]+)?)(?: <\w+>)? {2,}\S/gm)].map(([, words = ""]) =>
    words.split(" "),
  );

/** Name and description of each command, option and positional that help lists, without the hints in brackets and before the examples. */
const described = (help: string): readonly (readonly [string, string])[] =>
  [
    ...help
      .replace(/^(?:Examples:|示例：)$[\s\S]*/m, "")
      .matchAll(/^ {2}(--[\w-]+|[a-z]+|touchstone [a-z]+(?: [a-z]+)?(?: <\w+>)?)(?:$| {2,}([^[\n]*))/gm),
  ].map(([, name = "", description = ""]) => [name, description.trim()]);

const top = below(await helpOf([], "en"));
const inner = [...below(await helpOf(["standard"], "en")), ...below(await helpOf(["suite"], "en"))];
const commands = [[], ...top, ...inner];

test("help lists the commands, and the commands of commands", () => {
  expect(top.map(([name]) => name)).toEqual(
    expect.arrayContaining(["assess", "standard", "suite", "generate", "schema"]),
  );
  expect(inner.map((words) => words.join(" "))).toEqual(
    expect.arrayContaining(["standard lint", "standard build", "suite run", "suite score"]),
  );
});

describe.each(commands.map((words) => [words.join(" "), words] as const))("touchstone %s --help", (_, command) => {
  test("describes the same in both languages", async () => {
    const chinese = described(await helpOf(command, "zh"));
    const english = described(await helpOf(command, "en"));
    expect(chinese.map(([name]) => name)).toEqual(english.map(([name]) => name));
    expect(chinese.length).toBeGreaterThan(2);
    expect(chinese.filter(([, text]) => !han.test(text))).toEqual([]);
    expect(english.filter(([, text]) => text === "" || han.test(text))).toEqual([]);
  });

  test("has no English sentence in Chinese", async () => {
    const text = await helpOf(command, "zh");
    expect(text.replace(/touchstone [^\n]*?(?= {2}|$)/gm, "").match(/[a-z]{2,} [a-z]{2,} [a-z]{2,}/g)).toBeNull();
    expect(text).not.toMatch(/\p{Script=Han}[,;:!?(]/u);
  });
});

test.each([
  [["frob"], "没有这个参数：frob"],
  [["assess"], "位置参数不足：给出 0 个，至少需要 1 个"],
  [["assess", "a", "--profil", "b"], "没有这个参数：profil"],
  [["verify", "report.json"], "缺少必需的参数：data"],
  [["standard", "test", "a", "--rule"], "参数 rule 之后缺少值"],
  [["generate", "--format", "word", "--out", "a"], '参数 format，给出的值 "word"，可选值 "coco-instances"'],
])("a mistake in %j is told in Chinese", async (args, told) => {
  await expect(runCommand([...args, "--lang", "zh"])).rejects.toMatchObject({
    code: "TS-USAGE-0001",
    details: { says: { zh: expect.stringContaining(told) } },
  });
});

test("the command line decides over the locale, and the last word counts", () => {
  vi.stubEnv("LC_ALL", "zh_CN.UTF-8");
  try {
    expect(languageOf(["assess", "data"])).toBe("zh");
    expect(languageOf(["assess", "--lang", "en"])).toBe("en");
    expect(languageOf(["--lang=zh", "--lang=en"])).toBe("en");
    expect(languageOf(["assess", "--lang", "zh+en"])).toBe("zh");
    vi.stubEnv("LC_ALL", "C");
    expect(languageOf(["assess", "--lang", "zh+en"])).toBe("en");
    expect(languageOf(["assess", "--lang"])).toBe("en");
    expect(languageOf(["--lang", "zh"])).toBe("zh");
  } finally {
    vi.unstubAllEnvs();
  }
});
