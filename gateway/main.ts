import "reflect-metadata";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError, readProcessConfig, type Config } from "#foundation/config/config";
import { DataFolderInUse } from "#foundation/persistence/data-folder-lock";
import { openLog, type Log } from "#foundation/serving/log";
import { settleMemory } from "#foundation/serving/settle-memory";
import { PortUnavailable } from "./server.ts";
import { startPlatform, type RunningPlatform } from "./start-platform.ts";

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** In the demo the terminal belongs to the person: the log goes to a file. */
function logOf(config: Config): Log {
  const log = { level: config.logLevel, service: "gateway" };
  if (config.mode === "production") return openLog(log);
  mkdirSync(config.dataDir, { recursive: true });
  return openLog({ ...log, file: join(config.dataDir, "osss.log") });
}

function welcome(config: Config, platform: RunningPlatform, readyMs: number): string {
  const demo = config.oidc.issuer === null;
  return [
    "",
    `  OSSS is ready in ${(readyMs / 1000).toFixed(1)} s.`,
    "",
    `  Open        ${platform.url}`,
    `  Query       ${platform.url}/graphql`,
    ...(demo
      ? [
          "",
          "  Sign in as  registrar, principal, nurse, parent, student, superintendent, auditor ... (password demo)",
          "  Token       npm run osss -- token registrar",
        ]
      : [`  Sign-in     ${config.oidc.issuer}`]),
    "",
    "  Ctrl-C stops everything.",
    "",
  ].join("\n");
}

/** Longest time from Ctrl-C to the end, in milliseconds. Leaving asks the database to end, too, and loses nothing that was committed. */
const stopPatienceMs = 9_500;

async function main(): Promise<void> {
  const started = performance.now();
  const config = readProcessConfig();
  const log = logOf(config);
  const starting = startPlatform({ config, log, say });
  let ending: Promise<never> | undefined;
  // Also while it starts: what is opened by then is closed again, within the time that Ctrl-C may take.
  const stop = (code: number) => {
    setTimeout(() => process.exit(code), stopPatienceMs).unref();
    ending ??= starting.then((platform) => platform.stop(), () => undefined).then(() => process.exit(code));
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => (say("Stopping ..."), stop(0)));
  process.on("SIGHUP", () => void starting.then((platform) => ending ?? platform.reload(), () => undefined));
  const platform = await starting;
  if (ending) return ending;
  const readyMs = Math.round(process.uptime() * 1000);
  log.info({ readyMs, afterImportsMs: Math.round(performance.now() - started) }, "ready");
  say(welcome(config, platform, readyMs));
  void platform.host.installation.postgres?.exited.then(({ expected, reason }) => {
    if (expected) return;
    process.stderr.write(`\n${reason}\nNothing that was saved is lost. Start OSSS again: npm start\n`);
    stop(1);
  });
  await settleMemory();
  if (config.mode === "demo") writeFileSync(join(config.dataDir, "last-start.json"), `${JSON.stringify({ readyMs, cold: platform.firstStart, rssMb: Math.round(process.memoryUsage().rss / 1024 / 1024), at: new Date().toISOString() })}\n`);
}

main().catch((error: unknown) => {
  const known = error instanceof ConfigError || error instanceof PortUnavailable || error instanceof DataFolderInUse;
  process.stderr.write(`\n${error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error)}\n\n`);
  process.exit(1);
});
