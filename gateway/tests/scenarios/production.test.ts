import { expect, test } from "vitest";
import { demoIdentitySentence } from "#foundation/identity/demo-identity";
import { dataFolder } from "#foundation/testing/data-folder";
import { launch, typescript } from "#foundation/testing/launched-process";
import { freePort, graphqlAt } from "#foundation/testing/started-platform";
import { issueDemoToken } from "../../../identity/demo-token.ts";
import { districtServer } from "./district-server.ts";

test("in production it refuses what is fit for a demo only, all in one message, and makes nothing", async () => {
  await using folder = dataFolder();
  await using start = launch(typescript("gateway/main.ts"), { env: { NODE_ENV: "production", OSSS_DATA_DIR: folder.path, OSSS_NOW: "2026-10-14T15:00:00Z", SUBGRAPH_PEOPLE_URL: "http://127.0.0.1:9/graphql" } });
  expect(await start.ended).toEqual({ code: 1, signal: null });
  const problems = start.output().split("\n").filter((line) => line.startsWith("  - ")).map((line) => line.slice(4).split(" ", 1)[0]);
  expect(problems).toEqual(["DATABASE_URL", "OIDC_ISSUER", "OSSS_NOW", "OSSS_PUBLIC_URL", "OSSS_SUBGRAPH_KEY"]);
  expect(start.output()).toContain(`set OSSS_I_ACCEPT_DEMO_IDENTITY_IN_PRODUCTION to: ${demoIdentitySentence}`);
  expect(start.output()).not.toContain("    at ");
  expect(folder.databasePid()).toBeNull();
});

test("a sentence that is nearly right does not open the demo identity", async () => {
  await using start = launch(typescript("gateway/main.ts"), { env: { OSSS_MODE: "production", OSSS_I_ACCEPT_DEMO_IDENTITY_IN_PRODUCTION: demoIdentitySentence.toLowerCase().slice(0, -1) } });
  expect(await start.ended).toEqual({ code: 1, signal: null });
  expect(start.output()).toContain(`OSSS_I_ACCEPT_DEMO_IDENTITY_IN_PRODUCTION must hold exactly: ${demoIdentitySentence}`);
});

test("with the district's own database and the exact sentence it runs, makes no demo district, and logs to the terminal", { timeout: 120_000 }, async () => {
  await using folder = dataFolder();
  await using server = await districtServer();
  const port = await freePort();
  const url = `http://localhost:${port}`;
  await using start = launch(typescript("gateway/main.ts"), {
    env: { ...server.env, OSSS_MODE: "production", OSSS_HOST: "127.0.0.1", PORT: String(port), OSSS_PUBLIC_URL: url, OSSS_DATA_DIR: folder.path, OSSS_I_ACCEPT_DEMO_IDENTITY_IN_PRODUCTION: demoIdentitySentence },
  });
  await start.printed(/OSSS is ready in/);
  expect(folder.databasePid()).toBeNull();
  expect(start.output()).not.toContain("Making a demo district");
  const token = await issueDemoToken(folder.path, url, "superintendent");
  const reply = await graphqlAt<{ me: { person: unknown; notice: string } }>(url, token, "{ me { person { id } notice } schools { nodes { id } } }");
  expect(reply.data).toMatchObject({ me: { person: null, notice: expect.stringContaining("not linked") } });
  await start.printed(/"msg":"graphql"/);
  expect(await start.end("SIGTERM")).toEqual({ code: 0, signal: null });
});
