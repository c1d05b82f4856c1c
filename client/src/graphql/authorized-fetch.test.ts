import { describe, expect, it } from "vitest";
import { authorizedFetch } from "./authorized-fetch.ts";

/** A session whose tokens are numbered, and an API that accepts those from `accepts` on. */
function signedIn({ accepts, tokens = 9 }: { accepts: number; tokens?: number }) {
  let token = 1;
  let refused = false;
  const seen: string[] = [];
  const send: typeof fetch = async (_input, init) => {
    const header = new Headers(init?.headers).get("authorization") ?? "";
    seen.push(header);
    return new Response("{}", { status: Number(header.replace("Bearer ", "")) >= accepts ? 200 : 401 });
  };
  const session = {
    accessToken: async ({ fresh = false } = {}) => {
      if (fresh) token++;
      return token > tokens ? null : String(token);
    },
    refuse: () => void (refused = true),
  };
  return { ask: () => authorizedFetch(session, send)("/graphql", { method: "POST" }), seen, refused: () => refused };
}

describe("a request to the API", () => {
  it("carries the token", async () => {
    const { ask, seen } = signedIn({ accepts: 1 });
    expect((await ask()).status).toBe(200);
    expect(seen).toEqual(["Bearer 1"]);
  });

  it("is sent once more with a new token when the first is turned away", async () => {
    const { ask, seen, refused } = signedIn({ accepts: 2 });
    expect((await ask()).status).toBe(200);
    expect([seen, refused()]).toEqual([["Bearer 1", "Bearer 2"], false]);
  });

  it("tells the session when a new token is turned away too, and does not go on", async () => {
    const { ask, seen, refused } = signedIn({ accepts: 9 });
    expect((await ask()).status).toBe(401);
    expect([seen.length, refused()]).toEqual([2, true]);
  });

  it("is not sent without a token", async () => {
    const { ask, seen } = signedIn({ accepts: 1, tokens: 0 });
    await expect(ask()).rejects.toThrow("Nobody is signed in.");
    expect(seen).toEqual([]);
  });
});
