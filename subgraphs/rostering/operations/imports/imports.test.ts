import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { edited } from "../../oneroster/fixtures/build-package.ts";
import { importDesk, type ImportDesk } from "../../testing/import-desk.ts";

let desk: ImportDesk;
beforeAll(async () => {
  desk = await importDesk();
});
afterAll(() => desk?.[Symbol.asyncDispose]());

interface Shown { id: string; version: number; status: string }
const start = async (fileId: string, more = ""): Promise<string> =>
  (await desk.ask<{ startImport: { record: Shown } }>(desk.registrar, `mutation { startImport(input: { fileId: "${fileId}", source: "harbor" ${more} }) { record { id } } }`)).startImport.record.id;
const act = async (name: string, id: string, version: number, more = "", reason = ""): Promise<Shown> =>
  (await desk.ask<Record<string, { record: Shown }>>(desk.registrar, `mutation { act: ${name}(input: { importId: "${id}", version: ${version} ${more} } ${reason}) { record { id version status } } }`)).act!.record;
const rowsOf = async (id: string, where = "") =>
  (await desk.ask<{ importRows: { nodes: { file: string; line: number | null; label: string; action: string; outcome: string; changes: { recordType: string; action: string; fields: { field: string; before: unknown; after: unknown }[] }[] }[] } }>(
    desk.registrar, `{ importRows(first: 500, where: { import: { id: { eq: "${id}" } } ${where} }, orderBy: [{ field: position }]) { nodes { file line label action outcome changes } } }`,
  )).importRows.nodes;
const ada = async () => (await desk.platform.sql<{ given_name: string }>("SELECT given_name FROM people.person WHERE family_name = 'Moreau' AND given_name LIKE 'Ad%' AND archived_at IS NULL"))[0]!.given_name;

describe("who may import", () => {
  test("is the registrar of the district: others are refused, and learn nothing of what is there", async () => {
    const fileId = await desk.upload(desk.files);
    const words = `mutation { startImport(input: { fileId: "${fileId}", source: "harbor" }) { record { id } } }`;
    await expect(desk.ask(desk.schoolRegistrar, words)).rejects.toThrow(/registrar of the district/);
    for (const identity of [desk.superintendent, desk.parent]) await expect(desk.ask(identity, words)).rejects.toThrow();
    const id = await start(fileId);
    await desk.reaches(id, "PREVIEWED");
    for (const name of ["commitImport", "cancelImport"]) {
      await expect(desk.ask(desk.schoolRegistrar, `mutation { ${name}(input: { importId: "${id}", version: 1 }) { record { id } } }`)).rejects.toThrow(/registrar of the district/);
    }
    // How it went is the superintendent's to see; what it says of people is not.
    expect(await desk.ask(desk.superintendent, `{ import(id: "${id}") { status counts { nodes { file unchanged } } } }`)).toMatchObject({ import: { status: "PREVIEWED" } });
    await expect(desk.ask(desk.superintendent, "{ importRows { totalCount } }")).rejects.toThrow();
    expect(await desk.ask(desk.schoolRegistrar, `{ import(id: "${id}") { status } importRows { totalCount } importCandidates { totalCount } sourceRecords { totalCount } }`)).toEqual({ import: null, importRows: { totalCount: 0 }, importCandidates: { totalCount: 0 }, sourceRecords: { totalCount: 0 } });
    await act("cancelImport", id, (await desk.reaches(id, "PREVIEWED")).version);
  });

  test("reads her own file alone, and not one that is not there yet", async () => {
    const hers = await desk.upload(desk.files, desk.schoolRegistrar);
    await expect(start(hers)).rejects.toThrow(/no StoredFile/);
    await expect(start("0198c1b2-0000-7000-8000-000000000000")).rejects.toThrow(/no StoredFile/);
  });
});

