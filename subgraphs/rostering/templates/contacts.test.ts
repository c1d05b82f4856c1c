import { afterAll, beforeAll, expect, test } from "vitest";
import { uuidv7 } from "#foundation/record/uuid";
import type { Contract } from "#foundation/testing/contract";
import { stage } from "../../contract/stage.ts";
import { importFiles, inShort } from "../testing/template-files.ts";
import { twoSchools } from "../testing/two-schools.ts";

let contract: Contract;
beforeAll(async () => void (contract = await stage()));
afterAll(() => contract.platform[Symbol.asyncDispose]());

const header = "student_number,contact_id,given_name,family_name,relationship,email,phone,phone_kind,from_date,last_day,education_rights,portal,lives_with,mailings,pick_up,decision_making,emergency_order,confirmed,remove";

async function district() {
  const set = twoSchools(contract);
  const [ada, ben] = [set.student(), set.student()];
  await set.make.save();
  return { ...set, ada, ben, number: (student: string) => String(set.make.valuesOf(student).studentNumber) };
}
const contactsOf = (student: string) => contract.platform.sql<{ given: string; family: string; person: string; rights: string; status: string; from: string; to: string | null; order: number | null; email: string | null; phone: string | null; version: number }>(
  `SELECT p.given_name AS given, p.family_name AS family, p.id AS person, c.status, c.relationship, c.from_date::text AS from, c.to_date::text AS to, c.emergency_order AS order, c.version,
     concat_ws(' ', CASE WHEN education_rights THEN 'education' END, CASE WHEN portal_access THEN 'portal' END, CASE WHEN lives_with THEN 'lives' END, CASE WHEN mailings THEN 'mail' END, CASE WHEN pick_up THEN 'pickup' END, CASE WHEN decision_making THEN 'decides' END) AS rights,
     (SELECT string_agg(e.address, ' ' ORDER BY e.address) FROM people.person_email e WHERE e.person_id = p.id AND e.archived_at IS NULL) AS email, (SELECT string_agg(e.number || ' ' || e.kind, ', ' ORDER BY e.number) FROM people.person_phone e WHERE e.person_id = p.id AND e.archived_at IS NULL) AS phone
   FROM students.student_contact c JOIN people.person p ON p.id = c.person_id WHERE c.student_id = $1 AND c.archived_at IS NULL ORDER BY c.from_date, p.given_name`, [student]);

