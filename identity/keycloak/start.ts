import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KeycloakUnavailable } from "./distribution.ts";

export interface RunningKeycloak {
  /** Such as http://127.0.0.1:41873; the realm's issuer is below it. */
  readonly url: string;
  /** The administrator of this run. */
  readonly admin: { readonly username: string; readonly password: string };
  stop(): Promise<void>;
}

/** For a server that lives for minutes beside a test run: little memory, and code compiled once. */
const lightJava = "-Xms128m -Xmx512m -XX:TieredStopAtLevel=1";
const patience = 300_000;

/**
 * Starts an installed Keycloak on a free loopback port, over a database in memory into which the files are imported as they are
 * (a realm as `<name>-realm.json`, its users as `<name>-users-0.json`). Nothing of it outlives `stop`.
 */
export async function startKeycloak(installed: string, imports: Readonly<Record<string, string>>): Promise<RunningKeycloak> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const admin = { username: "keycloak-test", password: randomBytes(18).toString("base64url") };
  const home = await homeOfItsOwn(installed, imports, {
    "bootstrap-admin-username": admin.username,
    "bootstrap-admin-password": admin.password,
    cache: "local",
    "http-enabled": "true",
    "http-host": "127.0.0.1",
    "http-port": String(port),
    hostname: url,
  });
  const words = [`JAVA_OPTS_KC_HEAP=${lightJava}`, "sh", join(home, "bin/kc.sh"), "start", "--optimized", "--import-realm"];
  const child = spawn("env", words, { stdio: ["ignore", "pipe", "pipe"], detached: true }); // a group of its own: the script and its Java end together
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-20_000)));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let running = true;
  void ended.then(() => (running = false));
  const kill = (signal: NodeJS.Signals) => running && child.pid !== undefined && process.kill(-child.pid, signal);
  const endWithUs = () => void kill("SIGKILL");
  process.once("exit", endWithUs);
  const stop = async () => {
    process.off("exit", endWithUs);
    kill("SIGTERM");
    const force = setTimeout(() => kill("SIGKILL"), 15_000);
    await ended;
    clearTimeout(force);
    await rm(home, { recursive: true, force: true });
  };
  const until = Date.now() + patience;
  while (!(await answers(`${url}/realms/osss/.well-known/openid-configuration`))) {
    if (running && Date.now() < until) continue;
    await stop();
    throw new KeycloakUnavailable(`Keycloak did not start. It said:\n${said}`);
  }
  return { url, admin, stop };
}

/** The installation's folders by links, with settings, data and imports of this run alone. */
async function homeOfItsOwn(installed: string, imports: Readonly<Record<string, string>>, settings: Readonly<Record<string, string>>): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), "osss-keycloak-"));
  await mkdir(join(home, "conf"));
  await writeFile(join(home, "conf/keycloak.conf"), Object.entries(settings).map(([name, value]) => `${name}=${value}\n`).join(""), { mode: 0o600 });
  await mkdir(join(home, "bin"));
  await copyFile(join(installed, "bin/kc.sh"), join(home, "bin/kc.sh")); // it takes the folder that it lies in for its home
  for (const folder of ["lib", "providers", "themes"]) await symlink(join(installed, folder), join(home, folder));
  await mkdir(join(home, "data/import"), { recursive: true });
  for (const [name, file] of Object.entries(imports)) await copyFile(file, join(home, "data/import", name));
  return home;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** Asks once; a refusal waits a moment, so that the next question is not asked at once. */
async function answers(address: string): Promise<boolean> {
  const ok = await fetch(address, { signal: AbortSignal.timeout(5_000) }).then((response) => response.ok, () => false);
  if (!ok) await new Promise((resolve) => setTimeout(resolve, 250));
  return ok;
}
