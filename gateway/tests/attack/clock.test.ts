import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { attackGraph, type AttackGraph } from "./attack-graph.ts";
import type { PersonaName } from "./personas.ts";
import { namesOf, universeOf, type Universe } from "./reach.ts";
import { morning } from "./world.ts";
import { idOf } from "./world-rows.ts";

let graph: AttackGraph;
let universe: Universe;

beforeAll(async () => {
  graph = await attackGraph();
  universe = await universeOf(graph);
});
beforeEach(() => {
  graph.platform.clock.now = morning;
});
afterAll(async () => {
  await graph?.[Symbol.asyncDispose]();
});

/** The students that a persona lists and reads by id, at a moment; the two ways must agree. */
async function students(persona: PersonaName, at: string): Promise<string[]> {
  graph.platform.clock.now = new Date(at);
  const ids = [...universe.get("Student")!.values()];
  const { data } = await graph.ask(graph.identity(persona), `{ list: students(first: 500) { nodes { id } totalCount } ${ids.map((id, n) => `s${n}: student(id: "${id}") { id }`).join(" ")} }`);
  const { list, ...singles } = data as { list: { nodes: { id: string }[]; totalCount: number } } & Record<string, { id: string } | null>;
  const listed = namesOf(universe, "Student", list.nodes.map((n) => n.id));
  expect(namesOf(universe, "Student", Object.values(singles).flatMap((s) => (s ? [s.id] : [])))).toEqual(listed);
  expect(list.totalCount).toBe(listed.length);
  return listed;
}

describe("what begins and ends at local midnight in Chicago", () => {
  it.each([
    // 15 October begins at 05:00 UTC. For one twin an arrangement is on record, for the other none.
    ["parentOfTwins", "2026-10-15T04:59:59.999Z", ["adam", "alma"]],
    ["parentOfTwins", "2026-10-15T05:00:00Z", ["alma"]],
    // The student reads the record before and after.
    ["almostAdult", "2026-10-15T04:59:59.999Z", ["adam"]],
    ["almostAdult", "2026-10-15T05:00:00Z", ["adam"]],
    // Born on 29 February 2008: 18 on 1 March 2026, which begins at 06:00 UTC in winter. Consent holds from April to August.
    ["parentOfAdults", "2026-02-28T12:00:00Z", ["lea", "pia"]],
    ["parentOfAdults", "2026-03-01T05:59:59.999Z", ["lea", "pia"]],
    ["parentOfAdults", "2026-03-01T06:00:00Z", ["pia"]],
    ["parentOfAdults", "2026-04-01T05:00:00Z", ["lea", "pia"]],
    ["parentOfAdults", "2026-08-31T12:00:00Z", ["lea", "pia"]],
    ["parentOfAdults", "2026-09-01T05:00:00Z", ["pia"]],
    // With the first day at college all rights are the student's, at sixteen too. Summer time ends on that day: still 05:00 UTC.
    ["parentOfAdults", "2026-11-01T04:59:59.999Z", ["pia"]],
    ["parentOfAdults", "2026-11-01T05:00:00Z", []],
    // An order that starts tomorrow, and one that took effect on 10 January.
    ["parentUnderOrder", "2026-10-15T04:59:59.999Z", ["samir"]],
    ["parentUnderOrder", "2026-10-15T05:00:00Z", []],
    ["parentUnderOrder", "2026-01-10T05:59:59.999Z", ["omar", "samir"]],
    ["parentUnderOrder", "2026-01-10T06:00:00Z", ["samir"]],
    // An order that ended with yesterday, contacts that ended with yesterday and start tomorrow.
    ["parentOfTwo", "2026-10-14T04:59:59.999Z", ["lena"]],
    ["parentOfTwo", "2026-10-14T05:00:00Z", ["lena", "leo"]],
    ["pastContact", "2026-10-14T04:59:59.999Z", ["leo"]],
    ["pastContact", "2026-10-14T05:00:00Z", []],
    ["futureContact", "2026-10-15T04:59:59.999Z", []],
    ["futureContact", "2026-10-15T05:00:00Z", ["leo"]],
    // The assignment that ended yesterday.
    ["principalUntilYesterday", "2026-10-14T04:59:59.999Z", ["adam", "alma", "dina", "fia", "fred", "gina", "lea", "lena", "nick", "omar", "pia", "tia", "tom"]],
    ["principalUntilYesterday", "2026-10-14T05:00:00Z", []],
    // The nurse's new pupil of January.
    ["nurseAndParent", "2027-01-10T05:59:59.999Z", ["adam", "alma", "dina", "lea", "lena", "nils", "omar", "pia", "tia", "tom"]],
    ["nurseAndParent", "2027-01-10T06:00:00Z", ["adam", "alma", "dina", "fia", "lea", "lena", "nils", "omar", "pia", "tia", "tom"]],
  ] as const)("%s at %s", async (persona, at, expected) => {
    expect(await students(persona, at)).toEqual([...expected]);
  });

  it("closes the whole record with it, not the student's row alone", async () => {
    graph.platform.clock.now = new Date("2026-10-15T05:00:00Z");
    const { data } = await graph.ask(graph.identity("parentOfTwins"), `{
      people { nodes { givenName demographics { birthDate } } } studentContacts { nodes { id } } schoolEnrollments { nodes { student { id } } }
      supportParticipations { totalCount } studentIdentifiers: students { nodes { identifiers { stateId } } } majorityArrangements { totalCount } }`);
    const enrollments = (data as { schoolEnrollments: { nodes: unknown[] } }).schoolEnrollments.nodes;
    expect(enrollments).toEqual([{ student: { id: idOf("Student", "alma") } }]);
    const seen = data as { people: { nodes: { givenName: string }[] }; studentContacts: { nodes: { id: string }[] }; supportParticipations: unknown; studentIdentifiers: { nodes: unknown[] }; majorityArrangements: unknown };
    expect(seen.people.nodes.map((p) => p.givenName).sort()).toEqual(["Given-alma", "Given-petra"]);
    // Of the adult twin, that she is listed for him: the row is about her.
    expect(namesOf(universe, "StudentContact", seen.studentContacts.nodes.map((n) => n.id))).toEqual(["adam<petra", "alma<petra"]);
    expect(seen.supportParticipations).toEqual({ totalCount: 0 });
    expect(seen.studentIdentifiers.nodes).toEqual([{ identifiers: { stateId: "STATE-alma" } }]);
    expect(seen.majorityArrangements).toEqual({ totalCount: 1 });
  });
});

