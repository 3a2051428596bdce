import type { Progress } from "../assess.js";
import { UsageError } from "../records/errors.js";

const millisecondsBetween = 200;

export interface ProgressLine {
  readonly onProgress: (progress: Progress) => Promise<void> | undefined;
  finish(): void;
}

/** A progress line with rate and time left, on a terminal only; and the moment at which Ctrl-C is heard. */
export function progressLine(show: boolean): ProgressLine {
  const started = Date.now();
  let last = started;
  let interrupted = false;
  let shown = false;
  const onSignal = (): void => {
    interrupted = true;
  };
  process.once("SIGINT", onSignal);
  const clear = (): void => {
    if (shown) process.stderr.write("\r\u001b[K");
    shown = false;
  };
  return {
    onProgress({ phase, done, of }) {
      const now = Date.now();
      if (now - last < millisecondsBetween) return undefined;
      last = now;
      if (show && of > 0) {
        const seconds = (now - started) / 1000;
        const share = Math.min(1, done / of);
        const left = share > 0.02 ? ` ${Math.ceil((seconds / share) * (1 - share))} s left` : "";
        const rate =
          phase === "read" ? `${(done / 1e6 / seconds).toFixed(0)} MB/s` : `${(done / seconds).toFixed(0)} media/s`;
        process.stderr.write(`\r\u001b[K${phase} ${(100 * share).toFixed(0)} %  ${rate}${left}`);
        shown = true;
      }
      // Signals are heard only when the event loop turns.
      return new Promise((resolve, reject) => {
        setImmediate(() => {
          if (interrupted) {
            clear();
            reject(new UsageError("TS-RUN-0001", { hint: "Nothing was written" }));
          } else resolve();
        });
      });
    },
    finish() {
      clear();
      process.removeListener("SIGINT", onSignal);
    },
  };
}
