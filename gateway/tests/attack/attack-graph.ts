import { existsSync } from "node:fs";
import { parse } from "graphql";
import { loadManifest } from "#foundation/federation/load-manifest";
import { printSubgraph } from "#foundation/federation/sdl";
import { anonymous, type Identity } from "#foundation/identity/identity";
import { createIdentityResolver } from "#foundation/identity/identity-of";
import type { Role } from "#foundation/identity/role";
import type { RecordMeta } from "#foundation/record/metadata";
import { testPlatform, type TestPlatform } from "#foundation/testing/test-platform";
import { compose } from "../../../schema/compose.ts";
import * as committed from "../../../schema/files.ts";
import { allManifests } from "../../../subgraphs/registry.ts";
import { inProcess } from "../../data-sources/in-process.ts";
import { maskError } from "../../errors.ts";
import { SupergraphGateway } from "../../supergraph-gateway.ts";
import { personas, type Persona, type PersonaName } from "./personas.ts";
import { districts, morning } from "./world.ts";
import { stillToCount } from "./world-days.ts";
import { adopt, idOf, type WorldRow } from "./world-rows.ts";

export interface ReplyError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}
export interface Reply {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly ReplyError[];
}

/** The whole graph over the attacked world: the gateway, and every subgraph without it. */
export interface AttackGraph extends AsyncDisposable {
  readonly platform: TestPlatform;
  readonly metas: ReadonlyMap<string, RecordMeta>;
  /** As the token of that persona resolves to an account, by the same function as in service. */
  identity(persona: PersonaName): Identity;
  /** Through the gateway, errors masked as a client reads them. */
  ask(identity: Identity, document: string, variables?: Readonly<Record<string, unknown>>, idempotencyKey?: string): Promise<Reply>;
  /** Straight to one subgraph, past the gateway. */
  direct(domain: string, identity: Identity, document: string, variables?: Record<string, unknown>): Promise<Reply>;
  meta(type: string): RecordMeta;
}

const issuer = "https://id.example.org/realms/osss";

/** The accounts by which the personas sign in, one for each person and system. */
function accountsOf(district: "A" | "B"): WorldRow[] {
  const people = Object.values(personas as Record<string, Persona>).flatMap((p) => (p.person !== null && p.district === district ? [p.person] : []));
  const systems = new Set(Object.values(personas as Record<string, Persona>).flatMap((p) => (p.system !== undefined && p.district === district ? [p.system] : [])));
  const account = (name: string, values: Readonly<Record<string, unknown>>) => ({ domain: "platform", type: "Account", name, values: { issuer, subject: `sub-${name}`, username: name, ...values } });
  return [...people.map((person) => account(person, { personId: idOf("Person", person) })), ...[...systems].map((name) => account(name, { personId: null, linkedBy: "AGREEMENT" }))];
}

/** What some of them lent to work without a live person. */
function delegationsOf(district: "A" | "B"): WorldRow[] {
  return (district === "A" ? ["maria", "rita", "ada"] : ["b-brad"]).map((person) => ({
    domain: "platform", type: "Delegation", name: person,
    values: { account: idOf("Account", person), use: "SCHEDULE", purpose: `Report of ${person}`, roles: ["parent"], operations: ["students"], everyQuery: false, fromDate: "2026-10-01", toDate: "2026-12-01", revokedAt: null },
  }));
}

/** Who was invited to sign in, and a sign-in that waits for the office. */
function signInsOf(district: "A" | "B"): WorldRow[] {
  const invited = (district === "A" ? ["maria", "frank"] : ["b-brad"]).map((person) => ({
    domain: "platform", type: "AccountInvitation", name: person,
    values: { personId: idOf("Person", person), codeHash: `hash of ${person}`, expiresAt: new Date("2026-10-20T00:00:00Z"), acceptedAt: null, account: null },
  }));
  const waiting = district === "A" ? "twins" : "b-twins";
  return [...invited, { domain: "platform", type: "UnlinkedSignIn", name: waiting, values: { issuer, subject: `sub-${waiting}`, username: waiting, email: `${waiting}@example.org`, reason: "SHARED_EMAIL", triedAt: new Date("2026-10-13T12:00:00Z") } }];
}

/** A file of an importer's own, and one that was made for somebody who leads the district. */
function filesOf(district: "A" | "B"): WorldRow[] {
  const owners = district === "A" ? ["dora", "sue"] : ["b-rob"];
  return owners.map((person) => ({
    domain: "platform", type: "StoredFile", name: person,
    values: { account: idOf("Account", person), name: `${person}.zip`, mediaType: "application/zip", size: 9, purpose: person === "dora" ? "IMPORT" : "EXPORT", status: "STORED", sha256: "0".repeat(64), storedAt: new Date("2026-10-13T12:00:00Z"), fetchedAt: null, refusal: null, expiresAt: new Date("2026-10-27T12:00:00Z"), place: null },
  }));
}

/** Every row of both districts with its names, accounts included; what the database makes of them comes to it when they are written. */
export const worldRows: ReadonlyMap<"A" | "B", WorldRow[]> = new Map(districts.map((d) => [d.name, [...d.rows, ...accountsOf(d.name), ...delegationsOf(d.name), ...signInsOf(d.name), ...filesOf(d.name)]]));

