import type { Config } from "#foundation/config/config";
import { openOrchestration, type Orchestration } from "#foundation/crud/across-domains";
import { openInstallation, type Installation } from "#foundation/persistence/installation";
import type { Database } from "#foundation/persistence/pool";
import { allManifests } from "../registry.ts";
import type { CommandIo } from "./command.ts";

/** The database as a command uses it. */
export interface OpenedInstallation {
  installation: Installation;
  database: Database;
  orchestration: Orchestration;
}

/**
 * Opens the database of the settings for a command and closes it afterwards: the one of an OSSS that runs on the data folder, else the
 * embedded one, started for the command, or the server of DATABASE_URL. It is migrated first where the settings name who may.
 */
export async function withInstallation<T>(config: Config, io: Pick<CommandIo, "report">, purpose: string, work: (opened: OpenedInstallation) => Promise<T>, clock: () => Date = () => new Date()): Promise<T> {
  const manifests = await allManifests();
  const installation = await openInstallation(config, manifests, { attach: true, log: (line) => io.report(line), purpose });
  try {
    if (installation.adminUrl !== null) await installation.migrate();
    const database = installation.openDatabase();
    return await work({ installation, database, orchestration: openOrchestration({ name: "command", database, prefix: config.database.prefix, clock, manifests }) });
  } finally {
    await installation.close();
  }
}
