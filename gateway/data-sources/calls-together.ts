import { signCalls } from "#foundation/identity/signed-identity";
import { callsText, callsType, callText, ReplyLines, repliesType } from "#foundation/serving/several-calls";
import type { SubgraphRequest } from "#foundation/serving/subgraph-service";
import { type HttpCalls, type HttpReply, maxReplyBytes, timedOut, tooLarge } from "./http-calls.ts";
import { Unreachable } from "./retries.ts";

/** The header with the gateway's signed statement; a subgraph answers nothing without it. */
export const identityHeader = "osss-identity";

/** Where one subgraph's calls go. */
export interface CallAddress {
  readonly name: string;
  readonly origin: string;
  readonly calls: HttpCalls;
  /** The key of its signatures; the same for all that share a process. */
  readonly key: Uint8Array;
  /** Sends a call by itself. */
  alone(request: SubgraphRequest, deadline: number): Promise<HttpReply>;
}

interface Waiting {
  readonly address: CallAddress;
  readonly request: SubgraphRequest;
  readonly deadline: number;
  readonly resolve: (reply: HttpReply | Promise<HttpReply>) => void;
  readonly reject: (error: Error) => void;
}

/** Calls of one request at most, and characters of the longest that goes with others: it would make them wait. */
const [most, longest] = [32, 64 * 1024];

/**
 * Sends the calls that are made at one moment to one process in one request, whichever operations they are of: a step of a plan that asks
 * several subgraphs, several callers at once. A request costs both processes more than most calls do. Each call keeps its identity, its
 * transaction and its time; each reply is handed on when it comes; what broke together may be tried again.
 *
 * A process says in its reply to a call that came alone which subgraphs it takes together. Everywhere else calls go one by one.
 */
export class CallsTogether {
  /** By address: what is the same for all that share its process. */
  readonly #processes = new WeakMap<CallAddress, string>();
  #waiting: Waiting[] = [];

  /** As {@link HttpCalls.post}. */
  send(address: CallAddress, request: SubgraphRequest, deadline: number): Promise<HttpReply> {
    return new Promise((resolve, reject) => {
      // What has arrived by now is read first, and so what it asks for is known.
      if (this.#waiting.push({ address, request, deadline, resolve, reject }) === 1) setImmediate(() => this.#leave());
    });
  }

  #leave(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    const groups = new Map<string, Waiting[]>();
    for (const each of waiting) {
      const process = this.#processes.get(each.address);
      const group = process === undefined ? undefined : groups.get(process);
      if (process === undefined) this.#alone(each);
      else if (group === undefined) groups.set(process, [each]);
      else group.push(each);
    }
    for (const group of groups.values()) for (let from = 0; from < group.length; from += most) this.#together(group.slice(from, from + most));
  }

  #together(group: readonly Waiting[]): void {
    const [fit, texts]: [Waiting[], string[]] = [[], []];
    for (const each of group) {
      const text = group.length === 1 ? null : textOf(each);
      if (text === null || text.length > longest) {
        this.#alone(each);
        continue;
      }
      texts.push(text);
      fit.push(each);
    }
    if (fit.length > 0) this.#post(fit, texts);
  }

  #alone({ address, request, deadline, resolve }: Waiting): void {
    resolve(address.alone(request, deadline).then((reply) => (this.#learn(address, reply.together), reply)));
  }

  #learn(address: CallAddress, together: string | undefined): void {
    if (together?.split(",").includes(address.name)) this.#processes.set(address, `${address.origin} ${together}`);
    else this.#processes.delete(address);
  }

  #post(group: readonly Waiting[], texts: readonly string[]): void {
    const { name, calls, key } = group[0]!.address;
    const body = Buffer.from(callsText(texts));
    const open = new Map(group.entries());
    const settle = (index: number, how: (each: Waiting) => void): void => {
      const each = open.get(index);
      if (each === undefined) return;
      open.delete(index);
      clearTimeout(timers[index]);
      how(each);
    };
    const settleAll = (how: (each: Waiting) => void) => {
      for (const index of open.keys()) settle(index, how);
    };
    const timers = group.map(({ deadline }, index) =>
      setTimeout(() => {
        settle(index, ({ reject }) => reject(timedOut()));
        if (open.size === 0) end();
      }, Math.max(1, deadline - performance.now())),
    );
    const lines = new ReplyLines((index, text) => settle(index, (each) => (text === "null" ? this.#alone(each) : each.resolve({ status: 200, text, together: undefined }))));
    const headers = { "content-type": callsType, accept: repliesType, "content-length": String(body.length), [identityHeader]: signCalls({ subgraph: name, body }, key) };
    const end = calls.postAndFollow(body, headers, {
      begins: (status, type) => {
        if (status === 200 && type === repliesType) return;
        if ([502, 503, 504].includes(status)) return settleAll(({ reject }) => reject(new Unreachable(`The process answered with status ${status}.`)));
        // Another version, or something between that reads requests: it takes no calls together any more.
        settleAll((each) => {
          this.#processes.delete(each.address);
          this.#alone(each);
        });
      },
      comes: (chunk) => {
        if (open.size === 0) return false;
        lines.add(chunk);
        if (lines.pending <= maxReplyBytes) return true;
        settle(lines.pendingCall ?? -1, ({ reject }) => reject(tooLarge()));
        settleAll(({ reject }) => reject(new Unreachable("The reply to another call was too large.")));
        return false;
      },
      ends: () => settleAll(({ reject }) => reject(new Unreachable("The reply ended in the middle."))),
      fails: (error) => settleAll(({ reject }) => reject(error)),
    });
  }
}

/** Null where it cannot be written: alone, its caller is told why. */
function textOf({ address, request }: Waiting): string | null {
  try {
    return callText(address.name, request);
  } catch {
    return null;
  }
}
