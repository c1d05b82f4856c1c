import { stat, type FileHandle } from "node:fs/promises";
import type { DeviationLog } from "./deviation.ts";
import { openFolder } from "./folder-package.ts";
import { defaultLimits, RosterPathError, type PackageLimits, type RosterPackage } from "./package-contract.ts";
import { openZip } from "./zip-package.ts";

export { defaultLimits, EntryFault, RosterPathError, type PackageLimits, type RosterPackage } from "./package-contract.ts";

/**
 * Opens a folder or a zip, by its path or as an open file (an upload that has no name any more). Null when the package is faulty, the reason being noted in `log`.
 * Throws RosterPathError when the path cannot be used at all. The caller disposes of the package.
 */
export async function openPackage(path: string | FileHandle, log: DeviationLog, limits: PackageLimits = defaultLimits): Promise<RosterPackage | null> {
  if (typeof path !== "string") return openZip(path, log, limits);
  const found = await stat(path).catch((cause: unknown) => {
    throw RosterPathError.unusable(path, cause);
  });
  if (found.isDirectory()) return openFolder(path, log, limits);
  if (found.isFile()) return openZip(path, log, limits);
  throw RosterPathError.notAFile(path);
}