describe("an import", () => {
  test("of the same files shows that nothing changes", async () => {
    const id = await start(await desk.upload(desk.files));
    const { version } = await desk.reaches(id, "PREVIEWED");
    const rows = await rowsOf(id);
    expect(new Set(rows.map(({ action }) => action))).toEqual(new Set(["UNCHANGED"]));
    expect(rows.length).toBeGreaterThan(15);
    expect((await act("commitImport", id, version)).status).toBe("COMMITTING");
    await desk.reaches(id, "COMMITTED");
  });

  test("shows each change field by field, writes just that, and is undone", async () => {
    const id = await start(await desk.upload(edited(edited(desk.files, "users.csv", "Ada,Moreau", "Adelaide,Moreau"), "users.csv", "555-0102", "555-0199")));
    const { version } = await desk.reaches(id, "PREVIEWED");
    expect(await ada()).toBe("Ada");
    const changed = await rowsOf(id, "action: { ne: UNCHANGED }");
    expect(changed).toMatchObject([
      { file: "users.csv", line: 2, action: "CHANGE", label: expect.stringContaining("Moreau, Ad"), changes: expect.arrayContaining([expect.objectContaining({ recordType: "Person", action: "UPDATED", fields: [{ field: "givenName", before: "Ada", after: "Adelaide" }] })]) },
      { file: "users.csv", line: 4, action: "CHANGE", changes: [expect.objectContaining({ recordType: "PersonPhone", fields: expect.arrayContaining([{ field: "number", before: "555-0102", after: "555-0199" }]) })] },
    ]);
    await act("commitImport", id, version);
    const committed = await desk.reaches(id, "COMMITTED");
    expect(await ada()).toBe("Adelaide");
    expect(await rowsOf(id, "action: { ne: UNCHANGED }")).toEqual(changed);
    const [entry] = await desk.platform.sql("SELECT person_id, delegation_id FROM journal.audit_entry WHERE record_type = 'Person' AND action = 'UPDATED' ORDER BY created_at DESC LIMIT 1");
    expect(entry).toEqual({ person_id: desk.registrar.personId, delegation_id: expect.any(String) });
    await act("undoImport", id, committed.version, "", ', reason: "The wrong year"');
    await desk.reaches(id, "UNDONE");
    expect(await ada()).toBe("Ada");
  });

  test("that brings a new school is previewed without it, and has its rows and counts at the school once it is written", async () => {
    const files = edited(edited(desk.files, "orgs.csv", "s2,,,Tidewater High", "s9,,,Gannet Middle,school,9001-9,d1,\ns2,,,Tidewater High"), "users.csv", "u-voss,,,", "u-wren,,,true,s9,student,wren,,Wren,Sable,,700909,,,,,07,\nu-voss,,,");
    const id = await start(await desk.upload(files));
    const { version } = await desk.reaches(id, "PREVIEWED");
    const placed = () => desk.platform.sql("SELECT r.file, s.name FROM rostering.import_row r LEFT JOIN schools.school s ON s.id = r.school_id WHERE r.import_id = $1 AND r.archived_at IS NULL AND r.sourced_id IN ('s9', 'u-wren') AND r.action = 'CREATE' ORDER BY r.file", [id]);
    const counted = () => desk.platform.sql("SELECT c.file, c.created FROM rostering.import_count c JOIN schools.school s ON s.id = c.school_id WHERE c.import_id = $1 AND s.name = 'Gannet Middle' AND c.archived_at IS NULL ORDER BY c.file", [id]);
    expect(await placed()).toEqual([{ file: "orgs.csv", name: null }, { file: "users.csv", name: null }]);
    expect(await counted()).toEqual([]);
    await act("commitImport", id, version);
    const committed = await desk.reaches(id, "COMMITTED");
    expect(await placed()).toEqual([{ file: "orgs.csv", name: "Gannet Middle" }, { file: "users.csv", name: "Gannet Middle" }]);
    expect(await counted()).toEqual([{ file: "orgs.csv", created: 1 }, { file: "users.csv", created: 1 }]);
    await act("undoImport", id, committed.version, "", ', reason: "There is no such school"');
    await desk.reaches(id, "UNDONE");
    expect(await desk.platform.sql("SELECT 1 FROM schools.school WHERE name = 'Gannet Middle' AND archived_at IS NULL")).toEqual([]);
  });

  test("that lost most of a file stops until somebody says that it is meant, and names the school", async () => {
    const lines = desk.files["enrollments.csv"]!.trimEnd().split("\n");
    const id = await start(await desk.upload({ ...desk.files, "enrollments.csv": `${lines.slice(0, 3).join("\n")}\n` }));
    const { version, message } = await desk.reaches(id, "STOPPED");
    expect(message).toMatch(/enrollments\.csv.*known would be withdrawn.*acceptWithdrawals/s);
    await expect(act("commitImport", id, version)).rejects.toThrow(/acceptWithdrawals/);
    await act("cancelImport", id, version);
    await expect(act("commitImport", id, version + 1)).rejects.toThrow(/preview is ready/);
  });

  test("with a fault is refused, and says where", async () => {
    const id = await start(await desk.upload(edited(desk.files, "enrollments.csv", "e3,,,k-hr-3", "e3,,,k-hr-9")));
    const { message } = await desk.reaches(id, "REFUSED");
    expect(message).toMatch(/fault/);
    expect(await desk.ask(desk.registrar, `{ importProblems(where: { import: { id: { eq: "${id}" } }, severity: { eq: FAULT } }) { nodes { file line column code message } } }`)).toMatchObject({
      importProblems: { nodes: [{ file: "enrollments.csv", line: expect.any(Number), column: "classSourcedId", message: expect.stringContaining("k-hr-9") }] },
    });
  });

  test("does not write what was not looked at: what the district changed meanwhile gives a new preview", async () => {
    const id = await start(await desk.upload(edited(desk.files, "users.csv", "555-0101", "555-0777")));
    const { version } = await desk.reaches(id, "PREVIEWED");
    await desk.platform.sql("UPDATE people.person_phone SET number = '555-0333', version = version + 1 WHERE number = '555-0101'");
    await act("commitImport", id, version);
    const again = await desk.reaches(id, "PREVIEWED", "COMMITTED");
    expect(again).toMatchObject({ status: "PREVIEWED", message: expect.stringMatching(/changed since the preview/) });
    await act("cancelImport", id, again.version);
    await desk.platform.sql("UPDATE people.person_phone SET number = '555-0101', version = version + 1 WHERE number = '555-0333'");
  });

  test("leaves out what a clerk leaves out, reads what she says, and keeps it for the next time", async () => {
    const files = edited(desk.files, "users.csv", "Jon,Reed", "Jonathan,Reed");
    const id = await start(await desk.upload(files));
    const { version } = await desk.reaches(id, "PREVIEWED");
    expect((await rowsOf(id, "action: { eq: CHANGE }")).map(({ line }) => line)).toEqual([5]);
    const decided = await act("decideImport", id, version, 'decisions: [{ kind: EXCLUDE, subject: "u-jon" }]');
    expect(decided.status).toBe("WAITING");
    await desk.reaches(id, "PREVIEWED");
    expect((await rowsOf(id, "action: { in: [CHANGE, EXCLUDED] }")).map(({ line, action }) => [line, action])).toContainEqual([5, "EXCLUDED"]);
    const next = await start(await desk.upload(files));
    const { version: later } = await desk.reaches(next, "PREVIEWED");
    expect((await rowsOf(next, "action: { eq: EXCLUDED }")).length).toBeGreaterThan(0);
    await act("decideImport", next, later, 'decisions: [{ kind: EXCLUDE, subject: "u-jon", withdraw: true }]');
    await desk.reaches(next, "PREVIEWED");
    expect((await rowsOf(next, "action: { eq: CHANGE }")).map(({ line }) => line)).toEqual([5]);
  });

  test("asks about people who resemble others, and takes the answer", async () => {
    // The same girl under another number.
    const files = edited(edited(desk.files, "users.csv", "{State:700001}", "{State:900009}"), "users.csv", "Lise,700001", "Lise,900009");
    const other = await desk.ask<{ startImport: { record: Shown } }>(desk.registrar, `mutation { startImport(input: { fileId: "${await desk.upload(files)}", source: "another system" }) { record { id } } }`);
    const id = other.startImport.record.id;
    const { version } = await desk.reaches(id, "PREVIEWED", "STOPPED");
    const { importCandidates } = await desk.ask<{ importCandidates: { nodes: { sourcedId: string; reasons: string[]; likely: boolean; state: string; person: { id: string } }[] } }>(desk.registrar, `{ importCandidates(where: { import: { id: { eq: "${id}" } }, sourcedId: { eq: "u-ada" } }) { nodes { sourcedId reasons likely state person { id } } } }`);
    expect(importCandidates.nodes).toContainEqual(expect.objectContaining({ likely: true, state: "OPEN", reasons: expect.arrayContaining(["SAME_EMAIL", "SAME_NAME_AND_BIRTH_DATE"]) }));
    await expect(act("commitImport", id, version)).rejects.toThrow(/resemble/);
    await act("decideImport", id, version, `decisions: [{ kind: SAME_PERSON, subject: "u-ada", personId: "${importCandidates.nodes[0]!.person.id}" }]`);
    const decided = await desk.reaches(id, "PREVIEWED", "STOPPED");
    expect(await desk.ask(desk.registrar, `{ importCandidates(where: { import: { id: { eq: "${id}" } }, sourcedId: { eq: "u-ada" } }) { totalCount } }`)).toEqual({ importCandidates: { totalCount: 0 } });
    await act("cancelImport", id, decided.version);
  });
});

test("decisions that lack something are refused by name", async () => {
  const id = await start(await desk.upload(desk.files));
  const { version } = await desk.reaches(id, "PREVIEWED");
  await expect(act("decideImport", id, version, "decisions: []")).rejects.toThrow();
  for (const decision of ['kind: READ_AS, subject: "grades 9th"', 'kind: SAME_PERSON, subject: "u-ada"', 'kind: CONFIRM_CONTACT, subject: "u-ada"']) {
    await expect(act("decideImport", id, version, `decisions: [{ ${decision} }]`), decision).rejects.toMatchObject({ errors: [{ extensions: { code: "VALIDATION_FAILED" } }] });
  }
});
