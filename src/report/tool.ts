import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Tool } from "../records/report.gen.js";
import { packageRoot } from "../standards/package-root.js";

/** Name, version and digest of this build: the digest that the build wrote, or in a checkout that of package.json. */
export function toolOf(): Tool {
  const manifest = readFileSync(join(packageRoot, "package.json"), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  const built = join(packageRoot, "dist", "build.json");
  const digest = existsSync(built)
    ? (JSON.parse(readFileSync(built, "utf8")) as { digest: string }).digest
    : createHash("sha256").update(manifest).digest("hex");
  return { name: "touchstone", version, digest };
}
