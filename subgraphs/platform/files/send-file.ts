import type { ServerResponse } from "node:http";
import { runAcrossDomains } from "#foundation/crud/across-domains";
import { OsssError } from "#foundation/errors/errors";
import { identityOf } from "#foundation/identity/identity";
import { drained } from "#foundation/serving/drained";
import type { HttpHost } from "#foundation/serving/http-handler";
import { fileOfLink } from "./file-of-link.ts";
import { plain } from "./http-refusal.ts";
import type { FileLink } from "./link.ts";
import { storageOf } from "./storage.ts";

/** Sends a file's content to its owner, as something to be saved; the audit log says so first. */
export async function sendFile(host: HttpHost, link: FileLink, headOnly: boolean, response: ServerResponse): Promise<void> {
  const { orchestration } = host;
  const about = { operation: "fetch file", districtId: link.districtId, identity: identityOf({ districtId: link.districtId, accountId: link.accountId }), requestId: `file ${link.fileId}` };
  const { result: file } = await runAcrossDomains(orchestration, about, (across) =>
    across.in("platform", async (session) => {
      const record = await fileOfLink(session, link);
      if (record.status !== "STORED" || record.expiresAt <= session.caller.now) throw OsssError.notFound("StoredFile");
      const { name, mediaType, size, place } = record;
      if (!headOnly) session.update(record, { fetchedAt: session.caller.now });
      return { name, mediaType, size, place };
    }),
  );
  // All of it, whatever part was asked for.
  response.writeHead(200, { ...plain, "content-type": file.mediaType, "content-length": String(file.size), "accept-ranges": "none", "content-disposition": `attachment; filename="${file.name.replace(/[^ -~]|["\\%]/g, "_")}"; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}` });
  if (headOnly) return void response.end();
  const options = { config: host.config, database: orchestration.database, roles: orchestration.roles };
  for await (const bytes of storageOf(options, file).read({ id: link.fileId, districtId: link.districtId, place: file.place })) {
    if (response.destroyed) return;
    response.write(bytes);
    await drained(response);
  }
  response.end();
}
