import { sql } from "kysely";
import type { WriteSession } from "../crud/write.ts";

/**
 * For a first load of many rows: takes foreign keys and plain indexes from those of these tables (`schema.table`) that hold no row, until the
 * transaction ends or `putBack` is called. See set-aside-sql.ts for what that costs others.
 */
export async function setAsideWhereEmpty(session: WriteSession, tables: readonly string[]): Promise<void> {
  await session.ask(sql`SET CONSTRAINTS journal.put_back DEFERRED`);
  await session.ask(sql`SELECT journal.set_aside(${tables}::text[])`);
}

/** Makes every index and checks every key again now, for what follows in the transaction. */
export async function putBack(session: WriteSession): Promise<void> {
  await session.ask(sql`SET CONSTRAINTS journal.put_back IMMEDIATE`);
}
