import { readdirSync } from "node:fs";
import { UsageError, type Command, type CommandIo } from "./command.ts";

const folder = new URL("./commands/", import.meta.url);
const commandFile = /^([a-z][a-z-]*)\.(?:ts|js)$/;

/** The names of all commands, from the files' names alone: nothing is loaded. */
export function commandNames(): string[] {
  return readdirSync(folder).flatMap((file) => commandFile.exec(file)?.[1] ?? []).sort();
}

/** Loads one command: only the one that is called costs start-up time. */
async function load(name: string): Promise<Command> {
  const file = readdirSync(folder).find((entry) => commandFile.exec(entry)?.[1] === name);
  if (file === undefined) throw new UsageError(`There is no command "${name}".`);
  return (await import(new URL(file, folder).href)) as Command;
}

/** How many letters must be added, removed, replaced or swapped with a neighbour to make one word the other. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const at = (r: number, c: number) => (r === i ? row[c] : rows[r]?.[c]) ?? 0;
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (same ? 0 : 1), ...(swapped ? [at(i - 2, j - 2) + 1] : [])));
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}

/** The known word that was probably meant; null when none is near. */
export function nearest(word: string, known: readonly string[]): string | null {
  const [best] = known.map((name) => ({ name, far: name.startsWith(word) && word.length > 1 ? 0 : distance(word, name) })).sort((a, b) => a.far - b.far);
  return best !== undefined && best.far <= Math.max(1, Math.floor(best.name.length / 3)) ? best.name : null;
}

async function overview(): Promise<string> {
  const commands = await Promise.all(commandNames().map(load));
  const width = Math.max(0, ...commands.map((command) => command.name.length));
  return [
    "npm run osss -- <command> [options]",
    "",
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
    "",
    "npm run osss -- <command> --help tells more about one.",
  ].join("\n");
}

const asksForHelp = (words: readonly string[]) => words.slice(0, words.includes("--") ? words.indexOf("--") : undefined).some((word) => word === "--help" || word === "-h");
const isParseArgsError = (error: unknown): error is Error => error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");

/**
 * Runs the command that the words name and returns the exit code: 0 done, 1 failed, 2 wrong words. What a command throws
 * beyond wrong words rises to the caller.
 */
export async function dispatch(words: readonly string[], io: CommandIo): Promise<number> {
  const [name, ...args] = words;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    io.print(await overview());
    return name === undefined ? 2 : 0;
  }
  if (!commandNames().includes(name)) {
    const meant = nearest(name, commandNames());
    io.report(`There is no command "${name}".${meant === null ? "" : ` Did you mean "${meant}"?`} npm run osss -- --help lists them all.`);
    return 2;
  }
  const command = await load(name);
  if (asksForHelp(args)) {
    io.print(command.usage);
    return 0;
  }
  try {
    return await command.run(args, io);
  } catch (error) {
    if (!(error instanceof UsageError) && !isParseArgsError(error)) throw error;
    io.report(`${error.message}\n\n${command.usage}`);
    return 2;
  }
}
