import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nobody, outcome, toldIn, withIds } from "./attempts.ts";
import { attackGraph, type AttackGraph, type Reply } from "./attack-graph.ts";
import { figures, type Figure } from "./expected-figures.ts";
import { finds, type Page } from "./finding.ts";
import { personaNames, personas, type PersonaName } from "./personas.ts";
import { namesOf, universeOf, type Universe } from "./reach.ts";
import { expectedOf } from "./read-table.ts";
import { idOf } from "./world-rows.ts";

let graph: AttackGraph;
let universe: Universe;

beforeAll(async () => {
  graph = await attackGraph();
  universe = await universeOf(graph);
});
afterAll(async () => {
  await graph?.[Symbol.asyncDispose]();
});

type Row = Readonly<Record<string, unknown>> & { id: string };
const answered = (on: string, rows: readonly (Row | null)[], field: string): string[] => namesOf(universe, on, rows.filter((row) => row !== null && row[field] != null).map((row) => row!.id));
const namesIn = (on: string, cell: string | undefined): string[] => (cell === "*" ? [...universe.get(on)!.keys()].filter((name) => !name.startsWith("b-")) : cell ? cell.split(", ") : []).sort();

/** The rows that the figure is asked of, and where it lives: the first domain whose type has it. */
const domainOf = (figure: Figure): string => ({ attendance: "attendance", seatsTaken: "academics", headcount: "students" })[figure.field] ?? "grading";

async function entities(figure: Figure, persona: PersonaName, ids: readonly string[]): Promise<{ rows: (Row | null)[]; reply: Reply }> {
  const reply = await graph.direct(domainOf(figure), graph.identity(persona), `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${figure.on} { id ${withIds(figure.ask)} } } }`, { r: ids.map((id) => ({ __typename: figure.on, id })) });
  return { rows: (reply.data as { _entities?: (Row | null)[] } | null)?._entities ?? [], reply };
}

describe.each(figures.map((figure) => [`${figure.on}.${figure.field}`, figure] as const))("%s", (_, figure) => {
  const due = (persona: PersonaName) => namesIn(figure.on, figure.answers[persona]);

  it.each(personaNames)("answers %s only where her reach covers it, in a list and behind the gateway", async (persona) => {
    const { plural } = graph.meta(figure.on);
    const listed = await graph.ask(graph.identity(persona), `{ list: ${plural}(first: 500) { nodes { id ${withIds(figure.ask)} } } }`);
    const nodes = (listed.data as { list: { nodes: Row[] } | null } | null)?.list?.nodes ?? [];
    // Of ids that are none of the district's there is nothing to answer: the gateway cannot ask that, and see below.
    const ids = [...universe.get(figure.on)!].filter(([name]) => name.startsWith("b-") === (personas[persona].district === "B")).map(([, id]) => id);
    const past = await entities(figure, persona, ids);
    const visible = new Set(expectedOf(universe, persona, figure.on));
    expect({ listed: answered(figure.on, nodes, figure.field), past: answered(figure.on, past.rows, figure.field) }).toEqual({ listed: due(persona).filter((name) => visible.has(name)), past: due(persona) });
    for (const { extensions } of [...listed.errors, ...past.reply.errors]) expect(personas[persona].district === "B" ? ["FORBIDDEN", "VALIDATION_FAILED"] : ["FORBIDDEN", "UNAUTHENTICATED"]).toContain(extensions?.code);
    expect(JSON.stringify([listed.errors, past.reply.errors])).not.toMatch(/Given-|Family-|N-|Note of|select |osss_/i);
  });
});

