import type { Progress } from "../assess.js";
import { UsageError } from "../records/errors.js";
import { removeUnfinished } from "./output.js";

const millisecondsBetween = 200;

const phases = {
  read: { zh: { name: "读取", unit: "" }, en: { name: "read", unit: "" } },
  media: { zh: { name: "检查数据项", unit: "个/秒" }, en: { name: "media", unit: "media/s" } },
  rules: { zh: { name: "规则", unit: "条/秒" }, en: { name: "rules", unit: "rules/s" } },
} as const;

export interface ProgressLine {
  readonly onProgress: (progress: Progress) => Promise<void> | undefined;
  /** Lets a signal be heard. @throws UsageError TS-RUN-0001 after Ctrl-C */
  heard(): Promise<void>;
  finish(): void;
}

/** A progress line with rate and time left, on a terminal only; and the moment at which Ctrl-C is heard. A second Ctrl-C ends at once. */
export function progressLine(show: boolean, lang: "zh" | "en"): ProgressLine {
  const started = Date.now();
  let last = started;
  let interrupted = false;
  let shown = false;
  const onSignal = (): void => {
    if (interrupted) {
      removeUnfinished();
      process.exit(130);
    }
    interrupted = true;
  };
  process.on("SIGINT", onSignal);
  const clear = (): void => {
    if (shown) process.stderr.write("\r\u001b[K");
    shown = false;
  };
  // Signals are heard only when the event loop turns.
  const heard = (): Promise<void> =>
    new Promise((resolve, reject) => {
      setImmediate(() => {
        if (!interrupted) {
          resolve();
          return;
        }
        clear();
        removeUnfinished();
        reject(new UsageError("TS-RUN-0001", { hint: "Nothing was written" }));
      });
    });
  return {
    heard,
    onProgress({ phase, done, of }) {
      const now = Date.now();
      if (now - last < millisecondsBetween) return undefined;
      last = now;
      if (show && of > 0) {
        const seconds = (now - started) / 1000;
        const share = Math.min(1, done / of);
        const secondsLeft = Math.ceil((seconds / share) * (1 - share));
        const left = share <= 0.02 ? "" : lang === "zh" ? `，还需 ${secondsLeft} 秒` : ` ${secondsLeft} s left`;
        const { name, unit } = phases[phase][lang];
        const rate =
          phase === "read" ? `${(done / 1e6 / seconds).toFixed(0)} MB/s` : `${(done / seconds).toFixed(0)} ${unit}`;
        process.stderr.write(`\r\u001b[K${name} ${(100 * share).toFixed(0)} %  ${rate}${left}`);
        shown = true;
      }
      return heard();
    },
    finish() {
      clear();
      process.removeListener("SIGINT", onSignal);
    },
  };
}
