import type { FileHandle } from "node:fs/promises";
import { pipeline, Readable, Transform, type TransformCallback } from "node:stream";
import { crc32 } from "node:zlib";
import { fromRandomAccessReader, open, RandomAccessReader, type Entry, type Options, type ZipFile } from "yauzl";
import { compareText, quoted, type DeviationLog } from "./deviation.ts";
import { EntryFault, RosterPathError, splitIt, type PackageLimits, type RosterPackage } from "./package-contract.ts";

/**
 * A zip, read in place. The central directory is checked before any content is inflated: number of
 * entries, declared sizes, unsafe names, encryption, names given twice. While an entry is read its
 * size must equal the declared one (so a lying header cannot exceed the bounds) and its checksum
 * must hold. Nothing is ever written to disk.
 */
export async function openZip(from: string | FileHandle, log: DeviationLog, limits: PackageLimits): Promise<RosterPackage | null> {
  const path = typeof from === "string" ? from : "the uploaded file";
  let zip: ZipFile;
  try {
    zip = await openFile(from);
  } catch (cause) {
    if (isSystemError(cause)) throw RosterPathError.unusable(path, cause);
    log.add("package-unreadable", { file: "" }, `The file is not a whole zip (${reason(cause)}). Export it again, or name the folder with the CSV files.`);
    return null;
  }
  const entries = await listEntries(zip, path, log, limits);
  if (entries === null) {
    zip.close();
    return null;
  }
  const roots = [...entries.keys()].filter((name) => !name.includes("/"));
  return {
    kind: "zip",
    names: roots.sort(compareText),
    nested: [...entries.keys()].filter((name) => name.includes("/")).sort(compareText),
    async open(name) {
      const entry = entries.get(name);
      if (entry === undefined) throw new RangeError(`The zip has no entry ${quoted(name)}; open only names that it lists.`);
      const content = await openEntry(zip, entry);
      const checked = new ChecksumCheck(entry);
      pipeline(content, checked, () => {});
      return checked;
    },
    async [Symbol.asyncDispose]() {
      zip.close();
    },
  };
}

/** A read stream of the handle itself would close it when it is done. */
async function* partsOf(handle: FileHandle, start: number, end: number): AsyncGenerator<Buffer> {
  for (let position = start; position < end;) {
    const part = Buffer.allocUnsafe(Math.min(PART, end - position));
    const { bytesRead } = await handle.read(part, 0, part.length, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield part.subarray(0, bytesRead);
  }
}

const PART = 64 * 1024;

const zipOptions: Options = { autoClose: false, lazyEntries: true, decodeStrings: true, strictFileNames: true, validateEntrySizes: true };

async function openFile(from: string | FileHandle): Promise<ZipFile> {
  const size = typeof from === "string" ? 0 : (await from.stat()).size;
  return new Promise((resolve, reject) => {
    const opened = (error: Error | null, zip: ZipFile): void => {
      if (error) reject(error);
      else resolve(zip);
    };
    if (typeof from === "string") open(from, zipOptions, opened);
    else fromRandomAccessReader(new HandleReader(from), size, zipOptions, opened);
  });
}

/** Reads parts of an open file, and leaves it open: it is its opener's to close. */
class HandleReader extends RandomAccessReader {
  readonly #handle: FileHandle;

  constructor(handle: FileHandle) {
    super();
    this.#handle = handle;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(partsOf(this.#handle, start, end), { objectMode: false });
  }
}

/** Reads the central directory; null when the zip must be refused. */
function listEntries(zip: ZipFile, path: string, log: DeviationLog, limits: PackageLimits): Promise<Map<string, Entry> | null> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    let total = 0;
    if (zip.entryCount > limits.entries) {
      log.add("package-too-large", { file: "" }, `The zip holds ${zip.entryCount} entries; at most ${limits.entries} are read. Zip the CSV files alone.`);
      return resolve(null);
    }
    zip.on("error", (cause: unknown) => {
      if (isSystemError(cause)) return reject(RosterPathError.unusable(path, cause));
      const unsafe = /invalid relative path|absolute path|invalid characters in fileName/.test(reason(cause));
      if (unsafe) log.add("entry-name-unsafe", { file: "" }, `The zip holds an entry whose name leads out of it (${reason(cause)}). Zip the CSV files themselves, without paths.`);
      else log.add("package-unreadable", { file: "" }, `The list of files in the zip is damaged (${reason(cause)}). Export it again.`);
      resolve(null);
    });
    zip.on("end", () => resolve(entries));
    zip.on("entry", (entry: Entry) => {
      const fault = faultOf(entry, entries, limits);
      total += entry.uncompressedSize;
      if (fault !== null) {
        log.add(fault.code, { file: entry.fileName }, fault.message);
        return resolve(null);
      }
      if (total > limits.totalBytes) {
        log.add("package-too-large", { file: "" }, `The zip unpacks to more than ${limits.totalBytes} bytes. ${splitIt}`);
        return resolve(null);
      }
      if (!entry.fileName.endsWith("/")) entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

function faultOf(entry: Entry, known: ReadonlyMap<string, Entry>, limits: PackageLimits) {
  const name = quoted(entry.fileName);
  if (entry.isEncrypted()) return { code: "entry-encrypted", message: `${name} is encrypted. Export the package without a password.` } as const;
  if (known.has(entry.fileName)) return { code: "entry-repeated", message: `${name} stands in the zip twice, so it is unclear which one counts. Zip it once.` } as const;
  if (entry.uncompressedSize > limits.entryBytes) {
    return { code: "package-too-large", message: `${name} unpacks to ${entry.uncompressedSize} bytes; at most ${limits.entryBytes} are read. ${splitIt}` } as const;
  }
  return null;
}

function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) reject(new EntryFault("entry-damaged", damaged(entry, error)));
      else resolve(stream);
    });
  });
}

/** Passes bytes on, and ends in an EntryFault when they are not those that were zipped. */
class ChecksumCheck extends Transform {
  #sum = 0;
  readonly #entry: Entry;

  constructor(entry: Entry) {
    super();
    this.#entry = entry;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#sum = crc32(chunk, this.#sum);
    done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    if (this.#sum === this.#entry.crc32) done();
    else done(new EntryFault("entry-damaged", damaged(this.#entry, "its checksum is wrong")));
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    const known = error === null || error instanceof EntryFault || isSystemError(error);
    done(known ? error : new EntryFault("entry-damaged", damaged(this.#entry, error)));
  }
}

function damaged(entry: Entry, cause: unknown): string {
  return `${quoted(entry.fileName)} in the zip is damaged (${typeof cause === "string" ? cause : reason(cause)}). Export the package again.`;
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message.slice(0, 200) : "unknown";
}

/** Node's file errors carry `errno`; zlib's and yauzl's faults of the content do not come from the system. */
function isSystemError(cause: unknown): cause is NodeJS.ErrnoException {
  return cause instanceof Error && "syscall" in cause;
}
