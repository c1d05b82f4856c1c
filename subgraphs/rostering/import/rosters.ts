import type { Managed, WriteSession } from "#foundation/crud/write";
import { academics, staff } from "../domains.ts";
import type { TeachingKind } from "./plan-rosters.ts";
import { plain } from "./write-organizations.ts";

/** A dated row that has somebody in a section, whichever domain keeps it. */
export interface RosterRow {
  id: string;
  version: number;
  fromDate: string;
  toDate?: string | null;
  archivedAt: Date | null;
  kind?: string;
}

export interface Place {
  who: string;
  section: string;
  school: string;
  from: string;
  to: string | null;
  kind?: TeachingKind;
}

/** The two kinds of rosters, students' and teachers', as one: what an import does with their rows. */
export interface Roster {
  type: "SectionEnrollment" | "TeachingAssignment";
  domain: "academics" | "staff";
  /** Rows of these people that are not archived, of whatever section. */
  of(session: WriteSession, who: readonly string[]): Promise<RosterRow[]>;
  byId(session: WriteSession, ids: readonly string[]): Promise<RosterRow[]>;
  placeOf(row: RosterRow): { who: string; section: string };
  add(session: WriteSession, place: Place): string;
  change(session: WriteSession, row: RosterRow, values: { fromDate?: string; toDate?: string | null; kind?: TeachingKind }): void;
  /** On or before its first day the row is archived. */
  end(session: WriteSession, row: RosterRow, day: string, source: string): void;
  restore(session: WriteSession, row: RosterRow): void;
}

type Student = Managed<academics.SectionEnrollment>;
type Teacher = Managed<staff.TeachingAssignment>;

export const studentRoster: Roster = {
  type: "SectionEnrollment",
  domain: "academics",
  of: (session, who) => academics.sectionEnrollmentsOf(session, who) as Promise<RosterRow[]>,
  byId: (session, ids) => academics.sectionEnrollmentsById(session, ids) as Promise<RosterRow[]>,
  placeOf: (row) => ({ who: (row as Student).studentId, section: String(plain(row).section) }),
  add: (session, { who, section, school, from, to }) => academics.addSectionEnrollment(session, { studentId: who, section: section as never, schoolId: school, fromDate: from, toDate: to }),
  change: (session, row, { fromDate, toDate }) => academics.changeSectionEnrollment(session, row as Student, { fromDate, toDate, ...(toDate === null ? { endReason: null } : {}) }),
  end: (session, row, day, source) => academics.endSectionEnrollment(session, row as Student, day, `No longer on the roster of ${source}`.slice(0, 255)),
  restore: (session, row) => academics.restoreSectionEnrollment(session, row as Student),
};

export const teacherRoster: Roster = {
  type: "TeachingAssignment",
  domain: "staff",
  of: (session, who) => staff.teachingAssignmentsOf(session, who) as Promise<RosterRow[]>,
  byId: (session, ids) => staff.teachingAssignmentsById(session, ids) as Promise<RosterRow[]>,
  placeOf: (row) => ({ who: (row as Teacher).personId, section: (row as Teacher).sectionId }),
  add: (session, { who, section, school, from, to, kind }) => staff.addTeachingAssignment(session, { personId: who, sectionId: section, schoolId: school, fromDate: from, toDate: to, kind }),
  change: (session, row, values) => staff.changeTeachingAssignment(session, row as Teacher, values),
  end: (session, row, day) => staff.endTeachingAssignment(session, row as Teacher, day),
  restore: (session, row) => staff.restoreTeachingAssignment(session, row as Teacher),
};
