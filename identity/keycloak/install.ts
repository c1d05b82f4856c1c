import { spawn } from "node:child_process";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { homeOf, isInstalled, keycloak, KeycloakUnavailable, sha256Of, stampOf, toolsFolder } from "./distribution.ts";
import { unzip } from "./unzip.ts";

/** Words for the person who waits. */
type Say = (line: string) => void;

const javaHint = "Install a JDK 17 or later (Debian: apt-get install openjdk-17-jdk-headless) and run the command again.";

/**
 * Brings the Keycloak that the tests run into a folder: the zip from Maven Central by Maven, checked by its hash, unpacked, and
 * built for a database in memory. Does nothing where it stands already, so that later runs need neither Maven nor a network.
 * @throws KeycloakUnavailable, whose message says what is missing.
 */
export async function installKeycloak(say: Say, folder: string = toolsFolder): Promise<string> {
  const home = homeOf(folder);
  await requireJava();
  if (isInstalled(folder)) return home;
  const draft = join(folder, `draft-${process.pid}`);
  await mkdir(draft, { recursive: true });
  try {
    say(`Fetching Keycloak ${keycloak.version} with Maven (170 MB, once) ...`);
    const zip = await fetchZip(draft);
    const sum = await sha256Of(zip);
    if (sum !== keycloak.sha256) throw new KeycloakUnavailable(`What Maven fetched is not Keycloak ${keycloak.version}: its SHA-256 is ${sum}, and identity/keycloak/distribution.ts says ${keycloak.sha256}. Remove it from Maven's local repository, then run the command again.`);
    say("Unpacking ...");
    await unzip(zip, draft);
    const [unpacked] = (await readdir(draft)).filter((name) => name.startsWith("keycloak-") && !name.endsWith(".zip"));
    if (unpacked === undefined) throw new KeycloakUnavailable("The zip of Keycloak holds no folder of Keycloak.");
    await rm(home, { recursive: true, force: true });
    await rename(join(draft, unpacked), home);
    say("Building it for the tests ...");
    await build(home);
    await writeFile(stampOf(home), `${keycloak.sha256}\n`);
    return home;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function requireJava(): Promise<void> {
  const { code, said } = await run("java", ["-version"], `Java was not found: Keycloak needs it. ${javaHint}`);
  const version = Number(/version "(\d+)/.exec(said)?.[1] ?? 0);
  if (code !== 0 || version < 17) throw new KeycloakUnavailable(`Keycloak ${keycloak.version} needs Java 17 or later, and this machine's says: ${said.trim().split("\n")[0]}. ${javaHint}`);
}

async function fetchZip(folder: string): Promise<string> {
  const words = [
    "--batch-mode", "--quiet", "--strict-checksums",
    "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy",
    `-Dartifact=${keycloak.artifact}:${keycloak.version}:zip`, `-DoutputDirectory=${folder}`,
  ];
  const { code, said } = await run("mvn", words, "Maven was not found: it fetches Keycloak. Install it (Debian: apt-get install maven) and run the command again.", folder);
  if (code !== 0) throw new KeycloakUnavailable(`Maven could not fetch Keycloak ${keycloak.version}. It needs Maven Central once; after that the tests run offline. Maven said:\n${said.trim()}`);
  return join(folder, `keycloak-quarkus-dist-${keycloak.version}.zip`);
}

async function build(home: string): Promise<void> {
  const { code, said } = await run("sh", [join(home, "bin/kc.sh"), "build", "--db=dev-mem"], "There is no shell to run Keycloak's script with.");
  if (code !== 0) throw new KeycloakUnavailable(`Keycloak could not be built:\n${said.trim()}`);
}

/** Runs a program to its end and keeps what it says; where there is none of that name, throws the sentence. */
function run(program: string, words: readonly string[], missing: string, cwd?: string): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"], ...(cwd ? { cwd } : {}) });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.once("error", (error: NodeJS.ErrnoException) => reject(error.code === "ENOENT" ? new KeycloakUnavailable(missing) : error));
    child.once("close", (code) => resolve({ code, said }));
  });
}

if (import.meta.main) {
  try {
    process.stdout.write(`${await installKeycloak((line) => void process.stdout.write(`${line}\n`))}\n`);
  } catch (error) {
    if (!(error instanceof KeycloakUnavailable)) throw error;
    process.stderr.write(`\n${error.message}\n\n`);
    process.exitCode = 1;
  }
}
