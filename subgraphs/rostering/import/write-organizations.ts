import type { WriteSession } from "#foundation/crud/write";
import { schools } from "../domains.ts";
import { gradeLevels, type GradeLevel } from "../oneroster/grade-levels.ts";
import type { RosterBundle, RosterOrganization } from "../oneroster/roster.ts";
import type { Ledger } from "../imports/ledger.ts";
import { changedFields, missingFields, printsOf, type PlainMemory } from "./memory.ts";
import type { Notes } from "./notes.ts";
import type { PlannedPerson } from "./plan.ts";
import type { Registry } from "./registered.ts";

type SchoolKind = Parameters<typeof schools.addSchool>[1]["kind"] & string;
type OrganizationKind = Parameters<typeof schools.addOrganization>[1]["kind"] & string;

const kinds: Readonly<Record<string, OrganizationKind>> = { department: "DEPARTMENT", district: "DISTRICT", local: "LOCAL", state: "STATE" };

/** Organizations and schools, those above first. */
export async function writeOrganizations(session: WriteSession, bundle: RosterBundle, people: readonly PlannedPerson[], registry: Registry, ledger: Ledger, notes: Notes): Promise<void> {
  const active = bundle.organizations.filter(({ status }) => status === "active");
  const above = new Map(active.map((organization) => [organization.sourcedId, organization]));
  await writeAbove(session, topDown(active.filter(({ type }) => type !== "school"), above), above, registry, ledger, notes);
  await session.flush();
  await writeSchools(session, active.filter(({ type }) => type === "school"), above, people, registry, ledger);
}

async function writeAbove(session: WriteSession, wanted: readonly RosterOrganization[], above: ReadonlyMap<string, RosterOrganization>, registry: Registry, ledger: Ledger, notes: Notes): Promise<void> {
  const present = await schools.organizations(session);
  const identifiers = new Set(present.flatMap(({ identifier }) => identifier ?? []));
  for (const organization of wanted) {
    const parent = parentOf(organization, above, registry);
    const known = registry.find<PlainMemory>("Organization", organization.sourcedId);
    const said = { name: organization.name.slice(0, 255), kind: kinds[organization.type] ?? "OTHER", identifier: organization.identifier?.slice(0, 64) ?? null, parent };
    if (known !== undefined) {
      const record = present.find(({ id }) => id === known.recordId);
      ledger.attribute(known.recordId, "orgs.csv", organization.sourcedId);
      if (record !== undefined) schools.changeOrganization(session, record, changedFields(said, known.memory.prints, plain(record)));
      if (!samePrints(said, known.memory)) registry.change<PlainMemory>("Organization", organization.sourcedId, { prints: printsOf(said) });
      continue;
    }
    const same = said.identifier === null ? undefined : present.find((record) => record.identifier === said.identifier && !registry.holds("Organization", record.id));
    if (same !== undefined) {
      ledger.attribute(same.id, "orgs.csv", organization.sourcedId);
      schools.changeOrganization(session, same, missingFields(said, same));
      registry.add<PlainMemory>("Organization", organization.sourcedId, same.id, { prints: printsOf(said) });
      continue;
    }
    const taken = said.identifier !== null && identifiers.has(said.identifier);
    if (taken) notes.add("orgs.csv", organization.row, "Another organization has this identifier. It is left out here; correct one of them in the source system.");
    else if (said.identifier !== null) identifiers.add(said.identifier);
    const id = schools.addOrganization(session, { ...said, identifier: taken ? null : said.identifier });
    ledger.attribute(id, "orgs.csv", organization.sourcedId);
    registry.add<PlainMemory>("Organization", organization.sourcedId, id, { prints: printsOf(said) });
  }
}

async function writeSchools(session: WriteSession, wanted: readonly RosterOrganization[], above: ReadonlyMap<string, RosterOrganization>, people: readonly PlannedPerson[], registry: Registry, ledger: Ledger): Promise<void> {
  const present = await schools.schools(session);
  const codes = new Set(present.map(({ code }) => code));
  const grades = gradesBySchool(people);
  for (const school of wanted) {
    const said = { name: school.name.slice(0, 255), organization: parentOf(school, above, registry) };
    const known = registry.find<PlainMemory>("School", school.sourcedId);
    if (known !== undefined) {
      const record = present.find(({ id }) => id === known.recordId);
      ledger.attribute(known.recordId, "orgs.csv", school.sourcedId);
      if (record !== undefined) schools.changeSchool(session, record, changedFields(said, known.memory.prints, plain(record)));
      if (!samePrints(said, known.memory)) registry.change<PlainMemory>("School", school.sourcedId, { prints: printsOf(said) });
      continue;
    }
    const wantedCode = (school.identifier ?? school.sourcedId).slice(0, 64);
    const same = present.find((record) => record.code === wantedCode && !registry.holds("School", record.id));
    if (same !== undefined) {
      ledger.attribute(same.id, "orgs.csv", school.sourcedId);
      schools.changeSchool(session, same, missingFields(said, same));
      registry.add<PlainMemory>("School", school.sourcedId, same.id, { prints: printsOf(said) });
      continue;
    }
    const code = codes.has(wantedCode) ? school.sourcedId.slice(0, 64) : wantedCode;
    codes.add(code);
    const id = schools.addSchool(session, { code, kind: kindOf(grades.get(school.sourcedId) ?? new Set()), ...said });
    ledger.attribute(id, "orgs.csv", school.sourcedId);
    registry.add<PlainMemory>("School", school.sourcedId, id, { prints: printsOf(said) });
  }
}

