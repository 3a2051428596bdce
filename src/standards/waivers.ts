import type { ProfileWaiver } from "../records/grammar.gen.js";
import type { ReportWaiver } from "../records/report.gen.js";
import { linearRegExp } from "./linear-regexp.js";

export interface Waivers {
  test(rule: string, fingerprint: string, mediaPath: string | undefined, file: string): boolean;
  /** What became of each waiver; one that matched nothing is reported too. */
  report(): ReportWaiver[];
}

/** `*` is any text without /, `**` any text. */
function pattern(path: string): ReturnType<typeof linearRegExp> {
  const source = path
    .split("**")
    .map((part) =>
      part
        .split("*")
        .map((text) => text.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"))
        .join("[^/]*"),
    )
    .join(".*");
  // In linear time: thirty stars keep a RegExp busy for hours.
  return linearRegExp(`^(?s:${source})$`, "");
}

/** Waivers of a profile. One with an expiry applies up to that day, and only where a date is given. */
export function waiverTest(waivers: readonly ProfileWaiver[], date: string | undefined): Waivers {
  const entries = waivers.map((waiver) => ({
    waiver,
    applies: waiver.expires === undefined || (date !== undefined && date <= waiver.expires),
    path: waiver.path === undefined ? undefined : pattern(waiver.path),
    // Equal fingerprints are numbered only for the report: a waiver of one covers its equals.
    fingerprint: waiver.fingerprint?.replace(/#\d+$/, ""),
    matched: 0,
  }));
  return {
    test(rule, fingerprint, mediaPath, file) {
      for (const entry of entries) {
        if (!entry.applies) continue;
        const { path } = entry;
        const matches =
          path === undefined
            ? entry.fingerprint === fingerprint
            : entry.waiver.rule === rule && (path.test(file) || (mediaPath !== undefined && path.test(mediaPath)));
        if (!matches) continue;
        entry.matched++;
        return true;
      }
      return false;
    },
    report: () =>
      entries.map(({ waiver, applies, matched }) => ({
        ...(waiver.fingerprint === undefined ? {} : { fingerprint: waiver.fingerprint }),
        ...(waiver.rule === undefined ? {} : { rule: waiver.rule }),
        ...(waiver.path === undefined ? {} : { path: waiver.path }),
        reason: waiver.reason,
        by: waiver.by,
        ...(waiver.expires === undefined ? {} : { expires: waiver.expires }),
        applies,
        matched,
      })),
  };
}
