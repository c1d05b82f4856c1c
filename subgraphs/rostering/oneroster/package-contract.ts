import type { Readable } from "node:stream";
import { getHeapStatistics } from "node:v8";

/** Bounds on what one package may hold, so that a hostile or broken one costs little. */
export interface PackageLimits {
  /** Entries in the package, folders included. */
  entries: number;
  /** Uncompressed bytes of one entry. */
  entryBytes: number;
  /** Uncompressed bytes of all entries together. */
  totalBytes: number;
  /** Characters in one CSV record. */
  recordCharacters: number;
  /** Columns in one CSV file. */
  columns: number;
  /** Lines of one CSV file after the header, blank ones included. */
  rows: number;
  /** Filled cells of all files together: they are what is held in memory. Each row counts four more. */
  cells: number;
}

const MEBIBYTE = 1024 * 1024;

/** What Node counts as heap for what is soon forgotten: no room for what is kept. */
const forgotten = 200 * MEBIBYTE;
const limit = getHeapStatistics().heap_size_limit;
/** What this process may hold at all; what is read must leave most of it free. */
const heap = Math.max(limit - forgotten, limit / 8);

/** Room for a district of several hundred thousand students where the process has the memory; a package above it is refused with a sentence. */
export const defaultLimits: PackageLimits = {
  entries: 500,
  entryBytes: Math.min(512 * MEBIBYTE, Math.floor(heap / 4)),
  totalBytes: Math.min(1024 * MEBIBYTE, Math.floor(heap / 4)),
  recordCharacters: 128 * 1024,
  columns: 500,
  rows: 5_000_000,
  // A filled cell takes up to a hundred bytes with all that is remembered of its row: a third of the heap in all.
  cells: Math.floor(heap / 300),
};

/** What to do with a package that is too large. Parts under one name would withdraw one another's people. */
export const splitIt = "Export each school by itself and import it under a source name of its own, or give the server more memory (NODE_OPTIONS=--max-old-space-size).";

/**
 * A folder or a zip with CSV files at its root, seen the same way. Only entries at the root are
 * listed; reading an entry gives its uncompressed bytes, bounded by the limits.
 */
export interface RosterPackage extends AsyncDisposable {
  readonly kind: "folder" | "zip";
  /** Names of the entries at the root, sorted. */
  readonly names: readonly string[];
  /** Names with a folder before them, as found; never read. */
  readonly nested: readonly string[];
  /**
   * The bytes of one entry. Errors of the stream that are the package's fault are `EntryFault`s.
   */
  open(name: string): Promise<Readable>;
}

/** The bytes of an entry cannot be had because the package is faulty. */
export class EntryFault extends Error {
  readonly code: "entry-damaged" | "package-too-large";

  constructor(code: "entry-damaged" | "package-too-large", message: string) {
    super(message);
    this.name = "EntryFault";
    this.code = code;
  }
}

/** The path itself cannot be used: it is not there or may not be read. Not a fault of the package. */
export class RosterPathError extends Error {
  readonly code = "ROSTER_PATH";

  private constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "RosterPathError";
  }

  /** Nothing is at the path, or it may not be read. */
  static unusable(path: string, cause: unknown): RosterPathError {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
    if (code === "ENOENT" || code === "ENOTDIR") {
      return new RosterPathError(`There is nothing at "${path}". Name the folder or the zip of the OneRoster export.`, cause);
    }
    if (code === "EACCES" || code === "EPERM") {
      return new RosterPathError(`"${path}" may not be read by this user. Change its permissions, or run as its owner.`, cause);
    }
    return new RosterPathError(`"${path}" could not be read (${code}). Check the disk and try again.`, cause);
  }

  /** The path is a device, a socket or the like. */
  static notAFile(path: string): RosterPathError {
    return new RosterPathError(`"${path}" is neither a folder nor a file. Name the folder or the zip of the OneRoster export.`);
  }
}
