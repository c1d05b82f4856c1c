import { Pool } from "undici";
import { togetherHeader } from "#foundation/serving/several-calls";
import { Unreachable } from "./retries.ts";

/** The largest reply that is read from a subgraph, in bytes. */
export const maxReplyBytes = 64 * 1024 * 1024;

export interface HttpReply {
  readonly status: number;
  readonly text: string;
  /** The subgraphs that take calls together at this address, where it said. */
  readonly together: string | undefined;
}

/** What becomes of a request whose reply is read piece by piece. */
export interface Pieces {
  begins(status: number, contentType: unknown): void;
  /** @returns false where no more is wanted. */
  comes(chunk: Buffer): boolean;
  ends(): void;
  fails(error: Error): void;
}

/** The time of a call is over, all its attempts together. */
export class TimedOut extends Error {
  override readonly name = "TimedOut";
}

export const timedOut = () => new TimedOut("The subgraph did not answer in time.");
export const tooLarge = () => new Error(`The reply is larger than ${maxReplyBytes} bytes.`);

/** POSTs to one address over kept-alive connections. */
export class HttpCalls {
  readonly #pool: Pool;
  readonly #path: string;

  /** @param connections kept at most; further calls wait for one of them. */
  constructor(url: URL, connections: number) {
    // The deadline of each call is its caller's: these would only be other ones.
    this.#pool = new Pool(url.origin, { connections, headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 10_000 } });
    this.#path = `${url.pathname}${url.search}`;
  }

  /**
   * @param deadline when the call is given up, by the clock of `performance.now()`.
   * @throws TimedOut at the deadline, Unreachable when the connection fails.
   */
  post(body: Buffer, headers: Record<string, string>, deadline: number): Promise<HttpReply> {
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let status = 0;
      let size = 0;
      let together: string | undefined;
      let abort: ((reason: Error) => void) | undefined;
      let given: Error | undefined;
      const giveUp = (reason: Error) => {
        given ??= reason;
        abort?.(given);
        reject(given);
      };
      const timer = setTimeout(() => giveUp(timedOut()), Math.max(1, deadline - performance.now()));
      this.#pool.dispatch(
        { method: "POST", path: this.#path, headers, body },
        {
          onRequestStart(controller) {
            if (given) controller.abort(given);
            else abort = (reason) => controller.abort(reason);
          },
          onResponseStart(_, code, replied) {
            status = code;
            together = replied[togetherHeader] as string | undefined;
          },
          onResponseData(_, chunk) {
            size += chunk.length;
            if (size <= maxReplyBytes) chunks.push(chunk);
            else giveUp(tooLarge());
          },
          onResponseEnd() {
            clearTimeout(timer);
            resolve({ status, text: (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString("utf8"), together });
          },
          onResponseError(_, error) {
            clearTimeout(timer);
            reject(given ?? new Unreachable(error.message, { cause: error }));
          },
        },
      );
    });
  }

  /**
   * The same for a reply whose pieces are of use before it is whole.
   * @returns ends it.
   */
  postAndFollow(body: Buffer, headers: Record<string, string>, pieces: Pieces): () => void {
    let abort: (() => void) | undefined;
    let given = false;
    const giveUp = () => {
      given = true;
      abort?.();
    };
    this.#pool.dispatch(
      { method: "POST", path: this.#path, headers, body },
      {
        onRequestStart(controller) {
          abort = () => controller.abort(new Error("Nobody waits for this reply any more."));
          if (given) abort();
        },
        onResponseStart: (_, code, replied) => pieces.begins(code, replied["content-type"]),
        onResponseData: (_, chunk) => void (pieces.comes(chunk) || giveUp()),
        onResponseEnd: () => pieces.ends(),
        onResponseError: (_, error) => pieces.fails(new Unreachable(error.message, { cause: error })),
      },
    );
    return giveUp;
  }

  /** Ends every connection; calls under way fail. */
  close(): Promise<void> {
    return this.#pool.destroy();
  }
}
