import type { Adapter, AdapterPayload } from "oidc-provider";
import type { GrantJournal } from "./grant-journal.ts";

const ofGrant = ["AuthorizationCode", "RefreshToken", "AccessToken"];

/** Gives oidc-provider its storage (sessions, codes, grants, refresh tokens) in the journal, one adapter for each model. */
export function grantAdapters(journal: GrantJournal, clock: () => number): (model: string) => Adapter {
  return (model) => {
    const keyOf = (id: string) => `${model}:${id}`;
    const findBy = (field: "uid" | "userCode", wanted: string) => {
      for (const [, value] of journal.find(model)) if (value[field] === wanted) return value as AdapterPayload;
      return undefined;
    };
    return {
      upsert: (id, payload, expiresIn) => journal.set(keyOf(id), payload, expiresIn === undefined ? null : clock() + expiresIn * 1000),
      find: async (id) => journal.get(keyOf(id)),
      findByUid: async (uid) => findBy("uid", uid),
      findByUserCode: async (userCode) => findBy("userCode", userCode),
      destroy: (id) => journal.delete([keyOf(id)]),
      async consume(id) {
        const payload = journal.get(keyOf(id));
        if (!payload) return;
        const seconds = Math.floor(clock() / 1000);
        const ends = typeof payload["exp"] === "number" ? payload["exp"] * 1000 : null;
        await journal.set(keyOf(id), { ...payload, consumed: seconds }, ends);
      },
      async revokeByGrantId(grantId) {
        const keys: string[] = [];
        for (const kind of ofGrant) {
          for (const [key, value] of journal.find(kind)) if (value["grantId"] === grantId) keys.push(key);
        }
        await journal.delete(keys);
      },
    };
  };
}
