import { randomBytes } from "node:crypto";
import pg from "pg";

export interface TestDatabase {
  url: string;
  name: string;
  /** Removes the database, closing whatever is still connected to it. */
  drop(): Promise<void>;
}

async function asSuperuser(superuserUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  client.on("error", () => {});                             // reported by the statement itself
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * Makes a database of its own for a test, from `template` where given (about 30 ms; nobody may be connected to the template
 * meanwhile, so a few tries are made). The returned URL is the superuser's: tests derive their logins' from it.
 */
export async function createDatabase(options: { superuserUrl: string; template?: string; name?: string }): Promise<TestDatabase> {
  const name = options.name ?? `test_${randomBytes(6).toString("hex")}`;
  const template = options.template ?? "template0";
  const statement = `CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${pg.escapeIdentifier(template)} STRATEGY FILE_COPY`;
  for (let tries = 1; ; tries += 1) {
    try {
      await asSuperuser(options.superuserUrl, statement);
      break;
    } catch (error) {
      const busy = (error as { code?: string }).code === "55006";
      if (!busy || tries === 20) throw error;
    }
  }
  const url = new URL(options.superuserUrl);
  url.pathname = `/${encodeURIComponent(name)}`;
  return {
    url: url.href, name,
    drop: () => asSuperuser(options.superuserUrl, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`),
  };
}
