import { sql } from "kysely";
import { identityOf } from "#foundation/identity/identity";
import { enter } from "#foundation/persistence/session";
import type { FileStorage, StorageOptions } from "./storage.ts";

/** Parts that are read at once: two megabytes. */
const few = 8;

/** Bytes in the database, in parts under row rules. A few are read in a transaction of their own: a slow reader holds no connection. */
export function databaseStorage({ database, roles }: StorageOptions): FileStorage {
  return {
    bring: () => Promise.resolve(null),
    async keep(session, { id, districtId }, content) {
      let n = 0;
      for await (const bytes of content.read()) await session.ask(sql`INSERT INTO files.part (district_id, file_id, n, bytes) VALUES (${districtId}::uuid, ${id}::uuid, ${n++}, ${bytes})`);
    },
    async *read({ id, districtId }) {
      for (let n = 0; ; n += few) {
        const parts = await database.kysely.transaction().execute(async (transaction) => {
          await enter(transaction, { identity: identityOf({ districtId }), now: new Date(), role: roles.elevated("platform") });
          return (await sql<{ bytes: Buffer }>`SELECT bytes FROM files.part WHERE district_id = ${districtId}::uuid AND file_id = ${id}::uuid AND n >= ${n} AND n < ${n + few} ORDER BY n`.execute(transaction)).rows;
        });
        for (const { bytes } of parts) yield bytes;
        if (parts.length < few) return;
      }
    },
    async drop(session, { id, districtId }) {
      await session.ask(sql`DELETE FROM files.part WHERE district_id = ${districtId}::uuid AND file_id = ${id}::uuid`);
    },
    discard: () => Promise.resolve(),
  };
}
