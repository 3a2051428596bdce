import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Document, parseDocument, Scalar, type ToStringOptions } from "yaml";
import { placeInScalar, type ScalarNode } from "./scalar-place.js";

const styles = [Scalar.PLAIN, Scalar.QUOTE_DOUBLE, Scalar.QUOTE_SINGLE, Scalar.BLOCK_LITERAL, Scalar.BLOCK_FOLDED];
/** Letters that occur once: each says where it is. The rest is what styles treat in ways of their own. */
const letters = "abcdefghijklmnopqrstuvw";
const filler = fc.constantFrom(" ", "  ", "\n", "\n\n", "\n  ", "'", '"', "\\", "é", "😀", "x x", "");
const texts = fc.array(filler, { minLength: letters.length, maxLength: letters.length }).map((parts) =>
  parts
    .map((part, at) => `${letters[at]}${part}`)
    .join("")
    .trimEnd(),
);

test("every letter of a scalar is found where it stands in the file, whatever the style and width", () =>
  fc.assert(
    fc.property(texts, fc.constantFrom(...styles), fc.constantFrom(0, 12, 30), (text, style, lineWidth) => {
      const scalar = new Scalar(text);
      scalar.type = style as Scalar.Type;
      const options: ToStringOptions = { lineWidth, minContentWidth: 0 };
      const file = new Document({ deep: { list: [1, scalar] } }).toString(options);
      const node = parseDocument(file).getIn(["deep", "list", 1], true) as Scalar<string>;
      // The writer of the library folds a few texts so that they do not come back (a backslash at the end of a line in double quotes).
      fc.pre(node.value.trimEnd() === text);
      for (const letter of text.replace(/[^a-w]/g, "")) {
        const at = placeInScalar(file, node as unknown as ScalarNode, node.value.indexOf(letter));
        expect(file.slice(at, at + 1), `${letter} in ${JSON.stringify(file)}`).toBe(letter);
      }
    }),
    { numRuns: 2000 },
  ));
