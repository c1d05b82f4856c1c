import { randomUUID } from "node:crypto";
import type { Identity } from "#foundation/identity/identity";
import type { MaskedResult, StreamRequest, StreamRequests } from "../subscriptions/stream-requests.ts";

/** An operation of work that nobody waits for: a report at a set time, a run of the assistant. */
export interface DelegatedOperation extends StreamRequest {
  /** Told in the audit log and the server's log, to find what one run did; made where left out. */
  readonly requestId?: string;
}

type Stream = AsyncIterableIterator<MaskedResult>;

/**
 * Runs one operation under a delegation, under the rules of every other: limits, roles, cost, masks. Its rights are found anew for each
 * operation, so that work of many steps stops with the next one when the delegation is taken back. A subscription gives a stream, which
 * ends after five minutes or with the delegation: subscribe again with the last cursor.
 * @param identify finds whom the work acts as at this moment; its refusal is the reply.
 */
export async function runDelegated(requests: StreamRequests, identify: () => Promise<Identity>, { requestId = randomUUID(), ...operation }: DelegatedOperation): Promise<Stream | MaskedResult> {
  let identity: Identity;
  try {
    identity = await identify();
  } catch (error) {
    return { errors: [requests.masked(error, requestId)] };
  }
  const outcome = await requests.run(operation, { identity, requestId });
  return Symbol.asyncIterator in outcome ? endingAt(outcome, identity.expiresAt! * 1000) : outcome;
}

function endingAt(stream: Stream, milliseconds: number): Stream {
  const timer = setTimeout(() => void stream.return!(), Math.max(0, milliseconds - Date.now()));
  const end = () => (clearTimeout(timer), stream.return!());
  const ending: Stream = {
    next: () => stream.next(),
    return: end,
    throw: async (error) => {
      await end();
      throw error;
    },
    [Symbol.asyncIterator]: () => ending,
  };
  return ending;
}
