import { parse } from "graphql";
import { loadManifest } from "#foundation/federation/load-manifest";
import { printSubgraph } from "#foundation/federation/sdl";
import { anonymous, type Identity } from "#foundation/identity/identity";
import { createIdentityResolver } from "#foundation/identity/identity-of";
import type { Role } from "#foundation/identity/role";
import type { RecordMeta } from "#foundation/record/metadata";
import { testPlatform, type TestPlatform } from "#foundation/testing/test-platform";
import { compose } from "../../../schema/compose.ts";
import { allManifests } from "../../../subgraphs/registry.ts";
import { inProcess } from "../../data-sources/in-process.ts";
import { maskError } from "../../errors.ts";
import { SupergraphGateway } from "../../supergraph-gateway.ts";
import { personas, type Persona, type PersonaName } from "./personas.ts";
import { districts, morning } from "./world.ts";
import { idOf, type WorldRow } from "./world-rows.ts";

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

/** The accounts by which the personas sign in, one for each person. */
function accountsOf(district: "A" | "B"): WorldRow[] {
  const people = Object.values(personas as Record<string, Persona>).flatMap((p) => (p.person !== null && p.district === district ? [p.person] : []));
  return people.map((person) => ({ domain: "platform", type: "Account", name: person, values: { issuer, subject: `sub-${person}`, username: person, personId: idOf("Person", person) } }));
}

/** Every row of both districts with its names, accounts included. */
export const worldRows: ReadonlyMap<"A" | "B", readonly WorldRow[]> = new Map(districts.map((d) => [d.name, [...d.rows, ...accountsOf(d.name)]]));

/** Starts the graph and writes the world: one transaction for each district. */
export async function attackGraph(): Promise<AttackGraph> {
  const manifests = await allManifests();
  const sdl = new Map<string, string>();
  for (const manifest of manifests) sdl.set(manifest.name, await printSubgraph(manifest));
  const { supergraphSdl } = compose([...sdl].map(([name, text]) => ({ name, sdl: text })));
  const platform = await testPlatform({ manifests, sdl: (name) => sdl.get(name)!, now: morning });
  const metas = new Map(manifests.flatMap((m) => loadManifest(m).metas).map((meta) => [meta.name, meta]));
  for (const district of districts) await writeDistrict(platform, [...metas.values()], district.id, worldRows.get(district.name)!);
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
    const subject = `sub-${persona.person ?? name}`;
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