/** A loaded record holds references as objects; they are compared by id. */
export function plain(record: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, typeof value === "object" && value !== null && "id" in value ? (value as { id: string }).id : value]));
}

/** False also for what the source had left out and names again. */
export function samePrints(said: Readonly<Record<string, unknown>>, { prints, gone }: PlainMemory): boolean {
  return gone !== true && Object.entries(printsOf(said)).every(([name, print]) => prints[name] === print);
}

/** The organization above; where a school stands between, the one above the school. */
function parentOf(organization: RosterOrganization, above: ReadonlyMap<string, RosterOrganization>, registry: Registry): string | null {
  let parent = organization.parentSourcedId;
  for (let steps = 0; parent !== null && steps <= above.size; steps += 1) {
    const id = registry.idOf("Organization", parent);
    if (id !== undefined) return id;
    parent = above.get(parent)?.parentSourcedId ?? null;
  }
  return null;
}

function topDown(organizations: readonly RosterOrganization[], above: ReadonlyMap<string, RosterOrganization>): RosterOrganization[] {
  const depth = (organization: RosterOrganization): number => {
    let steps = 0;
    for (let parent = organization.parentSourcedId; parent !== null && steps <= above.size; parent = above.get(parent)?.parentSourcedId ?? null) steps += 1;
    return steps;
  };
  return [...organizations].sort((a, b) => depth(a) - depth(b));
}

function gradesBySchool(people: readonly PlannedPerson[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { schoolSourcedId, grade } of people.flatMap(({ enrollments }) => enrollments.filter(({ primary }) => primary))) {
    if (grade !== null) found.set(schoolSourcedId, (found.get(schoolSourcedId) ?? new Set()).add(grade));
  }
  return found;
}

/** What a new school is, from the grades of its students: the package does not say. OTHER without any. */
function kindOf(grades: ReadonlySet<string>): SchoolKind {
  const places = [...grades].map((grade) => gradeLevels.indexOf(grade as GradeLevel));
  if (places.length === 0) return "OTHER";
  const [low, high] = [Math.min(...places), Math.max(...places)];
  const at = (grade: GradeLevel) => gradeLevels.indexOf(grade);
  if (high < at("KG")) return "PRESCHOOL";
  if (high <= at("06") && low <= at("04")) return "ELEMENTARY";
  if (low >= at("05") && high <= at("09")) return "MIDDLE";
  if (low >= at("09") && high <= at("13")) return "HIGH";
  return "COMBINED";
}

/** The district's grade levels by code; those that students are in and that are missing are added. */
export async function writeGradeLevels(session: WriteSession, people: readonly PlannedPerson[], ledger: Ledger): Promise<Map<string, string>> {
  const present = await schools.gradeLevels(session);
  const ids = new Map(present.map(({ code, id }) => [code, id]));
  const places = new Set(present.map(({ sequence }) => sequence));
  const used = new Map<string, string>();
  for (const { sourcedId, enrollments } of people) for (const { grade } of enrollments) if (grade !== null && !used.has(grade)) used.set(grade, sourcedId);
  for (const [index, code] of gradeLevels.entries()) {
    if (!used.has(code) || ids.has(code)) continue;
    let sequence = index - gradeLevels.indexOf("KG");
    while (places.has(sequence)) sequence = sequence < 0 ? sequence - 1 : sequence + 1;
    places.add(sequence);
    const id = schools.addGradeLevel(session, { code, title: titles[code] ?? `Grade ${Number(code)}`, sequence });
    ledger.attribute(id, "users.csv", used.get(code)!);
    ids.set(code, id);
  }
  return ids;
}

const titles: Readonly<Partial<Record<GradeLevel, string>>> = {
  IT: "Infants and toddlers", PR: "Preschool", PK: "Pre-kindergarten", TK: "Transitional kindergarten", KG: "Kindergarten", PS: "Postsecondary", UG: "Ungraded",
};