describe("a parent never reads a group's figure as more than her own child's", () => {
  const asked = `headcount attendance { students rate } honorRoll(gradingPeriodId: "${idOf("GradingPeriod", "A1")}") { gpa }`;
  const section = `attendance { students rate } seatsTaken gradebook(gradingPeriodId: "${idOf("GradingPeriod", "A1")}") { rows { percent } }`;

  it.each(["parentOfTwo", "motherLivingApart", "parentOfFormer", "student", "almostAdult"] as const)("%s, from the child to its school and its sections", async (persona) => {
    const { data, errors } = await graph.ask(graph.identity(persona), `{ students { nodes { id schoolEnrollments { nodes { school { id ${asked} } } } sectionEnrollments { nodes { section { id ${section} } school { ${asked} } } } dailyAttendances { nodes { school { ${asked} } } } } } }`);
    const said = JSON.stringify(data);
    expect(said).toContain(`"attendance":null`);
    expect(said).not.toMatch(/"(headcount|attendance|honorRoll|seatsTaken|gradebook)":[^n]/);
    expect(new Set(errors.map((error) => error.extensions?.code))).toEqual(new Set(["FORBIDDEN"]));
  });

  it("nor does anybody learn from a refusal whether there is such a school, section or student", async () => {
    // Rank and progress are told to whom the average is.
    for (const figure of figures.filter(({ field }) => field !== "rank" && field !== "graduationProgress")) {
      for (const persona of ["teacher", "clerkThere", "registrarThere", "counselorAndParent", "principalWhoTeaches", "rolesWithoutDuty"] as const) {
        const hidden = [...universe.get(figure.on)!].filter(([name]) => !namesIn(figure.on, figure.answers[persona]).includes(name)).map(([, id]) => id);
        const told = async (ids: readonly string[]) => {
          const { rows, reply } = await entities(figure, persona, ids);
          return { values: rows.map((row) => row?.[figure.field] ?? null), errors: toldIn(reply) as unknown[] };
        };
        const [ofHidden, ofNobody] = [await told(hidden), await told(hidden.map((_, n) => nobody.slice(0, -4) + String(n).padStart(4, "0")))];
        if (figure.on === "Student") expect(ofHidden, `${persona} ${figure.on}.${figure.field}`).toEqual(ofNobody);
        else expect(ofHidden.values.every((value) => value === null), `${persona} ${figure.on}.${figure.field}`).toBe(true);
      }
    }
  });
});

describe("a figure over a part of a student's days", () => {
  it("says so to a former school, which sees those at it, and to nobody who sees them all", async () => {
    const partial = async (persona: PersonaName, pupil: string) => {
      const { data } = await graph.ask(graph.identity(persona), `{ student(id: "${idOf("Student", pupil)}") { attendance(from: "2025-08-01") { membershipDays partial } } }`);
      return (data!.student as { attendance: unknown }).attendance;
    };
    // Fred was at A1 in spring and is at A2 now: a day of each; Lena the other way round.
    expect(await partial("principalHere", "fred")).toEqual({ membershipDays: 1, partial: true });
    expect(await partial("principalThere", "fred")).toEqual({ membershipDays: 2, partial: false });
    expect(await partial("principalThere", "lena")).toEqual({ membershipDays: 1, partial: true });
    expect(await partial("parentOfTwo", "lena")).toEqual({ membershipDays: 2, partial: false });
    expect(await partial("teacherOfHerChild", "lena")).toEqual({ membershipDays: 2, partial: false });
  });
});

