import { district } from "#foundation/access/relations";
import type { AcrossDomains } from "#foundation/crud/across-domains";
import { OsssError } from "#foundation/errors/errors";
import { exporters } from "../access.ts";

/** @throws OsssError FORBIDDEN unless the caller sends data out for the district. */
export async function requireExporter(across: AcrossDomains): Promise<void> {
  const holds = await across.in("rostering", (session) => session.holds(district, null, exporters));
  if (!holds) throw OsssError.forbidden("Only the district's registrar and superintendent send its data out.");
}
