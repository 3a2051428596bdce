import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { renderJunit } from "./junit.js";
import { sampleNames, sampleReport } from "./testing/sample.js";

interface Element {
  readonly name: string;
  readonly attributes: Record<string, string>;
  text: string;
}

/** Parsed as a consumer would: any fault of well-formedness throws. */
function parse(xml: string): Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  const parser = new SaxesParser({ xmlns: false });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, text: "" };
    elements.push(element);
    open.push(element);
  });
  parser.on("text", (text) => {
    const last = open.at(-1);
    if (last !== undefined) last.text += text;
  });
  parser.on("closetag", () => {
    open.pop();
  });
  parser.write(xml).close();
  return elements;
}

test.each(sampleNames)("%s is well-formed, one test case a rule, and its counts are right", (name) => {
  const report = sampleReport(name);
  const elements = parse(renderJunit(report, { lang: "zh" }));
  const of = (kind: string): number => elements.filter((one) => one.name === kind).length;
  expect(of("testcase")).toBe(report.rules.length);
  expect(elements[0]?.attributes).toMatchObject({
    tests: String(report.rules.length),
    failures: String(of("failure")),
    errors: String(of("error")),
    skipped: String(of("skipped")),
  });
});

test("a rule that does not hold fails with its count and examples", () => {
  const elements = parse(renderJunit(sampleReport("nonconforming"), { lang: "en" }));
  const failure = elements[elements.findIndex((one) => one.attributes["name"]?.startsWith("box-out-of-bounds")) + 1];
  expect(failure?.name).toBe("failure");
  expect(failure?.attributes).toEqual({
    type: "major, illustrative",
    message: "7 of 4,784 annotations (0.15%), in 7 media and 1 category.",
  });
  expect(failure?.text).toContain("annotations.json:1:48214  #1180  box.x = -3.5 < -0.5");
});

test("not evaluated is an error, an open parameter a skip, an advisory rule never a failure", () => {
  const report = sampleReport("million");
  const advisory = report.rules.filter((rule) => rule.verdict === "advisory").length;
  expect(advisory).toBe(3);
  const elements = parse(renderJunit(report, { lang: "en" }));
  expect(elements.filter((one) => one.name === "system-out")).toHaveLength(advisory);
  const undecided = parse(renderJunit(sampleReport("nonconforming"), { lang: "en" }));
  expect(undecided.find((one) => one.name === "error")?.text).toBe("no-such-key 12");
  expect(undecided.find((one) => one.name === "skipped")?.attributes["message"]).toBe("open: min_side_px");
});
