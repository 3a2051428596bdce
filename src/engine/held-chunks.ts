/** What was written away, read again at any position. */
export interface SpillFile {
  write(bytes: Uint8Array, position: number): void;
  read(target: Uint8Array, position: number): void;
}

/** Chunks of one length that never lie across each other, in memory; one row is read out of one chunk. */
export class HeldChunks {
  readonly #chunks = new Map<number, Uint8Array>();
  #length = 1;

  write(bytes: Uint8Array, position: number): void {
    this.#length = bytes.length;
    this.#chunks.set(position, bytes.slice());
  }

  /** Whether the chunk at `position` is here. */
  read(target: Uint8Array, position: number): boolean {
    const within = position % this.#length;
    const chunk = this.#chunks.get(position - within);
    if (chunk === undefined) return false;
    target.set(within === 0 && target.length === chunk.length ? chunk : chunk.subarray(within, within + target.length));
    return true;
  }
}
