import type { Db } from "pg-boss";
import { quoted, type RoleNames } from "../persistence/names.ts";
import type { Database } from "../persistence/pool.ts";

/**
 * The process's one pool as pg-boss uses it: each statement in a transaction of its own, as the role that keeps the queues. Nothing is set
 * for a session, so that a pooler which hands out connections by the transaction may stand between.
 */
export function bossDatabase({ pool }: Database, roles: RoleNames): Db {
  const take = `SET LOCAL ROLE ${quoted(roles.jobs)}`;
  return {
    async executeSql(text, values = []) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        // Some of its texts are whole transactions.
        if (/^\s*BEGIN\s*;/.test(text)) return (await client.query(text.replace(/^\s*BEGIN\s*;/, `BEGIN; ${take};`))) as unknown as { rows: never[] };
        await client.query(`BEGIN; ${take}`);
        const result = await client.query(text, values as unknown[]);
        await client.query("COMMIT");
        return result;
      } catch (error) {
        await client.query("ROLLBACK").catch((failed: Error) => (broken = failed));
        throw error;
      } finally {
        client.release(broken);
      }
    },
  };
}
