import { readFileSync } from "node:fs";
import { UsageError } from "./command.ts";

/** The first line of a file as a passphrase. A word on the command line would stand in the shell's history and in the list of processes. */
export function readPassphrase(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new UsageError(`The file with the passphrase, ${file}, cannot be read.`);
  }
  const passphrase = text.split(/\r?\n/, 1)[0]!;
  if (passphrase.length < 12) throw new UsageError(`The first line of ${file} must be the passphrase, of 12 characters or more. A good one: openssl rand -base64 24`);
  return passphrase;
}
