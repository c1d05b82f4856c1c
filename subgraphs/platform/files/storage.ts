import type { Config } from "#foundation/config/config";
import type { WriteSession } from "#foundation/crud/write";
import type { RoleNames } from "#foundation/persistence/names";
import type { Database } from "#foundation/persistence/pool";
import { databaseStorage } from "./database-storage.ts";
import { s3Storage } from "./s3-storage.ts";

/** A file whose bytes are stored. */
export interface Placed {
  readonly id: string;
  readonly districtId: string;
  /** Where in the store; null in the database. */
  readonly place: string | null;
}

export interface Content {
  readonly size: number;
  readonly sha256: string;
  read(): AsyncIterable<Buffer>;
}

/** Where the bytes of files are. */
export interface FileStorage {
  /** What has to be done before the transaction. @returns the file's place. */
  bring(file: Omit<Placed, "place">, content: Content): Promise<string | null>;
  /** What belongs to the transaction that says that the file is there. */
  keep(session: WriteSession, file: Placed, content: Content): Promise<void>;
  read(file: Placed): AsyncIterable<Buffer>;
  /** Removes what `keep` kept; it may be gone already. */
  drop(session: WriteSession, file: Placed): Promise<void>;
  /** Removes what `bring` brought, and may have been brought for nothing. */
  discard(file: Placed): Promise<void>;
}

export interface StorageOptions {
  readonly config: Pick<Config, "files">;
  readonly database: Database;
  readonly roles: RoleNames;
}

/** Where new files go. One that is elsewhere is read from where it is, as long as the settings name that place. */
export const newFiles = (options: StorageOptions): FileStorage => (options.config.files.s3 === null ? databaseStorage(options) : s3Storage(options.config.files.s3));

export function storageOf(options: StorageOptions, { place }: Pick<Placed, "place">): FileStorage {
  if (place === null) return databaseStorage(options);
  if (options.config.files.s3 === null) throw new Error("A file lies in an S3 store, and none is set: OSSS_FILES_S3_ENDPOINT and those beside it.");
  return s3Storage(options.config.files.s3);
}
