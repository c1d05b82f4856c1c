import "reflect-metadata";
import { callFolder, ConfigError, readProcessConfig } from "#foundation/config/config";
import { terminalIo } from "./command.ts";
import { dispatch } from "./dispatch.ts";

// `osss explain Student | head` closes the pipe early: that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

const io = terminalIo(callFolder());
try {
  process.exitCode = await dispatch(process.argv.slice(2), io);
} catch (error) {
  process.exitCode = 1;
  io.report(error instanceof ConfigError ? error.message : explain(error));
}

/** What went wrong; where it did is for whoever mends it, and told when asked for. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return logsDebug() ? (error.stack ?? error.message) : `${error.message}\n(OSSS_LOG_LEVEL=debug shows where.)`;
}

function logsDebug(): boolean {
  try {
    return readProcessConfig().logLevel === "debug";
  } catch {
    return true;
  }
}
