import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { anonymous, identityOf, type Identity } from "../identity/identity.ts";
import { Role } from "../identity/role.ts";
import { isScalar, type RecordMeta } from "../record/metadata.ts";
import { changeOf, companionInput, createInput, documents, type Payload } from "./contract-inputs.ts";
import { codeOf, dataOf, journalOf, newDistrict, rowCounts, type Contract } from "./contract.ts";
import type { Values, World } from "./factory.ts";
import { everythingElsewhere, reach, signedIn, waysOf, type Persona, type Reached, type Subject, type Way } from "./personas.ts";

/** The ways that one grant opens for writing: it must reach all of a row's stamps that it knows. */
interface WritingGrant {
  name: string;
  role: Role;
  ways: Way[];
  wide: boolean;
}

function writingGrants(world: World, meta: RecordMeta): WritingGrant[] {
  const groups = new Map<string, WritingGrant>();
  for (const way of waysOf(world, meta, "write")) {
    const { role, relation } = way.grant;
    const name = `${role} by ${relation.name}${relation.stamp ? ` on ${relation.stamp}` : ""}`;
    const group = groups.get(name) ?? { name, role, ways: [], wide: relation.districtWide };
    group.ways.push(way);
    groups.set(name, group);
  }
  return [...groups.values()];
}

/** A caller whom a grant lets write a row with these values. Whoever has a duty belongs to the staff, and carries that role too. */
export function writer(world: World, contract: Contract, meta: RecordMeta, grant: WritingGrant, subject: Subject): Persona {
  let personId: string | null | undefined;
  let accountId: string | undefined;
  for (const way of grant.ways) ({ personId, accountId = accountId } = reach(world, contract.reaches, meta, way, subject, personId ?? undefined));
  return { name: grant.name, identity: signedIn(world, { personId: personId!, ...(accountId ? { accountId } : {}) }, [grant.role, Role.Staff]) };
}

/** Whoever may create: through the whole district where somebody may, since then nothing depends on the new row itself. */
export function creator(world: World, contract: Contract, meta: RecordMeta, values: Values): Persona {
  const grants = writingGrants(world, meta);
  const grant = grants.find((g) => g.wide) ?? grants[0]!;
  return writer(world, contract, meta, grant, { id: "", values });
}

interface Scene {
  world: World;
  subject: Subject;
  insiders: Persona[];
  closed: Persona[];
  strangers: Persona[];
}

async function sceneOf(contract: Contract, meta: RecordMeta): Promise<Scene> {
  const [world, elsewhere] = [newDistrict(contract), newDistrict(contract)];
  const [subject, other] = [0, 1].map(() => {
    const id = world.a(meta.type, {}, { complete: true });
    return { id, values: world.valuesOf(id) };
  }) as [Subject, Subject];
  const grants = writingGrants(world, meta);
  const writers = new Set(grants.map((g) => g.role));
  const readers = waysOf(world, meta, "read").filter((w) => !writers.has(w.grant.role));
  const stranger = { personId: randomUUID() };
  const scene: Scene = {
    world,
    subject,
    insiders: grants.map((grant) => writer(world, contract, meta, grant, subject)),
    closed: [
      ...readers.map((way) => ({ name: `${way.name}, who may only read`, identity: signedIn(world, reach(world, contract.reaches, meta, way, subject), [way.grant.role]) })),
      ...grants.map((grant) => ({ name: `${grant.name}, but a token without the role`, identity: identityOf({ ...writer(world, contract, meta, grant, subject).identity, roles: Object.values(Role).filter((r) => !writers.has(r)) }) })),
      { name: "a sign-in that is linked to nobody", identity: identityOf({ issuer: "https://test", subject: "unlinked" }) },
      { name: "nobody", identity: anonymous },
    ],
    strangers: [
      ...grants.map((grant) => ({ name: `${grant.role}, a stranger`, identity: signedIn(world, stranger, [grant.role, Role.Staff]) })),
      ...grants.filter((g) => !g.wide).map((grant) => ({ ...writer(world, contract, meta, grant, other), name: `${grant.name} of another row` })),
      { name: "every role and duty of another district", identity: everythingElsewhere(elsewhere, contract.reaches) },
    ],
  };
  await world.save();
  await elsewhere.save();
  return scene;
}

