import { parseArgs } from "node:util";
import { readProcessConfig, type Config } from "#foundation/config/config";
import { openInstallation } from "#foundation/persistence/installation";
import { allManifests } from "../../registry.ts";
import type { CommandIo } from "../command.ts";

export const name = "migrate";
export const summary = "bring the database to this version of OSSS";
export const usage = `osss migrate

Brings tables, row rules and functions of the database to this version of OSSS, and prints what it did. Repeatable: a second run
changes nothing. Data stays.

Uses DATABASE_ADMIN_URL, the role that makes tables and roles, where DATABASE_URL names a server; else the embedded PostgreSQL of
OSSS_DATA_DIR, that of an OSSS that is running too. npm start migrates the embedded one by itself.

Exit codes: 0 done, 1 failed.`;

export const run = (args: string[], io: CommandIo): Promise<number> => migrateInstallation(args, io, readProcessConfig());

/** The command over a given configuration. */
export async function migrateInstallation(args: string[], io: Pick<CommandIo, "print" | "report">, config: Config): Promise<number> {
  parseArgs({ args, options: {} });
  const installation = await openInstallation(config, await allManifests(), { attach: true, log: (line) => io.report(line), purpose: "osss migrate" });
  try {
    if (installation.adminUrl === null) {
      io.report("DATABASE_URL is set without DATABASE_ADMIN_URL, so there is nobody who may migrate. Set DATABASE_ADMIN_URL to the same database as a role that may create schemas and roles.");
      return 1;
    }
    const { applied, derived } = await installation.migrate();
    for (const migration of applied) io.print(migration);
    if (derived) io.print("row rules, functions, indexes and constraints");
    io.print(applied.length === 0 && !derived ? "The database is up to date: nothing to do." : "The database is up to date now.");
    return 0;
  } finally {
    await installation.close();
  }
}
