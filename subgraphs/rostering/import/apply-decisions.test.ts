import { expect, test } from "vitest";
import { uuidv7 } from "#foundation/record/uuid";
import type { TestPlatform } from "#foundation/testing/test-platform";
import { people } from "../domains.ts";
import { noDecisions, type Decisions } from "../imports/decisions.ts";
import { edited } from "../oneroster/fixtures/build-package.ts";
import { eachImportingTest, importingDistrict, told, without, type ImportingDistrict } from "../testing/importing-district.ts";

let platform: TestPlatform;
let harbor: ImportingDistrict;
let files: Record<string, string>;
eachImportingTest((test) => ({ platform, harbor, files } = test));

const decided = (some: Partial<Decisions>): { decisions: Decisions } => ({ decisions: { ...noDecisions, ...some } });
const excluding = (...rows: string[]) => decided({ excluded: new Set(rows) });

test("a user who is left out is not imported, nor what depends on the user; each is told", async () => {
  const result = await harbor.load(files, excluding("users.csv u-ada"));
  expect(result.rows.filter(({ action }) => action === "EXCLUDED").map(({ file, sourcedId }) => `${file} ${sourcedId}`).sort()).toEqual(["demographics.csv u-ada", "enrollments.csv e1", "enrollments.csv e2", "users.csv u-ada"]);
  expect(result.notes.map(({ file, row, message }) => `${file} ${row} ${message}`)).toContain("enrollments.csv 2 The row is left out because it depends on the user u-ada, which somebody left out.");
  expect(await harbor.rosters()).toEqual(["Ben in Grade 3 Ito 2024-08-19.."]);
  expect((await harbor.load(files)).counts).toMatchObject({ Student: { CREATED: 1 }, SectionEnrollment: { CREATED: 2 } });
});

test("a class that is left out takes its enrollments with it, a course its classes", async () => {
  await harbor.load(files, excluding("courses.csv c-alg"));
  expect(await harbor.rows("SELECT title FROM academics.section WHERE district_id = $1")).toEqual([{ title: "Grade 3 Ito" }]);
  expect(await harbor.rosters()).toEqual(["Ben in Grade 3 Ito 2024-08-19.."]);
});

test("what is left out after it was imported stays as it is", async () => {
  await harbor.load(files);
  harbor.on("2024-11-05");
  const result = await harbor.load(edited(files, "users.csv", "Ada,Moreau,Lise", "Ada,Moreau,Louise"), excluding("users.csv u-ada"));
  expect(result.counts).toEqual({});
  expect(await harbor.rosters()).toHaveLength(3);
});

test("a withdrawal that somebody refused does not happen, nor what comes of it", async () => {
  await harbor.load(files);
  harbor.on("2024-11-05");
  const result = await harbor.load(without(files, "u-ada"), excluding("users.csv u-ada"));
  expect([told(result.rows).sort(), result.counts]).toEqual([["EXCLUDED demographics.csv u-ada", "EXCLUDED enrollments.csv e1", "EXCLUDED enrollments.csv e2", "EXCLUDED users.csv u-ada"], {}]);
  expect(await harbor.rosters()).toHaveLength(3);
  expect(told((await harbor.load(without(files, "u-ada"))).rows)).toContain("WITHDRAW users.csv u-ada");
});

test("who is said to be a person of the district is that person: what is empty is filled, and what is there stays", async () => {
  const lea = await harbor.write(async (across) => across.in("people", async (session) => people.addPerson(session, { givenName: "Léa", familyName: "Moreau" })));
  const result = await harbor.load(edited(files, "users.csv", "Lea,Moreau,,", "Lea,Moreau,Anne,"), decided({ samePerson: new Map([["u-lea", lea]]) }));
  expect(result.rows.find(({ sourcedId }) => sourcedId === "u-lea")?.changes.map(({ recordType, action }) => `${recordType} ${action}`).sort()).toEqual(["Person UPDATED", "PersonEmail CREATED", "PersonPhone CREATED"]);
  expect(await harbor.rows("SELECT given_name, middle_name FROM people.person WHERE district_id = $1 AND family_name = 'Moreau' ORDER BY 1")).toEqual([{ given_name: "Ada", middle_name: "Lise" }, { given_name: "Léa", middle_name: "Anne" }]);
});

