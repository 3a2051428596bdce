import type { Content, Dispute, Files, Wanted } from "./dispute.js";
import { minimal } from "./minimal.js";
import { cut, type Span, spansOf } from "./spans.js";

/** A dataset and the finding in it. */
export interface Disputed {
  readonly files: Files;
  readonly wanted: Wanted;
}

export interface ShrinkOptions {
  readonly dispute: Dispute;
  readonly mayGoOn: () => boolean;
  /** The bytes of a file that texts are cut from; undefined for one that is taken or left as a whole. */
  readonly textOf: (path: string, content: Content) => Promise<Buffer | undefined>;
}

/** Text shorter than this is cut by characters where its form cannot be told. */
const fewBytes = 4096;
const rounds = 4;

/**
 * Leaves out what the finding does not need: files, then in each what is on the first level of its text, the second, and so on (hierarchical delta
 * debugging, Misherghi and Su 2006): sections, records, their fields. Again, until nothing more can go.
 */
export async function shrink(start: Disputed, options: ShrinkOptions): Promise<Disputed> {
  let now = await fewerFiles(start, options);
  const texts = new Map<string, Content>();
  for (const [path, content] of now.files) {
    const text = await options.textOf(path, content);
    texts.set(text === undefined ? path : unpacked(path), text ?? content);
  }
  now = { files: texts, wanted: { ...now.wanted, path: unpacked(now.wanted.path) } };
  for (let round = 0; round < rounds && options.mayGoOn(); round++) {
    const before = sizeOf(now.files);
    for (let level = 1; options.mayGoOn(); level++) {
      const fewer = await fewerPieces(now, level, options);
      if (fewer === undefined) break;
      now = fewer;
    }
    now = await fewerFiles(now, options);
    if (sizeOf(now.files) === before) break;
  }
  return now;
}

/** A text is not packed any more. */
function unpacked(path: string): string {
  return path.replace(/\.gz$/i, "");
}

function sizeOf(files: Files): number {
  let bytes = files.size;
  for (const content of files.values()) if (Buffer.isBuffer(content)) bytes += content.length;
  return bytes;
}

async function fewerFiles({ files, wanted }: Disputed, { dispute, mayGoOn }: ShrinkOptions): Promise<Disputed> {
  const left = (paths: readonly string[]): Files => {
    const kept = new Set(paths);
    return new Map([...files].filter(([path]) => kept.has(path) || path === wanted.path));
  };
  const others = [...files.keys()].filter((path) => path !== wanted.path);
  const kept = await minimal(others, (paths) => dispute.raises(left(paths), wanted), mayGoOn);
  return { files: left(kept), wanted };
}

interface Piece {
  readonly path: string;
  readonly span: Span;
}

/** Without what is on one level of all texts and is not needed; undefined where no text has that level. */
async function fewerPieces(
  { files, wanted }: Disputed,
  level: number,
  { dispute, mayGoOn }: ShrinkOptions,
): Promise<Disputed | undefined> {
  const roots = new Map<string, Span>();
  const pieces: Piece[] = [];
  const at = wanted.kind === "file" || wanted.kind === "dataset" ? -1 : wanted.from;
  for (const [path, content] of files) {
    if (!Buffer.isBuffer(content)) continue;
    const root = rootOf(path, content);
    roots.set(path, root);
    for (const span of onLevel(root, level))
      if (path !== wanted.path || at < span.start || at >= span.end) pieces.push({ path, span });
  }
  if (![...roots.values()].some((root) => onLevel(root, level).length > 0)) return undefined;
  const left = (kept: readonly Piece[]): Disputed => {
    const staying = new Set(kept.map(({ span }) => span));
    const going = new Map<string, Set<Span>>();
    for (const { path, span } of pieces) {
      if (staying.has(span)) continue;
      const own = going.get(path);
      if (own === undefined) going.set(path, new Set([span]));
      else own.add(span);
    }
    let moved = wanted;
    const changed = new Map(files);
    for (const [path, spans] of going) {
      const content = files.get(path);
      const root = roots.get(path);
      if (!Buffer.isBuffer(content) || root === undefined) continue;
      const { bytes, at: to } = cut(content, root, spans, wanted.from);
      changed.set(path, bytes);
      if (path === wanted.path) moved = { ...wanted, from: to, to };
    }
    return { files: changed, wanted: moved };
  };
  const kept = await minimal(
    pieces,
    (some) => {
      const { files: fewer, wanted: moved } = left(some);
      return dispute.raises(fewer, moved);
    },
    mayGoOn,
  );
  return left(kept);
}

/** A text whose form cannot be told has lines, and when it is short, characters. */
function rootOf(path: string, bytes: Buffer): Span {
  const root = spansOf(path, bytes);
  const isBroken = root.children.length === 1 && root.children[0]?.children.length === 0 && /\.json$/i.test(path);
  if (!isBroken || bytes.length > fewBytes) return root;
  const characters = Array.from(bytes, (_, at) => ({ start: at, end: at + 1, children: [] }));
  return { start: 0, end: bytes.length, children: characters };
}

function onLevel({ children }: Span, level: number): readonly Span[] {
  return level === 1 ? children : children.flatMap((child) => onLevel(child, level - 1));
}
