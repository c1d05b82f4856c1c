import { connect } from "node:net";
import type { Clamd } from "#foundation/config/config";
import { drained } from "#foundation/serving/drained";

/** Milliseconds without a sign of the scanner after which it counts as away. */
const patienceMs = 60_000;

/**
 * Has ClamAV's daemon look at bytes (INSTREAM). @returns the name of what it found; null where it found nothing.
 * @throws Error where it does not answer, or could not look at all of it.
 */
export async function scan(clamd: Clamd, content: AsyncIterable<Buffer>): Promise<string | null> {
  const socket = connect(clamd);
  socket.setTimeout(patienceMs, () => socket.destroy(new Error("The virus scanner does not answer.")));
  let said = "";
  const answered = new Promise<void>((resolve, reject) => {
    socket.setEncoding("utf8").on("data", (text: string) => (said += text)).once("end", resolve).once("error", reject).once("close", () => reject(new Error("The virus scanner closed the connection.")));
  });
  // Told where it is waited for.
  answered.catch(() => undefined);
  try {
    await Promise.race([new Promise((resolve) => socket.once("connect", resolve)), answered]);
    socket.write("zINSTREAM\0");
    for await (const bytes of content) {
      if (socket.destroyed || socket.readableEnded) break;
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      socket.write(length);
      socket.write(bytes);
      await drained(socket);
    }
    if (!socket.destroyed) socket.write(Buffer.alloc(4));
    await answered;
  } finally {
    socket.destroy();
  }
  const reply = said.replace(/\0/g, "").trim();
  if (reply === "stream: OK") return null;
  const found = /^stream: (.+) FOUND$/.exec(reply)?.[1];
  if (found === undefined) throw new Error(`The virus scanner could not look at a file: ${reply.slice(0, 200)}`);
  return found;
}
