import type { Content, Dispute, Files, Wanted } from "./dispute.js";
import { minimal } from "./minimal.js";
import { formOf, newNames, type Rename, renamed } from "./neutral.js";
import type { Disputed } from "./shrink.js";
import { isNumber, type Replacement, replaced, textsOf, written } from "./texts.js";

/** A dataset whose names and texts are replaced, and what could not be. */
export interface Neutral extends Disputed {
  /** How many different texts were replaced by a neutral name. */
  readonly replaced: number;
  /** Of which the form alone is left. */
  readonly formKept: readonly string[];
  /** Which stand there as they did, for the rule reads them. */
  readonly textKept: readonly string[];
}

/** Replaces names and texts: all of them where the finding stays, else all but the least part without which it goes. */
export async function neutralise(start: Disputed, dispute: Dispute, mayGoOn: () => boolean): Promise<Neutral> {
  const atoms = atomsOf(start.files);
  const attempt = async (rename: Rename): Promise<Disputed | undefined> => {
    const result = renameAll(start, rename);
    if (result === undefined) return undefined;
    return (await dispute.raises(result.files, result.wanted)) ? result : undefined;
  };
  const keeping = (forms: ReadonlySet<string>, texts: ReadonlySet<string>): Rename => {
    const names = newNames();
    return (atom) => (texts.has(atom) ? atom : forms.has(atom) ? formOf(atom) : names(atom));
  };
  const none: ReadonlySet<string> = new Set();
  const read = await minimal(
    atoms,
    async (kept) => (await attempt(keeping(none, new Set(kept)))) !== undefined,
    mayGoOn,
  );
  // Of what is read the form alone may do: all at once, for two names that differ in case are read together.
  const literal = await minimal(
    read,
    async (kept) => (await attempt(keeping(new Set(read), new Set(kept)))) !== undefined,
    mayGoOn,
  );
  const texts = new Set(literal);
  const forms = new Set(read.filter((atom) => !texts.has(atom)));
  const done = (await attempt(keeping(forms, texts))) ?? start;
  return {
    ...done,
    replaced: done === start ? 0 : atoms.length - read.length,
    formKept: done === start ? [] : [...forms],
    textKept: done === start ? atoms : literal,
  };
}

/** What there is to be replaced in the texts and names of the files. */
function atomsOf(files: Files): readonly string[] {
  const atoms = new Set<string>();
  const note: Rename = (atom) => {
    atoms.add(atom);
    return atom;
  };
  for (const path of files.keys()) renamed(path, note);
  const stems = new Set(atoms);
  for (const [path, content] of files)
    if (Buffer.isBuffer(content))
      for (const { text, syntax } of textsOf(path, content)) if (isName(text, syntax, stems)) renamed(text, note);
  return [...atoms];
}

/** A number among words is a coordinate, unless a file bears it as its name. */
function isName(text: string, syntax: string, stems: ReadonlySet<string>): boolean {
  return syntax !== "plain" || !isNumber(text) || stems.has(text);
}

/** Undefined where two files would have one name. */
function renameAll({ files, wanted }: Disputed, rename: Rename): Disputed | undefined {
  const stems = new Set<string>();
  for (const path of files.keys())
    renamed(path, (atom) => {
      stems.add(atom);
      return atom;
    });
  const result = new Map<string, Content>();
  let moved: Wanted = { ...wanted, path: renamed(wanted.path, rename) };
  for (const [path, content] of files) {
    const to = renamed(path, rename);
    if (result.has(to)) return undefined;
    if (!Buffer.isBuffer(content)) {
      result.set(to, content);
      continue;
    }
    const changes: Replacement[] = [];
    for (const { start, end, text, syntax } of textsOf(path, content)) {
      if (!isName(text, syntax, stems)) continue;
      const name = renamed(text, rename);
      // What stays has the bytes that it had: an escape, or what is no UTF-8.
      if (name !== text) changes.push({ start, end, by: written(name, syntax) });
    }
    const { bytes, moved: place } = replaced(content, changes);
    result.set(to, bytes);
    if (path !== wanted.path) continue;
    const { from, to: until } = place(wanted.from);
    moved = { ...moved, from, to: until };
  }
  return { files: result, wanted: { ...moved, name: nameAfter(wanted.name, rename) } };
}

/** The name of a value may be that of an attribute, which is replaced. */
function nameAfter(name: string | undefined, rename: Rename): string | undefined {
  const attribute = /^(.*\battributes\.)(.+)$/.exec(name ?? "");
  return attribute === null ? name : `${attribute[1]}${rename(attribute[2] ?? "")}`;
}
