import { createReadStream } from "node:fs";
import { lstat, readdir, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import type { Readable } from "node:stream";
import { PassThrough } from "node:stream";
import { zipStreamSink } from "../export/zip-sink.ts";

/** Files that a scheduled import found: a zip's bytes, whether they lay there as a zip or as a folder. */
export interface WaitingFiles {
  name: string;
  content: Readable;
}

/** There is nothing to import, or it may not be read; the message says what to do. */
export class NoFiles extends Error {
  constructor(message: string) {
    super(message);
    this.name = "NoFiles";
  }
}

/**
 * What lies in a folder below the server's folder for imports: the newest zip, or else the CSV files themselves. Links are not followed, and
 * nothing outside of the folder is read, whatever the schedule says.
 * @throws NoFiles
 */
export async function waitingFiles(root: string | null, folder: string): Promise<WaitingFiles> {
  if (root === null) throw new NoFiles("The server has no folder for imports. Its operator sets OSSS_IMPORT_DIR.");
  const path = await inside(root, folder);
  const entries = await readdir(path, { withFileTypes: true }).catch(() => {
    throw new NoFiles(`The folder ${folder} may not be read. Its operator lets the server read it.`);
  });
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const zips = await Promise.all(files.filter((name) => name.toLowerCase().endsWith(".zip")).map(async (name) => ({ name, at: (await lstat(join(path, name))).mtimeMs })));
  const newest = zips.toSorted((a, b) => b.at - a.at || (a.name < b.name ? 1 : -1))[0];
  if (newest !== undefined) return { name: newest.name, content: createReadStream(join(path, newest.name)) };
  const csv = files.filter((name) => name.toLowerCase().endsWith(".csv")).sort();
  if (csv.length === 0) throw new NoFiles(`The folder ${folder} holds neither a zip nor CSV files. See whether the other system still sends its export.`);
  return { name: `${folder.replaceAll(/[^\w.-]+/g, "-")}.zip`, content: zipped(path, csv) };
}

async function inside(root: string, folder: string): Promise<string> {
  const outside = () => new NoFiles(`There is no folder ${folder} below the server's folder for imports. Check its name.`);
  const base = await realpath(root).catch(() => {
    throw new NoFiles("The server's folder for imports is not there. Its operator checks OSSS_IMPORT_DIR.");
  });
  const path = await realpath(join(base, folder)).catch(() => {
    throw outside();
  });
  if (path !== base && !path.startsWith(base + sep)) throw outside();
  return path;
}

function zipped(path: string, names: readonly string[]): Readable {
  const target = new PassThrough();
  void (async () => {
    const sink = zipStreamSink(target);
    try {
      for (const name of names) await sink.add(name, createReadStream(join(path, name), { encoding: "utf8" }));
      await sink.finish();
    } catch (error) {
      target.destroy(error as Error);
    }
  })();
  return target;
}
