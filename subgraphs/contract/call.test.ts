import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RelationIndex } from "#foundation/access/policies";
import { ChangeFeed } from "#foundation/events/change-feed";
import { Call } from "#foundation/crud/call";
import type { Shape } from "#foundation/crud/shape";
import { loadManifest } from "#foundation/federation/load-manifest";
import { anonymous, type Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { become, beginReading } from "#foundation/persistence/session";
import { newDistrict } from "#foundation/testing/contract";
import { signedIn } from "#foundation/testing/personas";
import { testPlatform, type TestPlatform } from "#foundation/testing/test-platform";
import { allManifests, registry } from "../registry.ts";
import { reaches } from "./reaches.ts";
import { recipes } from "./recipes.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await testPlatform({ manifests: await allManifests() });
});
afterAll(async () => {
  await platform[Symbol.asyncDispose]();
});

async function call(identity: Identity = anonymous): Promise<Call> {
  const { database, orchestration } = platform;
  const services = { manifest: loadManifest(await registry.schools!()), database, orm: orchestration.orm, roles: orchestration.roles, clock: () => new Date(), relations: new RelationIndex([]), manifests: [], orchestration: null, feed: new ChangeFeed(platform.database), config: platform.config };
  return new Call(services, { identity, requestId: "test" });
}
const one = (c: Call) => c.read(async (db) => (await sql<{ one: number }>`SELECT 1 AS one`.execute(db)).rows[0]!.one);
const lent = () => platform.database.pool.totalCount - platform.database.pool.idleCount;

describe("a call", () => {
  it("takes no connection before it reads, one for all that it reads, and gives it back at its end", async () => {
    const c = await call();
    expect(lent()).toBe(0);
    expect(await Promise.all([one(c), one(c), one(c)])).toEqual([1, 1, 1]);
    expect(lent()).toBe(1);
    await c.end();
    expect(lent()).toBe(0);
  });

  it("begins nothing once it has ended: a resolver that outlives its execution keeps no connection", async () => {
    const c = await call();
    await one(c);
    await c.end();
    await expect(one(c)).rejects.toThrow("This call has ended.");
    expect(lent()).toBe(0);
  });

  it("acts as the role that finds each statement's rows soonest, and changes it only where it must", async () => {
    const c = await call();
    const acting = (shape?: Shape) => c.read(async (db) => (await sql<{ acting: string }>`SELECT current_user AS acting`.execute(db)).rows[0]!.acting, shape);
    const [mixed, point] = [platform.orchestration.roles.mixed("schools"), platform.orchestration.roles.point("schools")];
    expect(await Promise.all([acting("point"), acting("any"), acting("point"), acting(), acting("any"), acting("mixed"), acting("point")])).toEqual([point, point, point, mixed, mixed, mixed, point]);
    await c.end();
  });

  it("keeps the role of the whole district, which shows the same rows without asking", async () => {
    const contract = { platform, recipes, reaches };
    const world = newDistrict(contract);
    const personId = world.a("Person");
    reaches.everywhere!(world, "", { role: Role.Superintendent, personId });
    await world.save();
    const c = await call(signedIn(world, { personId }, [Role.Superintendent]));
    const acting = (shape: Shape) => c.read(async (db) => (await sql<{ acting: string }>`SELECT current_user AS acting`.execute(db)).rows[0]!.acting, shape);
    expect(new Set([await acting("point"), await acting("mixed"), await acting("any")])).toEqual(new Set([platform.orchestration.roles.wide("schools")]));
    await c.end();
  });

  it("runs nothing under the old role when the new one cannot be taken", async () => {
    const { transaction, abandon } = await beginReading(platform.database.kysely, { identity: anonymous, now: new Date(), role: platform.orchestration.roles.mixed("schools") });
    await expect(become(transaction, platform.orchestration.roles.owner)).rejects.toThrow();
    await expect(sql`SELECT 1`.execute(transaction)).rejects.toThrow(/aborted/);
    await abandon();
  });

  it("waits for what is being read before it gives the connection back", async () => {
    const c = await call();
    const reading = one(c);
    await c.end();
    expect(await reading).toBe(1);
    expect(lent()).toBe(0);
  });
});