describe("lists for the office", () => {
  const offices: Readonly<Partial<Record<PersonaName, string>>> = {
    registrarHere: "A1", principalHere: "A1", counselor: "A1", caseManager: "A1", secretary: "A1", clerkHere: "A1", counselorAndParent: "A1", registrarThere: "A2", principalThere: "A2", clerkThere: "A2", principalWhoTeaches: "A3",
    districtRegistrar: "A1, A2, A3", superintendent: "A1, A2, A3", superintendentElsewhere: "b-B1", registrarElsewhere: "b-B1",
  };

  it.each(personaNames)("%s asks whose attendance was not taken", async (persona) => {
    const open: string[] = [];
    for (const school of ["A1", "A2", "A3", "b-B1"]) {
      const reply = await graph.ask(graph.identity(persona), `{ notTaken(schoolId: "${idOf("School", school)}") { students section { code } takers { person { id } } } }`);
      if (reply.data?.notTaken != null && school.startsWith("b-") === (personas[persona].district === "B")) open.push(school);
      // The office of a whole district asks about any id: of another district's there is nothing.
      else if (reply.data?.notTaken != null) expect(reply.data.notTaken).toEqual([]);
      else expect(["FORBIDDEN", "UNAUTHENTICATED"]).toContain(outcome(reply));
    }
    expect(open).toEqual(offices[persona]?.split(", ") ?? []);
  });

  const stillToCount = async (persona: PersonaName): Promise<unknown[]> => {
    const reply = await graph.ask(graph.identity(persona), "{ attendanceFreshness { complete openRequests students } }");
    return [reply.data?.attendanceFreshness ?? null, outcome(reply)];
  };
  it.each(["unlinked", "parentOfTwo", "teacher"] as const)("%s learns nothing of how much is still to be counted", async (persona) => {
    expect(await stillToCount(persona)).toEqual([null, "FORBIDDEN"]);
  });
  it.each(["rolesWithoutDuty", "principalUntilYesterday"] as const)("%s learns nothing of it", async (persona) => {
    expect(await stillToCount(persona)).toEqual([null, "FORBIDDEN"]);
  });

  it.each(personaNames)("%s looks ahead at the rollover of a school, or of all", async (persona) => {
    const rolls: Readonly<Partial<Record<PersonaName, string>>> = { registrarHere: "A1", principalHere: "A1", registrarThere: "A2", principalThere: "A2", principalWhoTeaches: "A3", districtRegistrar: "A1, A2, A3, all", superintendent: "A1, A2, A3, all" };
    const open: string[] = [];
    for (const school of ["A1", "A2", "A3", "all"]) {
      const reply = await graph.ask(graph.identity(persona), `{ previewRollover(fromYearId: "${idOf("SchoolYear", "this year")}"${school === "all" ? "" : `, schoolId: "${idOf("School", school)}"`}) { unplanned unplannedStudents { student { id } } } }`);
      if (reply.data?.previewRollover != null) open.push(school);
      else expect(["FORBIDDEN", "UNAUTHENTICATED", "NOT_FOUND"]).toContain(outcome(reply));
    }
    expect(open).toEqual(rolls[persona]?.split(", ") ?? []);
  });

  it.each(personaNames)("%s looks for duplicates only as a registrar on duty", async (persona) => {
    const reply = await graph.ask(graph.identity(persona), `{ findDuplicates(givenName: "Given-nils", familyName: "Family-nils") { name studentNumber schools student { studentNumber identifiers { stateId } person { demographics { birthDate } } } } }`);
    const found = reply.data?.findDuplicates as { studentNumber: string; student: unknown }[] | null | undefined;
    const registrars: readonly PersonaName[] = ["registrarHere", "registrarThere", "districtRegistrar", "registrarElsewhere"];
    expect(found != null, JSON.stringify(reply.errors)).toBe(registrars.includes(persona));
    // Of a student of another school name, number and school; of another district's nothing.
    const nils = found?.find(({ studentNumber }) => studentNumber === "N-nils");
    expect(nils === undefined).toBe(!registrars.includes(persona) || persona === "registrarElsewhere");
    if (nils && persona !== "districtRegistrar") expect(nils.student).toBeNull();
  });
});

