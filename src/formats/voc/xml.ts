import { InputError } from "../../records/errors.js";
import { wideEncodingOf } from "../bytes/encoding.js";
import { saxes } from "../late.js";
import { decodeUtf8, firstInvalidUtf8, spacedHex } from "../text/utf8.js";

/** One element; text is that of its own, trimmed. */
export interface XmlElement {
  readonly name: string;
  /** Byte at which its tag begins. */
  readonly offset: number;
  text: string;
  readonly children: XmlElement[];
}

export interface XmlFault {
  readonly id: "bom-present" | "invalid-utf8" | "xml-external-entity";
  readonly offset: number;
  readonly value: string;
}

export interface XmlDocument {
  /** Undefined where no element began. */
  readonly root: XmlElement | undefined;
  readonly faults: readonly XmlFault[];
  /** What is not well-formed, and where; the tree holds what came before. */
  readonly error:
    | { readonly code: "TS-FORMAT-0014" | "TS-FORMAT-0019"; readonly offset: number; readonly message: string }
    | undefined;
}

/** Deeper than any annotation; bounds what a hostile file can pile up. */
const maxDepth = 200;

/**
 * Parses a small XML file whole. Entities of a DOCTYPE are never resolved: their references stay as text, and the DOCTYPE and each reference are faults.
 *
 * @throws InputError TS-FORMAT-0013 UTF-16, -0018 empty.
 */
export function parseXml(bytes: Buffer): XmlDocument {
  if (bytes.length === 0) throw new InputError("TS-FORMAT-0018", { offset: 0 });
  const wide = wideEncodingOf(bytes.subarray(0, 4));
  if (wide !== undefined) throw new InputError("TS-FORMAT-0013", { offset: 0, found: wide, expected: "UTF-8" });
  const { text, byteAt } = decodeUtf8(bytes);
  const faults = textFaults(bytes, text);
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  let error: XmlDocument["error"];
  const parser = new (saxes().SaxesParser)({ fragment: false });
  parser.on("doctype", (doctype) => {
    faults.push({ id: "xml-external-entity", offset: byteAt(text.indexOf("<!DOCTYPE")), value: doctype.trim() });
  });
  parser.on("error", ({ message }) => {
    const reason = message.replace(/^\d+:\d+: /, "");
    const offset = byteAt(Math.min(parser.position, text.length));
    if (reason.startsWith("undefined entity")) faults.push({ id: "xml-external-entity", offset, value: reason });
    else error ??= { code: "TS-FORMAT-0019", offset, message: reason };
  });
  parser.on("opentag", ({ name }) => {
    if (error !== undefined) return;
    // No "<" may stand in an attribute, so the last one before here began this tag.
    const offset = byteAt(text.lastIndexOf("<", parser.position - 1));
    const element: XmlElement = { name, offset, text: "", children: [] };
    if (open.length >= maxDepth) {
      error = { code: "TS-FORMAT-0014", offset, message: `more than ${maxDepth} levels` };
      return;
    }
    if (open.length === 0) root ??= element;
    else open.at(-1)?.children.push(element);
    open.push(element);
  });
  const addText = (part: string): void => {
    const element = open.at(-1);
    if (element !== undefined && error === undefined) element.text += part;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    const element = open.pop();
    if (element !== undefined) element.text = element.text.trim();
  });
  parser.write(text);
  parser.close();
  return { root, faults, error };
}

/** The first child of that name. */
export function child(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((candidate) => candidate.name === name);
}

function textFaults(bytes: Buffer, text: string): XmlFault[] {
  const faults: XmlFault[] = [];
  if (text.charCodeAt(0) === 0xfeff) faults.push({ id: "bom-present", offset: 0, value: "EF BB BF" });
  const invalid = text.includes("\ufffd") ? firstInvalidUtf8(bytes) : -1;
  if (invalid >= 0) {
    faults.push({ id: "invalid-utf8", offset: invalid, value: spacedHex(bytes.subarray(invalid, invalid + 4)) });
  }
  return faults;
}
