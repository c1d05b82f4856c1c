import { createReadStream } from "node:fs";
import { lstat, open as openFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { compareText, type DeviationLog } from "./deviation.ts";
import { EntryFault, RosterPathError, splitIt, type PackageLimits, type RosterPackage } from "./package-contract.ts";

/**
 * A package unpacked into a folder. Only regular files at its root count: links are not followed, so
 * that a folder from elsewhere cannot pull in a file from outside itself.
 */
export async function openFolder(path: string, log: DeviationLog, limits: PackageLimits): Promise<RosterPackage | null> {
  const names: string[] = [];
  const nested: string[] = [];
  let total = 0;
  const found = await readdir(path, { withFileTypes: true }).catch((cause: unknown) => {
    throw RosterPathError.unusable(path, cause);
  });
  if (found.length > limits.entries) {
    log.add("package-too-large", { file: "" }, `The folder holds ${found.length} entries; at most ${limits.entries} are read. Name the folder with the CSV files alone.`);
    return null;
  }
  for (const entry of found) {
    if (entry.isDirectory()) nested.push(`${entry.name}/`);
    if (!entry.isFile()) continue;
    const { size } = await lstat(join(path, entry.name));
    if (isCsv(entry.name)) total += size;
    if (isCsv(entry.name) && size > limits.entryBytes) {
      log.add("package-too-large", { file: entry.name }, `${entry.name} has ${size} bytes; at most ${limits.entryBytes} are read. ${splitIt}`);
      return null;
    }
    names.push(entry.name);
  }
  if (total > limits.totalBytes) {
    log.add("package-too-large", { file: "" }, `The CSV files have ${total} bytes together; at most ${limits.totalBytes} are read. ${splitIt}`);
    return null;
  }
  return {
    kind: "folder",
    names: names.sort(compareText),
    nested: nested.sort(compareText),
    async open(name) {
      const full = join(path, name);
      const handle = await openFile(full, "r").catch((cause: unknown) => {
        throw RosterPathError.unusable(full, cause);
      });
      let seen = 0;
      const stream = createReadStream(full, { fd: handle });
      stream.on("data", (chunk) => {
        seen += chunk.length;
        if (seen > limits.entryBytes) stream.destroy(new EntryFault("package-too-large", `${name} grew beyond ${limits.entryBytes} bytes while it was read.`));
      });
      stream.pause();
      return stream;
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** True for names that end in .csv, in whatever case. */
export function isCsv(name: string): boolean {
  return name.toLowerCase().endsWith(".csv");
}
