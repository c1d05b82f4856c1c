import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ExportSink } from "./sink.ts";

/** Writes a folder beside its place and moves it there when all is done. The folder may be there, empty. */
export async function folderSink(path: string): Promise<ExportSink> {
  const present = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (present !== null && present.length > 0) throw new RangeError(`The folder ${path} is not empty. Name a new one.`);
  const unfinished = `${path}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  return {
    add: (name, portions) => pipeline(Readable.from(portions), createWriteStream(join(unfinished, name))),
    close: async () => undefined,
    async finish() {
      if (present !== null) await rm(path, { recursive: true });
      await rename(unfinished, path);
    },
    abandon: () => rm(unfinished, { recursive: true, force: true }),
  };
}