/** Starts the graph and writes the world: one transaction for each district. */
export async function attackGraph(): Promise<AttackGraph> {
  const manifests = await allManifests();
  const sdl = new Map<string, string>();
  for (const manifest of manifests) sdl.set(manifest.name, await printSubgraph(manifest));
  const supergraphSdl = supergraphOf(sdl);
  const platform = await testPlatform({ manifests, sdl: (name) => sdl.get(name)!, now: morning });
  const metas = new Map(manifests.flatMap((m) => loadManifest(m).metas).map((meta) => [meta.name, meta]));
  for (const district of districts) await writeDistrict(platform, [...metas.values()], district.id, worldRows.get(district.name)!);
  await countDays(platform, metas);
  await platform.sql("ANALYZE");
  const gateway = new SupergraphGateway({ supergraphSdl, dataSourceFor: (name) => inProcess(platform.services.get(name)!) });
  const identities = await identitiesOf(platform);
  const meta = (type: string): RecordMeta => metas.get(type) ?? fail(`There is no record ${type}.`);
  return {
    platform,
    metas,
    meta,
    identity: (persona) => identities.get(persona)!,
    ask: async (identity, document, variables = {}, idempotencyKey) => {
      const operation = gateway.preparer.known(document, parse(document), null);
      const reply = await gateway.execute(operation, variables, { identity, requestId: "attack", ...(idempotencyKey === undefined ? {} : { idempotencyKey }) });
      const errors = (reply.errors ?? []).map((error) => maskError(error, { requestId: "attack" }).reply as ReplyError);
      return { data: plain(reply.data), errors };
    },
    direct: async (domain, identity, document, variables) => {
      const reply = await platform.call(domain, identity, document, variables);
      return { data: plain(reply.data), errors: reply.errors ?? [] };
    },
    async [Symbol.asyncDispose]() {
      await gateway.stop();
      await platform[Symbol.asyncDispose]();
    },
  };
}

/** The committed supergraph, where it is one of these subgraphs: composing takes seconds. */
function supergraphOf(sdl: ReadonlyMap<string, string>): string {
  const fresh = [...sdl].every(([name, text]) => existsSync(new URL(`../../../schema/subgraphs/${name}.graphql`, import.meta.url)) && committed.subgraphSdl(name) === text);
  return fresh ? committed.supergraphSdl() : compose([...sdl].map(([name, text]) => ({ name, sdl: text }))).supergraphSdl;
}

/** The daily facts are counted from the rest, and then something is left to count. */
async function countDays(platform: TestPlatform, metas: ReadonlyMap<string, RecordMeta>): Promise<void> {
  await platform.sql("SELECT access.count_attendance_days(1000000)");
  const facts = await platform.sql<Record<"id" | "name" | "date" | "student_id" | "school_id" | "school_year_id" | "grade_level_id" | "track_id", string>>(
    `SELECT d.*, d.date::text AS date, substr(s.student_number, 3) AS name FROM attendance.daily_attendance d JOIN students.student s ON s.id = d.student_id`,
  );
  for (const f of facts) {
    const name = `${f.name} ${f.date}`;
    adopt("DailyAttendance", name, f.id);
    const values = { studentId: f.student_id, schoolId: f.school_id, schoolYearId: f.school_year_id, gradeLevelId: f.grade_level_id, trackId: f.track_id };
    worldRows.get(name.startsWith("b-") ? "B" : "A")!.push({ domain: "attendance", type: "DailyAttendance", name, values });
  }
  for (const [district, pupil] of stillToCount) {
    const values = { studentId: idOf("Student", pupil), fromDate: "2026-10-14", toDate: "2026-10-15" };
    worldRows.get(district)!.push({ domain: "attendance", type: "RecountRequest", name: pupil, values });
    await platform.create(districts.find((d) => d.name === district)!.id, metas.get("RecountRequest")!.type, values, idOf("RecountRequest", pupil));
  }
}

/** One transaction. `metas` are in the order of their foreign keys: each type is sent before those that point to it. */
async function writeDistrict(platform: TestPlatform, metas: readonly RecordMeta[], district: string, rows: readonly WorldRow[]): Promise<void> {
  await platform.write(district, async (across) => {
    for (const domain of new Set(metas.map((m) => m.domain))) {
      await across.in(domain, async (session) => {
        for (const meta of metas.filter((m) => m.domain === domain)) {
          for (const row of rows.filter((r) => r.type === meta.name)) session.create(meta.type, row.values, idOf(row.type, row.name));
          await session.flush();
        }
      });
    }
  });
}

async function identitiesOf(platform: TestPlatform): Promise<Map<PersonaName, Identity>> {
  const resolver = createIdentityResolver({
    lookup: async (tokenIssuer, subject) => {
      const { rows } = await platform.database.pool.query<{ account_id: string; person_id: string; district_id: string; status: string }>("SELECT * FROM access.account_of($1, $2)", [tokenIssuer, subject]);
      const row = rows[0];
      return row ? { accountId: row.account_id, personId: row.person_id, districtId: row.district_id, status: row.status === "ACTIVE" ? "active" : "disabled" } : null;
    },
  });
  const made = new Map<PersonaName, Identity>();
  for (const [name, persona] of Object.entries(personas as Record<string, Persona>)) {
    const subject = `sub-${persona.person ?? persona.system ?? name}`;
    const identity = name === "anonymous" ? anonymous : await resolver.resolve({ issuer, subject, username: name, roles: [...persona.roles] as Role[], expiresAt: 4_000_000_000 });
    made.set(name as PersonaName, identity);
  }
  return made;
}

function plain(data: unknown): Reply["data"] {
  return data == null ? null : (JSON.parse(JSON.stringify(data)) as Reply["data"]);
}

function fail(message: string): never {
  throw new Error(message);
}
