import { describe, expect, it } from "vitest";
import type { TokenClaims } from "./access-token.ts";
import { createIdentityResolver, type LinkedAccount } from "./identity-of.ts";
import { Role } from "./role.ts";

const claims: TokenClaims = { issuer: "https://id.example.org", subject: "s-1", username: "teacher", roles: [Role.Staff, Role.Teacher], expiresAt: 1_800_000_300 };
const account: LinkedAccount = { accountId: "a-1", personId: "p-1", districtId: "d-1", status: "active" };

/** A resolver over accounts that the test may change, with a clock that it moves and a count of lookups. */
function world(accounts: Record<string, LinkedAccount> = { "https://id.example.org s-1": account }, limit?: number) {
  const state = { time: 0, asked: [] as string[], fails: false };
  const resolver = createIdentityResolver({
    clock: () => state.time,
    limit,
    async lookup(issuer, subject) {
      state.asked.push(subject);
      if (state.fails) throw new Error("The database is restarting.");
      return accounts[`${issuer} ${subject}`] ?? null;
    },
  });
  return { ...resolver, state, accounts };
}

describe("a linked account", () => {
  it("gives account, person and district; the token gives the roles and the end", async () => {
    const identity = await world().resolve(claims);
    expect(identity).toEqual({ issuer: claims.issuer, subject: "s-1", username: "teacher", accountId: "a-1", personId: "p-1", districtId: "d-1", roles: [Role.Staff, Role.Teacher], expiresAt: claims.expiresAt, delegation: null });
    expect([Object.isFrozen(identity), Object.isFrozen(identity.roles)]).toEqual([true, true]);
  });

  it("without a person acts as a system alone, whatever else its token carries", async () => {
    const { resolve } = world({ "https://id.example.org s-1": { ...account, personId: null } });
    expect(await resolve(claims)).toMatchObject({ accountId: "a-1", personId: null, roles: [] });
    expect(await resolve({ ...claims, roles: Object.values(Role) })).toMatchObject({ accountId: "a-1", personId: null, roles: [Role.Integration] });
  });

  it("is one object for one token, and another for other roles", async () => {
    const { resolve } = world();
    expect(await resolve({ ...claims })).toBe(await resolve({ ...claims }));
    expect(await resolve({ ...claims, roles: [Role.Staff] })).toMatchObject({ roles: [Role.Staff] });
  });
});

describe("an unlinked subject", () => {
  it("has no roles and no ids, whatever the token says", async () => {
    const identity = await world({}).resolve({ ...claims, roles: [Role.Superintendent] });
    expect(identity).toEqual({ issuer: claims.issuer, subject: "s-1", username: "teacher", accountId: null, personId: null, districtId: null, roles: [], expiresAt: claims.expiresAt, delegation: null });
  });

  it("of another issuer is not the one of ours with the same subject", async () => {
    expect((await world().resolve({ ...claims, issuer: "https://evil.example" })).accountId).toBeNull();
  });

  it("is not linked by a user name", async () => {
    const { resolve } = world({ "https://id.example.org teacher": account });
    expect((await resolve(claims)).accountId).toBeNull();
  });

  it("is looked for again after five seconds", async () => {
    const { resolve, state, accounts } = world({});
    await resolve(claims);
    accounts["https://id.example.org s-1"] = account;
    state.time = 4_999;
    expect((await resolve(claims)).accountId).toBeNull();
    state.time = 5_000;
    expect((await resolve(claims)).accountId).toBe("a-1");
  });
});

describe("an introduction", () => {
  function introducing(introduce: (accounts: Record<string, LinkedAccount>) => Promise<boolean>) {
    const state = { time: 0, introduced: 0 };
    const accounts: Record<string, LinkedAccount> = {};
    const resolver = createIdentityResolver({
      clock: () => state.time,
      lookup: async (issuer, subject) => accounts[`${issuer} ${subject}`] ?? null,
      introduce: async () => {
        state.introduced += 1;
        return introduce(accounts);
      },
    });
    return { ...resolver, state, accounts };
  }
  const links = async (accounts: Record<string, LinkedAccount>) => {
    accounts["https://id.example.org s-1"] = account;
    return true;
  };

  it("that fails, or links nobody, leaves the subject unlinked, and is tried once a minute at most", async () => {
    for (const outcome of [async () => false, async () => Promise.reject(new Error("The issuer is down."))]) {
      const { resolve, state } = introducing(outcome);
      for (const time of [0, 10_000, 59_999]) {
        state.time = time;
        expect(await resolve(claims, "token")).toMatchObject({ accountId: null, roles: [] });
      }
      expect(state.introduced).toBe(1);
      state.time = 66_000;
      await resolve(claims, "token");
      expect(state.introduced).toBe(2);
    }
  });

  it("is made by nobody whose token is not at hand, nor of an account that is there", async () => {
    const { resolve, state, accounts } = introducing(links);
    expect((await resolve(claims)).accountId).toBeNull();
    accounts["https://id.example.org s-2"] = account;
    await resolve({ ...claims, subject: "s-2" }, "token");
    expect(state.introduced).toBe(0);
  });

  it("that links counts at once, and is made once for calls at the same time", async () => {
    const { resolve, state } = introducing(links);
    const found = await Promise.all([resolve(claims, "token"), resolve(claims, "token")]);
    expect([found.map((identity) => identity.accountId), state.introduced]).toEqual([["a-1", "a-1"], 1]);
  });
});

describe("a disabled account", () => {
  it("is refused with a sentence, at the latest thirty seconds after it was disabled", async () => {
    const { resolve, state, accounts } = world();
    await resolve(claims);
    accounts["https://id.example.org s-1"] = { ...account, status: "disabled" };
    state.time = 29_999;
    expect((await resolve(claims)).accountId).toBe("a-1");
    state.time = 30_000;
    await expect(resolve(claims)).rejects.toMatchObject({ code: "UNAUTHENTICATED", message: expect.stringContaining("This account is disabled.") });
  });

  it("is refused at once when this process disabled it", async () => {
    const { resolve, forget, accounts } = world();
    await resolve(claims);
    accounts["https://id.example.org s-1"] = { ...account, status: "disabled" };
    forget(claims.issuer, claims.subject);
    await expect(resolve(claims)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });
});

describe("what is kept", () => {
  it("is looked up once for calls at the same time and for thirty seconds", async () => {
    const { resolve, state } = world();
    await Promise.all([resolve(claims), resolve(claims), resolve(claims)]);
    state.time = 29_999;
    await resolve(claims);
    expect(state.asked).toEqual(["s-1"]);
  });

  it("does not include a failed lookup", async () => {
    const { resolve, state } = world();
    state.fails = true;
    await expect(resolve(claims)).rejects.toThrow("The database is restarting.");
    state.fails = false;
    expect((await resolve(claims)).accountId).toBe("a-1");
  });

  it("does not include the answer to a question asked before it was forgotten", async () => {
    const { resolve, forget, accounts } = world();
    const asked = resolve(claims);
    forget(claims.issuer, claims.subject);
    accounts["https://id.example.org s-1"] = { ...account, status: "disabled" };
    await asked;
    await expect(resolve(claims)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  it("is bounded: the least recently used leaves first", async () => {
    const { resolve, state } = world({}, 2);
    const as = (subject: string) => resolve({ ...claims, subject });
    for (const subject of ["one", "two", "one", "three", "one", "two"]) await as(subject);
    expect(state.asked).toEqual(["one", "two", "three", "two"]);
  });
});
