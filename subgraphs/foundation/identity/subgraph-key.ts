import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../config/config.ts";
import { readSubgraphKey } from "./signed-identity.ts";

/** The key that the processes of an installation share: from the settings, or one of the data folder's own, made once. */
export function subgraphKey(config: Pick<Config, "subgraphSigningKey" | "dataDir">): Uint8Array {
  if (config.subgraphSigningKey !== null) return readSubgraphKey(config.subgraphSigningKey);
  const file = join(config.dataDir, "subgraph-key");
  if (!existsSync(file)) {
    mkdirSync(config.dataDir, { recursive: true });
    writeFileSync(file, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
  }
  return readSubgraphKey(readFileSync(file, "utf8").trim());
}
