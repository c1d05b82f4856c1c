import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nobody, outcome, toldIn } from "./attempts.ts";
import { attackGraph, type AttackGraph } from "./attack-graph.ts";
import { aboutDina, aroundStudent } from "./expected-fields.ts";
import { finds, type Page } from "./finding.ts";
import { personaNames, personas, type PersonaName } from "./personas.ts";
import { namesOf, universeOf, type Universe } from "./reach.ts";
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

describe("records whose reads are logged", () => {
  it.each([
    ["principalHere", "supportParticipations: { some: {} }"],
    ["principalHere", "not: { supportParticipations: { none: {} } }"],
    ["foodService", "mealEligibilities: { some: { status: { eq: FREE } } }"],
  ] as const)("name no student through a filter, which would leave no trace: %s asks %s", async (persona, where) => {
    const reply = await graph.direct("students", graph.identity(persona), `{ students(where: { ${where} }) { totalCount } }`);
    expect(reply.data ?? null).toBeNull();
    expect(reply.errors?.map((error) => error.message).join()).toMatch(/is not defined by type "StudentWhere"/);
  });
});

describe("filters find nothing that cannot be read", () => {
  it.each([
    // A number of a row that is closed, in the filter of a row that is open: guessing right is like guessing wrong.
    ["secretary", "Student", `identifiers: { stateId: { eq: "STATE-lena" } }`, ""],
    ["counselor", "Student", `identifiers: { stateId: { eq: "STATE-lena" } }`, "lena"],
    ["counselor", "Student", `identifiers: { stateId: { startsWith: "STATE-fred" } }`, ""],
    ["secretary", "Person", `demographics: { birthDate: { eq: "2011-03-02" } }`, ""],
    ["fatherLivingApart", "Person", `demographics: { birthDate: { isNull: false } }`, "dina"],
    ["fatherLivingApart", "Person", `phones: { some: { number: { contains: "helen" } } }`, ""],
    ["fatherLivingApart", "Person", `emails: { some: { address: { startsWith: "helen" } } }`, ""],
    ["fatherLivingApart", "Person", `householdMemberships: { some: { household: { name: { contains: "helen" } } } }`, ""],
    ["fatherLivingApart", "Household", `addresses: { some: { line1: { contains: "helen" } } }`, ""],
    ["motherLivingApart", "Household", `addresses: { some: { addressConfidential: { eq: true } } }`, ""],
    ["motherLivingApart", "Household", `addresses: { every: { addressConfidential: { eq: false } } }`, "H-helen"],
    ["counselor", "Household", `addresses: { some: { line1: { contains: "helen home" } } }`, ""],
    ["principalHere", "Household", `addresses: { some: { line1: { contains: "helen home" } } }`, "H-helen"],
    // Against whom an order holds: asked of the student.
    ["foodService", "Student", "contacts: { some: {} }", ""],
    ["nurseAndParent", "Student", "courtOrders: { some: {} }", ""],
    ["parentUnderOrder", "StudentContact", "student: { courtOrders: { some: {} } }", ""],
    ["parentUnderOrder", "StudentContact", `student: { studentNumber: { eq: "N-omar" } }`, ""],
    ["parentUnderOrder", "StudentContact", `not: { student: { studentNumber: { eq: "N-omar" } } }`, "omar<karim, samir<karim, samir<nadia"],
    ["pickUpOnly", "StudentContact", `student: { sortName: { contains: "lena" } }`, ""],
    ["motherOfBrothers", "StudentContact", `confidential: { eq: true }`, ""],
    ["motherOfBrothers", "Student", `contacts: { every: { confidential: { eq: false } } }`, "omar, samir"],
    ["motherOfBrothers", "Student", `contacts: { some: { person: { id: { eq: "{Person zoe}" } } } }`, ""],
    // Former schools: name and number, not what hangs on them.
    ["registrarHere", "Student", `contacts: { some: { person: { id: { eq: "{Person fay}" } } } }`, ""],
    ["registrarHere", "Student", `schoolEnrollments: { some: { school: { id: { eq: "{School A2}" } } } }`, "lena"],
    ["registrarThere", "SchoolEnrollment", `student: { programParticipations: { some: { program: { code: { eq: "EL" } } } } }`, "fred@A1 former, fred@A2"],
    // Text search runs over the whole district's index, and shows only what is open.
    ["parentOfTwo", "Person", `familyName: { contains: "FAMILY-" }`, "lena, leo, lou, maria, oma"],
    ["parentOfTwo", "Person", `not: { familyName: { contains: "helen" } }`, "lena, leo, lou, maria, oma"],
    ["registrarThere", "Student", `sortName: { contains: "family-n" }`, ""],
    ["districtRegistrar", "Student", `sortName: { contains: "family-b-" }`, ""],
    ["superintendentElsewhere", "Person", `or: [{ givenName: { contains: "lena" } }, { familyName: { contains: "b-bea" } }]`, "b-bea"],
    ["staffWithoutDuty", "Person", `givenName: { contains: "%" }`, ""],
    ["parentOfTwo", "Student", `or: [{ id: { eq: "{Student omar}" } }, { id: { eq: "{Student leo}" } }]`, "leo"],
    ["parentOfTwo", "Student", `and: [{ not: { id: { in: ["{Student lena}", "{Student leo}"] } } }]`, ""],
    ["parentOfTwo", "SchoolEnrollment", `school: { id: { eq: "{School A1}" } }`, "lena@A1"],
    ["registrarHere", "Student", `archivedAt: { isNull: false }`, ""],
  ] as const)("%s asks %s for %s", async (persona, type, where, expected) => {
    expect(await finds(graph, universe, persona, type, where)).toBe(expected.split(", ").sort().join(", "));
  });
});

