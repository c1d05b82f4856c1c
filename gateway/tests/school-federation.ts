import { buildSubgraphSchema } from "@apollo/subgraph";
import { type GraphQLSchema, parse } from "graphql";
import { enforceRoles } from "#foundation/access/enforce-roles";
import { federationHeader } from "#foundation/federation/link";
import { type Identity, identityOf } from "#foundation/identity/identity";
import type { Role } from "#foundation/identity/role";
import { openStream } from "#foundation/serving/subscriptions";
import { createCompiledExecutor } from "#foundation/serving/compiled-execution";
import type { SubgraphRequest, SubgraphService } from "#foundation/serving/subgraph-service";
import { compose } from "../../schema/compose.ts";

/** A small district in three subgraphs, with a rule of every kind: on a type, on fields of three owners, on roots. */
export const subgraphSdl: Readonly<Record<"schools" | "people" | "health", string>> = {
  schools: `${federationHeader}
    type Query {
      schools(first: Int = 10): [School!]!
      school(id: ID!): School
      places: [Place!]
      auditLog: [String!] @hasRole(policies: [["auditor"]])
      strictAudit: Int! @hasRole(policies: [["auditor"]])
    }
    type Subscription {
      schoolChanged(id: ID): SchoolChange
      auditLogged: String @hasRole(policies: [["auditor"]])
    }
    type SchoolChange { action: String! school: School }
    type Mutation {
      renameSchool(id: ID!, name: String!): School @hasRole(policies: [["principal"]])
      noteVisit(id: ID!): School
    }
    type School @key(fields: "id") {
      id: ID!
      name: String!
      kind: SchoolKind
      budget: Int @hasRole(policies: [["finance"]])
      reserve: Int! @hasRole(policies: [["finance"]])
      rooms: [Room!]!
      principal: Person
      visits: Int!
    }
    enum SchoolKind { ELEMENTARY HIGH }
    interface Place { title: String! notes: String }
    type Room implements Place { title: String! notes: String @hasRole(policies: [["facilities"]]) seats: Int }
    type Yard implements Place { title: String! notes: String }
    type Person @key(fields: "id") { id: ID! }
  `,
  people: `${federationHeader}
    type Query { people(ids: [ID!]): [Person] contacts: [Contact] me: Person }
    type Person @key(fields: "id") @hasRole(policies: [["nurse"], ["principal"], ["registrar"]]) {
      id: ID!
      name: String!
      nickname: String
      birthDate: String @hasRole(policies: [["nurse"], ["registrar"]])
      family: [Person]
      school: School
    }
    type Agency { phone: String! city: String @hasRole(policies: [["registrar"]]) }
    union Contact = Person | Agency
    type School @key(fields: "id") { id: ID! staff: [Person] registry: Registry }
    type Registry @hasRole(policies: [["registrar"]]) { shelf: String! school: School }
  `,
  health: `${federationHeader}
    type Query { alerts: [Alert!] }
    type Alert @hasRole(policies: [["nurse"]]) { text: String! person: Person }
    type Person @key(fields: "id") { id: ID! allergies: [String!]! @hasRole(policies: [["nurse"]]) height: Float }
    type School @key(fields: "id") { id: ID! clinicHours: String }
  `,
};

interface PersonRow { __typename: "Person"; id: string; name: string; nickname: string | null; birthDate: string; family: PersonRow[]; school: SchoolRow | null; allergies: string[]; height: number }
interface SchoolRow { __typename: "School"; id: string; name: string; kind: string; budget: number; reserve: number; rooms: unknown[]; principal: PersonRow | null; visits: number; staff: (PersonRow | null)[]; registry: unknown; clinicHours: string | null }

/** Events that a test sends, to whoever listens; it knows who does. */
export class Changes {
  readonly #open = new Set<{ name: string; args: Record<string, unknown>; queue: unknown[]; wake: () => void }>();
  /** How often a reader asked for an event. */
  asked = 0;

  get listeners(): number {
    return this.#open.size;
  }

  send(name: string, event: unknown): void {
    for (const each of this.#open) {
      if (each.name !== name) continue;
      each.queue.push(event);
      each.wake();
    }
  }

  open(name: string, args: Record<string, unknown>): AsyncIterableIterator<unknown> {
    const reader = { name, args, queue: [] as unknown[], wake: () => {} };
    this.#open.add(reader);
    const events: AsyncIterableIterator<unknown> = {
      next: async () => {
        this.asked += 1;
        while (reader.queue.length === 0 && this.#open.has(reader)) await new Promise<void>((wake) => (reader.wake = wake));
        return reader.queue.length > 0 && this.#open.has(reader) ? { done: false, value: reader.queue.shift() } : { done: true, value: undefined };
      },
      return: async () => {
        this.#open.delete(reader);
        reader.wake();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]: () => events,
    };
    return events;
  }
}

/** The district's rows: the same for the subgraphs and for the single schema that they are compared with. */
export class District {
  readonly people: PersonRow[] = [];
  readonly schools: SchoolRow[] = [];
  readonly writes: string[] = [];
  readonly changes = new Changes();