describe("filters find nothing that cannot be read", () => {
  it.each([
    // A confidential note, in the filter of a row that is open: guessing right is like guessing wrong.
    ["parentOfTwo", "AttendanceEvent", `note: { text: { contains: "Note" } }`, ""],
    ["teacherAndParent", "AttendanceEvent", `note: { text: { contains: "tom" } }`, ""],
    ["coTeacher", "AttendanceEvent", `note: { text: { contains: "omar" } }`, "omar alg 2026-10-14"],
    ["coTeacher", "AttendanceEvent", `note: { text: { contains: "dina" } }`, ""],
    ["secretary", "AttendanceEvent", `note: { text: { startsWith: "Note of tom" } }`, ""],
    ["secretary", "OfficeEntry", `note: { text: { contains: "tom" } }`, "tom 2026-10-14"],
    ["teacherOfHerChild", "OfficeEntry", `note: { text: { contains: "Note" } }`, ""],
    ["parentOfTwo", "OfficeEntry", `not: { note: { text: { contains: "Note" } } }`, "lena 2026-04-15, lena 2026-10-14, leo 2026-10-14"],
    ["teacherAndParent", "Score", `note: { text: { contains: "tom" } }`, ""],
    ["studentOfOrder", "Score", `note: { text: { contains: "omar" } }`, ""],
    ["counselorAndParent", "OfficeEntry", `note: { text: { contains: "kit" } }`, ""],
    // Whose scores and places there are, asked of what all may know.
    ["parentOfTwo", "Assignment", `scores: { some: { student: { id: { eq: "{Student tom}" } } } }`, ""],
    ["parentOfTwo", "Assignment", `scores: { some: { points: { gte: "0" } } }`, "bio quiz, geo essay, geo-25 essay"],
    ["parentOfTwins", "Assignment", `scores: { none: {} }`, ""],
    ["motherLivingApart", "Assignment", `scores: { none: {} }`, "alg test, bio quiz"],
    ["parentOfTwo", "Section", `enrollments: { some: {} }`, "bio, geo, geo-25"],
    ["coTeacher", "Section", `enrollments: { some: { student: { id: { eq: "{Student adam}" } } } }`, ""],
    ["coTeacher", "Section", `enrollments: { some: { endReason: { isNull: true }, student: { id: { eq: "{Student alma}" } } } }`, "alg"],
    ["staffWithoutDuty", "Section", `enrollments: { some: {} }`, ""],
    ["teacher", "Section", `not: { enrollments: { none: {} } }`, ""],
    ["parentOfTwo", "Mark", `changes: { some: {} }`, ""],
    ["coTeacher", "Mark", `changes: { some: {} }`, "omar alg"],
    ["studentOfOrder", "Assignment", `title: { contains: "alg" }`, "alg test"],
    ["parentOfTwo", "Assignment", `hidden: { eq: true }`, ""],
    ["parentOfAdults", "Assignment", `title: { contains: "e" }`, ""],
    ["teacherOfHerChild", "Employee", `employeeNumber: { contains: "E-" }`, "ben"],
    ["secretary", "Employee", `employeeNumber: { contains: "E-" }`, ""],
    ["principalThere", "PositionAssignment", `employee: { employeeNumber: { startsWith: "E-" } }`, ""],
    // What came after a student has left.
    ["principalThere", "AttendanceEvent", `date: { gte: "2026-08-01" }, student: { id: { eq: "{Student lena}" } }`, ""],
    ["principalThere", "Score", `student: { id: { eq: "{Student lena}" } }`, "lena geo-25 essay"],
    ["principalThere", "CourseHistory", `student: { id: { eq: "{Student lena}" } }`, "lena geo-25"],
    ["principalHere", "DailyAttendance", `student: { id: { eq: "{Student fred}" } }`, "fred 2026-04-15"],
  ] as const)("%s asks %s for %s", async (persona, type, where, expected) => {
    expect(await finds(graph, universe, persona, type, where)).toBe(expected.split(", ").sort().join(", "));
  });

  it.each([
    ["principalHere", "students(where: { caseloadAssignments: { some: {} } }) { totalCount }", "students"],
    ["principalHere", "people(where: { caseloadAssignments: { some: {} } }) { totalCount }", "people"],
  ] as const)("whose caseload a student is on is logged, and in no filter: %s asks %s", async (persona, asked, domain) => {
    const reply = await graph.direct(domain, graph.identity(persona), `{ ${asked} }`);
    expect(reply.data ?? null).toBeNull();
  });
});

