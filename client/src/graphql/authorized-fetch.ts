import type { Session } from "../app/session.ts";

/** Milliseconds after which a request counts as unanswered. */
const patience = 30_000;

/**
 * Sends the caller's token along. A token that the API turns away is renewed once; when the new one is turned away too, the
 * session is told. Rejects like fetch when the network fails or nothing is answered in time.
 */
export function authorizedFetch(session: Pick<Session, "accessToken" | "refuse">, send: typeof fetch = fetch): typeof fetch {
  return async (input, init) => {
    const attempt = async (token: string | null) => {
      const headers = new Headers(init?.headers);
      if (token !== null) headers.set("authorization", `Bearer ${token}`);
      const signal = AbortSignal.any([AbortSignal.timeout(patience), ...(init?.signal ? [init.signal] : [])]);
      return send(input, { ...init, headers, signal, credentials: "omit", cache: "no-store" });
    };
    const token = await session.accessToken();
    if (token === null) throw new TypeError("Nobody is signed in.");
    const reply = await attempt(token);
    if (reply.status !== 401) return reply;
    const renewed = await session.accessToken({ fresh: true });
    if (renewed === null) return reply;
    const again = await attempt(renewed);
    if (again.status === 401) session.refuse();
    return again;
  };
}
