import { buildSubgraphSchema } from "@apollo/subgraph";
import { GraphQLObjectType, parse } from "graphql";
import { enforceRoles } from "#foundation/access/enforce-roles";
import { federationHeader } from "#foundation/federation/link";
import { createCompiledExecutor } from "#foundation/serving/compiled-execution";
import type { SubgraphService } from "#foundation/serving/subgraph-service";
import { compose } from "../../schema/compose.ts";
import type { District } from "./district.ts";

const staff = `@hasRole(policies: [["counselor"], ["principal"], ["teacher"]])`;

/** A day at school in five subgraphs: people and schools are extended by three others, and lists lead from one to the next. */
const sdl = {
  schools: `
    type Query { schools: [School!]! school(id: ID!): School terms: [Term!]! }
    type School @key(fields: "id") { id: ID! name: String! kind: SchoolKind! phone: String address: Address! }
    type Address { street: String! city: String! postalCode: String! }
    type Term { id: ID! name: String! firstDay: String! endDay: String! }
    enum SchoolKind { ELEMENTARY MIDDLE HIGH }
  `,
  people: `
    type Query { people(first: Int = 20): [Person!]! person(id: ID!): Person }
    type Person @key(fields: "id") ${staff} { id: ID! givenName: String! familyName: String! birthDate: String email: String phone: String guardians: [Guardian!]! }
    type Guardian { relationship: String! mayPickUp: Boolean! person: Person }
  `,
  classes: `
    type Query { sections(first: Int = 20): [Section!]! section(id: ID!): Section }
    type Section @key(fields: "id") { id: ID! code: String! title: String! room: String period: Int! school: School teacher: Person roster(first: Int = 25): [Seat!]! }
    type Seat { fromDate: String! status: SeatStatus! student: Person }
    enum SeatStatus { ENROLLED AUDITING }
    type Person @key(fields: "id") { id: ID! sections(first: Int = 8): [Section!]! }
    type School @key(fields: "id") { id: ID! sections(first: Int = 12): [Section!]! }
  `,
  attendance: `
    type Query { absencesToday(first: Int = 20): [Absence!]! }
    type Person @key(fields: "id") { id: ID! attendanceRate: Float absences(first: Int = 5): [Absence!]! ${staff} }
    type Section @key(fields: "id") { id: ID! taken: Boolean! absentToday: [Absence!]! }
    type School @key(fields: "id") { id: ID! present: Int! absent: Int! }
    type Absence { id: ID! date: String! minutes: Int! excuse: String student: Person section: Section }
  `,
  grading: `
    type Query { assignment(id: ID!): Assignment }
    type Person @key(fields: "id") { id: ID! average: Average ${staff} scores(first: Int = 5): [Score!]! ${staff} }
    type Section @key(fields: "id") { id: ID! mean: Float assignments(first: Int = 5): [Assignment!]! }
    type Assignment @key(fields: "id") { id: ID! title: String! dueDate: String! points: Float! section: Section }
    type Average { percent: Float! mark: String }
    type Score { points: Float late: Boolean! assignment: Assignment }
  `,
} as const;

export type SubgraphName = keyof typeof sdl;

export const subgraphNames = Object.keys(sdl) as SubgraphName[];

const owners: Readonly<Record<string, SubgraphName>> = { School: "schools", Person: "people", Section: "classes", Assignment: "grading" };

const withoutRules = (text: string) => text.replaceAll(/ ?@hasRole\(.*?\]\]\)/g, "");

/** The supergraph with role rules, which OSSS enforces; and without them, since the others would not load it. */
export function supergraphs(urls: Partial<Record<SubgraphName, string>>): { ruled: string; plain: string } {
  const composed = (change: (text: string) => string) => compose(subgraphNames.map((name) => ({ name, sdl: `${federationHeader}${change(sdl[name])}`, ...(urls[name] ? { url: urls[name] } : {}) }))).supergraphSdl;
  return { ruled: composed((text) => text), plain: composed(withoutRules) };
}

/** The same in the first version of federation, the only one that Mercurius reads. */
export function firstVersionSdl(name: SubgraphName): string {
  return withoutRules(sdl[name])
    .replace("type Query", "extend type Query")
    .replaceAll(/type (\w+) (@key\(fields: "id"\)) \{ id: ID!/g, (whole, type: string, key: string) => (owners[type] === name ? whole : `extend type ${type} ${key} { id: ID! @external`));
}

/** A subgraph that runs as the real ones do: rules enforced at its entries, documents compiled once. Its rows are in memory, so that what is measured is the way to them. */
export function subgraph(name: SubgraphName, district: District, called: () => void = () => {}): SubgraphService {
  const schema = buildSubgraphSchema([{ typeDefs: parse(`${federationHeader}${sdl[name]}`) }]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!(type instanceof GraphQLObjectType)) continue;
    for (const field of Object.values(type.getFields())) {
      const resolve = district.resolvers[`${type.name}.${field.name}`];
      if (resolve) field.resolve = (source, args) => resolve(source as never, args as never);
    }
    const find = district.references[type.name];
    if (find) type.extensions = { ...type.extensions, apollo: { subgraph: { resolveReference: async ({ id }: { id: string }) => find(id) } } };
  }
  const execute = createCompiledExecutor(enforceRoles(schema));
  return {
    name,
    async execute({ document, operationName, variables, identity, requestId }) {
      called();
      return (await execute(document, operationName, variables, { identity, requestId })) as Awaited<ReturnType<SubgraphService["execute"]>>;
    },
    subscribe: async () => ({ errors: [{ message: "Nothing here changes." }] }),
    close: async () => {},
  };
}
