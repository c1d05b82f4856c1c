import { createHash, randomBytes } from "node:crypto";
import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import type { Config } from "#foundation/config/config";
import { identityOf, type Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { silent } from "#foundation/serving/log";
import { newDistrict, type Contract } from "#foundation/testing/contract";
import type { World } from "#foundation/testing/factory";
import { reaches } from "../../../subgraphs/contract/reaches.ts";
import { stage } from "../../../subgraphs/contract/stage.ts";
import { platform as manifest } from "../../../subgraphs/platform/subgraph.ts";
import { besideGraphQL } from "../../beside-graphql.ts";

/** A district whose people bring and fetch files, and the servers that take them: made anew for each test file that imports this. */
export let contract: Contract;
/** Two registrars and an auditor of one district, and a registrar of another. */
export let registrar: Identity;
export let other: Identity;
export let auditor: Identity;
export let elsewhere: Identity;

beforeAll(async () => {
  contract = await stage();
  const someone = (make: World, role: Role): Identity => {
    const { personId } = reaches.district_office!(make, "", { role });
    const accountId = make.a("Account", { personId, status: "ACTIVE" });
    return identityOf({ issuer: "https://test", subject: personId, accountId, personId, districtId: make.districtId, roles: [role, Role.Staff] });
  };
  const world = newDistrict(contract);
  [registrar, other, auditor] = [someone(world, Role.Registrar), someone(world, Role.Registrar), someone(world, Role.Auditor)];
  await world.save();
  const there = newDistrict(contract);
  elsewhere = someone(there, Role.Registrar);
  await there.save();
});
// An account has so many files and no more.
beforeEach(() => contract.platform.sql("UPDATE platform.stored_file SET status = 'REMOVED' WHERE account_id = $1", [registrar.accountId]));
afterAll(() => contract?.platform[Symbol.asyncDispose]());

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  code: string | undefined;
}

/** Sends exactly these headers and bytes. */
export function send(url: string, { method = "GET", headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: Buffer } = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method, headers, agent: false }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece)).once("error", reject).once("end", () => {
        const all = Buffer.concat(pieces);
        const json = (response.headers["content-type"] ?? "").includes("json") ? (JSON.parse(all.toString("utf8")) as { errors?: { extensions: { code: string } }[] }) : null;
        resolve({ status: response.statusCode!, headers: response.headers, body: all, code: json?.errors?.[0]?.extensions.code });
      });
    });
    sent.once("error", reject);
    sent.end(body);
  });
}
export const put = (url: string, body: Buffer, headers: Record<string, string> = {}) => send(url, { method: "PUT", headers: { "content-length": String(body.length), ...headers }, body });

export interface Shown { id: string; status: string; uploadUrl: string | null; downloadUrl: string | null; size: number; sha256: string | null; refusal: string | null; expiresAt: string }
const fields = "id name mediaType status size sha256 refusal expiresAt uploadUrl downloadUrl";
export const ask = (identity: Identity, input: object) => contract.platform.call("platform", identity, `mutation ($input: RequestUploadInput!) { requestUpload(input: $input) { file { ${fields} } } }`, { input });
export const codeOf = (reply: { errors?: readonly { extensions?: Record<string, unknown> }[] }) => reply.errors?.[0]?.extensions?.["code"];
export async function requested(size: number, more: object = {}, identity = registrar): Promise<Shown> {
  const reply = await ask(identity, { name: "roster.zip", mediaType: "application/zip", purpose: "IMPORT", size, ...more });
  expect(reply.errors).toBeUndefined();
  return (reply.data as { requestUpload: { file: Shown } }).requestUpload.file;
}
export async function shown(id: string, identity = registrar): Promise<Shown | null> {
  const reply = await contract.platform.call("platform", identity, `query ($id: ID!) { storedFile(id: $id) { ${fields} } }`, { id });
  return (reply.data as { storedFile: Shown | null }).storedFile;
}
export const zipOf = (bytes: number) => Buffer.concat([Buffer.from("504b0304", "hex"), randomBytes(bytes - 4)]);
export const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
export const parts = async (id: string) => (await contract.platform.sql<{ n: number }>("SELECT count(*)::int AS n FROM files.part WHERE file_id = $1", [id]))[0]!.n;

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
export const logged: unknown[] = [];
const log = { ...silent, error: (about: Record<string, unknown>) => void logged.push(about) };

/** A process that serves platform, and one that has only the gateway, which passes files on. */
export async function served(config: Partial<Config> = {}) {
  const answer = manifest.http!.open({ config: { ...contract.platform.config, ...config }, orchestration: contract.platform.orchestration, log });
  const inside = createServer((request, response) => void answer(request, response));
  const platformUrl = await listening(inside);
  const beside = besideGraphQL({ prefix: "/files/", answer: null }, `${platformUrl}/graphql`);
  const outside = createServer((request, response) => void beside(request, response));
  const gatewayUrl = await listening(outside);
  const at = (base: string) => (url: string | null) => url!.replace("http://localhost:4000", base);
  return {
    inside: at(platformUrl), outside: at(gatewayUrl), platform: inside,
    async [Symbol.asyncDispose]() {
      for (const server of [outside, inside]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}
