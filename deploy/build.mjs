// Builds dist/: the server as plain JavaScript with the files it reads beside it, and the client.
// Run it as: npm run build
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { dirname, extname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(root, "dist");

function run(program, words) {
  const { status, error } = spawnSync(process.execPath, [join(root, "node_modules", program), ...words], { cwd: root, stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

rmSync(dist, { recursive: true, force: true });
run("typescript/bin/tsc", ["-p", "deploy/tsconfig.json"]);

const assets = new Set([".json", ".graphql", ".sql", ".css", ".html", ".svg", ".yaml", ".csv"]);
for (const folder of ["subgraphs", "gateway", "identity", "schema"]) {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((found) => found.isFile() && assets.has(extname(found.name)))) {
    const file = relative(root, join(entry.parentPath, entry.name));
    if (!/(^|\/)(tests|testing)\//.test(file)) cpSync(join(root, file), join(dist, file), { recursive: true });
  }
}

if (existsSync(join(root, "client", "build.ts"))) {
  const build = `import { buildClient } from ${JSON.stringify(pathToFileURL(join(root, "client", "build.ts")).href)};
    await buildClient({ outDir: ${JSON.stringify(join(dist, "client"))}, log: console.log });`;
  const { status } = spawnSync(process.execPath, ["--import", "@oxc-node/core/register", "--input-type=module", "-e", build], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
