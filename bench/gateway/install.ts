import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "peers");
const windows = process.platform === "win32";

/** Installs the other gateways in their folder, exactly as the lock file has them, unless they are there. */
export function installPeers(): void {
  const wanted = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { dependencies: Record<string, string> };
  const present = (name: string): string | undefined => {
    const file = join(folder, "node_modules", name, "package.json");
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version : undefined;
  };
  if (Object.entries(wanted.dependencies).every(([name, version]) => present(name) === version)) return;
  console.error("Installing the other gateways (once, half a minute) ...");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder, stdio: ["ignore", "inherit", "inherit"], shell: windows });
  if (status !== 0) throw new Error(`The other gateways could not be installed: npm ci in ${folder} failed. Its own words are above.`);
}
