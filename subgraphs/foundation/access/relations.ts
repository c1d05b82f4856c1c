import type { StampName } from "./access.ts";

/**
 * The vocabulary of relations. A relation is a fact with dates; its SQL is declared by the domain that owns the fact (see
 * `declareRelation`), so that this list can be read without knowing a table.
 */
export interface Relation {
  readonly name: string;
  /** Extra arguments of its SQL function, e.g. the named right of a guardian. */
  readonly args: readonly string[];
  /** Reaches every row of the district: no stamp needed. */
  readonly districtWide: boolean;
  readonly description: string;
  /** Only through this stamp of the row, where a row has several; null: through those it is about (see `ofStudent`). */
  readonly stamp: StampName | null;
  /** Reaches a handful for anyone: finding them all costs no more than asking of one. */
  readonly handful: boolean;
  /** A relation whose ids for this stamp are always among this one's: a rule that has both asks only this one. */
  readonly covers: { readonly relation: string; readonly stamp: StampName } | null;
}

/** The relation through one named stamp: `on(self, "person")` opens a student's contact row to the contact herself. */
export const on = (relation: Relation, stamp: StampName): Relation => ({ ...relation, stamp });

const relation = (name: string, description: string, args: string[] = [], districtWide = false): Relation => ({ name, description, args, districtWide, stamp: null, handful: false, covers: null });
const few = (made: Relation): Relation => ({ ...made, handful: true });

/** The caller is the person (or the student) of the row. */
export const self = few(relation("self", "the record is about the caller"));

/**
 * The caller is a confirmed contact of the student with this right and portal access today, no order in effect restricts it, and the
 * rights have not passed to the student (18, postsecondary) unless an arrangement on record continues them.
 */
export const guardian = (right: "education"): Relation =>
  few(relation("guardian", `the caller is a contact of the student with ${right} rights and portal access today`, [right]));

/** The caller has a duty assigned today, with the granted role, at the school of the row or the student's current school. */
export const atSchool = relation("at_school", "the caller has this duty today at the school, or at the student's current school");

/** The caller has this duty at a school where the student was, or is about to be, enrolled. Opens name and number only. */
export const otherTimeAtSchool: Relation = {
  ...relation("other_time_at_school", "the caller has this duty at a school that the student attended earlier or will attend"),
  covers: { relation: "at_school", stamp: "student" },
};

/** The caller belongs to the household today. */
export const household = few(relation("household", "the caller is a member of the household today"));

/** The caller has this duty for the whole district today. */
export const district = relation("district_office", "the caller has this duty for the whole district today", [], true);

/** The caller has this duty today, at whichever school. For what the offices of all schools share: the pool of substitutes. */
export const onDuty = relation("on_duty", "the caller has this duty today, at any school", [], true);

/** The caller is linked to a person of this district, whatever the duty. For what everyone may know: schools, calendars. */
export const member = relation("member", "the caller belongs to the district", [], true);

/** The caller has this duty today at the current school of the student whom the row is about: not of contacts or staff. */
export const studentAtSchool = relation("student_at_school", "the record is about a student, and the caller has this duty today at the student's current school");

/** The same, for the student and those listed as contacts: families, not staff. */
export const familyAtSchool = relation("family_at_school", "the record is about a student or a student's contact, and the caller has this duty today at the student's current school");

/** The row is a contact of a student whose rights the caller holds as `guardian`. Opens names only. */
export const contactOfChild = few(relation("contact_of_child", "the record is about a listed contact of a student for whom the caller holds education rights and portal access today"));

/** The caller teaches the section, today or within the district's days of lead and lag around the dates of the assignment. */
export const teachesSection = relation("teaches_section", "the caller teaches the section now, or within the days of lead and lag around it");

/** The caller teaches a section on whose roster the student is, within the same days. */
export const teachesStudent = relation("teaches_student", "the caller teaches a section on whose roster the student is, or within the days of lead and lag around it");

/**
 * The caller, or a child whose rights the caller holds, is or was on the roster of the section. Opens what a whole class may know, such as
 * its assignments: nothing about another student. What was on the roster once stays open, as the record of the time does.
 */
export const attendsSection = relation("attends_section", "the caller, or a child for whom the caller holds education rights and portal access, is or was on the section's roster");

/** The student is on the caller's dated caseload. */
export const caseload = relation("caseload", "the student is on the caller's caseload today");

/** The caller substitutes in the section today: its class meetings of those days, its students of today. Opens what the hour needs. */
export const substitutes = relation("substitutes", "the caller substitutes in the section today");

/**
 * The caller is the system of a party outside, and an agreement in effect today lets data of this category go to it: about the schools that
 * the agreement names, and the students who attend them today. Under written consents, those who have consented.
 */
export const underAgreement = (category: string): Relation =>
  relation("under_agreement", `the caller is a party's system, and an agreement in effect today lets ${category} data of the school or student go to it`, [category]);

/** Such a system, and somebody who teaches at a school of the agreement. Opens names only. */
export const teachesUnderAgreement = (category: string): Relation =>
  relation("teaches_under_agreement", `the caller is a party's system, and the record is about a teacher at a school whose ${category} data an agreement in effect today lets go to it`, [category]);

/** Such a system, under any such agreement. For what names nobody and the whole district shares: school years, grade levels, courses. */
export const partyToAgreement = (category: string): Relation =>
  relation("party_to_agreement", `the caller is a party's system, and an agreement in effect today lets ${category} data go to it`, [category], true);

/** The record is about the caller, and all rights have passed to her: at 18, or from postsecondary attendance on. */
export const ownRights = few(relation("own_rights", "the record is about the caller, to whom all rights have passed"));

/** The row was written by the caller: what she gave, she keeps reading. */
export const author = relation("author", "the caller wrote the record");
