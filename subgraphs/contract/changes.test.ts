import { afterAll, beforeAll, describe, expect, it } from "vitest";
import pg from "pg";
import { ChangeFeed } from "#foundation/events/change-feed";
import { recordChanges } from "#foundation/events/record-changes";
import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import type { SubgraphReply } from "#foundation/serving/subgraph-service";
import { dataOf, newDistrict, type Contract } from "#foundation/testing/contract";
import { signedIn } from "#foundation/testing/personas";
import { testPlatform } from "#foundation/testing/test-platform";
import { until } from "#foundation/testing/until";
import { allManifests } from "../registry.ts";
import { reaches } from "./reaches.ts";
import { recipes } from "./recipes.ts";

/** What subscriptions tell of records, on the real outbox: at least once, in order, under the subscriber's rights, and nothing else. */
let contract: Contract;
beforeAll(async () => {
  contract = { platform: await testPlatform({ manifests: await allManifests(), poolSize: 8 }), recipes, reaches };
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

type Told = { action: string; cursor: string; id: string; version: number; recordType?: string; record: Record<string, unknown> | null };

async function subscribe(domain: string, identity: Identity, document: string, variables: Record<string, unknown>) {
  const opened = await contract.platform.services.get(domain)!.subscribe({ document, variables, identity, requestId: "test" });
  if (!(Symbol.asyncIterator in opened)) throw new Error(JSON.stringify((opened as SubgraphReply).errors));
  return {
    async next(): Promise<Told> {
      const { done, value } = await opened.next();
      if (done) throw new Error("The stream ended.");
      const reply = value as SubgraphReply;
      if (!reply.data) throw Object.assign(new Error(reply.errors![0]!.message), { extensions: reply.errors![0]!.extensions });
      return Object.values(reply.data as object)[0] as Told;
    },
    close: () => opened.return!(),
  };
}
const any = "subscription($types: [String!]!, $ids: [ID!], $after: String) { recordChanged(types: $types, ids: $ids, after: $after) { action cursor id version recordType record { __typename ... on Student { id } } } }";
const list = "subscription($where: StudentWhere) { studentsChanged(where: $where) { action cursor id version record { studentNumber } } }";
const rename = (identity: Identity, id: string, version: number, studentNumber: string) =>
  contract.platform.call("students", identity, `mutation($id: ID!, $version: Int!, $n: String!) { updateStudent(id: $id, version: $version, input: { studentNumber: $n }) { record { version } } }`, { id, version, n: studentNumber });

/** Two families at one school, the first one's parent, and the district's registrar. */
async function families() {
  const make = newDistrict(contract);
  const schoolId = make.a("School");
  const [mine, other] = [make.a("Student"), make.a("Student")] as const;
  for (const student of [mine, other]) make.a("SchoolEnrollment", { student, schoolId });
  const reached = reaches.guardian_student!(make, mine, { role: Role.Parent });
  const parent = signedIn(make, reached, [Role.Parent]);
  const registrar = signedIn(make, reaches.district_office!(make, "", { role: Role.Registrar }), [Role.Registrar, Role.Staff]);
  await make.save();
  return { make, schoolId, mine, other, parent, registrar, parentId: reached.personId! };
}

describe("changes of records", () => {
  it("are told to those who may read them, once each, in order, and not to others", async () => {
    const { mine, other, parent, registrar } = await families();
    const [hers, all] = [await subscribe("platform", parent, any, { types: ["Student"] }), await subscribe("platform", registrar, any, { types: ["Student"] })];
    dataOf(await rename(registrar, other, 1, `O-${other}`.slice(0, 32)));
    dataOf(await rename(registrar, mine, 1, `M-${mine}`.slice(0, 32)));
    dataOf(await rename(registrar, mine, 2, `N-${mine}`.slice(0, 32)));
    expect(await hers.next()).toMatchObject({ action: "UPDATED", id: mine, version: 2, recordType: "Student", record: { __typename: "Student", id: mine } });
    expect(await hers.next()).toMatchObject({ id: mine, version: 3 });
    expect([(await all.next()).id, (await all.next()).id, (await all.next()).version]).toEqual([other, mine, 3]);
    await Promise.all([hers.close(), all.close()]);
  });

  it("are told again from where a subscriber left, however much has happened since", async () => {
    const { mine, parent, registrar } = await families();
    const first = await subscribe("platform", parent, any, { types: ["Student"] });
    dataOf(await rename(registrar, mine, 1, `A-${mine}`.slice(0, 32)));
    const { cursor } = await first.next();
    await first.close();
    for (const version of [2, 3, 4]) dataOf(await rename(registrar, mine, version, `B${version}-${mine}`.slice(0, 32)));
    const again = await subscribe("platform", parent, any, { types: ["Student"], after: cursor });
    expect([(await again.next()).version, (await again.next()).version, (await again.next()).version]).toEqual([3, 4, 5]);
    await again.close();
    await expect(subscribe("platform", parent, any, { types: ["Student"], after: "nonsense" })).rejects.toThrow("no cursor");
    // As cursors once were, and one of another database.
    for (const foreign of ["812:0199a0b0-0000-7000-8000-000000000000", `0123456789abcdef:${Buffer.from(cursor, "base64url").toString().split(":").slice(1).join(":")}`])
      await expect(subscribe("platform", parent, any, { types: ["Student"], after: Buffer.from(foreign).toString("base64url") })).rejects.toThrow("CURSOR_EXPIRED");
    await expect(subscribe("platform", parent, any, { types: ["Nothing"] })).rejects.toThrow("no type Nothing");
  });

  it("of one list come with the rows that match; a row that matches no more has LEFT", async () => {
    const { mine, parent, registrar } = await families();
    const numbered = await subscribe("students", parent, list, { where: { studentNumber: { startsWith: "K-" } } });
    dataOf(await rename(registrar, mine, 1, `K-${mine}`.slice(0, 32)));
    expect(await numbered.next()).toMatchObject({ action: "UPDATED", id: mine, version: 2, record: { studentNumber: `K-${mine}`.slice(0, 32) } });
    dataOf(await rename(registrar, mine, 2, `L-${mine}`.slice(0, 32)));
    expect(await numbered.next()).toMatchObject({ action: "LEFT", id: mine, record: null });
    await numbered.close();
  });

  it("end when an order is written: LEFT, a code to come again, and no more, over the real subscription", async () => {
    const { make, mine, other, parent, parentId, registrar } = await families();
    const [hers, all] = [await subscribe("platform", parent, any, { types: ["Student"], ids: [mine] }), await subscribe("platform", registrar, any, { types: ["Student"], ids: [mine] })];
    dataOf(await rename(registrar, mine, 1, `M-${mine}`.slice(0, 32)));
    const { cursor } = await hers.next();
    make.a("CourtOrder", { student: mine, personId: parentId, fromDate: "2026-10-01", restrictsEducation: true });
    await make.save();
    dataOf(await rename(registrar, mine, 2, `N-${mine}`.slice(0, 32)));
    expect(await hers.next()).toMatchObject({ action: "LEFT", id: mine, cursor, record: null });
    await expect(hers.next()).rejects.toMatchObject({ extensions: { code: "FORBIDDEN", retriable: true } });
    await expect(hers.next()).rejects.toThrow("The stream ended.");
    // She comes again with her last cursor, and hears nothing of her any more, but of another child; those who may go on do.
    reaches.guardian_student!(make, other, { role: Role.Parent, personId: parentId });
    await make.save();
    const again = await subscribe("platform", parent, any, { types: ["Student"], after: cursor });
    expect([(await all.next()).version, (await all.next()).version]).toEqual([2, 3]);
    dataOf(await rename(registrar, other, 1, `O-${other}`.slice(0, 32)));
    expect(await again.next()).toMatchObject({ id: other, version: 2 });
    await Promise.all([hers.close(), all.close(), again.close()]);
  });

  it("end for a party's system when its agreement is ended", async () => {
    const { make, mine, registrar } = await families();
    const reached = reaches.under_agreement_student!(make, mine, { role: Role.Integration });
    await make.save();
    const system = await subscribe("students", signedIn(make, reached, [Role.Integration]), list, {});
    dataOf(await rename(registrar, mine, 1, `M-${mine}`.slice(0, 32)));
    expect(await system.next()).toMatchObject({ action: "UPDATED", id: mine, version: 2 });
    const agreement = make.find("Agreement", { account: reached.accountId });
    dataOf(await contract.platform.call("platform", registrar, `mutation($id: ID!) { endAgreement(input: { agreementId: $id, version: 1 }, reason: "Over") { record { id } } }`, { id: agreement }));
    dataOf(await rename(registrar, mine, 2, `N-${mine}`.slice(0, 32)));
    expect(await system.next()).toMatchObject({ action: "LEFT", id: mine, record: null });
    await expect(system.next()).rejects.toMatchObject({ extensions: { code: "FORBIDDEN" } });
  });

  it("of a record that somebody follows end when an order takes effect with the day, with a code to come again", async () => {
    const { make, mine, parent, parentId } = await families();
    const feed = new ChangeFeed(contract.platform.database, { everyMs: 10 });
    const listener = await feed.listen(null);
    let looks = 0;
    const visible = async () => {
      const reply = await contract.platform.call("students", parent, `query($id: ID!) { student(id: $id) { id } }`, { id: mine });
      looks += 1;
      return new Set((reply.data as { student: unknown }).student ? [mine] : []);
    };
    const changes = recordChanges({ listener, concerns: () => false, visible, followed: [{ type: "Student", id: mine }], recheckMs: 30 });
    const waiting = changes.next();
    await until(() => looks > 0);
    make.a("CourtOrder", { student: mine, personId: parentId, fromDate: "2026-10-01", restrictsEducation: true });
    await make.save();
    expect((await waiting).value).toMatchObject({ action: "LEFT", recordId: mine });
    await expect(changes.next()).rejects.toMatchObject({ code: "FORBIDDEN", extensions: { retriable: true } });
    await changes.return!();
    feed.close();
    expect(feed.listeners).toBe(0);
  });

  it("of others, however many, put off for nobody the look at what she may still see", async () => {
    const { mine, other, registrar } = await families();
    const feed = new ChangeFeed(contract.platform.database, { everyMs: 5 });
    const listener = await feed.listen(null);
    let taken = false;
    const changes = recordChanges({
      listener,
      concerns: (event) => event.recordId === other,
      visible: async (records) => new Set(records.map(({ id }) => id).filter((id) => !(taken && id === mine))),
      followed: [{ type: "Student", id: mine }],
      recheckMs: 200,
    });
    let version = 100;
    for (let told; told?.action !== "LEFT"; version++) {
      await contract.platform.sql("INSERT INTO journal.outbox_event (id, district_id, occurred_at, record_type, record_id, record_version, action) VALUES (gen_random_uuid(), $1, now(), 'Student', $2, $3, 'UPDATED')", [registrar.districtId, other, version]);
      told = (await changes.next()).value as { action: string; recordId: string; version: number };
      if (told.action === "LEFT") expect(told.recordId).toBe(mine);
      else expect(told).toMatchObject({ recordId: other, version });
      taken = true;
    }
    await expect(changes.next()).rejects.toMatchObject({ extensions: { retriable: true } });
    await changes.return!();
  });

  it("are never skipped for a transaction that began first and committed last", async () => {
    const { mine, other, registrar } = await families();
    const all = await subscribe("platform", registrar, any, { types: ["Student"] });
    const slow = new pg.Client({ connectionString: contract.platform.adminUrl });
    await slow.connect();
    await slow.query("BEGIN");
    await slow.query("SELECT set_config('osss.district', $1, true), set_config('osss.now', now()::text, true)", [registrar.districtId]);
    await slow.query(`SELECT journal.append(jsonb_build_array(jsonb_build_object('id', gen_random_uuid(), 'event_id', gen_random_uuid(), 'action', 'UPDATED', 'record_type', 'Student', 'record_id', $1::uuid, 'record_version', 9, 'changes', '[]'::jsonb)), 'command line', NULL, 'test')`, [other]);
    dataOf(await rename(registrar, mine, 1, `S-${mine}`.slice(0, 32)));
    await slow.query("COMMIT");
    await slow.end();
    expect([await all.next(), await all.next()].map((told) => [told.id, told.version]).sort()).toEqual([[mine, 2], [other, 9]].sort());
    await all.close();
  });

  it("queue for nobody: a listener that does not read costs nothing, and catches up from the database", async () => {
    const { mine, registrar } = await families();
    const feed = new ChangeFeed(contract.platform.database, { everyMs: 5, keep: 500 });
    const [idle, quick] = [await feed.listen(null), await feed.listen(null)];
    const many = 20_000;
    await contract.platform.sql(
      `INSERT INTO journal.outbox_event (id, district_id, occurred_at, record_type, record_id, record_version, action) SELECT gen_random_uuid(), $1, now(), 'Student', $2, n, 'UPDATED' FROM generate_series(1, $3::int) n`,
      [registrar.districtId, mine, many],
    );
    let read = 0;
    while (read < many) read += (await quick.next(5_000)).length;
    expect(read).toBe(many);
    let caughtUp = 0;
    while (caughtUp < many) caughtUp += (await idle.next(5_000)).length;
    expect(caughtUp).toBe(many);
    idle.close();
    quick.close();
    feed.close();
    expect(feed.listeners).toBe(0);
  });
});