test("nobody is taken for somebody of the same name, nor for the student; an order takes the rights that it names, and no more", async () => {
  const set = await district();
  const { make, ada, ben, number } = set;
  const [maria, father] = [make.a("Person", { givenName: "María", familyName: "Lopez" }), make.a("Person", { givenName: "Paul", familyName: "Stone" })];
  make.a("StudentContact", { student: ada, personId: maria, relationship: "MOTHER", status: "CONFIRMED", fromDate: "2026-08-01" });
  make.a("CourtOrder", { student: ben, personId: father, kind: "CUSTODY", fromDate: "2026-09-01", toDate: null, restrictsEducation: true, restrictsPortal: false, restrictsLivesWith: false, restrictsPickUp: true, restrictsMailings: false, restrictsDecisionMaking: false });
  make.a("CourtOrder", { student: ada, personId: father, kind: "CUSTODY", fromDate: "2025-09-01", toDate: "2026-09-01", restrictsEducation: true, restrictsPortal: false, restrictsLivesWith: false, restrictsPickUp: true, restrictsMailings: false, restrictsDecisionMaking: false });
  await make.save();
  const own = String(make.valuesOf(ada).personId);
  const files = { contacts: [header,
    `${number(ada)},C1,maria,LOPEZ,mother,,,,,,yes,yes,,,,,,,`,
    `${number(ada)},C2,Ada,Self,other,,,,,,,,,,,,,,`,
    `${number(ben)},C3,Paul,Stone,father,,,,2026-08-24,,yes,yes,no,yes,yes,,,,`,
    `${number(ada)},C3,Paul,Stone,father,,,,2026-08-24,,yes,yes,,,yes,,,,`] };
  const result = await importFiles(contract, set, files, { decisions: { samePerson: new Map([["C2", own], ["C3", father]]) } });
  expect(result.said).toEqual([
    expect.stringMatching(/^2: The row is left out\. The student has a contact of this name already/),
    expect.stringMatching(/^3: The row is left out\. This contact_id is the student's own person/),
    "4: A court order from 2026-09-01 on takes this right from the person: education_rights is not given.",
    "4: A court order from 2026-09-01 on takes this right from the person: pick_up is not given.",
  ]);
  expect(await contactsOf(ben)).toMatchObject([{ given: "Paul", person: father, rights: "portal mail", status: "CONFIRMED" }]);
  // The order about the other child is over.
  expect(await contactsOf(ada)).toMatchObject([{ given: "María", rights: "" }, { given: "Paul", rights: "education portal pickup" }]);
  expect(await contract.platform.sql("SELECT 1 FROM students.court_order WHERE district_id = $1 AND version > 1", [make.districtId])).toEqual([]);
  // Once somebody has said so, she is the one who is here, or another.
  const decided = await importFiles(contract, set, files, { dryRun: true, decisions: { samePerson: new Map([["C1", maria], ["C2", own], ["C3", father]]) } });
  expect(decided.rows[0]!.changes).toEqual([]);
  expect(decided.said[0]).toMatch(/^2: The district's own education rights, portal access stay as they are: the record was here before/);
  const nobody = await importFiles(contract, set, files, { dryRun: true, decisions: { samePerson: new Map([["C1", uuidv7()], ["C2", own], ["C3", father]]) } });
  expect(nobody.said[0]).toMatch(/^2: The row is left out\. The person whom this contact_id stands for is no longer on record/);
  expect((await importFiles(contract, set, files, { dryRun: true, decisions: { newPerson: new Set(["C1"]), samePerson: new Map([["C2", own], ["C3", father]]) } })).counts).toMatchObject({ Person: { CREATED: 1 } });
});

test("contacts go in with persons, numbers and rights; two students share one person; again it changes nothing", async () => {
  const set = await district();
  const { ada, ben, number } = set;
  const files = { contacts: [header,
    `${number(ada)},C1,Maria,Lopez,mother,maria@example.org,519-555-0100,mobile,2026-08-24,,yes,yes,yes,yes,yes,yes,1,,`,
    `${number(ben)},C1,Maria,Lopez,stepparent,maria@example.org,519-555-0100,mobile,,,,,yes,,yes,,2,,`,
    `${number(ada)},C2,Rosa,Lopez,grandparent,,,,2025-08-20,2026-06-05,,,,,yes,,,,`,
    `${number(ben)},C4,Ned,Flood,neighbor,,519-555-0199,,,,,,,,,,,no,`] };
  const made = await importFiles(contract, set, files);
  expect([made.said, made.counts]).toEqual([[], { Person: { CREATED: 3 }, PersonEmail: { CREATED: 1 }, PersonPhone: { CREATED: 2 }, StudentContact: { CREATED: 4 } }]);
  expect(await contactsOf(ada)).toMatchObject([
    { given: "Rosa", from: "2025-08-20", to: "2026-06-06", rights: "pickup", relationship: "GRANDPARENT", order: null, status: "CONFIRMED" },
    { given: "Maria", from: "2026-08-24", to: null, rights: "education portal lives mail pickup decides", order: 1, email: "maria@example.org", phone: "519-555-0100 MOBILE" },
  ]);
  expect(await contactsOf(ben)).toMatchObject([{ given: "Maria", from: "2026-10-14", rights: "lives pickup" }, { given: "Ned", status: "PROPOSED", rights: "", phone: "519-555-0199 OTHER" }]);
  expect((await contactsOf(ada))[1]!.person).toBe((await contactsOf(ben))[0]!.person);
  expect(inShort(made.rows)[0]).toBe(`CREATE ${number(ada)}|C1|2026-08-24 Person:CREATED:1 PersonEmail:CREATED:1 PersonPhone:CREATED:1 StudentContact:CREATED:1`);
  const again = await importFiles(contract, set, files);
  expect([again.changed, new Set(again.rows.map(({ action }) => action))]).toEqual([0, new Set(["UNCHANGED"])]);
});

test("a correction changes what the file says anew; what the office has changed stays; remove ends what the import brought", async () => {
  const set = await district();
  const { ada, ben, number } = set;
  const row = (student: string, rest: string) => `${number(student)},C1,Maria,Lopez,mother,${rest}`;
  await importFiles(contract, set, { contacts: [header, row(ada, "maria@example.org,1,home,2026-08-24,,yes,yes,,,yes,,1,,"), row(ben, "maria@example.org,1,home,2026-08-24,,yes,,,,,,,,")] });
  await contract.platform.sql("UPDATE students.student_contact SET pick_up = false WHERE student_id = $1", [ada]);
  await contract.platform.sql("UPDATE people.person_email SET address = 'office@example.org' WHERE address = 'maria@example.org' AND district_id = $1", [set.make.districtId]);
  const later = { contacts: [header, row(ada, "new@example.org,22,home,2026-08-24,,no,yes,,,,,1,,").replace("Maria,Lopez", "Mary,Lopez"), row(ben, "new@example.org,22,home,2026-08-24,,yes,,,,,,,,yes").replace("Maria,Lopez", "Mary,Lopez")] };
  const { rows, said } = await importFiles(contract, set, later);
  expect(await contactsOf(ada)).toMatchObject([{ given: "Mary", rights: "portal", email: "new@example.org office@example.org", phone: "22 HOME", version: 2 }]);
  expect([await contactsOf(ben), said]).toEqual([[], []]);
  expect(rows.map(({ action, changes }) => [action, ...changes.map(({ recordType, action: each }) => `${recordType} ${each}`)])).toEqual([
    ["CHANGE", "PersonEmail CREATED", "Person UPDATED", "PersonPhone UPDATED", "StudentContact UPDATED"], ["WITHDRAW", "StudentContact ARCHIVED"]]);
  expect((await importFiles(contract, set, later)).changed).toBe(0);
});

test("a proposal of another import is confirmed by the office's file; the same system's user of this id is the same person", async () => {
  const set = await district();
  const { make, ada, number } = set;
  const jon = make.a("Person", { givenName: "Jonathan", familyName: "Moreau" });
  const proposal = make.a("StudentContact", { student: ada, personId: jon, relationship: "PARENT", status: "PROPOSED", fromDate: "2026-08-20", toDate: null, educationRights: false, portalAccess: false, livesWith: false, mailings: false, pickUp: false, decisionMaking: false });
  make.a("ExternalIdentifier", { source: "office", recordType: "Person", sourcedId: "u-jon", recordId: jon, memory: {} }, { id: uuidv7() });
  await make.save();
  const { said, counts } = await importFiles(contract, set, { contacts: [header, `${number(ada)},u-jon,Jon,Moreau,father,,,,,,yes,yes,,,,,,,`] });
  expect([said, counts]).toEqual([[], { StudentContact: { UPDATED: 1 } }]);
  // Who was here keeps the legal name that is on record.
  expect(await contactsOf(ada)).toMatchObject([{ given: "Jonathan", rights: "education portal", status: "CONFIRMED", from: "2026-08-20" }]);
  expect(await contract.platform.sql("SELECT id FROM students.student_contact WHERE student_id = $1", [ada])).toEqual([{ id: proposal }]);
});