/** What a persona lists of a type at a moment; its count must agree. */
async function reads(persona: PersonaName, type: string, at: string): Promise<string> {
  graph.platform.clock.now = new Date(at);
  const { data } = await graph.ask(graph.identity(persona), `{ list: ${graph.meta(type).plural}(first: 500) { nodes { id } totalCount } }`);
  const { nodes, totalCount } = (data as { list: { nodes: { id: string }[]; totalCount: number } | null }).list ?? { nodes: [], totalCount: 0 };
  expect(totalCount).toBe(nodes.length);
  return namesOf(universe, type, nodes.map((node) => node.id)).join(", ");
}

const inOrder = (names: string): string => (names === "" ? "" : names.split(", ").sort().join(", "));

describe("the record of what was disclosed passes to the student with all rights", () => {
  it.each([
    ["almostAdult", "2026-10-15T04:59:59.999Z", ""],
    ["almostAdult", "2026-10-15T05:00:00Z", "adam"],
    ["parentOfTwins", "2026-10-15T04:59:59.999Z", "adam"],
    ["parentOfTwins", "2026-10-15T05:00:00Z", ""],
    ["adultStudent", "2026-03-01T05:59:59.999Z", ""],
    ["adultStudent", "2026-03-01T06:00:00Z", "lea"],
    // An order closes it to the one parent alone.
    ["parentUnderOrder", "2026-10-15T05:00:00Z", ""],
    ["motherOfBrothers", "2026-10-15T05:00:00Z", "omar, samir"],
  ] as const)("%s at %s", async (persona, at, expected) => {
    expect(await reads(persona, "Disclosure", at)).toBe(expected);
  });
});

describe("a party's system reaches what its agreement names from the first day to the last", () => {
  const everyone = "adam, alma, dina, fia, fred, kit, lea, lena, leo, nils, omar, pia, samir, tia, tom";
  it.each([
    ["systemUntilYesterday", "2026-10-14T04:59:59.999Z", everyone],
    ["systemUntilYesterday", "2026-10-14T05:00:00Z", ""],
    ["systemFromTomorrow", "2026-10-15T04:59:59.999Z", ""],
    ["systemFromTomorrow", "2026-10-15T05:00:00Z", everyone],
    // Of one school: who attends it on the day. One begins in January, and is not there before.
    ["systemOfTutors", "2027-01-10T05:59:59.999Z", "adam, alma, dina, lea, lena, omar, pia, tia, tom"],
    ["systemOfTutors", "2027-01-10T06:00:00Z", "adam, alma, dina, fia, lea, lena, omar, pia, tia, tom"],
    ["systemOfTutors", "2027-08-01T05:00:00Z", ""],
    // A consent withdrawn from 13 October on, and one given on 1 September.
    ["systemByConsent", "2026-10-13T04:59:59.999Z", "lena, omar"],
    ["systemByConsent", "2026-10-13T05:00:00Z", "lena"],
    ["systemByConsent", "2026-09-01T04:59:59.999Z", ""],
    ["systemWithEveryRole", "2026-10-14T05:00:00Z", ""],
    ["systemWithoutAgreement", "2026-10-14T05:00:00Z", ""],
    ["systemForGrades", "2026-10-14T05:00:00Z", ""],
  ] as const)("%s at %s", async (persona, at, expected) => {
    expect(await reads(persona, "Student", at)).toBe(expected);
  });
});

