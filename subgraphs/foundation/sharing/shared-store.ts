import type { RedisClientType } from "@redis/client";

export interface SharedStoreOptions {
  /** Where Redis answers, such as `redis://:secret@redis.example.org:6379` (`rediss:` over TLS). */
  readonly url: string;
  /** Begins every key and channel, so that installations may share a server. */
  readonly prefix: string;
  /** Told once when Redis stops answering, and again only after it has answered. */
  readonly report: (error: unknown, message: string) => void;
  readonly say?: (line: string) => void;
  /** Milliseconds until a command is given up, 250 unless told. */
  readonly timeoutMs?: number;
}

/** Redis did not answer. Whoever asked goes on with what this process knows. */
export class SharedStoreAway extends Error {
  readonly code = "SHARED_STORE_AWAY";

  constructor(cause?: unknown) {
    super("Redis does not answer.", { cause });
    this.name = "SharedStoreAway";
  }
}

/** Milliseconds for which a Redis that hangs is left alone, so that not every request waits for it. */
const patienceMs = 1_000;

/**
 * What the nodes of an installation know together, in Redis. Nothing is kept there that cannot be done without: it may be restarted,
 * emptied or away at any moment. It is connected to in the background and again whenever it was lost; while it is away every call is
 * refused at once with SharedStoreAway.
 */
export class SharedStore {
  readonly #options: SharedStoreOptions;
  readonly #commands: RedisClientType;
  readonly #messages: RedisClientType;
  #hangsUntil = 0;
  #told = false;
  #answered = false;

  private constructor(options: SharedStoreOptions, commands: RedisClientType, messages: RedisClientType) {
    this.#options = options;
    this.#commands = commands;
    this.#messages = messages;
  }

  /** Loads the client's library only where a Redis is named, and waits at most a second for it to answer. */
  static async open(options: SharedStoreOptions): Promise<SharedStore> {
    const { createClient } = await import("@redis/client");
    const socket = { connectTimeout: 2_000, reconnectStrategy: (tries: number) => Math.min(50 * 2 ** Math.min(tries, 5), 1_000) };
    const common = { url: options.url, socket, commandsQueueMaxLength: 10_000 };
    const commands = createClient({ ...common, disableOfflineQueue: true, pingInterval: 10_000 }) as unknown as RedisClientType;
    const messages = createClient(common) as unknown as RedisClientType;
    const store = new SharedStore(options, commands, messages);
    for (const client of [commands, messages]) {
      client.on("error", (error: unknown) => store.#lost(error));
      client.on("ready", () => store.#found());
      void client.connect().catch((error: unknown) => store.#lost(error));
    }
    const patience = Date.now() + patienceMs;
    while (!store.up && Date.now() < patience) await new Promise((resolve) => setTimeout(resolve, 10));
    return store;
  }

  /** Whether Redis answered when it was last asked. */
  get up(): boolean {
    return this.#commands.isReady && this.#messages.isReady && Date.now() >= this.#hangsUntil;
  }

  /** A key or channel of this installation. */
  name(...parts: readonly string[]): string {
    return [this.#options.prefix, ...parts].join(":");
  }

  /**
   * Runs a script on Redis: all of it, or nothing.
   * @throws SharedStoreAway
   */
  run(script: string, keys: readonly string[], words: readonly (string | number)[]): Promise<unknown> {
    return this.#ask(() => this.#commands.eval(script, { keys: [...keys], arguments: words.map(String) }));
  }

  /** @throws SharedStoreAway */
  async publish(channel: string, message: string): Promise<void> {
    await this.#ask(() => this.#commands.publish(channel, message));
  }

  /** Hears a channel from now on, also after Redis was lost and found; what is said while it is away is not heard. */
  subscribe(channel: string, heard: (message: string) => void): () => Promise<void> {
    // Waits in the client until Redis is there: nobody waits for it here.
    void this.#messages.subscribe(channel, heard).catch((error: unknown) => this.#lost(error));
    return async () => void (await this.#messages.unsubscribe(channel, heard).catch(() => undefined));
  }

  async close(): Promise<void> {
    this.#told = true;
    for (const client of [this.#commands, this.#messages]) if (client.isOpen) client.destroy();
  }

  async #ask<T>(ask: () => Promise<T>): Promise<T> {
    if (!this.#commands.isReady || Date.now() < this.#hangsUntil) throw new SharedStoreAway();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.#hangsUntil = Date.now() + patienceMs;
        reject(new Error(`It took longer than ${this.#options.timeoutMs ?? 250} ms.`));
      }, this.#options.timeoutMs ?? 250);
    });
    const asked = ask();
    asked.catch(() => undefined);
    try {
      const answer = await Promise.race([asked, late]);
      this.#found();
      return answer;
    } catch (error) {
      this.#lost(error);
      throw new SharedStoreAway(error);
    } finally {
      clearTimeout(timer);
    }
  }

  #lost(error: unknown): void {
    if (this.#told) return;
    this.#told = true;
    this.#options.report(error, "Redis does not answer. This process goes on alone: it reads the outbox itself, and counts points and subscriptions by itself.");
  }

  #found(): void {
    if (!this.up) return;
    if (this.#told && this.#answered) this.#options.say?.("Redis answers again; points, subscriptions and changes are shared.");
    this.#answered = true;
    this.#told = false;
  }
}