test("nobody of another district is anybody here", async () => {
  const other = importingDistrict(platform);
  await other.load(files);
  const [{ id }] = (await other.rows<{ id: string }>("SELECT id FROM people.person WHERE district_id = $1 AND given_name = 'Lea'")) as [{ id: string }];
  const result = await harbor.load(files, decided({ samePerson: new Map([["u-lea", id], ["u-jon", uuidv7()]]) }));
  expect(result.notes.filter(({ message }) => message.includes("has no longer"))).toHaveLength(2);
  expect(await harbor.rows("SELECT count(*)::int AS n FROM people.person WHERE district_id = $1")).toEqual([{ n: 7 }]);
});

test("who is said to be new is new, though another student has the number", async () => {
  await harbor.load(files);
  const twin = { ...files, "users.csv": `${files["users.csv"]!.trimEnd()}\n`.replace("u-ben,,,", "u-other,,,") };
  const enrolled = { ...twin, "enrollments.csv": files["enrollments.csv"]!.replace("u-ben", "u-other"), "demographics.csv": files["demographics.csv"]!.replace("u-ben", "u-other") };
  const result = await harbor.load(enrolled, decided({ newPerson: new Set(["u-other"]) }));
  expect(result.notes.map(({ message }) => message).join()).toMatch(/Another student has this number already/);
  expect(await harbor.rows("SELECT count(*)::int AS n FROM students.student WHERE district_id = $1 AND student_number LIKE '700002%'")).toEqual([{ n: 2 }]);
});

test("values are read as the district reads them", async () => {
  const written = edited(edited(files, "users.csv", '"u-lea,u-jon",09,', '"u-lea,u-jon",Freshman,'), "users.csv", '"s1,s2",teacher', '"s1,s2",aide');
  await harbor.load(written, decided({ codes: new Map([["users.csv grades Freshman", "09"], ["users.csv role aide", "teacher"], ["classes.csv classType scheduled", "homeroom"]]) }));
  expect(await harbor.rows("SELECT g.code FROM students.school_enrollment e JOIN schools.grade_level g ON g.id = e.grade_level_id JOIN students.student s ON s.id = e.student_id WHERE e.district_id = $1 AND s.student_number = '700001'")).toEqual([{ code: "09" }]);
  expect((await harbor.teaching())[0]).toBe("Mei LEAD Algebra I (1) 2024-08-19..2025-06-07");
  expect(await harbor.rows("SELECT DISTINCT kind FROM academics.section WHERE district_id = $1")).toEqual([{ kind: "HOMEROOM" }]);
});

test("a confirmed contact has the rights that the clerk gave, and none that the source might name; later decisions are obeyed, too", async () => {
  const contact = { educationRights: true, portalAccess: true, relationship: "MOTHER", districtId: uuidv7(), student: uuidv7() };
  await harbor.load(files, decided({ contacts: new Map([["u-ada u-lea", contact]]) }));
  const contacts = () => harbor.rows("SELECT p.given_name AS who, c.status, c.relationship, c.education_rights AS rights FROM students.student_contact c JOIN people.person p ON p.id = c.person_id WHERE c.district_id = $1 ORDER BY 1");
  expect(await contacts()).toEqual([
    { who: "Jon", status: "PROPOSED", relationship: "OTHER_RELATIVE", rights: false }, { who: "Lea", status: "CONFIRMED", relationship: "MOTHER", rights: true }, { who: "Ngozi", status: "PROPOSED", relationship: "OTHER", rights: false },
  ]);
  await harbor.load(files, decided({ contacts: new Map<string, Record<string, unknown>>([["u-ada u-lea", contact], ["u-ben u-ngozi", { educationRights: true, relationship: "LEGAL_GUARDIAN" }]]) }));
  expect((await contacts()).at(-1)).toEqual({ who: "Ngozi", status: "CONFIRMED", relationship: "LEGAL_GUARDIAN", rights: true });
  await harbor.load(files);
  expect((await contacts()).at(-1)).toMatchObject({ status: "CONFIRMED", rights: true });
});
