import { resolve } from "node:path";

/** What a command may say and read besides its words. Tests give their own. */
export interface CommandIo {
  /** One line of the result, for people or for the next program: standard output. */
  print(line: string): void;
  /** One line of progress or complaint: standard error, so that a redirected result stays clean. */
  report(line: string): void;
  /** Makes a path as the person typed it absolute: from the folder where the command was called. */
  path(typed: string): string;
}

/** One command of `osss`: the file commands/<name>.ts exports these four by name. */
export interface Command {
  /** The word that calls it: the file's name. */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `osss <name> --help` prints: the words it takes, each option, an example. */
  readonly usage: string;
  /** Does the work and returns the exit code: 0 done, 1 the work failed, 2 the words were wrong. Throw UsageError for the last. */
  run(args: string[], io: CommandIo): Promise<number>;
}

/** The words of a command were wrong; printed with the command's usage, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The terminal, with paths taken from `folder`. */
export function terminalIo(folder: string): CommandIo {
  return {
    print: (line) => void process.stdout.write(`${line}\n`),
    report: (line) => void process.stderr.write(`${line}\n`),
    path: (typed) => resolve(folder, typed),
  };
}
