import "reflect-metadata";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { startEmbeddedPostgres } from "#foundation/persistence/embedded-postgres";
import { writeMigration } from "#foundation/persistence/write-migration";
import { allManifests } from "../../registry.ts";
import { UsageError, type CommandIo } from "../command.ts";

export const name = "migration";
export const summary = "write the migration that changed records need";
export const usage = `osss migration <subgraph> <name>

  <subgraph>  whose records changed, e.g. schools
  <name>      what changes, e.g. add-lockers

  Compares the records with what the present migrations make of an empty database, in a throwaway PostgreSQL, and writes the
  difference to subgraphs/<subgraph>/migrations. Read the file before you commit it: a renamed column looks like one dropped and one added.

  Example: osss migration schools add-lockers`;

export async function run(args: string[], io: CommandIo): Promise<number> {
  const [domain, label] = args;
  const manifests = await allManifests();
  if (!domain || !label || !/^[a-z][a-z0-9-]*$/.test(label)) throw new UsageError("Name the subgraph and, in lower case with hyphens, what changes.");
  if (!manifests.some((m) => m.name === domain)) throw new UsageError(`There is no subgraph ${domain}. Known: ${manifests.map((m) => m.name).join(", ")}.`);
  const dataDir = mkdtempSync(join(tmpdir(), "osss-migration-"));
  if (process.getuid?.() === 0) chmodSync(dataDir, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir, log: (line) => io.report(line), purpose: "osss migration", settings: { fsync: "off" } });
  try {
    const file = await writeMigration({ manifests, domain, name: label, adminUrl: postgres.superuserUrl, prefix: "osss_migration" });
    io.print(file === null ? `Nothing differs: the migrations of ${domain} are complete.` : `Wrote ${relative(process.cwd(), file)}`);
    return 0;
  } finally {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
