import { expect, test } from "vitest";
import { readConfig } from "#foundation/config/config";
import { startedPlatform } from "#foundation/testing/started-platform";
import { startHost } from "../../../subgraphs/host.ts";

/** Somebody signs in and lends; a worker in another process, over the same database, works for her while she is not there. */
test("a worker beside the platform runs under what a person lent at her sign-in, until she takes it back", { timeout: 240_000 }, async () => {
  await using platform = await startedPlatform({ env: { OSSS_DEMO_STUDENTS: "60" } });
  const toDate = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  const lent = await platform.graphql<{ delegate: { record: { id: string } } }>(
    await platform.token("registrar"),
    `mutation { delegate(input: { use: SCHEDULE, purpose: "A list every morning", roles: ["registrar"], operations: ["students"], toDate: "${toDate}" }) { record { id } } }`,
  );
  const delegation = lent.data!.delegate.record.id;
  const asked = await platform.graphql<{ me: { district: { id: string } }; students: { totalCount: number } }>(await platform.token("registrar"), "{ me { district { id } } students { totalCount } }");
  const { me: { district }, students } = asked.data!;

  const config = readConfig({ PORT: String(platform.port), OSSS_DATA_DIR: platform.dataDir });
  const host = await startHost({ config, serves: (name) => name === "students", migrate: false, attach: true, say: () => {}, report: () => {} });
  try {
    const work = { delegation, use: "SCHEDULE", districtId: district.id };
    const identity = await host.delegated(work);
    expect([identity.roles, identity.delegation]).toEqual([["registrar"], { id: delegation, operations: ["students"], everyQuery: false }]);
    const ask = (document: string) => host.services.get("students")!.execute({ document, identity, requestId: "worker" });
    expect(await ask("{ students { totalCount } }")).toEqual({ data: { students: { totalCount: students.totalCount } } });
    expect((await ask("{ studentContacts { totalCount } }")).errors?.[0]?.extensions?.["code"]).toBe("FORBIDDEN");
    await expect(host.delegated({ ...work, use: "IMPORT" })).rejects.toMatchObject({ code: "NOT_FOUND" });

    const back = await platform.graphql(await platform.token("registrar"), `mutation { revokeDelegation(input: { delegationId: "${delegation}" }) { record { revokedAt } } }`);
    expect(back.errors).toBeUndefined();
    await expect(host.delegated(work)).rejects.toMatchObject({ code: "FORBIDDEN" });
  } finally {
    await host.stop();
  }
});
