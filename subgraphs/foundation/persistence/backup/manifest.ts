import { createHmac, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { BackupRefused } from "./refused.ts";

const stored = { file: z.string().regex(/^[\w.-]+$/), bytes: z.number().int(), sha256: z.string().regex(/^[0-9a-f]{64}$/) };
const plain = z.string().regex(/^[a-z_][a-z0-9_]*$/);

const shape = z.strictObject({
  format: z.literal("osss-backup"),
  version: z.literal(1),
  madeAt: z.string(),
  /** Version of the PostgreSQL server that it comes from. */
  postgres: z.string(),
  /** The migrations that had run, by subgraph. */
  migrations: z.record(plain, z.array(z.string().regex(/^\w+$/))),
  tables: z.array(z.strictObject({ schema: plain, table: plain, columns: z.array(plain), rows: z.number().int(), ...stored })),
  /** Of the data folder: keys and what else lies there. */
  files: z.array(z.strictObject({ path: z.string(), mode: z.number().int(), ...stored })),
  /** Chained audit entries, by district: the chain is verified again once it is restored. */
  audit: z.record(z.uuid(), z.number().int()),
  /** How the key is made of the passphrase; null where nothing is encrypted. */
  encryption: z.strictObject({ salt: z.string(), cost: z.number().int() }).nullable(),
  /** Of everything above, with the key: null where nothing is encrypted. */
  seal: z.string().nullable(),
});

/** What a backup holds: backup.json, beside the files that it names. */
export type BackupManifest = z.infer<typeof shape>;

export const manifestFile = "backup.json";

export function readManifest(folder: string): BackupManifest {
  let text: string;
  try {
    text = readFileSync(join(folder, manifestFile), "utf8");
  } catch {
    throw new BackupRefused(`${folder} is no backup: there is no ${manifestFile} in it.`);
  }
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    throw new BackupRefused(`${join(folder, manifestFile)} cannot be read: it is damaged, or another version of OSSS wrote it.`);
  }
}

/** What only who has the key can write. */
export function sealOf(manifest: Omit<BackupManifest, "seal">, key: Buffer): string {
  const { seal: _, ...rest } = manifest as BackupManifest;
  return createHmac("sha256", key).update(JSON.stringify(shape.omit({ seal: true }).parse(rest))).digest("hex");
}

export function isSealed(manifest: BackupManifest, key: Buffer): boolean {
  return manifest.seal !== null && timingSafeEqual(Buffer.from(manifest.seal), Buffer.from(sealOf(manifest, key)));
}