describe("teaching begins and ends at local midnight in Chicago", () => {
  it.each([
    // Lag: on the roster through 13 and 14 September, so to be seen through 13 and 14 October. Lead: from 28 and 29 October on, so from 14 and 15 October on.
    ["coTeacher", "2026-10-14T04:59:59.999Z", "adam, alma, dina, omar, tia"],
    ["coTeacher", "2026-10-14T05:00:00Z", "alma, dina, lea, omar, tia"],
    ["coTeacher", "2026-10-15T04:59:59.999Z", "alma, dina, lea, omar, tia"],
    ["coTeacher", "2026-10-15T05:00:00Z", "dina, lea, omar, pia, tia"],
    // The section ends with the year 2026: 30 days of lag, through 30 January, when midnight is at 06:00 UTC.
    ["coTeacher", "2027-01-31T05:59:59.999Z", "dina, lea, omar, pia, tia"],
    ["coTeacher", "2027-01-31T06:00:00Z", ""],
    ["teacherUntilTheLag", "2026-10-14T05:00:00Z", ""],
    // She teaches from 29 October on.
    ["teacherBeforeTheLead", "2026-10-15T04:59:59.999Z", ""],
    ["teacherBeforeTheLead", "2026-10-15T05:00:00Z", "dina, lena, tom"],
    // Three days, three sections, and nothing the day after.
    ["substituteToday", "2026-10-13T04:59:59.999Z", ""],
    ["substituteToday", "2026-10-13T05:00:00Z", "dina, omar, tia"],
    ["substituteToday", "2026-10-14T05:00:00Z", "dina, lena, tom"],
    ["substituteToday", "2026-10-15T04:59:59.999Z", "dina, lena, tom"],
    ["substituteToday", "2026-10-15T05:00:00Z", "leo"],
    ["substituteToday", "2026-10-16T05:00:00Z", ""],
    ["substituteOutOfPool", "2026-10-14T05:00:00Z", ""],
    // A caseload that ended yesterday, and one that begins tomorrow.
    ["caseloadCounselor", "2026-10-14T04:59:59.999Z", "leo, samir"],
    ["caseloadCounselor", "2026-10-14T05:00:00Z", "leo"],
    ["caseloadManager", "2026-10-15T04:59:59.999Z", "nils"],
    ["caseloadManager", "2026-10-15T05:00:00Z", "dina, nils"],
  ] as const)("%s at %s", async (persona, at, expected) => {
    expect(await reads(persona, "Student", at)).toBe(inOrder(expected));
  });

  it("a former teacher sees whom she taught, and nobody who joined the section after her", async () => {
    // She taught through 13 September: not dina, who joined on 1 October, nor adam, who left on 30 August.
    expect(await reads("teacherUntilTheLag", "Student", "2026-10-13T15:00:00Z")).toBe("lena, tom");
  });

  it.each([
    ["SectionEnrollment", "dina@alg, dina@bio, lea@alg, omar@alg, pia@alg, tia@alg"],
    ["DailyAttendance", "dina 2026-10-14, lea 2026-10-14, omar 2026-10-14, pia 2026-10-14, tia 2026-10-14"],
    ["Mark", "omar alg, tia alg"],
    ["ProgramParticipation", ""],
  ] as const)("closes the %ss with the lag, not the student's row alone", async (type, expected) => {
    expect(await reads("coTeacher", type, "2026-10-15T05:00:00Z")).toBe(inOrder(expected));
  });

  it("closes the scores with it", async () => {
    expect(await reads("coTeacher", "Score", "2026-10-15T05:00:00Z")).toBe("omar alg hidden, omar alg test, tia alg hidden, tia alg test");
  });

  it.each([
    // What he gave he keeps reading, long after the section, its students and their year; nothing else of it.
    ["Score", "lena geo-25 essay, leo geo essay"],
    ["Mark", ""],
    ["AttendanceEvent", ""],
    ["Student", ""],
  ] as const)("leaves a teacher of long ago the %ss that he gave", async (type, expected) => {
    expect(await reads("teacherThere", type, "2027-06-01T15:00:00Z")).toBe(inOrder(expected));
  });
});
