import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { xmlMessage } from "./xml-messages.js";

/** Namespaces are off, and a parser that is closed is never written to. */
const neverSaid = /prefix|namespace|after close/;

test("whatever the XML parser can say can be said in Chinese", () => {
  const source = readFileSync(createRequire(import.meta.url).resolve("saxes"), "utf8");
  const said = [...source.matchAll(/\bfail\(("(?:[^"\\]|\\.)*"|`[^`]*`)/g)]
    .map(([, text = ""]) =>
      text
        .slice(1, -1)
        .replace(/\$\{[^}]*\}/g, "x")
        .replaceAll('\\"', '"')
        .replaceAll("\\\\", "\\"),
    )
    .filter((text) => !neverSaid.test(text));
  expect(said.length).toBeGreaterThan(50);
  expect(said.filter((text) => xmlMessage(text) === undefined && xmlMessage(`${text}x.`) === undefined)).toEqual([]);
});

test("the names in a message stay", () => expect(xmlMessage("unclosed tag: bndbox")).toBe("标签 bndbox 没有结束"));