/** Creating, changing and archiving: refusals first, then what each grant opens, with the journal's rows beside each write. */
export function describeWriting(contractOf: () => Contract, meta: RecordMeta): void {
  if (meta.writes.length === 0 || meta.companionOf) return;
  const may = (verb: "create" | "update" | "archive") => meta.writes.includes(verb);

  describe(`writing ${meta.name}`, () => {
    let scene: Scene;
    let version = 1;
    beforeAll(async () => {
      scene = await sceneOf(contractOf(), meta);
    });
    const call = (identity: Identity, document: string, variables: Record<string, unknown>, key?: string) => contractOf().platform.call(meta.domain, identity, document, variables, key);
    const change = (n: number) => {
      const { field, value } = changeOf(meta, n)!;
      return { [field.name]: value };
    };

    it("is refused to whoever lacks the role or the relation, and leaves nothing behind", async () => {
      const { world, subject } = scene;
      const values = world.values(meta.type, {}, { complete: true });
      await world.save();
      const attempts = [
        ...(may("create") ? [{ what: "create", document: documents.create(meta), variables: { input: createInput(meta, values) } }] : []),
        ...(may("update") ? [{ what: "update", document: documents.update(meta), variables: { id: subject.id, version: 1, input: change(90) } }] : []),
        ...(may("archive") ? [{ what: "archive", document: documents.archive(meta), variables: { id: subject.id, version: 1 } }] : []),
      ];
      const before = await rowCounts(contractOf().platform);
      for (const { what, document, variables } of attempts) {
        for (const { name, identity } of scene.closed) {
          const reply = await call(identity, document, variables, randomUUID());
          expect.soft(codeOf(reply), `${what}: ${name}`).toBe(identity.subject === null ? "UNAUTHENTICATED" : "FORBIDDEN");
        }
        for (const { name, identity } of scene.strangers) {
          // In her own district a stranger may create what points to nothing here.
          if (what === "create" && identity.districtId !== world.districtId && ![...meta.fields.values()].some((f) => (f.kind === "belongsTo" || f.kind === "foreign") && !f.optional)) continue;
          const reply = await call(identity, document, variables, randomUUID());
          expect.soft(["FORBIDDEN", "NOT_FOUND", "VALIDATION_FAILED"], `${what}: ${name}`).toContain(codeOf(reply));
          expect.soft((reply.data as { out: unknown } | null)?.out ?? null, `${what}: ${name}`).toBeNull();
        }
      }
      expect(await rowCounts(contractOf().platform)).toEqual(before);
    });

    if (may("create")) {
      it("creates what was sent, after a dry run that writes nothing", async () => {
        const { platform } = contractOf();
        const { world } = scene;
        const values = world.values(meta.type, {}, { complete: true });
        const { identity } = creator(world, contractOf(), meta, values);
        await world.save();
        const nested = companionInput(world, meta);
        const input = { ...createInput(meta, values), ...(nested ? { [nested.name]: nested.input } : {}) };
        const before = await rowCounts(platform);
        const dry = dataOf<{ out: Payload }>(await call(identity, documents.create(meta), { input, dryRun: true }, "dry")).out;
        expect(dry.record).toBeNull();
        expect(dry.changes.length).toBeGreaterThan(0);
        expect(await rowCounts(platform), "a dry run wrote").toEqual(before);

        const { record, changes } = dataOf<{ out: Payload }>(await call(identity, documents.create(meta), { input })).out;
        expect(record).toMatchObject(expected(meta, input));
        expect(record).toMatchObject({ version: 1, archivedAt: null, createdBy: identity.accountId, updatedBy: identity.accountId, createdAt: platform.clock.now.toISOString() });
        const named = (list: Payload["changes"]) => list.map((c) => `${c.recordType}.${c.field}`).sort();
        expect(named(dry.changes)).toEqual(named(changes));
        if (nested) expect(record![nested.name]).toMatchObject({ ...expected(nested.companion, nested.input), version: 1, id: record!.id });
        const { audit, outbox } = await journalOf(platform, record!.id);
        const types = [meta.name, ...(nested ? [nested.companion.name] : [])].sort();
        expect(audit.map((a) => a.record_type).sort()).toEqual(types);
        for (const entry of audit) expect(entry).toMatchObject({ action: "CREATED", record_version: 1, operation: `create${meta.name}`, created_by: identity.accountId });
        expect(outbox.length).toBe(types.length);
      });

      it("writes once under one idempotency key, and refuses another request under it", async () => {
        const { platform } = contractOf();
        const { world } = scene;
        const [first, second] = [world.values(meta.type, {}), world.values(meta.type, {})];
        const { identity } = creator(world, contractOf(), meta, first);
        const other = creator(world, contractOf(), meta, second).identity;
        await world.save();
        const before = await rowCounts(platform);
        const table = `${meta.schema}.${meta.table}`;
        const once = () => call(identity, documents.create(meta), { input: createInput(meta, first) }, "key");
        const [left, right] = (await Promise.all([once(), once()])).map((reply) => dataOf<{ out: Payload }>(reply).out);
        expect(left!.record!.id).toBe(right!.record!.id);
        expect(dataOf<{ out: Payload }>(await once()).out).toEqual(left);
        const after = await rowCounts(platform);
        expect(after[table]! - before[table]!).toBe(1);
        expect(after["journal.audit_entry"]! - before["journal.audit_entry"]!).toBe(1);
        expect(codeOf(await call(identity, documents.create(meta), { input: createInput(meta, second) }, "key"))).toBe("CONFLICT");
        expect(await rowCounts(platform)).toEqual(after);
        // Another account's key of the same text is another key.
        expect(dataOf<{ out: Payload }>(await call(other, documents.create(meta), { input: createInput(meta, second) }, "key")).out.record!.id).not.toBe(left!.record!.id);
      });
    }

    if (may("update")) {
      it("changes a record for every grant, each time under the version that was read", async () => {
        const { platform } = contractOf();
        for (const [i, { name, identity }] of scene.insiders.entries()) {
          const input = change(i);
          const before = await rowCounts(platform);
          const stale = await call(identity, documents.update(meta), { id: scene.subject.id, version: version + 1, input });
          expect(codeOf(stale), name).toBe("STALE_VERSION");
          expect(stale.errors![0]!.extensions!.current, name).toMatchObject({ id: scene.subject.id, version });
          const dry = dataOf<{ out: Payload }>(await call(identity, documents.update(meta), { id: scene.subject.id, version, input, dryRun: true })).out;
          expect(dry.record).toBeNull();
          expect(await rowCounts(platform), name).toEqual(before);

          const { record, changes } = dataOf<{ out: Payload }>(await call(identity, documents.update(meta), { id: scene.subject.id, version, input })).out;
          expect(record, name).toMatchObject({ ...expected(meta, input), version: version + 1, updatedBy: identity.accountId });
          expect(changes.map((c) => c.field)).toEqual(Object.keys(input));
          version += 1;
          const { audit, outbox } = await journalOf(platform, scene.subject.id);
          const own = audit.filter((a) => a.record_type === meta.name);
          expect(own.at(-1)).toMatchObject({ action: "UPDATED", record_version: version, operation: `update${meta.name}`, created_by: identity.accountId });
          expect(own.at(-1)!.changes).toEqual(changes.map(({ field, before: b, after }) => ({ field, before: b, after })));
          expect(outbox.at(-1)).toMatchObject({ record_version: version, action: "UPDATED" });

          const unchanged = await rowCounts(platform);
          const same = dataOf<{ out: Payload }>(await call(identity, documents.update(meta), { id: scene.subject.id, version, input })).out;
          expect(same, name).toMatchObject({ record: { version }, changes: [] });
          expect(await rowCounts(platform), "an update without a change wrote").toEqual(unchanged);
        }
        expect(version).toBeGreaterThan(1);
      });

      const notSelf = meta.access.grants.find((g) => g.verb === "write" && g.notSelf)?.notSelf;
      if (notSelf) {
        it(`is closed to those about whom the row is, by ${notSelf}`, async () => {
          const { world } = scene;
          const about: Subject[] = [];
          const callers = writingGrants(world, meta).filter((g) => g.ways.every((w) => w.grant.notSelf === notSelf)).map((grant) => {
            const personId = world.a("Person");
            const id = world.a(meta.type, { [notSelf]: personId }, { complete: true });
            about.push({ id, values: world.valuesOf(id) });
            let reached: Reached = { personId };
            for (const way of grant.ways) reached = reach(world, contractOf().reaches, meta, way, about.at(-1)!, personId);
            return { name: grant.name, identity: signedIn(world, reached, [grant.role, Role.Staff]) };
          });
          await world.save();
          expect(callers.length).toBeGreaterThan(0);
          for (const [i, { name, identity }] of callers.entries()) expect.soft(codeOf(await call(identity, documents.update(meta), { id: about[i]!.id, version: 1, input: change(60) })), name).toBe("FORBIDDEN");
        });
      }

      it("lets one of two writers at once win, and tells the other", async () => {
        const { identity } = scene.insiders[0]!;
        const replies = await Promise.all([51, 52].map((n) => call(identity, documents.update(meta), { id: scene.subject.id, version, input: change(n) })));
        expect(replies.map(codeOf).sort()).toEqual(["STALE_VERSION", undefined]);
        version += 1;
        const { audit } = await journalOf(contractOf().platform, scene.subject.id);
        expect(audit.filter((a) => a.record_type === meta.name && a.record_version === version)).toHaveLength(1);
      });
    }

    if (may("archive")) {
      it("archives and restores for every grant", async () => {
        const { platform } = contractOf();
        const lists = `query($id: ID!) { current: ${meta.plural}(where: { id: { eq: $id } }) { totalCount } archived: ${meta.plural}(where: { id: { eq: $id }, archivedAt: { isNull: false } }) { totalCount } row: ${meta.single}(id: $id) { archivedAt } }`;
        const look = async (identity: Identity) => dataOf<{ current: { totalCount: number }; archived: { totalCount: number }; row: { archivedAt: string | null } }>(await call(identity, lists, { id: scene.subject.id }));
        for (const { name, identity } of scene.insiders) {
          expect(codeOf(await call(identity, documents.archive(meta), { id: scene.subject.id, version: version + 1 })), name).toBe("STALE_VERSION");
          expect(codeOf(await call(identity, documents.restore(meta), { id: scene.subject.id, version })), name).toBe("CONFLICT");
          dataOf(await call(identity, documents.archive(meta), { id: scene.subject.id, version, dryRun: true }));
          const archived = dataOf<{ out: Payload }>(await call(identity, documents.archive(meta), { id: scene.subject.id, version })).out;
          expect(archived.record, name).toMatchObject({ archivedAt: platform.clock.now.toISOString(), version: version + 1 });
          expect(await look(identity), name).toMatchObject({ current: { totalCount: 0 }, archived: { totalCount: 1 }, row: { archivedAt: platform.clock.now.toISOString() } });
          const restored = dataOf<{ out: Payload }>(await call(identity, documents.restore(meta), { id: scene.subject.id, version: version + 1 })).out;
          expect(restored.record, name).toMatchObject({ archivedAt: null, version: version + 2 });
          expect(await look(identity), name).toMatchObject({ current: { totalCount: 1 }, archived: { totalCount: 0 } });
          version += 2;
        }
        const { audit } = await journalOf(platform, scene.subject.id);
        expect(audit.slice(-2).map((a) => a.action)).toEqual(["ARCHIVED", "RESTORED"]);
      });
    }
  });
}

/** What a record shows of an input: plain fields as they were sent. */
function expected(meta: RecordMeta, input: Values): Values {
  return Object.fromEntries([...meta.fields.values()].filter(isScalar).filter((f) => f.name in input).map((f) => [f.name, f.kind === "decimal" ? Number(input[f.name]).toFixed(f.scale ?? 4) : input[f.name]]));
}
