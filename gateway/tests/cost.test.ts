import { buildSchema, type DocumentNode, Kind, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { OperationCost } from "../limits/cost.ts";
import { testGateway } from "./running-gateway.ts";

const schema = buildSchema(`
  type Query { students(first: Int, last: Int): StudentConnection student(id: ID): Student any: [Thing] }
  type Mutation { takeAttendance(input: In!): Payload }
  input In { entries: [Entry!]! }
  input Entry { id: ID! }
  type Payload { record: Student changes: [Change!] }
  type Change { field: String }
  type StudentConnection { nodes: [Student!] edges: [Edge!] totalCount: Int aggregate: Aggregate pageInfo: PageInfo }
  type Edge { node: Student cursor: String }
  type PageInfo { hasNextPage: Boolean }
  type Aggregate { count: Int }
  type Student { id: ID name: String contacts(first: Int): ContactConnection siblings: [Student] }
  type ContactConnection { nodes: [Contact!] }
  type Contact { phone: String person: Person }
  type Person { name: String }
  union Thing = Student | Person
`);

function costOf(text: string): OperationCost {
  const document: DocumentNode = parse(text);
  const operation = document.definitions.find((d) => d.kind === Kind.OPERATION_DEFINITION)!;
  const fragments = Object.fromEntries(document.definitions.filter((d) => d.kind === Kind.FRAGMENT_DEFINITION).map((d) => [d.name.value, d]));
  return new OperationCost(schema, { operation, fragments });
}
const estimate = (text: string, variables: Record<string, unknown> = {}) => costOf(text).estimate(variables);

describe("the cost of an operation", () => {
  it.each([
    // One student.
    ["{ student { id name } }", {}, 1],
    // A connection, and 50 students where nobody says how many.
    ["{ students { nodes { id } } }", {}, 1 + 50],
    ["{ students(first: 10) { nodes { id } } }", {}, 1 + 10],
    ["query($n: Int) { students(first: $n) { nodes { id } } }", { n: 3 }, 1 + 3],
    // An edge and its node for each row; asking for more than the most counts as the most.
    ["{ students(last: 9000) { edges { node { id } } } }", {}, 1 + 500 * (1 + 1)],
    // 10 students, each with a connection of 2 contacts, each contact with a person: 1 + 10 x (1 + 1 + 2 x (1 + 1)).
    ["{ students(first: 10) { nodes { contacts(first: 2) { nodes { phone person { name } } } } } }", {}, 1 + 10 * (1 + 1 + 2 * 2)],
    // A count and an aggregate, five each, whatever the page.
    ["{ students(first: 500) { totalCount aggregate { count } } }", {}, 1 + 5 + 5],
    ["{ students(first: 2) { pageInfo { hasNextPage } nodes { id } } }", {}, 1 + 1 + 2],
    // A list that says no size.
    ["{ student { siblings { name } } }", {}, 1 + 10],
    ["{ any { ... on Student { siblings { id } } ... on Person { name } } }", {}, 10 * (1 + 10)],
    ["query($s: Boolean!) { student { ...F @skip(if: $s) } } fragment F on Student { siblings { id } }", { s: true }, 1],
    ["query($s: Boolean!) { student { ...F @skip(if: $s) } } fragment F on Student { siblings { id } }", { s: false }, 11],
    // A mutation, its three entries, its record and ten changes.
    ["mutation($i: In!) { takeAttendance(input: $i) { record { id } changes { field } } }", { i: { entries: [{}, {}, {}] } }, 10 + 3 + 1 + 10],
    ["mutation { takeAttendance(input: { entries: [{ id: 1 }, { id: 2 }] }) { record { id } } }", {}, 10 + 2 + 1],
    ["{ __schema { types { name } } }", {}, 100],
    ["{ __typename }", {}, 0],
  ])("%s", (text, variables, points) => expect(estimate(text, variables)).toBe(points));

  it("is afterwards what came", () => {
    const cost = costOf("{ students(first: 100) { totalCount nodes { id contacts(first: 5) { nodes { phone } } } } }");
    const contact = { phone: "1" };
    // The connection, its count, two students, their connections, three contacts.
    expect(cost.actual({ students: { totalCount: 2, nodes: [{ id: 1, contacts: { nodes: [contact, contact] } }, { id: 2, contacts: { nodes: [contact] } }] } }, {})).toBe(1 + 5 + 2 + 2 + 3);
    expect(cost.actual(null, {})).toBe(0);
    expect(cost.actual({ students: null }, {})).toBe(0);
  });
});

describe("a gateway with a budget", () => {
  it("says what each operation cost, and refuses a dear one before anything runs", async () => {
    await using running = await testGateway({ budget: { costLimit: 30, rate: null } });
    const { body } = await running.ask("{ schools { name rooms { title } } }", "teacher");
    expect(body).toMatchObject({ extensions: { cost: { estimated: 110, limit: 30 } }, errors: [{ extensions: { code: "LIMIT_EXCEEDED", limit: 30 } }] });
    expect([...running.services.values()].flatMap(({ requests }) => requests)).toEqual([]);
    expect((await running.ask("{ schools { name } }", "teacher")).body).toMatchObject({ extensions: { cost: { estimated: 10, actual: 3, limit: 30 } } });
  });
});
