import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

/** Builds OSSS' gateway and the subgraphs into `dist/`, as `npm run build` does for production: that is what is measured. */
export function buildServer(): void {
  const { status } = spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", join(import.meta.dirname, "tsconfig.json")], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) throw new Error("OSSS could not be built for the benchmark. What is wrong with it stands above.");
}
