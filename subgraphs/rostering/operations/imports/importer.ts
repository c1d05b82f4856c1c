import type { AcrossDomains } from "#foundation/crud/across-domains";
import { district } from "#foundation/access/relations";
import { OsssError } from "#foundation/errors/errors";
import { importers } from "../../access.ts";

/** @throws OsssError FORBIDDEN unless the caller imports for the district. */
export async function requireImporter(across: AcrossDomains): Promise<void> {
  const holds = await across.in("rostering", (session) => session.holds(district, null, importers));
  if (!holds) throw OsssError.forbidden("Only the registrar of the district imports other systems' files. A registrar of one school asks her.");
}
