import { existsSync, readdirSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** What a data folder holds that is made anew elsewhere: the server itself and its passwords, logs, locks. */
const madeAnew = /^(postgres-|binaries-|postgres\.(json|log)|osss\.(log|lock)|database-password$|last-start\.json$|\.)/;

/** The files of a data folder that belong into a backup: keys and what OSSS keeps beside the database. Paths are relative, with slashes. */
export function dataFiles(dataDir: string): { path: string; mode: number }[] {
  if (!existsSync(dataDir)) return [];
  const found: { path: string; mode: number }[] = [];
  const walk = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (folder === dataDir && madeAnew.test(entry.name)) continue;
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile()) found.push({ path: relative(dataDir, path).split(sep).join("/"), mode: statSync(path).mode & 0o777 });
    }
  };
  walk(dataDir);
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
