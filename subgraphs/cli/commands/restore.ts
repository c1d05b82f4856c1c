import { parseArgs } from "node:util";
import { readProcessConfig, type Config } from "#foundation/config/config";
import { BackupRefused } from "#foundation/persistence/backup/refused";
import { restoreBackup } from "#foundation/persistence/backup/restore-backup";
import { allManifests } from "../../registry.ts";
import { UsageError, type CommandIo } from "../command.ts";
import { readPassphrase } from "../passphrase.ts";

export const name = "restore";
export const summary = "put a backup into an empty data folder or database";
export const usage = `osss restore <folder> [--passphrase-file FILE] [--check]

Puts what osss backup wrote into an installation that holds nothing yet: a data folder (OSSS_DATA_DIR) that is not there or is empty, or
the database of DATABASE_URL and DATABASE_ADMIN_URL without a row in it. Nothing is ever overwritten. Every file is checked before anything
is written; all rows are loaded in one transaction; a backup of an older OSSS is brought to this version; at the end the audit chain is
verified. OSSS must not run on the target meanwhile.

  --passphrase-file FILE   the passphrase of an encrypted backup, in the first line of FILE
  --check                  only look whether the backup is whole and the passphrase right

Clients that follow changes start anew afterwards: the cursors that they kept belong to the lost server, and are refused with
CURSOR_EXPIRED.

Exit codes: 0 restored, 1 not possible, 2 wrong words.`;

export const run = (args: string[], io: CommandIo): Promise<number> => restore(args, io, readProcessConfig());

/** The command over a given configuration. Throws UsageError for wrong words. */
export async function restore(args: string[], io: CommandIo, config: Config): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { "passphrase-file": { type: "string" }, check: { type: "boolean" } } });
  if (positionals.length !== 1) throw new UsageError("Name the folder of one backup.");
  const file = values["passphrase-file"];
  const checkOnly = values.check === true;
  const started = performance.now();
  try {
    const { tables } = await restoreBackup({ folder: io.path(positionals[0]!), config, manifests: await allManifests(), passphrase: file === undefined ? null : readPassphrase(io.path(file)), checkOnly, log: (line) => io.report(line) });
    if (!checkOnly) io.print(`Restored ${tables.reduce((sum, { rows }) => sum + rows, 0)} rows in ${((performance.now() - started) / 1000).toFixed(1)} s; the audit chain holds. Start OSSS as usual.`);
    return 0;
  } catch (error) {
    if (!(error instanceof BackupRefused)) throw error;
    io.report(error.message);
    return 1;
  }
}
