import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { createDatabase } from "#foundation/testing/databases";

/** A database server as a district has one, with the settings that name it; leaving the scope removes the database and its roles. */
export interface DistrictServer extends AsyncDisposable {
  readonly env: { readonly DATABASE_URL: string; readonly DATABASE_ADMIN_URL: string; readonly OSSS_DATABASE_PREFIX: string };
}

/** An empty database, a role that migrates, and a name for the application's login. */
export async function districtServer(): Promise<DistrictServer> {
  const { superuserUrl } = inject("postgres");
  const prefix = `scenario${randomBytes(4).toString("hex")}`;
  const made = await createDatabase({ superuserUrl });
  const url = new URL(made.url);
  url.username = `${prefix}_app`;
  url.password = "of-the-district";
  return {
    env: { DATABASE_ADMIN_URL: made.url, DATABASE_URL: url.href, OSSS_DATABASE_PREFIX: prefix },
    async [Symbol.asyncDispose]() {
      await made.drop();
      const client = new pg.Client({ connectionString: superuserUrl });
      await client.connect();
      const { rows } = await client.query<{ rolname: string }>("SELECT rolname FROM pg_roles WHERE rolname LIKE $1", [`${prefix}\\_%`]);
      for (const { rolname } of rows) await client.query(`DROP ROLE ${pg.escapeIdentifier(rolname)}`);
      await client.end();
    },
  };
}
