import { firstVersionSdl, type SubgraphName, subgraphNames, supergraphs } from "./federation.ts";
import type { Start } from "./gateways/contract.ts";
import { type Asked, Client, type Sent } from "./load.ts";
import { once } from "./operations.ts";
import { BenchProcess } from "./processes.ts";

/** A gateway of the comparison and how its process is started. */
export interface Entry {
  readonly label: string;
  readonly file: string;
  readonly args: readonly string[];
  /** Whether its subgraphs are in another process. */
  readonly remote: boolean;
}

/** What requests took, in milliseconds of all processors: of the gateway's process, and of its subgraphs' where they have one. */
export interface Load extends Sent {
  readonly gatewayMs: number;
  readonly subgraphsMs: number;
}

/** A running gateway with subgraphs of its own, so that nobody's compiled code or garbage is another's. */
export class Contender implements AsyncDisposable {
  readonly entry: Entry;
  readonly #gateway: BenchProcess;
  readonly #subgraphs: BenchProcess;
  readonly #client: Client;
  /** Of each operation, sent once by the same user. */
  readonly replies: string[] = [];
  /** Calls to subgraphs that each of them took. */
  readonly calls: number[] = [];

  private constructor(entry: Entry, gateway: BenchProcess, subgraphs: BenchProcess, client: Client) {
    this.entry = entry;
    this.#gateway = gateway;
    this.#subgraphs = subgraphs;
    this.#client = client;
  }

  static async start(entry: Entry, workers: number): Promise<Contender> {
    const { process: subgraphs, ready: urls } = await BenchProcess.start<Start["subgraphs"]>("../../dist/bench/gateway/subgraph-host.js", []);
    const told: Start = {
      supergraphs: supergraphs(urls.plain as Record<SubgraphName, string>),
      subgraphs: urls,
      firstVersionSdl: Object.fromEntries(subgraphNames.map((each) => [each, firstVersionSdl(each)])),
    };
    const { process: gateway, ready: url } = await BenchProcess.start<string>(entry.file, entry.args, told);
    const contender = new Contender(entry, gateway, subgraphs, new Client(url, workers));
    await contender.#askOnce();
    return contender;
  }

  async #askOnce(): Promise<void> {
    const counting = this.entry.remote ? this.#subgraphs : this.#gateway;
    for (const asked of once) {
      const before = await counting.calls();
      this.replies.push(await this.#client.send(asked, "the same"));
      this.calls.push((await counting.calls()) - before);
    }
  }

  async load(next: (n: number) => Asked, options: Parameters<Client["load"]>[1]): Promise<Load> {
    const before = [this.#gateway.used().cpuMs, this.#subgraphs.used().cpuMs] as const;
    const sent = await this.#client.load(next, options);
    return { ...sent, gatewayMs: this.#gateway.used().cpuMs - before[0], subgraphsMs: this.entry.remote ? this.#subgraphs.used().cpuMs - before[1] : 0 };
  }

  rssMb(): number {
    return this.#gateway.used().rssMb + (this.entry.remote ? this.#subgraphs.used().rssMb : 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#client.close();
    await this.#gateway[Symbol.asyncDispose]();
    await this.#subgraphs[Symbol.asyncDispose]();
  }
}
