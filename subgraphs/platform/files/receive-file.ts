import type { IncomingMessage, ServerResponse } from "node:http";
import { runAcrossDomains } from "#foundation/crud/across-domains";
import type { Managed, WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { identityOf } from "#foundation/identity/identity";
import type { HttpHost } from "#foundation/serving/http-handler";
import type { StoredFile } from "../entities/stored-file.ts";
import { HttpRefusal, plain } from "./http-refusal.ts";
import type { FileLink } from "./link.ts";
import { fileOfLink } from "./file-of-link.ts";
import { mediaTypeNamed } from "./media-types.ts";
import { scan } from "./scan.ts";
import { Spool } from "./spool.ts";
import { newFiles } from "./storage.ts";

const wrong = (path: string, message: string) => OsssError.invalid([{ path, message }]);

/**
 * Takes the content of a file that waits for it: of exactly the announced length, looking like what it was said to be, and clean. It lies
 * under no name meanwhile, so that nothing of one that breaks off is left; then bytes and status are stored together.
 */
export async function receiveFile(host: HttpHost, link: FileLink, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const write = <T>(operation: string, work: (session: WriteSession) => Promise<T>) =>
    runAcrossDomains(host.orchestration, { operation, districtId: link.districtId, identity: identityOf({ districtId: link.districtId, accountId: link.accountId }), requestId: `file ${link.fileId}` }, (across) => across.in("platform", work)).then(({ result }) => result);
  const file = await write("bring file", (session) => waiting(session, link));
  checkHeaders(request, file);
  await using spool = await Spool.open();
  // The connection stays for the answer, whatever comes.
  for await (const bytes of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    if (spool.size + bytes.length > file.size) throw wrong("content", `More than the ${file.size} bytes that were announced came. Ask for an upload of the file's own size.`);
    await spool.write(bytes);
  }
  if (spool.size !== file.size) throw wrong("content", `${spool.size} of the ${file.size} bytes came that were announced. Send the whole file.`);
  const type = mediaTypeNamed(file.mediaType)!;
  if (!type.begins(spool.head)) throw wrong("content", `The content does not look like ${type.what}. Send the file that you announced.`);
  const found = await virusIn(host, spool);
  if (found !== null) {
    await write("refuse file", async (session) => {
      const record = await waiting(session, link);
      session.update(record, { status: "REFUSED", refusal: `The virus scanner found ${found.slice(0, 100)} in it. Have the machine that it comes from looked at.` });
    });
    throw new HttpRefusal(422, wrong("content", `The virus scanner found ${found.slice(0, 100)} in this file, so it was not taken. Have the machine that it comes from looked at.`));
  }
  const storage = newFiles({ config: host.config, database: host.orchestration.database, roles: host.orchestration.roles });
  const content = { size: spool.size, sha256: spool.sha256, read: () => spool.read() };
  const place = await storage.bring({ id: file.id, districtId: link.districtId }, content).catch((error: unknown) => {
    host.log.error({ err: error }, "The store of files does not answer.");
    throw OsssError.unavailable("The store of files does not answer, so nothing was taken. Send the file again in a few minutes.");
  });
  const placed = { id: file.id, districtId: link.districtId, place };
  try {
    await write("bring file", async (session) => {
      const record = await waiting(session, link);
      await storage.keep(session, placed, content);
      session.update(record, { status: "STORED", sha256: content.sha256, storedAt: session.caller.now, place, expiresAt: new Date(session.caller.now.getTime() + host.config.files.keepDays * 86_400_000) });
    });
  } catch (error) {
    await storage.discard(placed).catch(() => undefined);
    throw error;
  }
  response.writeHead(201, { ...plain, "content-type": "application/json; charset=utf-8" }).end(JSON.stringify({ id: file.id, size: content.size, sha256: content.sha256, status: "STORED" }));
}

/** The record, if it still waits: content comes once. */
async function waiting(session: WriteSession, link: FileLink): Promise<Managed<StoredFile>> {
  const record = await fileOfLink(session, link);
  if (record.status !== "WAITING" || record.expiresAt <= session.caller.now) throw OsssError.conflict("This file does not wait for content: it has come, was refused, or its time is over. Ask for another upload.");
  return record;
}

function checkHeaders({ headers }: IncomingMessage, file: StoredFile): void {
  if (headers["content-encoding"] !== undefined && headers["content-encoding"] !== "identity") throw new HttpRefusal(415, wrong("content-encoding", "Send the file as it is, without a content-encoding."));
  if (headers["content-type"] !== undefined && headers["content-type"].split(";", 1)[0]!.trim().toLowerCase() !== file.mediaType) throw new HttpRefusal(415, wrong("content-type", `The file was announced as ${file.mediaType}. Send it with that content-type.`));
  if (headers["content-length"] === undefined) throw new HttpRefusal(411, wrong("content-length", "Send the file's length in the header Content-Length."));
  const length = Number(headers["content-length"]);
  if (length > file.size) throw new HttpRefusal(413, wrong("content-length", `The file was announced with ${file.size} bytes. Ask for an upload of its own size.`));
  if (length !== file.size) throw wrong("content-length", `The file was announced with ${file.size} bytes. Ask for an upload of its own size.`);
}

async function virusIn({ config, log }: HttpHost, spool: Spool): Promise<string | null> {
  const { clamd } = config.files;
  if (clamd === null) return null;
  try {
    return await scan(clamd, spool.read());
  } catch (error) {
    log.error({ err: error }, "The virus scanner does not answer.");
    throw OsssError.unavailable("The virus scanner does not answer, so nothing was taken. Send the file again in a few minutes.");
  }
}