describe("figures, orders and cursors speak of visible rows alone", () => {
  it.each([
    ["parentOfTwins", { min: { fromDate: "2020-01-01" }, max: { fromDate: "2020-01-01" } }],
    ["futureContact", { min: { fromDate: "2026-10-15" }, max: { fromDate: "2026-10-15" } }],
    ["staffWithoutDuty", { min: { fromDate: null }, max: { fromDate: null } }],
  ] as const)("%s: the first and last day of contacts", async (persona, expected) => {
    const { data } = await graph.ask(graph.identity(persona), "{ studentContacts { aggregate { min { fromDate } max { fromDate } } } }");
    expect((data!.studentContacts as Page).aggregate).toEqual(expected);
  });

  it("in every order the same rows", async () => {
    for (const persona of ["parentOfTwo", "registrarHere", "parentUnderOrder"] as const) {
      const orders = ["studentNumber", "sortName", "createdAt", "updatedAt", "id"].flatMap((field) => ["ASC", "DESC"].map((direction) => `${field}${direction}: students(first: 500, orderBy: [{ field: ${field}, direction: ${direction} }]) { nodes { id } }`));
      const { data } = await graph.ask(graph.identity(persona), `{ ${orders.join(" ")} }`);
      const sets = Object.values(data!).map((page) => namesOf(universe, "Student", (page as Page).nodes.map((n) => n.id)).join());
      expect(new Set(sets).size).toBe(1);
    }
  });

  it("a cursor forged from a hidden row is a place in the order, and no row", async () => {
    // As an attacker makes one: another row's values in a cursor of her own.
    const asked = await graph.ask(graph.identity("parentOfTwo"), "{ byId: students { edges { cursor } } byName: students(orderBy: [{ field: sortName }]) { edges { cursor } } }");
    const forge = (list: string, ...values: string[]) => {
      const [own] = (asked.data![list] as { edges: { cursor: string }[] }).edges;
      const [place] = JSON.parse(Buffer.from(own!.cursor, "base64url").toString()) as [string];
      return Buffer.from(JSON.stringify([place, ...values])).toString("base64url");
    };
    for (const hidden of universe.get("Student")!.values()) {
      const { data } = await graph.ask(graph.identity("parentOfTwo"), `{ after: students(after: "${forge("byId", hidden)}") { nodes { id } pageInfo { hasNextPage } } before: students(last: 10, before: "${forge("byId", hidden)}") { nodes { id } pageInfo { hasPreviousPage } } }`);
      const [after, before] = [data!.after as Page, data!.before as Page].map((page) => page.nodes.map((n) => n.id));
      const mine = [idOf("Student", "lena"), idOf("Student", "leo")].sort();
      expect(after).toEqual(mine.filter((id) => id > hidden));
      expect(before).toEqual(mine.filter((id) => id < hidden));
    }
    const byName = await graph.ask(graph.identity("parentOfTwo"), `{ students(orderBy: [{ field: sortName }], after: "${forge("byName", "Family-m", nobody)}") { nodes { id } } }`);
    expect((byName.data!.students as Page).nodes).toEqual([]);
    for (const bad of ["x", forge("byId", "' OR true --"), forge("byId", nobody, nobody), forge("byName", "a", nobody), Buffer.from("[]").toString("base64url")]) {
      const reply = await graph.ask(graph.identity("parentOfTwo"), `{ students(after: "${bad}") { nodes { id } } }`);
      expect(outcome(reply)).toBe("VALIDATION_FAILED");
    }
  });
});

