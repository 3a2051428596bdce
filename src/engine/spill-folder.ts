import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HeldChunks, type SpillFile } from "./held-chunks.js";

/** The temporary folder of one run; gone after `close`. Where there is no disk, `spill-memory.ts` stands in its place. */
export class SpillFolder {
  #folder: string | undefined;
  /** Bytes of all columns that may still stay in memory; what is written after them goes to the disk. */
  #room: number;
  readonly #open: number[] = [];

  constructor(room = 64 * 2 ** 20) {
    this.#room = room;
  }

  open(name: string): SpillFile {
    const chunks = new HeldChunks();
    let file: number | undefined;
    return {
      write: (bytes, position) => {
        if (bytes.length <= this.#room) {
          chunks.write(bytes, position);
          this.#room -= bytes.length;
        } else {
          file ??= this.#file(name);
          writeSync(file, bytes, 0, bytes.length, position);
        }
      },
      read(target, position) {
        if (!chunks.read(target, position) && file !== undefined) readSync(file, target, 0, target.length, position);
      },
    };
  }

  #file(name: string): number {
    this.#folder ??= mkdtempSync(join(tmpdir(), "touchstone-"));
    const file = openSync(join(this.#folder, name), "w+");
    this.#open.push(file);
    return file;
  }

  close(): void {
    for (const file of this.#open.splice(0)) closeSync(file);
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
  }
}
