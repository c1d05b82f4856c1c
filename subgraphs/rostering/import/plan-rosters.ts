import type { academics } from "../domains.ts";
import type { RosterBundle, RosterEnrollment, RosterUser } from "../oneroster/roster.ts";
import { wholeRow } from "./keep-row.ts";
import type { PersonMemory } from "./memory.ts";
import type { Notes } from "./notes.ts";
import type { Registry } from "./registered.ts";

export type SectionDays = Awaited<ReturnType<typeof academics.sectionDays>>[number];

/** What is remembered of a row of enrollments.csv. */
export interface RosterMemory {
  /** The user. */
  who: string;
  section: string;
  /** The days that the source gave. */
  begin: string | null;
  end: string | null;
  /** The days that were written. */
  from: string;
  to: string | null;
  /** The source named it again after it was ended, or moved it here: it counts from this day, whatever the source says of its begin. */
  since?: string;
  kind?: TeachingKind;
  /** The source marked the teacher as the class's primary one. */
  primary?: true;
  /** The district had it before the source named it: it is never ended for the source's sake. */
  local?: true;
  /** The source names it no longer, and it was ended for that. */
  ended?: true;
}

export type TeachingKind = "LEAD" | "CO_TEACHER" | "AIDE";

/** A row of enrollments.csv that puts somebody into a section. */
export interface Spot {
  row: RosterEnrollment;
  /** The student for a student's, the person for a teacher's. */
  who: string;
  section: SectionDays;
  kind?: TeachingKind;
}

export interface RosterPlan {
  students: Spot[];
  teachers: Spot[];
}

const file = "enrollments.csv";
const staffRoles: ReadonlySet<string> = new Set(["administrator", "aide", "counselor", "districtAdministrator", "principal", "proctor", "siteAdministrator", "systemAdministrator", "teacher"]);

export interface RosterSetting {
  registry: Registry;
  /** Sections by their ids here. */
  sections: ReadonlyMap<string, SectionDays>;
  /** Whom a student who was merged lives on in. */
  survivorOf: (studentId: string) => string;
  /** Keeps columns of a row of which no record is made. */
  keep: (row: RosterEnrollment, columns: readonly (keyof RosterEnrollment)[]) => void;
  notes: Notes;
}

/**
 * Who is in which section. Only students and teachers have a place in it: that an administrator or a proctor is named with a class is kept
 * with the source's row and opens nobody's records.
 */
export function planRosters(bundle: RosterBundle, setting: RosterSetting): RosterPlan {
  const { registry, sections, survivorOf, keep, notes } = setting;
  const users = new Map(bundle.users.map((user) => [user.sourcedId, user]));
  const active = bundle.enrollments.filter(({ status }) => status === "active");
  const led = primaries(active, bundle.files.enrollments.mode === "delta" ? registry : null);
  const archived = new Set<string>();
  const students: Spot[] = [];
  const teachers: Spot[] = [];
  for (const row of active) {
    if (row.role !== "student" && row.role !== "teacher") continue;
    const section = sections.get(registry.idOf("Section", row.classSourcedId) ?? "");
    if (section === undefined) {                            // the class was left out, and that was said
      keep(row, wholeRow);
      continue;
    }
    if (section.archived) {
      keep(row, wholeRow);
      if (!archived.has(section.id)) notes.add(file, row.row, `The office has archived the section ${section.title} (${section.code}). Its enrollments are left out; restore the section, or leave the class out.`);
      archived.add(section.id);
      continue;
    }
    const person = registry.find<PersonMemory>("Person", row.userSourcedId);
    if (row.role === "student") {
      const student = person?.memory.student?.id;
      if (student === undefined) {
        keep(row, wholeRow);
        notes.add(file, row.row, "The user is enrolled as a student and is none. The row is left out; correct the user's role in the source system.");
      } else students.push({ row, section, who: survivorOf(student) });
    } else {
      const user = users.get(row.userSourcedId);
      if (person === undefined || !worksHere(user, person.memory)) {
        keep(row, wholeRow);
        notes.add(file, row.row, "The user is enrolled as a teacher and has no role, or no enabled account, as one who works for the district. The row gives no reach and is left out; correct the user in the source system.");
      } else teachers.push({ row, section, who: person.recordId, kind: kindOf(row, user, led) });
    }
  }
  return { students, teachers };
}

/** Nobody reaches students by a row that the user's own roles do not bear out. Without roles.csv nothing is known of them. */
function worksHere(user: RosterUser | undefined, memory: PersonMemory): boolean {
  if (user === undefined) return Object.values(memory.duties ?? {}).some(({ ended }) => ended !== true);
  return user.enabled && (user.roles.length === 0 || user.roles.some(({ role }) => staffRoles.has(role)));
}

/** Classes that have a primary teacher: in the package or, where it holds changes only, since an earlier one. */
function primaries(rows: readonly RosterEnrollment[], registry: Registry | null): ReadonlySet<string> {
  const here = new Set(rows.map(({ sourcedId }) => sourcedId));
  const led = new Set(rows.flatMap(({ role, primary, classSourcedId }) => (role === "teacher" && primary === true ? [classSourcedId] : [])));
  for (const [sourcedId, { memory }] of registry?.entries<RosterMemory>("TeachingAssignment") ?? []) {
    if (here.has(sourcedId) || memory.primary !== true || memory.ended === true) continue;
    const of = registry?.holderOf("Section", memory.section);
    if (of !== undefined) led.add(of);
  }
  return led;
}

/** Where nobody is the primary teacher of a class, all of them lead it. */
function kindOf({ primary, classSourcedId }: RosterEnrollment, user: RosterUser | undefined, led: ReadonlySet<string>): TeachingKind {
  if (user !== undefined && user.roles.length > 0 && user.roles.every(({ role }) => role === "aide")) return "AIDE";
  return primary === true || !led.has(classSourcedId) ? "LEAD" : "CO_TEACHER";
}

/**
 * Rows of earlier packages that this one does not hold, in sections whose days it changes: a roster never leaves its section's days, and goes on
 * to where the source had said.
 */
export function spotsBeside(roster: "SectionEnrollment" | "TeachingAssignment", bundle: RosterBundle, named: ReadonlySet<string>, { registry, sections, survivorOf }: Pick<RosterSetting, "registry" | "sections" | "survivorOf">): Spot[] {
  const spots: Spot[] = [];
  const changed = new Set(bundle.classes.map(({ sourcedId }) => registry.idOf("Section", sourcedId)));
  const moved = bundle.sessions.length > 0;
  for (const [sourcedId, { memory }] of registry.entries<RosterMemory>(roster)) {
    const section = sections.get(memory.section);
    if (memory.ended === true || memory.local === true || named.has(sourcedId) || section === undefined || section.archived || (!moved && !changed.has(section.id))) continue;
    const person = registry.find<PersonMemory>("Person", memory.who);
    const who = roster === "TeachingAssignment" ? person?.recordId : person?.memory.student && survivorOf(person.memory.student.id);
    if (who === undefined) continue;
    const row = {
      sourcedId, row: 0, status: "active" as const, dateLastModified: null, metadata: {}, classSourcedId: registry.holderOf("Section", section.id) ?? "", schoolSourcedId: "", userSourcedId: memory.who,
      role: roster === "TeachingAssignment" ? "teacher" : "student", primary: memory.primary ?? null, begin: memory.begin, end: memory.end,
    };
    spots.push({ row, who, section, ...(memory.kind === undefined ? {} : { kind: memory.kind }) });
  }
  return spots;
}
