import { sql } from "kysely";
import type { WriteSession } from "#foundation/crud/write";

/** The agreements with this id, or else with a party of this name, the newest first: for the command line, where a person types it. */
export const agreementsCalled = (session: WriteSession, words: string): Promise<{ id: string; partyName: string }[]> =>
  session.ask(sql<{ id: string; partyName: string }>`SELECT a.id, a.party_name::text AS "partyName" FROM platform.agreement a
    WHERE a.archived_at IS NULL AND (a.id::text = lower(${words}) OR (lower(a.party_name) = lower(${words}) AND a.to_date > access.today())) ORDER BY a.id DESC`);