  constructor() {
    for (let index = 1; index <= 6; index++) {
      this.people.push({ __typename: "Person", id: `p${index}`, name: `Person ${index}`, nickname: index % 2 ? null : `Nick ${index}`, birthDate: `2010-01-0${index}`, family: [], school: null, allergies: index % 3 ? [] : ["nuts"], height: 1.5 + index / 100 });
    }
    for (let index = 1; index <= 3; index++) {
      const school: SchoolRow = { __typename: "School", id: `s${index}`, name: `School ${index}`, kind: index % 2 ? "HIGH" : "ELEMENTARY", budget: index * 1000, reserve: index * 10, rooms: [], principal: this.people[index] ?? null, visits: 0, staff: [this.people[index] ?? null, null, this.people[index + 2] ?? null], registry: null, clinicHours: index === 2 ? null : "8-12" };
      school.rooms = [{ __typename: "Room", title: `Room ${index}`, notes: `leaks ${index}`, seats: 20 + index }];
      school.registry = index === 3 ? null : { __typename: "Registry", shelf: `shelf ${index}`, school };
      this.schools.push(school);
    }
    for (const [index, person] of this.people.entries()) {
      person.family = this.people.filter((_, at) => at !== index && (at + index) % 3 === 0);
      person.school = this.schools[index % 4] ?? null;
    }
  }

  person = (id: string) => this.people.find((person) => person.id === id) ?? null;
  school = (id: string) => this.schools.find((school) => school.id === id) ?? null;
  get places() {
    return [...this.schools.flatMap((school) => school.rooms), { __typename: "Yard", title: "Yard", notes: "muddy" }];
  }
  get contacts() {
    return [this.people[0], { __typename: "Agency", phone: "555-1", city: "Springfield" }, this.people[3], { __typename: "Agency", phone: "555-2", city: null }];
  }

  /** Root fields, by name: of every subgraph, and of the single schema. */
  readonly roots: Readonly<Record<string, (args: Record<string, unknown>) => unknown>> = {
    schools: ({ first }) => this.schools.slice(0, first as number),
    school: ({ id }) => this.school(id as string),
    places: () => this.places,
    auditLog: () => ["opened", "closed"],
    strictAudit: () => 7,
    people: ({ ids }) => (ids ? (ids as string[]).map(this.person) : this.people),
    contacts: () => this.contacts,
    me: () => this.people[0],
    alerts: () => this.people.filter(({ allergies }) => allergies.length > 0).map((person) => ({ __typename: "Alert", text: `Allergies of ${person.id}`, person })),
    renameSchool: ({ id, name }) => this.#write(`rename ${String(id)}`, this.school(id as string), (school) => (school.name = name as string)),
    noteVisit: ({ id }) => this.#write(`visit ${String(id)}`, this.school(id as string), (school) => school.visits++),
  };

  #write(what: string, school: SchoolRow | null, change: (school: SchoolRow) => void) {
    this.writes.push(what);
    if (school) change(school);
    return school;
  }
}

/** A subgraph that runs as the real ones do: rules enforced at its entries, documents compiled; it remembers its calls. */
export interface WatchedSubgraph extends SubgraphService {
  readonly schema: GraphQLSchema;
  readonly requests: SubgraphRequest[];
}

export function subgraph(name: keyof typeof subgraphSdl, district: District): WatchedSubgraph {
  const schema = buildSubgraphSchema([{ typeDefs: parse(subgraphSdl[name]) }]);
  for (const root of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(root?.getFields() ?? {})) {
      const resolve = district.roots[field.name];
      if (resolve) field.resolve = (_source, args: Record<string, unknown>) => resolve(args);
    }
  }
  const references: Record<string, (id: string) => unknown> = { Person: district.person, School: district.school };
  for (const [type, find] of Object.entries(references)) {
    const object = schema.getType(type);
    if (object) object.extensions = { ...object.extensions, apollo: { subgraph: { resolveReference: async ({ id }: { id: string }) => find(id) } } };
  }
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    field.subscribe = (_source, args: Record<string, unknown>) => district.changes.open(field.name, args);
    field.resolve = (event) => event;
  }
  const guarded = enforceRoles(schema);
  const execute = createCompiledExecutor(guarded);
  const requests: SubgraphRequest[] = [];
  return {
    name,
    schema,
    requests,
    async execute(request) {
      requests.push(request);
      const { data, errors } = await execute(request.document, request.operationName, request.variables, { identity: request.identity, requestId: request.requestId });
      return { data, errors: errors?.map(({ message, path, extensions }) => ({ message, path, extensions: { ...extensions } })) };
    },
    async subscribe(request) {
      requests.push(request);
      const context = { identity: request.identity, requestId: request.requestId };
      return openStream(guarded, request, { opening: context, each: (run) => run(context) }) as ReturnType<SubgraphService["subscribe"]>;
    },
    close: async () => {},
  };
}

export const subgraphNames = ["schools", "people", "health"] as const;

export const composed = compose(subgraphNames.map((name) => ({ name, sdl: subgraphSdl[name] })));

/** Roles that some rule of the district asks for, and two that none does. */
export const districtRoles = ["auditor", "facilities", "finance", "nurse", "parent", "principal", "registrar", "teacher"] as Role[];

export function someone(...roles: string[]): Identity {
  return identityOf({ issuer: "https://identity.test", subject: `u-${roles.join("-")}`, accountId: "00000000-0000-7000-8000-000000000001", roles: roles as Role[] });
}
