import { identityOf, type Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { uuidv7 } from "#foundation/record/uuid";
import type { TestPlatform } from "#foundation/testing/test-platform";
import { people } from "../../../rostering/domains.ts";

export type Node = Readonly<Record<string, unknown>> & { id: string };

/** What the graph shows of a district after an import, to the people whose business it is. */
export interface World {
  /** Records of a type by id. */
  of(list: ListName): readonly Node[];
  byId(list: ListName, id: unknown): Node | undefined;
  /** The record that stands for a row of the source. */
  named(type: string, list: ListName, sourcedId: string | undefined): Node | undefined;
  /** The source's ids of a record. */
  namesOf(type: string, id: unknown): readonly string[];
  /** What is kept of a row as it was written. */
  kept(file: string, sourcedId: string): Readonly<Record<string, string>> | undefined;
}

const lists = {
  organizations: ["schools", "registrar", "name kind identifier parent { id }"],
  schools: ["schools", "registrar", "code name organization { id }"],
  gradeLevels: ["schools", "registrar", "code"],
  schoolYears: ["schools", "registrar", "name firstDay endDay"],
  terms: ["schools", "registrar", "name kind firstDay endDay schoolYear { id } parent { id }"],
  gradingPeriods: ["schools", "registrar", "name firstDay endDay term { id }"],
  people: ["people", "registrar", "givenName middleName familyName preferredGivenName preferredFamilyName pronouns demographics { birthDate legalSex countryOfBirth hispanicOrLatino americanIndianOrAlaskaNative asian blackOrAfricanAmerican nativeHawaiianOrOtherPacificIslander white }"],
  personEmails: ["people", "registrar", "address person { id }"],
  personPhones: ["people", "registrar", "number kind person { id }"],
  dutyAssignments: ["people", "superintendent", "role fromDate toDate person { id } school { id }"],
  students: ["students", "registrar", "studentNumber person { id }"],
  schoolEnrollments: ["students", "registrar", "entryDate exitDate kind student { id } school { id } gradeLevel { id }"],
  studentContacts: ["students", "registrar", "status student { id } person { id }"],
  courses: ["academics", "registrar", "code title subject { title }"],
  sections: ["academics", "registrar", "code title kind course { id } school { id } schoolYear { id }"],
  sectionTerms: ["academics", "registrar", "section { id } term { id }"],
  sectionEnrollments: ["academics", "registrar", "fromDate toDate student { id } section { id }"],
  teachingAssignments: ["staff", "registrar", "kind fromDate toDate person { id } section { id }"],
  assignmentCategories: ["grading", "superintendent", "title weight"],
  assignments: ["grading", "superintendent", "title instructions assignedDate dueDate pointsPossible category { title } section { id } gradingPeriod { id }"],
  scores: ["grading", "principal", "points missing late exempt assignment { id } student { id } note { text }"],
  externalIdentifiers: ["rostering", "registrar", "recordType recordId sourcedId"],
  sourceRecords: ["rostering", "registrar", "file sourcedId values goneSince"],
} as const satisfies Record<string, readonly [string, "registrar" | "superintendent" | "principal", string]>;
export type ListName = keyof typeof lists;

/** Reads the district through the graph: as its registrar, as its superintendent and as the principal of its schools. */
export async function lookAround(platform: TestPlatform, districtId: string): Promise<World> {
  const readers = await hire(platform, districtId);
  const found = new Map<ListName, Node[]>();
  for (const [name, [domain, reader, fields]] of Object.entries(lists) as [ListName, (typeof lists)[ListName]][]) found.set(name, await readAll(platform, domain, readers[reader], name, fields));
  const byId = new Map([...found].map(([name, nodes]) => [name, new Map(nodes.map((node) => [node.id, node]))]));
  const identifiers = found.get("externalIdentifiers")!;
  const records = new Map(identifiers.map(({ recordType, sourcedId, recordId }) => [`${String(recordType)} ${String(sourcedId)}`, recordId]));
  const names = Map.groupBy(identifiers, ({ recordType, recordId }) => `${String(recordType)} ${String(recordId)}`);
  const kept = new Map(found.get("sourceRecords")!.map(({ file, sourcedId, values }) => [`${String(file)} ${String(sourcedId)}`, (values ?? {}) as Record<string, string>]));
  const byIdIn = (list: ListName, id: unknown) => byId.get(list)!.get(String(id));
  return {
    of: (list) => found.get(list)!,
    byId: byIdIn,
    named: (type, list, sourcedId) => byIdIn(list, records.get(`${type} ${sourcedId}`)),
    namesOf: (type, id) => (names.get(`${type} ${String(id)}`) ?? []).map(({ sourcedId }) => String(sourcedId)),
    kept: (file, sourcedId) => kept.get(`${file} ${sourcedId}`),
  };
}

async function hire(platform: TestPlatform, districtId: string): Promise<Record<"registrar" | "superintendent" | "principal", Identity>> {
  const schools = await platform.sql<{ id: string }>("SELECT id FROM schools.school WHERE archived_at IS NULL");
  const long = { fromDate: "2000-01-01" };
  const ids = await platform.write(districtId, (across) => across.in("people", async (session) => {
    const [registrar, superintendent, principal] = ["Registrar", "Superintendent", "Principal"].map((familyName) => people.addPerson(session, { givenName: "Pat", familyName })) as [string, string, string];
    people.addDuty(session, { person: registrar, role: "REGISTRAR", ...long } as never);
    people.addDuty(session, { person: superintendent, role: "SUPERINTENDENT", ...long } as never);
    for (const { id } of schools) people.addDuty(session, { person: principal, role: "PRINCIPAL", schoolId: id, ...long } as never);
    return { registrar, superintendent, principal };
  }));
  const identity = (personId: string, role: Role) => identityOf({ issuer: "test", subject: personId, accountId: uuidv7(), personId, districtId, roles: [role, Role.Staff] });
  return { registrar: identity(ids.registrar, Role.Registrar), superintendent: identity(ids.superintendent, Role.Superintendent), principal: identity(ids.principal, Role.Principal) };
}

async function readAll(platform: TestPlatform, domain: string, reader: Identity, list: string, fields: string): Promise<Node[]> {
  const nodes: Node[] = [];
  for (let after: string | null = null; ; ) {
    const reply = await platform.call(domain, reader, `query ($after: String) { list: ${list}(first: 500, after: $after) { nodes { id ${fields} } pageInfo { hasNextPage endCursor } } }`, { after });
    const page = (reply as { data?: { list?: { nodes: Node[]; pageInfo: { hasNextPage: boolean; endCursor: string } } | null } }).data?.list;
    if (page == null || (reply as { errors?: unknown }).errors !== undefined) throw new Error(`${list} cannot be read: ${JSON.stringify(reply).slice(0, 600)}`);
    nodes.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return nodes;
    after = page.pageInfo.endCursor;
  }
}

/** The id of a reference. */
export const refOf = (value: unknown): string | undefined => (value as { id?: string } | null)?.id;
