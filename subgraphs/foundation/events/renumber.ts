import type pg from "pg";

/**
 * Events and entries are told and chained in the order of the transactions that wrote them, and another server counts its transactions
 * anew. All of them are certain here: they get numbers that every server has behind it, so that each reader goes on where it was. Run as
 * the owner, in one transaction.
 */
export const renumbering: readonly string[] = [
  "CREATE TEMPORARY TABLE place ON COMMIT DROP AS SELECT xid, after, row_number() OVER (ORDER BY xid, after NULLS FIRST) AS n FROM (SELECT DISTINCT xid, after FROM journal.horizon WHERE name <> 'seal') p",
  "UPDATE journal.outbox_event o SET xid = (3 + (SELECT count(*) FROM place p WHERE o.xid > p.xid OR (o.xid = p.xid AND (p.after IS NULL OR o.id > p.after))))::text::xid8",
  "UPDATE journal.horizon h SET xid = (2 + p.n)::text::xid8, after = 'ffffffff-ffff-ffff-ffff-ffffffffffff' FROM place p WHERE h.name <> 'seal' AND h.xid = p.xid AND h.after IS NOT DISTINCT FROM p.after",
  "UPDATE journal.horizon SET xid = '0' WHERE name = 'seal'",
  "UPDATE journal.audit_entry SET xid = '3' WHERE position IS NULL",
];

/**
 * Notices that the rows were brought from another server by other means than a restore of OSSS, and numbers them anew then: else what is
 * written here would count as older than what was told and chained there, and would be neither told nor chained.
 * @returns true where they were.
 */
export async function renumberForeignRows(client: pg.Client, owner: string): Promise<boolean> {
  await client.query("BEGIN");
  try {
    await client.query(`SET LOCAL ROLE ${owner}`);
    const { rows } = await client.query<{ here: string; home: string | null }>("SELECT (SELECT system_identifier::text FROM pg_control_system()) AS here, (SELECT server FROM journal.home) AS home");
    const { here, home } = rows[0]!;
    const foreign = home !== null && home !== here;
    if (foreign) for (const sql of renumbering) await client.query(sql);
    if (home !== here) await client.query("INSERT INTO journal.home (server) VALUES ($1) ON CONFLICT (singleton) DO UPDATE SET server = excluded.server", [here]);
    await client.query("COMMIT");
    return foreign;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}
