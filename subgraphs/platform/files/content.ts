import type { FileHandle } from "node:fs/promises";
import type { Config } from "#foundation/config/config";
import { runAcrossDomains, type Orchestration } from "#foundation/crud/across-domains";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { uuidv7 } from "#foundation/record/uuid";
import { StoredFile, type FilePurpose } from "../entities/stored-file.ts";
import { mediaTypeNamed, nameProblem } from "./media-types.ts";
import { Spool } from "./spool.ts";
import { newFiles, storageOf } from "./storage.ts";

/** Where files are, and for which district: what a job has at hand. Its orchestration writes platform. */
export interface FilesHost {
  readonly config: Pick<Config, "files">;
  readonly orchestration: Orchestration;
  readonly districtId: string;
}

const options = ({ config, orchestration: { database, roles } }: FilesHost) => ({ config, database, roles });
const day = 86_400_000;

/**
 * Gives the content of a stored file to `work` as an open file without a name, which is gone afterwards. Whoever calls it has asked whether
 * this file may be read for this work; it is of the host's district, or not found.
 * @throws OsssError NOT_FOUND where there is none, or its content is not (any more) here.
 */
export async function withStoredFile<T>(host: FilesHost, id: string, work: (handle: FileHandle, file: { readonly name: string; readonly mediaType: string; readonly size: number; readonly sha256: string }) => Promise<T>): Promise<T> {
  const { result: file } = await runAcrossDomains(host.orchestration, { operation: "read file", districtId: host.districtId }, (across) =>
    across.in("platform", async (session) => {
      const record = await session.elevated("Whoever reads it has asked whether it may.").find(StoredFile, id);
      if (record === null || record.status !== "STORED") throw OsssError.notFound("StoredFile");
      const { name, mediaType, size, sha256, place } = record;
      return { name, mediaType, size, sha256: sha256!, place };
    }),
  );
  await using spool = await Spool.open();
  for await (const bytes of storageOf(options(host), file).read({ id, districtId: host.districtId, place: file.place })) await spool.write(bytes);
  if (spool.size !== file.size || spool.sha256 !== file.sha256) throw new Error("The content of a stored file is not what was stored.");
  const { place: _, ...told } = file;
  return await work(spool.handle, told);
}

/** Removes the content of a file, whosever it is, if it is still here; the record stays and says so. As platform. */
export async function removeFile(host: FilesHost, session: WriteSession, id: string): Promise<void> {
  const file = await session.elevated("Its time is over, whosever it is.").find(StoredFile, id);
  if (file === null || (file.status !== "WAITING" && file.status !== "STORED")) return;
  await storageOf(options(host), file).drop(session, { id, districtId: host.districtId, place: file.place });
  session.update(file, { status: "REMOVED", place: null });
}

export interface MadeFile {
  /** To whom it is given; nobody else gets its content. */
  readonly accountId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly purpose: FilePurpose;
  readonly content: AsyncIterable<Uint8Array>;
}

/** Puts a made file on record, as platform, and gives its id. */
export type KeepFile = (session: WriteSession) => Promise<string>;

/**
 * Makes a file, and gives `work` what puts it on record in the transaction of whatever it belongs to: both are there then, or neither. A
 * transaction that is begun anew may do it again.
 */
export async function withMadeFile<T>(host: FilesHost, made: MadeFile, work: (keep: KeepFile) => Promise<T>): Promise<T> {
  const type = mediaTypeNamed(made.mediaType);
  const problem = type === undefined ? `There are no files of type ${made.mediaType}.` : nameProblem(made.name, type);
  if (problem !== null) throw new Error(problem);
  await using spool = await Spool.open();
  for await (const bytes of made.content) await spool.write(bytes);
  const { districtId, orchestration } = host;
  const id = uuidv7(orchestration.clock().getTime());
  const storage = newFiles(options(host));
  const content = { size: spool.size, sha256: spool.sha256, read: () => spool.read() };
  const place = await storage.bring({ id, districtId }, content);
  const placed = { id, districtId, place };
  try {
    return await work(async (session) => {
      const { now } = session.caller;
      session.create(StoredFile, {
        account: made.accountId, name: made.name, mediaType: made.mediaType, size: content.size, purpose: made.purpose, status: "STORED", sha256: content.sha256, storedAt: now, fetchedAt: null, refusal: null,
        expiresAt: new Date(now.getTime() + host.config.files.keepDays * day), place,
      }, id);
      await session.flush();
      await storage.keep(session, placed, content);
      return id;
    });
  } catch (error) {
    await storage.discard(placed).catch(() => undefined);
    throw error;
  }
}

/** Stores what the platform has made as a file of an account, by itself. @returns its id. */
export const storeFile = (host: FilesHost, made: MadeFile): Promise<string> =>
  withMadeFile(host, made, async (keep) => (await runAcrossDomains(host.orchestration, { operation: "store file", districtId: host.districtId }, (across) => across.in("platform", keep))).result);
