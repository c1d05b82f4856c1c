import type { SubgraphManifest } from "../federation/manifest.ts";
import type { Readiness } from "../serving/readiness.ts";
import { versionOf } from "./migrate.ts";
import type { Database } from "./pool.ts";

/** Milliseconds after which a database that has not answered counts as gone. */
const patienceMs = 3_000;

/**
 * Whether the database answers and has been migrated as far as this process needs. Once it has, a version that a newer process has migrated
 * it to is no reason any more: the old ones go on while they are replaced.
 */
export function databaseState(database: Database, manifests: readonly SubgraphManifest[], prefix: string): () => Promise<Readiness> {
  let wanted: string | null = null;
  let fitted = false;
  return async () => {
    try {
      const { rows } = await within(patienceMs, database.pool.query<{ version: string | null }>(fitted ? "SELECT 1" : "SELECT journal.version() AS version"));
      if (fitted) return { ok: true, reasons: [] };
      wanted ??= versionOf(manifests, prefix);
      fitted = rows[0]?.version === wanted;
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      if (code !== "3F000" && code !== "42883" && code !== "42501") return { ok: false, reasons: [code === "28P01" || code === "28000" ? "The database does not let this process in: check the login and password of DATABASE_URL." : "The database does not answer."] };
    }
    return fitted ? { ok: true, reasons: [] } : { ok: false, reasons: ["The database is not at the version of this process: run osss migrate of the same version."] };
  };
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error("It took too long.")), milliseconds)));
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