describe("what speaks about the rules and the caller", () => {
  it("accessReasons tell of the caller's own way alone", async () => {
    const ask = async (persona: PersonaName) => {
      const { data } = await graph.ask(graph.identity(persona), `{ student(id: "${idOf("Student", "lena")}") { accessReasons { role relation } } nils: student(id: "${idOf("Student", "nils")}") { accessReasons { role relation } } }`);
      return [(data!.student as { accessReasons: unknown } | null)?.accessReasons ?? null, (data!.nils as { accessReasons: unknown } | null)?.accessReasons ?? null];
    };
    expect(await ask("parentOfTwo")).toEqual([[{ role: "parent", relation: "guardian" }], null]);
    expect(await ask("nurseAndParent")).toEqual([[{ role: "nurse", relation: "at_school" }], [{ role: "parent", relation: "guardian" }]]);
    expect(await ask("registrarThere")).toEqual([[{ role: "registrar", relation: "other_time_at_school" }], null]);
    expect(await ask("superintendent")).toEqual([[{ role: "superintendent", relation: "district_office" }], [{ role: "superintendent", relation: "district_office" }]]);
    expect(await ask("rolesWithoutDuty")).toEqual([null, null]);
    expect(await ask("superintendentElsewhere")).toEqual([null, null]);
  });

  it.each(personaNames)("me is %s and nobody else", async (persona) => {
    const identity = graph.identity(persona);
    const { data } = await graph.ask(identity, "{ me { roles notice account { id username } person { id givenName } district { id } } }");
    const me = data!.me as { account: { id: string } | null; person: { id: string } | null; district: { id: string } | null; roles: string[] } | null;
    // A system is told its roles; its account and the district are records that no agreement names.
    const system = personas[persona as "systemOfTutors"].system !== undefined;
    expect([me?.account?.id ?? null, me?.person?.id ?? null, me?.district?.id ?? null]).toEqual(system ? [null, null, null] : [identity.accountId, identity.personId, identity.districtId]);
    expect(me?.roles ?? []).toEqual(identity.roles);
  });

  it("nobody who is not signed in, or linked to no one, learns of rules or the schema", async () => {
    const introspection = await graph.ask(graph.identity("anonymous"), "{ __schema { types { name } } }");
    expect([introspection.data, outcome(introspection)]).toEqual([null, "UNAUTHENTICATED"]);
    expect(outcome(await graph.ask(graph.identity("anonymous"), `{ __type(name: "Student") { name } }`))).toBe("UNAUTHENTICATED");
    for (const [persona, code] of [["anonymous", "UNAUTHENTICATED"], ["unlinked", "FORBIDDEN"]] as const) {
      const rules = await graph.ask(graph.identity(persona), `{ accessRules(coordinate: "Student") { role } }`);
      expect([rules.data?.accessRules ?? null, outcome(rules)]).toEqual([null, code]);
    }
  });

  it("a hidden row and an id of nothing are answered alike, wherever they stand", async () => {
    for (const persona of ["parentOfTwo", "fatherLivingApart", "registrarThere", "secretary", "superintendentElsewhere"] as const) {
      for (const [type, name] of [["Student", "nils"], ["CourtOrder", "lena!maria"], ["HouseholdAddress", "helen home"], ["PersonPhone", "helen"], ["Account", "ada"], ["SupportParticipation", "nils"]] as const) {
        const { single } = graph.meta(type);
        const [hidden, nothing] = [await graph.ask(graph.identity(persona), `{ ${single}(id: "${idOf(type, name)}") { id } }`), await graph.ask(graph.identity(persona), `{ ${single}(id: "${nobody}") { id } }`)];
        expect([hidden.data, toldIn(hidden)], `${persona} ${type}`).toEqual([nothing.data, toldIn(nothing)]);
      }
    }
  });
});

/** Lists in the order of their text, so that the table can be read: rows of one moment have no other order that people see. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inOrder(inner)]));
}

describe("fields around a student whose parents live apart", () => {
  it.each(Object.keys(aboutDina) as PersonaName[])("%s", async (persona) => {
    const { data, errors } = await graph.ask(graph.identity(persona), aroundStudent, { id: idOf("Student", "dina") });
    expect(inOrder(data!.student)).toEqual(inOrder(aboutDina[persona]));
    for (const error of errors) expect(error.extensions?.code).toBe("FORBIDDEN");
    expect(JSON.stringify(errors)).not.toMatch(/Given-|Family-|Street of|555|STATE-|@example|select |osss_/i);
  });
});
