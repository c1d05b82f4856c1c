import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable, type Writable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import type { ExportSink } from "./sink.ts";

/** The same moment for every entry, by every clock: equal data give equal bytes. */
const entryOptions = { mtime: new Date(2000, 0, 1), mode: 0o100644, forceDosTimestamp: true } as const;

/** Writes a zip into a stream. */
export function zipStreamSink(target: Writable): ExportSink {
  const zip = new ZipFile();
  const written = pipeline(zip.outputStream as Readable, target);
  const failed = new Promise<never>((_, reject) => {
    zip.once("error", reject);
    written.catch(reject);
  });
  failed.catch(() => undefined);
  const close = async (): Promise<void> => {
    zip.end();
    await written;
  };
  return {
    async add(name, portions) {
      const source = Readable.from(portions);
      zip.addReadStream(source, name, entryOptions);
      await Promise.race([finished(source, { writable: false }), failed]);
    },
    close,
    finish: close,
    async abandon() {
      target.destroy();
      await written.catch(() => undefined);
    },
  };
}

/** Writes a zip beside its place and moves it there when all is done. */
export function zipFileSink(path: string): ExportSink {
  const unfinished = `${path}.unfinished`;
  const zip = zipStreamSink(createWriteStream(unfinished));
  return {
    add: (name, portions) => zip.add(name, portions),
    close: () => zip.close(),
    async finish() {
      await zip.close();
      await rename(unfinished, path);
    },
    async abandon() {
      await zip.abandon();
      await rm(unfinished, { force: true });
    },
  };
}
