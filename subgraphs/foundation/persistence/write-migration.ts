import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import type { SubgraphManifest } from "../federation/manifest.ts";
import { migrate, pendingDifference } from "./migrate.ts";

/**
 * Writes the migration that a changed record needs, by comparing the model with what the present migrations make of an empty
 * database (`adminUrl`). Returns the file, or null when nothing differs. Read the file before it is committed: a renamed column looks
 * like one dropped and one added.
 */
export async function writeMigration(options: { manifests: readonly SubgraphManifest[]; domain: string; name: string; adminUrl: string; prefix: string }): Promise<string | null> {
  const manifest = options.manifests.find((m) => m.name === options.domain);
  if (!manifest) throw new Error(`There is no subgraph ${options.domain}. Known: ${options.manifests.map((m) => m.name).join(", ")}.`);
  const { adminUrl, prefix } = options;
  const before = options.manifests.slice(0, options.manifests.indexOf(manifest) + 1);
  await migrate({ adminUrl, prefix, appPassword: null, manifests: before, tablesOnly: true });
  const { up, down } = await pendingDifference(manifest, adminUrl, prefix);
  if (up.trim() === "") return null;
  const folder = fileURLToPath(manifest.migrations);
  mkdirSync(folder, { recursive: true });
  const number = String(readdirSync(folder).filter((f) => /^Migration\d/.test(f)).length + 1).padStart(4, "0");
  const file = join(folder, `Migration${number}${options.name.replace(/(^|-)(\w)/g, (_m, _d, c: string) => c.toUpperCase())}.ts`);
  writeFileSync(file, source(file.slice(folder.length).replace(/^\/|\.ts$/g, ""), up, down));
  return file;
}

function source(name: string, up: string, down: string): string {
  const method = (label: string, sql: string) =>
    `  override async ${label}(): Promise<void> {\n${statements(sql).map((s) => `    this.addSql(${JSON.stringify(s)});`).join("\n")}\n  }`;
  return `import { Migration } from "@mikro-orm/migrations";\n\nexport class ${name} extends Migration {\n${method("up", up)}\n\n${method("down", down)}\n}\n`;
}

function statements(sql: string): string[] {
  return sql.split(/;\s*\n/).map((s) => s.trim().replace(/;$/, "")).filter((s) => s !== "");
}
