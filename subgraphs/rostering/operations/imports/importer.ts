import type { AcrossDomains } from "#foundation/crud/across-domains";
import { district } from "#foundation/access/relations";
import type { Managed, WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { importers } from "../../access.ts";
import { platform } from "../../domains.ts";
import { Import } from "../../entities/import.ts";

/** @throws OsssError FORBIDDEN unless the caller imports for the district. */
export async function requireImporter(across: AcrossDomains): Promise<void> {
  const holds = await across.in("rostering", (session) => session.holds(district, null, importers));
  if (!holds) throw OsssError.forbidden("Only the registrar of the district imports other systems' files. A registrar of one school asks her.");
}

/** The work on an import goes on while nobody waits for it, for so many days at most. */
const delegatedDays = 14;

/** Lets the work on an import go on in the caller's name. Returns the delegation's id. */
export const lendForImport = (across: AcrossDomains, source: string): Promise<string> =>
  across.in("platform", (session) => platform.lendForWork(session, { use: "IMPORT", purpose: `Import of ${source}`, roles: importers, operations: ["startImport", "commitImport"], days: delegatedDays }));

/** The same anew where somebody else goes on with it, or long after: what was lent at its start has ended, or ends soon. */
async function lendAgain(across: AcrossDomains, importId: string): Promise<{ delegationId?: string }> {
  const [record] = await across.in("rostering", async (session) => (await session.list(Import, { id: importId })).map(({ source, createdBy, createdAt }) => ({ source, createdBy, createdAt })));
  const { identity, now } = across.caller;
  if (record === undefined || (record.createdBy === identity.accountId && now.getTime() - record.createdAt.getTime() < (delegatedDays - 2) * 86_400_000)) return {};
  return { delegationId: await lendForImport(across, record.source) };
}

/** Acts on an import as it stands at a version, for the registrar of the district; `lent` is what the work on it runs under from then on. */
export async function onImport<T>(across: AcrossDomains, { import: id, version }: { import: string; version: number }, act: (session: WriteSession, record: Managed<Import>, lent: { delegationId?: string }) => Promise<T>): Promise<T> {
  await requireImporter(across);
  const lent = await lendAgain(across, id);
  return across.in("rostering", async (session) => act(session, await session.get(Import, id, version), lent));
}
