import { chmod, mkdir, open, readFile, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";

const put = z.object({ key: z.string(), value: z.record(z.string(), z.unknown()), ends: z.number().nullable() });
const entryLine = z.union([put, z.object({ key: z.string(), gone: z.literal(true) })]);

export interface JournalEntry {
  readonly value: Record<string, unknown>;
  /** Milliseconds since the epoch, or null for one that does not end. */
  readonly ends: number | null;
}

/**
 * A map on disk that survives kill -9: each change is a line appended before the write resolves, and the file is rewritten
 * whole (a draft, flushed, then renamed) when most of its lines are history. A line cut short by a crash is dropped when
 * reading. Entries that have ended are never returned and are pruned; each kind (the key up to ":") holds at most `limit`
 * entries, the oldest leaving first, so that a flood of one kind cannot push out another.
 */
export class GrantJournal {
  readonly #entries = new Map<string, JournalEntry>();
  readonly #perKind = new Map<string, Set<string>>();
  #handle: FileHandle | null = null;
  #lines = 0;
  #waiting: string[] = [];
  #writing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly file: string,
    private readonly clock: () => number,
    private readonly limit: number,
  ) {}

  /** Opens the journal, creating file (0600) and folder (0700) when missing, and prunes what has ended. */
  static async open(file: string, clock: () => number, limit = 2_000): Promise<GrantJournal> {
    const journal = new GrantJournal(file, clock, limit);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await journal.#load();
    await journal.#compact();
    return journal;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): JournalEntry["value"] | undefined {
    const entry = this.#entries.get(key);
    if (!entry || this.#ended(entry)) return undefined;
    return entry.value;
  }

  *find(kind: string): IterableIterator<[string, JournalEntry["value"]]> {
    for (const key of this.#perKind.get(kind) ?? []) {
      const value = this.get(key);
      if (value) yield [key, value];
    }
  }

  /** Resolves when the change is with the operating system. Rejects when it could not be written; the change then holds in memory only. */
  set(key: string, value: JournalEntry["value"], ends: number | null): Promise<void> {
    this.#remember(key, { value, ends });
    const kind = this.#kindOf(key);
    const lines = [JSON.stringify({ key, value, ends })];
    for (const oldest of kind) {
      const entry = this.#entries.get(oldest);
      if (kind.size <= this.limit && entry && !this.#ended(entry)) break;
      this.#forget(oldest);
      lines.push(JSON.stringify({ key: oldest, gone: true }));
    }
    return this.#append(lines);
  }

  delete(keys: readonly string[]): Promise<void> {
    const known = keys.filter((key) => this.#entries.has(key));
    if (known.length === 0) return Promise.resolve();
    for (const key of known) this.#forget(key);
    return this.#append(known.map((key) => JSON.stringify({ key, gone: true })));
  }

  async close(): Promise<void> {
    await this.#writing.catch(() => undefined);
    await this.#handle?.close();
    this.#handle = null;
  }

  #ended(entry: JournalEntry): boolean {
    return entry.ends !== null && entry.ends <= this.clock();
  }

  #kindOf(key: string): Set<string> {
    const kind = key.slice(0, key.indexOf(":"));
    let keys = this.#perKind.get(kind);
    if (!keys) this.#perKind.set(kind, (keys = new Set()));
    return keys;
  }

  #remember(key: string, entry: JournalEntry): void {
    this.#forget(key);
    this.#entries.set(key, entry);
    this.#kindOf(key).add(key);
  }

  #forget(key: string): void {
    this.#entries.delete(key);
    this.#kindOf(key).delete(key);
  }

  #append(lines: string[]): Promise<void> {
    this.#waiting.push(...lines);
    const write = this.#writing.catch(() => undefined).then(() => this.#flush());
    this.#writing = write;
    return write;
  }

  async #flush(): Promise<void> {
    if (this.#waiting.length === 0) return;
    if (!this.#handle) throw new Error("The sign-ins of the embedded identity provider are closed: the platform is stopping.");
    const batch = this.#waiting.splice(0);
    await this.#handle.appendFile(`${batch.join("\n")}\n`);
    this.#lines += batch.length;
    if (this.#lines > 500 + 4 * this.#entries.size) await this.#compact();
  }

  async #load(): Promise<void> {
    const text = await readFile(this.file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    });
    for (const line of text.split("\n")) {
      const parsed = entryLine.safeParse(parseLine(line));
      if (!parsed.success) continue;
      const entry = parsed.data;
      if ("gone" in entry) this.#forget(entry.key);
      else this.#remember(entry.key, entry);
    }
  }

  async #compact(): Promise<void> {
    for (const [key, entry] of this.#entries) if (this.#ended(entry)) this.#forget(key);
    const draft = `${this.file}.draft`;
    await rm(draft, { force: true });
    const handle = await open(draft, "ax", 0o600);
    try {
      await handle.appendFile([...this.#entries].map(([key, { value, ends }]) => `${JSON.stringify({ key, value, ends })}\n`).join(""));
      await handle.sync();
      await rename(draft, this.file);
      await chmod(this.file, 0o600);
    } catch (error) {
      await handle.close();
      throw error;
    }
    await this.#handle?.close();
    this.#handle = handle;
    this.#lines = this.#entries.size;
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
