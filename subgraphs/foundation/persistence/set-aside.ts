import { sql } from "kysely";
import type { WriteSession } from "../crud/write.ts";

/**
 * For a first load of many rows: takes foreign keys and plain indexes from those of these tables (`schema.table`) that hold no row, until the
 * transaction ends or `putBack` is called; with `uniques` also unique indexes on which no key rests, for rows that are known to differ and
 * are not looked up meanwhile. See set-aside-sql.ts for what that costs others.
 */
export async function setAsideWhereEmpty(session: WriteSession, tables: readonly string[], { uniques = false } = {}): Promise<void> {
  await session.ask(sql`SET CONSTRAINTS journal.put_back DEFERRED`);
  await session.ask(sql`SELECT journal.set_aside(${tables}::text[], ${uniques})`);
}

/** Makes every index and checks every key again now, for what follows in the transaction. */
export async function putBack(session: WriteSession): Promise<void> {
  await session.ask(sql`SET CONSTRAINTS journal.put_back IMMEDIATE`);
}
