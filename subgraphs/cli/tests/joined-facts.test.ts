import { parse } from "csv-parse/sync";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { identityOf, type Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { uuidv7 } from "#foundation/record/uuid";
import { sampleBundles } from "#foundation/testing/sample-bundles";
import { testPlatform, type TestPlatform } from "#foundation/testing/test-platform";
import { allManifests } from "../../registry.ts";
import { people } from "../../rostering/domains.ts";
import { importRoster } from "../../rostering/import/import-roster.ts";
import { readRoster } from "../../rostering/oneroster/roster.ts";

const samples = sampleBundles();

type Row = Readonly<Record<string, string>>;

/** A package read by other means than the project's reader: rows by their columns. */
async function rowsOf(folder: string, file: string): Promise<Row[]> {
  return parse(await readFile(join(folder, `${file}.csv`), "utf8"), { bom: true, columns: true, skip_empty_lines: true, relax_column_count: true });
}

const list = (cell: string | undefined): string[] => (cell ?? "").split(",").filter((item) => item !== "");
const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

/** Who is in which section of which course at which school, from when until when, with whom, in which room and period. */
interface Fact {
  number: string;
  student: string;
  section: string;
  course: string;
  school: string;
  from: string;
  to: string;
  teachers: string[];
  room: string[];
  periods: string[];
  terms: string[];
}

async function factsIn(folder: string, inclusiveEnds: boolean): Promise<Fact[]> {
  const [users, classes, courses, orgs, enrollments, sessions] = await Promise.all(["users", "classes", "courses", "orgs", "enrollments", "academicSessions"].map((file) => rowsOf(folder, file)));
  const by = (rows: readonly Row[] | undefined) => new Map(rows!.map((row) => [row.sourcedId!, row]));
  const [userOf, classOf, courseOf, orgOf, sessionOf] = [by(users), by(classes), by(courses), by(orgs), by(sessions)];
  const name = (id: string) => `${userOf.get(id)!.givenName} ${userOf.get(id)!.familyName}`;
  const students = enrollments!.filter(({ role }) => role === "student");
  // Ten rows, spread over the file.
  return Array.from({ length: 10 }, (_, at) => students[Math.floor((at * (students.length - 1)) / 9)]!).map((row) => {
    const [user, section] = [userOf.get(row.userSourcedId!)!, classOf.get(row.classSourcedId!)!];
    return {
      number: user.identifier || user.sourcedId!, student: name(user.sourcedId!), section: section.title!, course: courseOf.get(section.courseSourcedId!)!.title!, school: orgOf.get(section.schoolSourcedId!)!.name!,
      from: row.beginDate!, to: inclusiveEnds ? dayAfter(row.endDate!) : row.endDate!,
      teachers: [...new Set(enrollments!.filter(({ role, classSourcedId }) => role === "teacher" && classSourcedId === row.classSourcedId).map(({ userSourcedId }) => name(userSourcedId!)))].sort(),
      room: list(section.periods).length === 0 ? [] : [section.location!], periods: list(section.periods).sort(),
      terms: list(section.termSourcedIds).map((id) => sessionOf.get(id)!).filter(({ type }) => type !== "schoolYear").map(({ title }) => title!).sort(),
    };
  });
}

const names = [
  "the first row", "a ninth of the way", "two ninths", "a third", "four ninths", "five ninths", "two thirds", "seven ninths", "eight ninths", "the last row",
].map((place) => `who is taught what by whom, where and when: ${place}`);

const bundles = [
  { bundle: "mockroster-classlink-v1p1", now: "2019-03-01T15:00:00Z", inclusiveEnds: true, counts: { Course: { CREATED: 40 }, Section: { CREATED: 72 }, SectionEnrollment: { CREATED: 225 }, TeachingAssignment: { CREATED: 80 } } },
  { bundle: "lms-toolkit-edfi-v1p1", now: "2020-10-01T15:00:00Z", inclusiveEnds: false, counts: { Course: { CREATED: 2 }, Section: { CREATED: 2 }, SectionTerm: { CREATED: 4 }, SectionEnrollment: { CREATED: 20 }, TeachingAssignment: { CREATED: 4 } } },
];

describe.skipIf(samples === null).each(bundles)("$bundle (set OSSS_SAMPLE_BUNDLES to the folder that holds oneroster/)", ({ bundle: name, now, inclusiveEnds, counts }) => {
  const folder = join(samples ?? "", "oneroster", name);
  let platform: TestPlatform;
  let registrar: Identity;
  let facts: Fact[];
  beforeAll(async () => {
    platform = await testPlatform({ manifests: await allManifests(), now: new Date(now) });
    facts = await factsIn(folder, inclusiveEnds);
    const bundle = await readRoster(folder);
    if (bundle.outcome !== "read") throw new Error(`${name} was refused.`);
    const district = { id: uuidv7(), code: "SAMPLE", name, timeZone: "America/New_York", isNew: true };
    expect((await importRoster(platform.orchestration, { bundle, source: "sample", dryRun: false, district })).counts).toMatchObject(counts);
    const personId = await platform.write(district.id, (across) => across.in("people", async (session) => {
      const person = people.addPerson(session, { givenName: "Rae", familyName: "Registrar" });
      people.addDuty(session, { person: person as never, role: "REGISTRAR", schoolId: null, fromDate: "2018-01-01" });
      return person;
    }));
    registrar = identityOf({ issuer: "test", subject: personId, accountId: uuidv7(), personId, districtId: district.id, roles: [Role.Registrar, Role.Staff] });
  });
  afterAll(() => platform[Symbol.asyncDispose]());

  async function ask<T>(domain: string, query: string, variables: Record<string, unknown>): Promise<T> {
    const reply = await platform.call(domain, registrar, query, variables);
    if (reply.errors) throw new Error(JSON.stringify(reply.errors));
    return reply.data as T;
  }

  interface Spot { fromDate: string; toDate: string; section: { id: string; title: string; course: { title: string }; school: { id: string }; terms: { nodes: { term: { id: string } }[] }; meetingPatterns: { nodes: { periodCode: string; room: { id: string } | null }[] } } }

  /** What the graph says of a student's place in a section from a day on, as the registrar asks it. */
  async function factOf({ number, section, from }: Fact): Promise<Omit<Fact, "number"> | null> {
    const { students } = await ask<{ students: { nodes: { id: string; person: { id: string } }[] } }>("students", "query($number: String!) { students(where: { studentNumber: { eq: $number } }) { nodes { id person { id } } } }", { number });
    const [student] = students.nodes;
    if (student === undefined) return null;
    const { person } = await ask<{ person: { givenName: string; familyName: string } }>("people", "query($id: ID!) { person(id: $id) { givenName familyName } }", { id: student.person.id });
    const { sectionEnrollments } = await ask<{ sectionEnrollments: { nodes: Spot[] } }>("academics", `query($student: ID!) { sectionEnrollments(where: { student: { id: { eq: $student } } }) { nodes { fromDate toDate
      section { id title course { title } school { id } terms { nodes { term { id } } } meetingPatterns { nodes { periodCode room { id } } } } } } }`, { student: student.id });
    const spots = sectionEnrollments.nodes.filter((spot) => spot.section.title === section && spot.fromDate === from);
    const [spot] = spots;
    if (spot === undefined) return null;
    const { teachingAssignments } = await ask<{ teachingAssignments: { nodes: { personName: string }[] } }>("staff", "query($section: ID!) { teachingAssignments(where: { section: { id: { eq: $section } } }) { nodes { personName } } }", { section: spot.section.id });
    const { school } = await ask<{ school: { name: string } }>("schools", "query($id: ID!) { school(id: $id) { name } }", { id: spot.section.school.id });
    const rooms = await Promise.all(spot.section.meetingPatterns.nodes.flatMap(({ room }) => (room === null ? [] : [ask<{ room: { number: string } }>("schools", "query($id: ID!) { room(id: $id) { number } }", { id: room.id })])));
    const terms = await Promise.all(spot.section.terms.nodes.map(({ term }) => ask<{ term: { name: string } }>("schools", "query($id: ID!) { term(id: $id) { name } }", { id: term.id })));
    return {
      student: `${person.givenName} ${person.familyName}`, section: spot.section.title, course: spot.section.course.title, school: school.name, from: spot.fromDate, to: spot.toDate,
      teachers: [...new Set(teachingAssignments.nodes.map(({ personName }) => personName))].sort(), room: [...new Set(rooms.map(({ room }) => room.number))], periods: spot.section.meetingPatterns.nodes.map(({ periodCode }) => periodCode).sort(),
      terms: terms.map(({ term }) => term.name).sort(),
    };
  }

  test.each(names.map((fact, at) => [fact, at] as const))("%s", async (_, at) => {
    const { number: _number, ...said } = facts[at]!;
    expect(await factOf(facts[at]!)).toEqual(said);
  });
});
