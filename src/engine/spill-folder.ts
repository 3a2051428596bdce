import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What was written away, read again at any position. */
export interface SpillFile {
  write(bytes: Uint8Array, position: number): void;
  read(target: Uint8Array, position: number): void;
}

/** The temporary folder of one run; gone after `close`. Where there is no disk, `spill-memory.ts` stands in its place. */
export class SpillFolder {
  #folder: string | undefined;
  readonly #open: number[] = [];

  open(name: string): SpillFile {
    this.#folder ??= mkdtempSync(join(tmpdir(), "touchstone-"));
    const file = openSync(join(this.#folder, name), "w+");
    this.#open.push(file);
    return {
      write: (bytes, position) => void writeSync(file, bytes, 0, bytes.length, position),
      read: (target, position) => void readSync(file, target, 0, target.length, position),
    };
  }

  close(): void {
    for (const file of this.#open.splice(0)) closeSync(file);
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
  }
}
