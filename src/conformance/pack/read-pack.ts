import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { listData } from "../../formats/walk.js";
import { UsageError } from "../../records/errors.js";
import { digestOfFiles, type Manifest, type PackAnswer, type PackCase, sha256 } from "./pack.js";

/** A pack as it lies on the disk, each file the one of the manifest. */
export interface ReadPack {
  readonly manifest: Manifest;
  readonly cases: ReadonlyMap<string, { readonly case: PackCase; readonly answer: PackAnswer }>;
}

/** @throws UsageError TS-USAGE-0002 no manifest; TS-PACK-0002 a file is not that of the manifest, or the manifest is none */
export function readPack(folder: string): ReadPack {
  const manifest = manifestOf(join(folder, "manifest.json"));
  const path = join(folder, "answers.jsonl");
  const text = read(path);
  const found = sha256(text);
  if (found !== manifest.answers_sha256) throw differs(path, found, manifest.answers_sha256);
  const answers = new Map(
    text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as PackAnswer)
      .map((answer) => [answer.case, answer]),
  );
  return {
    manifest,
    cases: new Map(
      manifest.cases.map((one) => {
        const now = digestOfFiles(filesBelow(join(folder, one.path)));
        const answer = answers.get(one.case);
        if (now !== one.sha256 || answer === undefined) throw differs(join(folder, one.path), now, one.sha256);
        return [one.case, { case: one, answer }];
      }),
    ),
  };
}

/** All files below a folder, by path; hidden ones are not the pack's. */
export function filesBelow(folder: string): Map<string, Buffer> {
  return new Map(listData(folder).files.map(({ path, absolute }) => [path, readFileSync(absolute)]));
}

function read(path: string): string {
  if (!existsSync(path)) throw new UsageError("TS-USAGE-0002", { file: path });
  return readFileSync(path, "utf8");
}

function manifestOf(path: string): Manifest {
  const text = read(path);
  try {
    const manifest = JSON.parse(text) as Partial<Manifest> | null;
    if (manifest?.pack === 1 && Array.isArray(manifest.cases)) return manifest as Manifest;
  } catch {
    // What is no JSON is no manifest either.
  }
  throw new UsageError("TS-PACK-0002", { file: path, expected: "the manifest.json that suite export wrote" });
}

function differs(file: string, found: string, expected: string): UsageError {
  return new UsageError("TS-PACK-0002", {
    file,
    found: `SHA-256 ${found}`,
    expected: `SHA-256 ${expected}`,
    hint: "Export the pack again",
  });
}
