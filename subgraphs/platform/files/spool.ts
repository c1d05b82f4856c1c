import { createHash, randomBytes } from "node:crypto";
import { open, unlink, type FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const part = 256 * 1024;

/** Bytes on their way, in a file that has no name any more: it is gone with its handle, however the process ends. */
export class Spool implements AsyncDisposable {
  readonly handle: FileHandle;
  readonly #hash = createHash("sha256");
  #size = 0;
  #sha256: string | null = null;
  /** The first few thousand bytes. */
  head: Buffer = Buffer.alloc(0);

  private constructor(handle: FileHandle) {
    this.handle = handle;
  }

  static async open(): Promise<Spool> {
    const path = join(tmpdir(), `osss-file-${randomBytes(16).toString("hex")}`);
    const handle = await open(path, "wx+", 0o600);
    await unlink(path).catch(async (error: unknown) => {
      await handle.close();
      throw error;
    });
    return new Spool(handle);
  }

  get size(): number {
    return this.#size;
  }

  /** Of everything that was written; nothing is written after it was asked for. */
  get sha256(): string {
    return (this.#sha256 ??= this.#hash.digest("hex"));
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.head.length < 4_096) this.head = Buffer.concat([this.head, bytes.subarray(0, 4_096 - this.head.length)]);
    this.#hash.update(bytes);
    for (let from = 0; from < bytes.length; ) from += (await this.handle.write(bytes, from, bytes.length - from, this.#size + from)).bytesWritten;
    this.#size += bytes.length;
  }

  /** What was written, from the beginning, a quarter of a megabyte at a time. */
  async *read(): AsyncGenerator<Buffer> {
    for (let at = 0; at < this.#size; ) {
      const bytes = Buffer.allocUnsafe(Math.min(part, this.#size - at));
      const { bytesRead } = await this.handle.read(bytes, 0, bytes.length, at);
      if (bytesRead === 0) throw new Error("A spooled file is shorter than what was written.");
      at += bytesRead;
      yield bytes.subarray(0, bytesRead);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.handle.close();
  }
}
