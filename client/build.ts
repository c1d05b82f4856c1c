import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export interface BuildClientOptions {
  /** The folder that the built client is in afterwards. It is replaced as a whole. */
  readonly outDir: string;
  /** Told one line when there is something to build, none when there is not. */
  readonly log: (line: string) => void;
}

const clientFolder = fileURLToPath(new URL("./", import.meta.url));
const fingerprintFile = ".fingerprint";
/** The client's operations by their hashes, for the gateway. */
const persistedManifest = "persisted-documents.json";

/**
 * Builds the web client unless what is in `outDir` was built from the very same sources. A build that is cut short leaves the
 * earlier one in place. Answers whether it built.
 */
export async function buildClient({ outDir, log }: BuildClientOptions): Promise<boolean> {
  const wanted = clientFingerprint();
  if (builtFrom(outDir) === wanted) return false;
  log("Building the web client ...");
  const beside = join(dirname(outDir), `.${basename(outDir)}-${process.pid}`);
  try {
    await bundle(beside);
    copyFileSync(join(clientFolder, "src", "generated", "persisted-documents.json"), join(beside, persistedManifest));
    writeFileSync(join(beside, fingerprintFile), `${wanted}\n`);
    replaceFolder(outDir, beside);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
  return true;
}

/** Runs the bundler in a process of its own: the server that asks for it does not keep its memory. */
async function bundle(outDir: string): Promise<void> {
  const vite = fileURLToPath(new URL("../node_modules/vite/bin/vite.js", import.meta.url));
  const words = ["build", "--config", join(clientFolder, "vite.config.ts"), "--configLoader", "native", "--outDir", outDir, "--emptyOutDir", "--logLevel", "error"];
  const child = spawn(process.execPath, [vite, ...words], { cwd: dirname(clientFolder), stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`The web client could not be built:\n${said.trim()}`);
}

/** Another process may put its own build there in the same moment: then this one takes its place. */
function replaceFolder(outDir: string, made: string): void {
  for (let tries = 3; ; tries--) {
    rmSync(outDir, { recursive: true, force: true });
    try {
      renameSync(made, outDir);
      return;
    } catch (error) {
      if (tries === 0 || !existsSync(outDir)) throw error;
    }
  }
}

/** What a built client is made of: its sources and the versions of its dependencies, as one hash. */
export function clientFingerprint(): string {
  const hash = createHash("sha256");
  const add = (file: string, name: string) => hash.update(name).update("\0").update(readFileSync(file)).update("\0");
  const lockFile = join(clientFolder, "..", "package-lock.json");
  if (existsSync(lockFile)) add(lockFile, "package-lock.json");
  for (const file of filesBelow(clientFolder)) add(file, relative(clientFolder, file));
  return hash.digest("hex");
}

function builtFrom(outDir: string): string | null {
  const file = join(outDir, fingerprintFile);
  return existsSync(file) && existsSync(join(outDir, "index.html")) ? readFileSync(file, "utf8").trim() : null;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== "tests" && !entry.name.endsWith(".test.ts"))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();
}
