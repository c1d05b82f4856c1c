import { sql, type ControlledTransaction, type Kysely } from "kysely";
import type { Identity } from "../identity/identity.ts";

type Db = Kysely<Record<string, Record<string, unknown>>>;
export type ReadTransaction = ControlledTransaction<Record<string, Record<string, unknown>>>;

/** Who a transaction acts as, and by which database role. */
export interface SessionContext {
  identity: Identity;
  /** The injected clock, so that tests and seeds decide what today is. */
  now: Date;
  /** The nologin role to act as. */
  role: string;
  /** Taken instead of `role` when the caller really holds a duty for the whole district with one of `duties`. */
  wide?: { role: string; duties: readonly string[] };
}

/** The session's variables, as `set_config` pairs. Leftovers of another transaction read as empty text, hence always all of them. */
export function sessionVariables(identity: Identity, now: Date): Record<string, string> {
  return {
    "osss.district": identity.districtId ?? "",
    "osss.account": identity.accountId ?? "",
    "osss.person": identity.personId ?? "",
    "osss.roles": `{${identity.roles.join(",")}}`,
    "osss.now": now.toISOString(),
    // Ends with its transaction like the others, and reads as empty text afterwards.
    ...(identity.delegation ? { "osss.delegation": identity.delegation.id } : {}),
  };
}

/** Sets who is calling and takes the role, in one statement, for this transaction only. Tells the role that it took. */
export async function enter(transaction: Db | ReadTransaction, context: SessionContext): Promise<string> {
  const settings = Object.entries(sessionVariables(context.identity, context.now)).map(([name, value]) => sql`set_config(${name}, ${value}, true)`);
  const role = context.wide
    ? sql`set_config('role', CASE WHEN access.district_office(${`{${context.wide.duties.join(",")}}`}::text[]) THEN ${context.wide.role} ELSE ${context.role} END, true)`
    : sql`set_config('role', ${context.role}, true)`;
  const { rows } = await sql<{ acting: string }>`SELECT ${sql.join(settings)}, ${role} AS acting`.execute(transaction);
  return rows[0]!.acting;
}

/** Takes another role of the domain for the rest of the transaction, or until the next. */
export async function become(transaction: ReadTransaction, role: string): Promise<void> {
  await sql`SELECT set_config('role', ${role}, true)`.execute(transaction);
}

/** A reading transaction, and the role that it acts as now. */
export interface Reading {
  readonly transaction: ReadTransaction;
  role: string;
  /** Ends it and gives its connection back, whatever has become of that. */
  end(): Promise<void>;
  /** The same, where what it found is not used. */
  abandon(): Promise<void>;
}

/**
 * Begins a read-only transaction as the caller: two statements, whatever is read in it. All that is read in a snapshot is of one moment.
 *
 * The connection is held apart from the transaction: Kysely's own keeps it for ever where BEGIN, COMMIT or ROLLBACK fails, and a
 * database that is away for a moment would use up the pool.
 */
export async function beginReading(db: Db, context: SessionContext, of: "statement" | "snapshot" = "statement"): Promise<Reading> {
  const { connection, release } = await heldConnection(db);
  try {
    const begin = connection.startTransaction().setAccessMode("read only");
    const transaction = await (of === "snapshot" ? begin.setIsolationLevel("repeatable read") : begin).execute();
    try {
      const role = await enter(transaction, context);
      return {
        transaction,
        role,
        end: () => transaction.commit().execute().then(() => undefined).finally(release),
        abandon: () => transaction.rollback().execute().then(() => undefined).finally(release),
      };
    } catch (error) {
      await transaction.rollback().execute().catch(() => undefined);
      throw error;
    }
  } catch (error) {
    release();
    throw error;
  }
}

/** A connection of the pool until it is released. */
function heldConnection(db: Db): Promise<{ connection: Db; release: () => void }> {
  return new Promise((resolve, reject) => {
    db.connection().execute((connection) => new Promise<void>((release) => resolve({ connection, release }))).catch(reject);
  });
}
