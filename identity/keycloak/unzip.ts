import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { open, type Entry, type Options, type ZipFile } from "yauzl";

const openZip = promisify<string, Options, ZipFile>(open);

/** Unpacks a zip that was checked by its hash into a folder, with the modes that it says. */
export async function unzip(file: string, folder: string): Promise<void> {
  const zip = await openZip(file, { lazyEntries: true, strictFileNames: true });
  const contentOf = promisify<Entry, Readable>(zip.openReadStream.bind(zip));
  await new Promise<void>((resolve, reject) => {
    zip.on("entry", (entry: Entry) => void unpack(entry, folder, contentOf).then(() => zip.readEntry(), reject));
    zip.once("end", resolve);
    zip.once("error", reject);
    zip.readEntry();
  });
}

async function unpack(entry: Entry, folder: string, contentOf: (entry: Entry) => Promise<Readable>): Promise<void> {
  const target = join(folder, entry.fileName);
  if (entry.fileName.endsWith("/")) return void (await mkdir(target, { recursive: true }));
  await mkdir(dirname(target), { recursive: true });
  const mode = (entry.externalFileAttributes >>> 16) & 0o777;
  await pipeline(await contentOf(entry), createWriteStream(target, { mode: mode === 0 ? 0o644 : mode }));
}
