import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { readConfig } from "#foundation/config/config";
import { identityOf, type Identity } from "#foundation/identity/identity";
import { noteSignIn } from "#foundation/identity/delegation-lookup";
import { Role } from "#foundation/identity/role";
import { startWorkers } from "#foundation/jobs/workers";
import { uuidv7 } from "#foundation/record/uuid";
import { testPlatform, testPrefix, type TestPlatform } from "#foundation/testing/test-platform";
import { until } from "#foundation/testing/until";
import { allManifests } from "../../contract/stage.ts";
import { people, platform as platformPorts } from "../domains.ts";
import { fixture } from "../oneroster/fixtures/build-package.ts";
import { readOneRoster } from "../imports/files.ts";
import { newImport } from "../imports/open.ts";
import { commitImport } from "../imports/run.ts";
import { zipStreamSink } from "../export/zip-sink.ts";

/** The files of a package as one zip's bytes. */
export async function zipOf(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const target = new PassThrough();
  const chunks: Buffer[] = [];
  target.on("data", (chunk: Buffer) => chunks.push(chunk));
  const sink = zipStreamSink(target);
  for (const [name, text] of Object.entries(files)) await sink.add(name, once(text));
  await sink.finish();
  return Buffer.concat(chunks);
}

async function* once(text: string): AsyncIterable<string> {
  yield text;
}

/** A district that was imported once, people who may or may not import more, and workers that do it. */
export interface ImportDesk extends AsyncDisposable {
  platform: TestPlatform;
  districtId: string;
  files: Record<string, string>;
  /** Of the district, of a school, and without any duty. */
  registrar: Identity;
  schoolRegistrar: Identity;
  superintendent: Identity;
  parent: Identity;
  ask<T = Record<string, unknown>>(identity: Identity, document: string, variables?: Record<string, unknown>): Promise<T>;
  /** Stores files as the registrar's upload, and gives its id. */
  upload(files: Readonly<Record<string, string>>, by?: Identity): Promise<string>;
  /** The import once it has one of these states. */
  reaches(id: string, ...states: string[]): Promise<{ id: string; version: number; status: string; message: string | null }>;
}

export async function importDesk({ importFolder = null as string | null } = {}): Promise<ImportDesk> {
  const manifests = await allManifests();
  const schemas = new Map<string, string>();
  for (const { name } of manifests) schemas.set(name, await readFile(join(import.meta.dirname, "../../../schema/subgraphs", `${name}.graphql`), "utf8"));
  const platform = await testPlatform({ manifests, sdl: (name) => schemas.get(name)!, now: new Date("2024-10-02T18:00:00Z") });
  const files = await fixture("district-v1p1");
  const district = { id: uuidv7(), code: "HARBOR", name: "Harbor Unified", timeZone: "America/Los_Angeles" };
  const read = await readOneRoster(join(import.meta.dirname, "../oneroster/fixtures/district-v1p1"));
  if (read.outcome !== "read") throw new Error("The fixture was refused.");
  const { head, open } = newImport({ format: "ONEROSTER", source: "harbor", startedAt: platform.clock.now });
  await commitImport({ orchestration: platform.orchestration, district: { ...district, isNew: true }, files: read, head, open }, { withdrawals: false, newPeople: false });
  const [school] = await platform.sql<{ id: string }>("SELECT id FROM schools.school ORDER BY name LIMIT 1");
  const person = async (givenName: string, roles: Role[], duty?: { role: string; schoolId: string | null }): Promise<Identity> => {
    const accountId = uuidv7();
    const personId = await platform.write(district.id, async (across) => {
      const id = await across.in("people", async (session) => {
        const made = people.addPerson(session, { givenName, familyName: "Quill" });
        if (duty !== undefined) people.addDuty(session, { person: made, role: duty.role as never, schoolId: duty.schoolId, fromDate: "2024-08-01" });
        return made;
      });
      await across.in("platform", async (session) => void platformPorts.addAccount(session, { issuer: "test", subject: id, username: givenName.toLowerCase(), personId: id }, accountId));
      return id;
    });
    const identity = identityOf({ issuer: "test", subject: personId, accountId, personId, districtId: district.id, roles });
    const login = await platform.database.pool.connect();
    await noteSignIn(login, identity, platform.clock.now).finally(() => login.release());
    return identity;
  };
  const staff = [Role.Staff];
  const registrar = await person("Rosa", [Role.Registrar, ...staff], { role: "REGISTRAR", schoolId: null });
  const desk = {
    platform, districtId: district.id, files, registrar,
    schoolRegistrar: await person("Ruth", [Role.Registrar, ...staff], { role: "REGISTRAR", schoolId: school!.id }),
    superintendent: await person("Sol", [Role.Superintendent, ...staff], { role: "SUPERINTENDENT", schoolId: null }),
    parent: await person("Pia", [Role.Parent]),
  };
  const config = { ...readConfig({ OSSS_DATABASE_PREFIX: testPrefix }), importFolder };
  const workers = startWorkers({ config, database: platform.database, clock: () => platform.clock.now, log: quiet, manifests, serves: (name) => name === "rostering" });
  await workers.started;
  const ask: ImportDesk["ask"] = async (identity, document, variables) => {
    const reply = await platform.call("rostering", identity, document, variables);
    if (reply.errors !== undefined && reply.errors.length > 0) throw Object.assign(new Error(reply.errors.map(({ message }) => message).join("; ")), { errors: reply.errors });
    return reply.data as never;
  };
  return {
    ...desk,
    ask,
    upload: async (of, by = registrar) => {
      const bytes = await zipOf(of);
      return platformPorts.storeFile({ config, orchestration: platform.orchestration, districtId: district.id }, { accountId: by.accountId!, name: "export.zip", mediaType: "application/zip", purpose: "IMPORT", content: chunksOf(bytes) });
    },
    async reaches(id, ...states) {
      const look = async () => (await ask<{ import: { id: string; version: number; status: string; message: string | null } }>(registrar, `{ import(id: "${id}") { id version status message } }`)).import;
      await until(async () => {
        const { status, message } = await look();
        if (!states.includes(status) && ["FAILED", "REFUSED"].includes(status)) throw new Error(`${status}: ${message}`);
        return states.includes(status);
      });
      return look();
    },
    async [Symbol.asyncDispose]() {
      await workers.stop(1_000);
      await platform[Symbol.asyncDispose]();
    },
  };
}

async function* chunksOf(bytes: Buffer): AsyncIterable<Uint8Array> {
  yield bytes;
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
