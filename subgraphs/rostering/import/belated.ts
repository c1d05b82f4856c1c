import { sql } from "kysely";
import type { AcrossDomains } from "#foundation/crud/across-domains";
import type { WriteSession } from "#foundation/crud/write";
import { contactsOf } from "../oneroster/derive.ts";
import type { RosterBundle, RosterUser } from "../oneroster/roster.ts";
import type { PersonMemory } from "./memory.ts";
import type { PersonWork } from "./people-work.ts";
import { planContact, type PlannedPerson, type PlannedEnrollment } from "./plan.ts";
import type { RosterMemory, SectionDays } from "./plan-rosters.ts";
import type { Decisions } from "../imports/decisions.ts";
import type { Registered, Registry } from "./registered.ts";
import { writeBelongings, type StudentSetting } from "./write-students.ts";

/*
 * A package of changes speaks of people whom it does not hold: a parent names a child, a class is at another school. What a complete package
 * would say of these people is put together from it and from what earlier ones brought.
 */

/** Users whom the package names as somebody's relatives and does not hold, with the roles that the source gave them. Runs as rostering. */
export async function relativesBeside(session: WriteSession, source: string, bundle: RosterBundle, registry: Registry): Promise<RosterUser[]> {
  if (bundle.files.users.mode !== "delta") return [];
  const here = new Set(bundle.users.map(({ sourcedId }) => sourcedId));
  const ids = [...new Set(bundle.users.flatMap(({ agentSourcedIds }) => agentSourcedIds))].filter((id) => !here.has(id) && registry.find("Person", id) !== undefined);
  if (ids.length === 0) return [];
  const roles = await session.ask(sql<{ id: string; role: string }>`SELECT sourced_id AS id, values ->> 'role' AS role FROM rostering.source_record WHERE source = ${source} AND file = 'users' AND sourced_id = ANY (${ids}::text[]) AND values ? 'role' AND archived_at IS NULL
    UNION SELECT values ->> 'userSourcedId', values ->> 'role' FROM rostering.source_record WHERE source = ${source} AND file = 'roles' AND values ->> 'userSourcedId' = ANY (${ids}::text[]) AND gone_since IS NULL AND archived_at IS NULL`);
  return ids.map((sourcedId) => {
    const memory = registry.find<PersonMemory>("Person", sourcedId)!.memory;
    const held = [...roles.filter(({ id }) => id === sourcedId).map(({ role }) => role.toLowerCase()), ...(memory.student === undefined ? [] : ["student"])];
    return {
      sourcedId, row: 0, status: memory.gone === true ? "tobedeleted" : "active", dateLastModified: null, metadata: {}, enabled: true, username: "", givenName: "", middleName: null, familyName: "", preferredGivenName: null,
      preferredMiddleName: null, preferredFamilyName: null, pronouns: null, identifier: null, userMasterIdentifier: null, userIds: [], email: null, phone: null, sms: null, agentSourcedIds: [], grades: [], primaryOrgSourcedId: null,
      roles: held.map((role) => ({ role, orgSourcedId: "", primary: true, begin: null, end: null, sourcedId: null })),
    };
  });
}

export interface Belated {
  bundle: RosterBundle;
  relatives: readonly RosterUser[];
  sections: ReadonlyMap<string, SectionDays>;
  decisions: Pick<Decisions, "contacts">;
  setting: StudentSetting;
  /** Tells of a person whose row is not in the package before something is written for them. */
  tell: (sourcedIds: readonly string[]) => Promise<void>;
}

/** School enrollments that follow from classes, and contacts, of students whom the package does not hold. */
export async function writeBelated(across: AcrossDomains, { bundle, relatives, sections, decisions, setting, tell }: Belated): Promise<void> {
  const { registry } = setting;
  const here = new Set(bundle.users.map(({ sourcedId }) => sourcedId));
  const contacts = Map.groupBy(contactsOf({ ...bundle, users: [...bundle.users, ...relatives] }).filter(({ studentSourcedId }) => !here.has(studentSourcedId)), ({ studentSourcedId }) => studentSourcedId);
  const enrolled = bundle.files.enrollments.mode === "delta" ? bundle.enrollments.flatMap(({ userSourcedId, role }) => (role === "student" ? [userSourcedId] : [])) : [];
  const attended = schoolsAttended(new Set(enrolled), sections, registry);
  const work = [...new Set([...enrolled, ...contacts.keys()])].flatMap((sourcedId): PersonWork[] => {
    const known = registry.find<PersonMemory>("Person", sourcedId);
    if (known?.memory.student === undefined || known.memory.gone === true) return [];
    const enrollments = enrollmentsOf(known, attended.get(sourcedId) ?? null);
    const plan = { sourcedId, row: 0, student: null, enrollments, contacts: (contacts.get(sourcedId) ?? []).map((contact) => planContact(contact, decisions)) } as unknown as PlannedPerson;
    const changes = attended.has(sourcedId) && enrollments.map(({ schoolSourcedId }) => schoolSourcedId).sort().join() !== runningSchools(known).sort().join();
    const isNew = plan.contacts.some(({ contactSourcedId }) => known.memory.contacts?.[contactSourcedId] === undefined);
    return changes || isNew ? [{ plan, last: known.memory, personId: known.recordId, studentId: known.memory.student.id, adopted: false, next: { ...known.memory, digest: "" } }] : [];
  });
  if (work.length === 0) return;
  await tell(work.map(({ plan }) => plan.sourcedId).filter((sourcedId) => !here.has(sourcedId)));
  await across.in("students", (session) => writeBelongings(session, work, setting));
  for (const { plan, next } of work) registry.change<PersonMemory>("Person", plan.sourcedId, next);
}

const runningSchools = ({ memory }: Registered<PersonMemory>): string[] => Object.entries(memory.enrollments ?? {}).flatMap(([school, { ended }]) => (ended === true ? [] : [school]));

/** Ids at the source of the schools at whose sections each of the students is or was on a roster. */
function schoolsAttended(users: ReadonlySet<string>, sections: ReadonlyMap<string, SectionDays>, registry: Registry): Map<string, Set<string>> {
  const found = new Map([...users].map((user) => [user, new Set<string>()]));
  for (const [, { memory }] of users.size === 0 ? [] : registry.entries<RosterMemory>("SectionEnrollment")) {
    const school = memory.ended === true ? undefined : registry.holderOf("School", sections.get(memory.section)?.schoolId ?? "");
    if (school !== undefined) found.get(memory.who)?.add(school);
  }
  return found;
}

/** What the source says of a student's schools now: those of roles as before, and those of the sections attended. */
function enrollmentsOf(known: Registered<PersonMemory>, attended: ReadonlySet<string> | null): PlannedEnrollment[] {
  const before = Object.entries(known.memory.enrollments ?? {}).filter(([, { ended }]) => ended !== true);
  const kept = before.filter(([school, { from }]) => from === "role" || attended === null || attended.has(school));
  const planned = kept.map(([schoolSourcedId, { grade, exit, primary, from }]): PlannedEnrollment => ({ schoolSourcedId, grade, begin: null, exit, primary, from }));
  const grade = planned.find(({ primary }) => primary)?.grade ?? null;
  const fresh = [...(attended ?? [])].filter((school) => !planned.some(({ schoolSourcedId }) => schoolSourcedId === school));
  return [...planned, ...fresh.map((schoolSourcedId, at): PlannedEnrollment => ({ schoolSourcedId, grade, begin: null, exit: null, primary: planned.length === 0 && at === 0, from: "section" }))];
}
