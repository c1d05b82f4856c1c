import { destination, pino } from "pino";
import { safeError } from "../errors/safe-error.ts";

/** The part of pino that OSSS uses. */
export interface Log {
  debug(fields: Record<string, unknown>, message: string): void;
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

/** Keeps nothing. */
export const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

export interface LogOptions {
  readonly level: string;
  /** Written here; to the standard output where it is not given. */
  readonly file?: string;
  /** In every line: which process of the installation it is. */
  readonly service: string;
}

/**
 * The log of a process, a JSON object a line. Errors under `err` are made safe: kind, code and place, no message that could hold a name, a
 * token or what somebody sent.
 */
export function openLog({ level, file, service }: LogOptions): Log {
  // Libraries alone fill the usual ten lines between the driver and what of OSSS asked.
  Error.stackTraceLimit = 30;
  const options = { level, base: { service, pid: process.pid }, serializers: { err: (error: unknown) => safeError(error) } };
  return file === undefined ? pino(options) : pino(options, destination({ dest: file, sync: true }));
}
