import { accessSync, constants } from "node:fs";
import { connect } from "node:net";
import { delimiter, join } from "node:path";

/** Where Debian puts servers, although it is not on everybody's PATH. */
const systemFolders = ["/usr/sbin", "/usr/local/sbin"];

/** The path of a server program of this machine; null where it is not installed. */
function programNamed(name: string): string | null {
  for (const folder of [...(process.env["PATH"] ?? "").split(delimiter), ...systemFolders]) {
    try {
      const file = join(folder, name);
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // not there
    }
  }
  return null;
}

/**
 * A server that a test needs and npm does not bring: its path; null where it is not installed, which is a reason to skip on a developer's
 * machine. @throws Error where CI is set: there it must be.
 */
export function installedServer(name: string): string | null {
  const program = programNamed(name);
  if (program === null && process.env["CI"]) throw new Error(`${name} is not installed, and CI is set. Run: npm run servers:install`);
  return program;
}

/** Whether somebody listens on a port of this machine. */
export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => (socket.destroy(), resolve(true)));
    socket.once("error", () => resolve(false));
  });
}
