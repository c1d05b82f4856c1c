import { parseArgs } from "node:util";
import { readProcessConfig, type Config } from "#foundation/config/config";
import { BackupRefused } from "#foundation/persistence/backup/refused";
import { writeBackup } from "#foundation/persistence/backup/write-backup";
import { openInstallation } from "#foundation/persistence/installation";
import { allManifests } from "../../registry.ts";
import { UsageError, type CommandIo } from "../command.ts";
import { readPassphrase } from "../passphrase.ts";

export const name = "backup";
export const summary = "write everything that is stored into a folder";
export const usage = `osss backup <folder> [--passphrase-file FILE]

Writes a backup into a new folder: the rows of every table as of one moment, and the keys and files of the data folder, each with its
checksum. OSSS may go on running meanwhile. A folder that holds something is refused; one that is there under its name is whole.

  --passphrase-file FILE   encrypts the backup (AES-256-GCM) with the passphrase in the first line of FILE. Without it, whoever has the
                           folder reads every record: keep it where only you can. Nobody can restore it without the passphrase.

Not in it: the settings (.env), with their secrets, and what Keycloak keeps. Save both by themselves.

Where DATABASE_URL names a server it uses DATABASE_ADMIN_URL, past any pooler; else the embedded PostgreSQL of OSSS_DATA_DIR.

Exit codes: 0 made, 1 not possible, 2 wrong words.`;

export const run = (args: string[], io: CommandIo): Promise<number> => backup(args, io, readProcessConfig());

/** The command over a given configuration. Throws UsageError for wrong words. */
export async function backup(args: string[], io: CommandIo, config: Config): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { "passphrase-file": { type: "string" } } });
  if (positionals.length !== 1) throw new UsageError("Name one folder that the backup goes to.");
  const folder = io.path(positionals[0]!);
  const file = values["passphrase-file"];
  const passphrase = file === undefined ? null : readPassphrase(io.path(file));
  const manifests = await allManifests();
  const installation = await openInstallation(config, manifests, { attach: true, log: (line) => io.report(line), purpose: "osss backup" });
  try {
    if (installation.adminUrl === null) {
      io.report("DATABASE_URL is set without DATABASE_ADMIN_URL, and its login reads nothing by itself. Set DATABASE_ADMIN_URL to the same database as the role that migrates.");
      return 1;
    }
    const started = performance.now();
    const { tables, files } = await writeBackup({ folder, adminUrl: installation.adminUrl, prefix: config.database.prefix, manifests, dataDir: config.dataDir, passphrase, log: (line) => io.report(`  ${line}`) });
    io.print(`${folder}: ${tables.reduce((sum, { rows }) => sum + rows, 0)} rows and ${files.length} files, in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
    if (passphrase === null) io.report("It is not encrypted: whoever has the folder reads every record and can sign in as anybody. --passphrase-file encrypts it.");
    io.report("Settings (.env) and Keycloak's own data are not in it: save them, too.");
    return 0;
  } catch (error) {
    if (!(error instanceof BackupRefused)) throw error;
    io.report(error.message);
    return 1;
  } finally {
    await installation.close();
  }
}
