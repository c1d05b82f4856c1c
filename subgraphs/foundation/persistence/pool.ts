import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";

/** One pool, shared by everything in the process that acts as the application's login. */
export interface Database {
  readonly kysely: Kysely<Record<string, Record<string, unknown>>>;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

const { builtins } = pg.types;
/** Days and times stay text, exact numbers stay text, instants become Date; no parser guesses a time zone. */
const types = new pg.TypeOverrides();
types.setTypeParser(builtins.DATE, (text: string) => text);
types.setTypeParser(builtins.TIME, (text: string) => text.slice(0, 5));
types.setTypeParser(builtins.NUMERIC, (text: string) => text);
types.setTypeParser(builtins.INT8, (text: string) => Number(text));

/** A statement as it went to the database, for tests that look at SQL. */
export type StatementListener = (sql: string, parameters: readonly unknown[]) => void;

/**
 * Opens the pool. `size` bounds the connections of this process; a caller waits at most 5 s for one, and the login's own settings
 * (login-settings.ts) bound what a statement may take: beyond that the caller gets UNAVAILABLE or CONFLICT, never a hang.
 *
 * Nothing is set for the session and no statement is prepared under a name, so that a pooler which hands out connections by the
 * transaction (PgBouncer) may stand between.
 */
export function openDatabase(url: string, size: number, onError: (error: Error) => void, onStatement?: StatementListener): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    types,
    application_name: "osss",
  });
  pool.on("error", onError);
  pool.on("connect", (client) => client.on("error", onError));
  const kysely = new Kysely<Record<string, Record<string, unknown>>>({
    dialect: new PostgresDialect({ pool }),
    ...(onStatement ? { log: (event) => onStatement(event.query.sql, event.query.parameters) } : {}),
  });
  let closing: Promise<void> | undefined;
  return { kysely, pool, close: () => (closing ??= kysely.destroy()) };
}
