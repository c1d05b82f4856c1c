import { sql } from "kysely";
import { rolesFor } from "#foundation/access/access";
import type { Call } from "#foundation/crud/call";
import { computed } from "#foundation/crud/computed";
import { storedFiles } from "../access.ts";
import { StoredFile } from "../entities/stored-file.ts";
import { fileUrl, type FileLink } from "../files/link.ts";

/** Links to those of these files that are the caller's own and in that state; read under her row rules. */
async function linksTo(call: Call, ids: readonly string[], method: FileLink["method"], status: string): Promise<Map<string, string>> {
  const { accountId, districtId } = call.identity;
  if (accountId === null || districtId === null) return new Map();
  const rows = await call.ask(sql<{ id: string; size: number }>`SELECT id, size FROM platform.stored_file WHERE id = ANY (${[...ids]}::uuid[]) AND account_id = ${accountId}::uuid AND status = ${status} AND expires_at > ${call.now} AND archived_at IS NULL`);
  return new Map(rows.map(({ id, size }) => [id, fileUrl(call.services.config, { method, fileId: id, districtId, accountId, size })]));
}

const roles = rolesFor(storedFiles, "read");

export const storedFileUploadUrl = computed({
  on: StoredFile, name: "uploadUrl", roles, returns: "String",
  description: "Where its owner sends its content by PUT, in the next five minutes; null for others, and when it does not wait. Whoever has the link may use it: pass it to nobody.",
  resolve: (call, ids) => linksTo(call, ids, "PUT", "WAITING"),
});

export const storedFileDownloadUrl = computed({
  on: StoredFile, name: "downloadUrl", roles, returns: "String",
  description: "Where its owner fetches its content, in the next five minutes; null for others, and when there is none. Whoever has the link may use it: pass it to nobody.",
  resolve: (call, ids) => linksTo(call, ids, "GET", "STORED"),
});