describe("figures over a list speak of visible rows alone", () => {
  it.each([
    ["studentOfOrder", "scores", "count", 1],
    ["coTeacher", "scores", "count", 5],
    ["parentOfTwo", "dailyAttendances", "count", 3],
    ["teacher", "dailyAttendances", "count", 0],
  ] as const)("%s counts %s", async (persona, list, _, expected) => {
    const { data } = await graph.ask(graph.identity(persona), `{ ${list} { totalCount aggregate { count } } }`);
    const page = data![list] as Page;
    expect([page.totalCount, page.aggregate.count]).toEqual([expected, expected]);
  });

  it.each([
    ["student", { min: { date: "2026-04-15" }, max: { date: "2026-10-13" } }],
    ["almostAdult", { min: { date: "2026-08-20" }, max: { date: "2026-08-20" } }],
    ["teacher", { min: { date: null }, max: { date: null } }],
  ] as const)("%s: the first and last day of exceptions", async (persona: PersonaName, expected) => {
    const { data } = await graph.ask(graph.identity(persona), "{ attendanceEvents { aggregate { min { date } max { date } } } }");
    expect((data!.attendanceEvents as Page).aggregate).toEqual(expected);
  });
});

describe("averages rest on the scores that the caller reads", () => {
  it.each([
    // Omar has 7 points in the test and 7 in work that is hidden from families yet.
    ["studentOfOrder", "omar", ["7.000"]],
    ["motherOfBrothers", "omar", ["7.000"]],
    ["coTeacher", "omar", ["14.000"]],
    ["principalHere", "omar", ["14.000"]],
    // Another section's teacher of the same student reads none of it; nor does anybody of whom the student is hidden.
    ["teacherOfHerChild", "dina", []],
    ["teacherThere", "omar", []],
    ["parentOfTwo", "omar", []],
  ] as const)("%s asks for %s's", async (persona, pupil, earned) => {
    const asked = `sectionAverages(gradingPeriodId: "${universe.get("GradingPeriod")!.get("A1")!}") { categories { earned } }`;
    const reply = await graph.direct("grading", graph.identity(persona), `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Student { id ${asked} } } }`, { r: [{ __typename: "Student", id: universe.get("Student")!.get(pupil)! }] });
    const averages = (reply.data as { _entities: { sectionAverages: { categories: { earned: string }[] }[] | null }[] })._entities[0]!.sectionAverages ?? [];
    expect(averages.flatMap(({ categories }) => categories.map((category) => category.earned))).toEqual([...earned]);
  });
});

describe("names are told where the record is, and no further", () => {
  it.each([
    // A parent knows her child's teacher by name, and nothing else of him.
    ["parentOfTwo", "{ teachingAssignments(where: { section: { id: { eq: \"{Section bio}\" } } }, first: 1, orderBy: [{ field: fromDate }]) { nodes { personName person { givenName } } } }", "Given-", null],
    ["parentOfTwo", "{ caseloadAssignments { nodes { personName person { givenName } } } }", "Given-cleo", null],
  ] as const)("%s asks %s", async (persona, asked, name, person) => {
    const text = asked.replace(/\{([A-Z]\w+) ([\w-]+)\}/g, (_, type: string, row: string) => universe.get(type)!.get(row)!);
    const { data } = await graph.ask(graph.identity(persona), text);
    const [first] = (Object.values(data!)[0] as { nodes: { personName: string; person: unknown }[] }).nodes;
    expect(first!.personName).toContain(name);
    expect(first!.person).toBe(person);
  });

  it("and not of ids that are hidden or do not exist, straight from the subgraph", async () => {
    const ids = [...universe.get("CaseloadAssignment")!.values()];
    const reply = await graph.direct("staff", graph.identity("clerkHere"), "query ($r: [_Any!]!) { _entities(representations: $r) { ... on CaseloadAssignment { id personName } } }", { r: ids.map((id) => ({ __typename: "CaseloadAssignment", id })) });
    expect(JSON.stringify(reply)).not.toContain("Given-");
    const other = await graph.direct("staff", graph.identity("counselor"), "query ($r: [_Any!]!) { _entities(representations: $r) { ... on CaseloadAssignment { id personName } } }", { r: ids.map((id) => ({ __typename: "CaseloadAssignment", id })) });
    const named = (other.data as { _entities: ({ id: string; personName: string } | null)[] })._entities.filter((e) => e?.personName);
    expect(named.length).toBe(2);
  });
});
