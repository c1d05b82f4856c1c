import { Agent, request } from "node:http";

/** One request as it is sent: its operation and variables. */
export interface Asked {
  readonly name: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What was sent and how long each reply took, in milliseconds. */
export interface Sent {
  readonly times: readonly number[];
  readonly seconds: number;
}

/** Sends requests over kept-alive connections, each as another user. */
export class Client {
  readonly #url: URL;
  readonly #agent: Agent;
  #users = 0;
  #sent = 0;

  constructor(url: string, connections: number) {
    this.#url = new URL(url);
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  send({ query, variables }: Asked, user = `user-${++this.#users}`): Promise<string> {
    const body = Buffer.from(JSON.stringify({ query, variables }));
    const headers = { "content-type": "application/json", accept: "application/json", "content-length": body.length, "x-user": user };
    return new Promise((resolve, reject) => {
      const call = request(this.#url, { method: "POST", agent: this.#agent, headers }, (reply) => {
        const chunks: Buffer[] = [];
        reply.on("data", (chunk: Buffer) => chunks.push(chunk));
        reply.on("error", reject);
        reply.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          if (reply.statusCode !== 200) reject(new Error(`Status ${reply.statusCode}: ${text.slice(0, 500)}`));
          else resolve(text);
        });
      });
      call.on("error", reject);
      call.end(body);
    });
  }

  /** Sends what `next` gives by `workers` at a time, for some seconds and until there were `atLeast` replies, but never longer than twenty times the seconds. */
  async load(next: (n: number) => Asked, { seconds, workers, atLeast = 0 }: { seconds: number; workers: number; atLeast?: number }): Promise<Sent> {
    const times: number[] = [];
    const started = performance.now();
    const passed = () => (performance.now() - started) / 1000;
    const goesOn = () => passed() < seconds || (times.length < atLeast && passed() < 20 * seconds);
    await Promise.all(
      Array.from({ length: workers }, async () => {
        while (goesOn()) {
          const from = performance.now();
          refuseErrors(await this.send(next(this.#sent++)));
          times.push(performance.now() - from);
        }
      }),
    );
    return { times, seconds: passed() };
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** A gateway that answers with errors would be fast for nothing. */
function refuseErrors(text: string): void {
  if (text.startsWith(`{"errors"`) || text.includes(`,"errors":[`)) throw new Error(`A reply under load has errors: ${text.slice(0, 500)}`);
}
