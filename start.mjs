// Runs OSSS on a fresh clone with any Node >= 20: installs what is missing, then hands over to the Node that the project brings.
//   node start.mjs                  the whole of OSSS
//   node start.mjs --dev            the same, started again after each change
//   node start.mjs --test [...]     the tests; further words go to vitest
//   node start.mjs --cli [...]      the command line
import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { constants as osConstants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));
const modules = join(root, "node_modules");
const windows = process.platform === "win32";
const broughtNode = windows ? join(modules, "node", "bin", "node.exe") : join(modules, ".bin", "node");

function fail(sentence) {
  console.error(`\n${sentence}\n`);
  process.exit(1);
}

const ownMajor = Number(process.versions.node.split(".")[0]);
if (ownMajor < 20) {
  fail(`OSSS needs Node.js 20 or later to start, and this is ${process.version}. Install a current one from https://nodejs.org, then run the command again.`);
}

/** The packages of a lock file by folder; null when the file is missing or not readable as one. */
function packagesIn(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, "utf8")).packages ?? null;
  } catch {
    return null;
  }
}

/**
 * Whether node_modules holds what package-lock.json asks for, on this platform. npm stamps a complete installation, whoever
 * made it, with node_modules/.package-lock.json; comparing the two needs no stamp of ours and no write access.
 */
function isInstalled() {
  const wanted = packagesIn(join(root, "package-lock.json"));
  const present = packagesIn(join(modules, ".package-lock.json"));
  if (wanted === null) fail("package-lock.json is missing or damaged. Restore it (git checkout package-lock.json), then run the command again.");
  if (present === null) return false;
  for (const [folder, entry] of Object.entries(wanted)) {
    if (folder === "") continue;
    const here = present[folder];
    if (here !== undefined) {
      if (here.version !== entry.version) return false;
      continue;
    }
    const forUs = entry.os?.includes(process.platform) && entry.cpu?.includes(process.arch) && entry.libc === undefined;
    if (!entry.optional || forUs) return false;
  }
  return true;
}

function writable(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Runs npm ci, showing what it says; ends the process with a sentence when it fails. */
async function install() {
  if (!writable(existsSync(modules) ? modules : root)) {
    fail(`The packages in ${modules} are missing or do not fit package-lock.json, and this user cannot write there. Run "npm ci" in ${root} as the user who owns it.`);
  }
  console.log("Installing the packages (once, a minute or two) ...");
  const words = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const viaNpm = process.env.npm_execpath?.endsWith(".js") ? [process.execPath, [process.env.npm_execpath, ...words]] : ["npm", words];
  let said = "";
  const failure = await new Promise((resolve) => {
    const npm = spawn(...viaNpm, { cwd: root, stdio: ["ignore", "inherit", "pipe"], shell: windows && viaNpm[0] === "npm" });
    npm.stderr.on("data", (chunk) => {
      said += chunk;
      process.stderr.write(chunk);
    });
    npm.once("error", (error) => resolve(error.code === "ENOENT" ? "npm was not found" : error.message));
    npm.once("close", (code, signal) => resolve(code === 0 ? null : `npm ci ended with ${signal ?? `code ${code}`}`));
  });
  if (failure === null) return;
  if (failure === "npm was not found") fail("npm was not found beside Node.js. Install Node.js with npm (https://nodejs.org), then run the command again.");
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ERR_INVALID_URL/.test(said)) {
    fail("npm could not reach its registry, and the first start needs it once. Connect this machine to the internet, or tell npm about your proxy or mirror (npm config set proxy ..., npm config set registry ...), then run the command again.");
  }
  if (/ENOSPC/.test(said)) fail("The disk is full: the packages need about 1 GB. Free some space, then run the command again.");
  fail(`The packages could not be installed: ${failure}. npm's own words are above. When they are mended, run the command again.`);
}

/** The Node that runs the project: the one it brings, or this one where it is as new. */
function projectNode() {
  if (existsSync(broughtNode)) {
    const probe = spawnSync(broughtNode, ["--version"], { encoding: "utf8" });
    if (probe.status === 0) return broughtNode;
  }
  if (ownMajor >= 24) return process.execPath;
  return fail(`The Node.js 24 that the project brings does not run here (${broughtNode}). If npm is told to ignore scripts, run "npm rebuild node" in ${root} with --ignore-scripts=false; else install Node.js 24 on this machine. Then run the command again.`);
}

const [flag, ...rest] = process.argv.slice(2);
const typescript = ["--import", "./typescript.mjs"];
const settings = existsSync(join(root, ".env")) ? ["--env-file=.env"] : [];
const commands = {
  start: () => [...settings, ...typescript, "gateway/main.ts", ...(flag === undefined ? [] : [flag, ...rest])],
  dev: () => [...settings, "--watch", "--watch-preserve-output", ...typescript, "gateway/main.ts", ...rest],
  test: () => [join("node_modules", "vitest", "vitest.mjs"), "run", "--configLoader=native", ...rest],
  cli: () => [...settings, ...typescript, "subgraphs/cli/main.ts", ...rest],
};
const command = flag === "--dev" ? "dev" : flag === "--test" ? "test" : flag === "--cli" ? "cli" : "start";
if (command === "start" && flag !== undefined) fail(`"${flag}" is not known here. Use: node start.mjs [--dev | --test ... | --cli ...]`);

if (!isInstalled()) await install();

const callFolder = process.env.npm_package_json === join(root, "package.json") ? process.env.INIT_CWD : undefined;
const child = spawn(projectNode(), commands[command](), {
  cwd: root,
  stdio: "inherit",
  detached: !windows,           // Ctrl-C reaches this process alone, which passes it on once: the child shuts down in its own order
  env: { ...process.env, PATH: `${join(modules, ".bin")}${delimiter}${process.env.PATH ?? ""}`, INIT_CWD: callFolder ?? process.cwd() },
});

/** The terminal and npm may each deliver one Ctrl-C: what follows within this time is the same one. */
const sameKeystroke = 1_500;
let passedOnAt = -Infinity;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    if (performance.now() - passedOnAt < sameKeystroke) return;
    passedOnAt = performance.now();
    child.kill(signal === "SIGHUP" ? "SIGTERM" : signal);
  });
}
child.once("error", (error) => fail(`OSSS could not be started: ${error.message}`));
child.once("close", (code, signal) => {
  process.exitCode = code ?? 128 + (osConstants.signals[signal] ?? 0);
});
