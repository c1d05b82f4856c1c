import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readConfig } from "#foundation/config/config";
import { createTokenVerifier } from "#foundation/identity/access-token";
import { createEmbeddedProvider, demoRealm } from "../../../identity/provider.ts";
import { serveProvider } from "../../../identity/tests/serve-provider.ts";
import { UsageError } from "../command.ts";
import { dispatch } from "../dispatch.ts";
import { printToken } from "./token.ts";

let dataDir: string;
beforeEach(async () => void (dataDir = await mkdtemp(join(tmpdir(), "osss-token-"))));
afterEach(() => rm(dataDir, { recursive: true }));

async function run(args: string[], environment: Record<string, string> = {}) {
  const printed = { out: [] as string[], err: [] as string[] };
  const io = { print: (line: string) => void printed.out.push(line), report: (line: string) => void printed.err.push(line) };
  const code = await printToken(args, io, readConfig({ OSSS_DATA_DIR: dataDir, PORT: "4123", ...environment }));
  return { code, ...printed };
}

it("refuses an unknown user with exit code 2 and the users there are", async () => {
  const { code, out, err } = await run(["headmaster"]);
  expect([code, out]).toEqual([2, []]);
  expect(err.join()).toMatch(/^There is no user "headmaster" in the demo realm\. Users: admin, assistant-principal, .*newcomer.*teacher-parent\.$/);
});

it.each([[[]], [["teacher", "parent"]]])("refuses the words %j", async (args) => {
  await expect(run(args)).rejects.toBeInstanceOf(UsageError);
});

it("names nobody else where tokens come from an issuer of the district, and says which", async () => {
  await expect(run(["teacher"], { OIDC_ISSUER: "https://id.example.org/realms/osss" })).rejects.toThrow("https://id.example.org/realms/osss");
});

it("says what to do where the issuer is away, or has no sign-in by a code", async () => {
  expect(await run([], { OIDC_ISSUER: "http://127.0.0.1:9/realms/osss" })).toMatchObject({ code: 1, out: [], err: [expect.stringMatching(/127\.0\.0\.1:9.*does not answer.*Check OIDC_ISSUER/)] });
  await using served = await serveProvider();
  expect(await run([], { OIDC_ISSUER: served.provider.issuer })).toMatchObject({ code: 1, out: [], err: [expect.stringContaining("has no sign-in by a code")] });
});

it("prints a token before the platform first ran, which accepts it when it does", async () => {
  const { code, out, err } = await run(["teacher"]);
  expect([code, out.length, err]).toEqual([0, 1, []]);
  const provider = await createEmbeddedProvider({ publicUrl: "http://localhost:4123", dataDir, realm: demoRealm, log: () => undefined });
  const verifier = createTokenVerifier({ issuer: provider.issuer, audience: "osss-api", jwks: provider.jwks() });
  expect(await verifier.verify(out[0]!)).toMatchObject({ username: "teacher" });
  const again = await run(["PARENT@example.org"]);
  expect(await verifier.verify(again.out[0]!)).toMatchObject({ username: "parent" });
  await provider.close();
});

it("is found by the command line, which explains it", async () => {
  const lines: string[] = [];
  const code = await dispatch(["token", "--help"], { print: (line) => void lines.push(line), report: () => undefined, path: (typed) => typed });
  expect([code, lines.join("\n")]).toEqual([0, expect.stringContaining("osss token [user]")]);
});
