import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { repository } from "#foundation/testing/import-rules";

/** The sources of this clone, in a folder of their own, with its packages. */
export function cloned(): string {
  const folder = mkdtempSync(join(tmpdir(), "osss-clone-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const left = new Set(["node_modules", ".git", ".osss", ".env"].map((name) => join(repository, name)));
  cpSync(repository, folder, { recursive: true, filter: (source) => !left.has(source) });
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
  return folder;
}
