import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { accountOf } from "#foundation/persistence/account-of";
import { authenticator } from "../../../gateway/authenticate.ts";
import { inProcess } from "../../../gateway/data-sources/in-process.ts";
import { startGateway, type RunningGateway } from "../../../gateway/server.ts";
import { demoDistrict, journeys, quiet, walk } from "../../../gateway/tests/journeys/walk.ts";
import { supergraphSdl } from "../../../schema/files.ts";
import { KeycloakVisitor } from "./keycloak-sign-in.ts";
import { RealmAdmin } from "./realm-admin.ts";

/** The journeys as the demo users go through them when Keycloak signs them in: the same replies as with identities given by hand. */
const keycloak = inject("keycloak");
const admin = new RealmAdmin(keycloak);
const issuer = `${keycloak.url}/realms/osss`;
const folder = new URL("../../../gateway/tests/journeys/", import.meta.url);
const opened: (() => Promise<unknown>)[] = [];
/** One sign-in for each user; a token is good for five minutes, and used within that or renewed. */
const signedIn = new Map<string, { visitor: KeycloakVisitor; accessToken: string; refreshToken: string; until: number }>();

async function tokenOf(user: string): Promise<string> {
  const known = signedIn.get(user);
  if (known && Date.now() < known.until) return known.accessToken;
  const visitor = known?.visitor ?? new KeycloakVisitor(keycloak.url);
  if (!known) await admin.forgetSecondFactor(user);
  const tokens = known ? ((await (await visitor.refresh(known.refreshToken)).json()) as Awaited<ReturnType<KeycloakVisitor["signIn"]>>) : await visitor.signIn(user);
  signedIn.set(user, { visitor, accessToken: tokens.access_token, refreshToken: tokens.refresh_token, until: Date.now() + (tokens.expires_in - 60) * 1000 });
  return tokens.access_token;
}

afterAll(async () => {
  for (const close of opened.reverse()) await close();
});

describe("journeys of users whom Keycloak signed in", () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    const platform = await demoDistrict(issuer, opened);
    gateway = await startGateway({
      supergraphSdl: supergraphSdl(),
      dataSourceFor: (name) => inProcess(platform.services.get(name)!),
      authenticate: authenticator({ issuer, audience: "osss-api", lookup: (...subject) => accountOf(platform.database, ...subject) }),
      port: 0,
      host: "127.0.0.1",
      log: quiet,
      ready: async () => ({ ok: true, reasons: [] }),
    });
    opened.push(() => gateway.stop());
  });

  it.each(journeys)("%s", async (file) => {
    const { replies } = await walk(gateway.url, file, async (user): Promise<Record<string, string>> => (user === "nobody" ? {} : { authorization: `Bearer ${await tokenOf(user)}` }));
    const expected: unknown = JSON.parse(await readFile(new URL(file.replace(/\.graphql$/, ".json"), folder), "utf8"));
    expect(replies).toEqual(expected);
  });
});
