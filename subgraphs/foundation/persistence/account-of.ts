import type { LinkedAccount } from "../identity/identity-of.ts";
import type { Database } from "./pool.ts";

/** The account that a verified token's issuer and subject are linked to; null when nobody linked it. The one thing that the bare login may ask. */
export async function accountOf(database: Database, issuer: string, subject: string): Promise<LinkedAccount | null> {
  const { rows } = await database.pool.query<{ account_id: string; person_id: string | null; district_id: string; status: string }>("SELECT * FROM access.account_of($1, $2)", [issuer, subject]);
  const row = rows[0];
  return row ? { accountId: row.account_id, personId: row.person_id, districtId: row.district_id, status: row.status === "ACTIVE" ? "active" : "disabled" } : null;
}
