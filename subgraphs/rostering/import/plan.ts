import { createHash } from "node:crypto";
import { contactsOf, schoolEnrollmentsOf, staffAssignmentsOf, studentsOf, type ContactProposal, type SchoolEnrollmentProposal, type StaffAssignment } from "../oneroster/derive.ts";
import type { Deviation } from "../oneroster/deviation.ts";
import type { RosterBundle, RosterDemographics, RosterUser } from "../oneroster/roster.ts";
import type { Decisions } from "../imports/decisions.ts";
import type { Notes } from "./notes.ts";
import { groupBy } from "./people-work.ts";

export interface PlannedEnrollment {
  schoolSourcedId: string;
  grade: string | null;
  /** The first day that the source gives; null where it gives none. */
  begin: string | null;
  exit: string | null;
  primary: boolean;
  from: "role" | "section";
}

export interface PlannedDuty {
  role: "TEACHER" | "COUNSELOR" | "PRINCIPAL" | "STAFF";
  orgSourcedId: string;
  begin: string | null;
  end: string | null;
}

/** Everything that a package says of one person, in the domains' words. */
export interface PlannedPerson {
  sourcedId: string;
  row: number;
  digest: string;
  person: { givenName: string; middleName: string | null; familyName: string; preferredGivenName: string | null; preferredFamilyName: string | null; pronouns: string | null };
  email: string | null;
  phone: string | null;
  sms: string | null;
  demographics: Readonly<Record<string, unknown>> | null;
  student: { studentNumber: string; stateId: string | null } | null;
  enrollments: PlannedEnrollment[];
  duties: PlannedDuty[];
  /** `confirmed`: the fields that a clerk set when she confirmed the contact; null for a proposal. */
  contacts: { contactSourcedId: string; relationship: "PARENT" | "OTHER_RELATIVE" | "OTHER"; confirmed: Readonly<Record<string, unknown>> | null }[];
  /** An employee's telephone rings at work. */
  employee: boolean;
}

export interface PeoplePlan {
  people: PlannedPerson[];
  deviations: Deviation[];
  /** The first day of an enrollment or duty that has none of its own. */
  entryDay: string;
}

export interface PlanOptions {
  /** The day of the import in the district's time zone. */
  importDate: string;
  importedBefore: boolean;
  bundle: RosterBundle;
  decisions: Pick<Decisions, "contacts">;
  /** Users whom the package names as relatives and does not hold. */
  relatives?: readonly RosterUser[];
  notes: Notes;
}

/** No package holds this day: where it comes back, the source gave none. */
const noDay = "0000-00-00";

const duties: Readonly<Record<StaffAssignment["assignment"], PlannedDuty["role"]>> = { teacher: "TEACHER", counselor: "COUNSELOR", principal: "PRINCIPAL", staff: "STAFF" };
// "guardian" is OneRoster's word for whoever has the care of a child: a court's appointment is not said.
const relationships: Readonly<Record<ContactProposal["relationship"], "PARENT" | "OTHER_RELATIVE" | "OTHER">> = { parent: "PARENT", relative: "OTHER_RELATIVE", guardian: "OTHER", unspecified: "OTHER" };

/** What the package says of people. Withdrawn records say nothing. */
export function planPeople({ bundle, importDate, importedBefore, decisions, relatives = [], notes }: PlanOptions): PeoplePlan {
  const undated = schoolEnrollmentsOf(bundle, { importDate: noDay, importedBefore: true });
  const staff = staffAssignmentsOf(bundle);
  const enrollments = groupBy(undated.enrollments, (e) => e.studentSourcedId);
  const assigned = groupBy(staff.assignments, (a) => a.userSourcedId);
  const contacts = groupBy(contactsOf({ ...bundle, users: [...bundle.users, ...relatives] }), (c) => c.studentSourcedId);
  const demographics = new Map(bundle.demographics.filter(({ status }) => status === "active").map((row) => [row.sourcedId, row]));
  const students = new Set(studentsOf(bundle).map(({ sourcedId }) => sourcedId));
  const numbers = new Map<string, string>();
  const people = bundle.users.filter(({ status }) => status === "active").map((user): PlannedPerson => {
    const work = assigned.get(user.sourcedId) ?? [];
    const plan = {
      person: {
        givenName: cut(user.givenName, 100), middleName: user.middleName && cut(user.middleName, 100), familyName: cut(user.familyName, 100),
        preferredGivenName: preferred(user.preferredGivenName, user.givenName), preferredFamilyName: preferred(user.preferredFamilyName, user.familyName),
        pronouns: user.pronouns && cut(user.pronouns, 40),
      },
      email: emailOf(user, notes),
      phone: user.phone && user.phone !== user.sms ? cut(user.phone, 40) : null,
      sms: user.sms && cut(user.sms, 40),
      demographics: demographicsOf(demographics.get(user.sourcedId)),
      student: students.has(user.sourcedId) ? { studentNumber: numberOf(user, numbers, notes), stateId: stateIdOf(user) } : null,
      enrollments: (enrollments.get(user.sourcedId) ?? []).map(planEnrollment),
      duties: work.map(({ assignment, orgSourcedId, begin, end }) => ({ role: duties[assignment], orgSourcedId, begin, end })),
      contacts: (contacts.get(user.sourcedId) ?? []).map((contact) => planContact(contact, decisions)),
      employee: work.length > 0,
    };
    return { sourcedId: user.sourcedId, row: user.row, digest: digestOf(plan), ...plan };
  });
  return { people, deviations: [...undated.deviations, ...staff.deviations], entryDay: entryDay(bundle, importDate, importedBefore) };
}

export const planContact = ({ studentSourcedId, contactSourcedId, relationship }: ContactProposal, decisions: Pick<Decisions, "contacts">): PlannedPerson["contacts"][number] => ({
  contactSourcedId, relationship: relationships[relationship], confirmed: confirmedFields(decisions.contacts.get(`${studentSourcedId} ${contactSourcedId}`)),
});

/** What a clerk may say of a contact; whose it is, is the source's. */
const contactFields = ["relationship", "fromDate", "toDate", "educationRights", "portalAccess", "livesWith", "mailings", "pickUp", "decisionMaking", "emergencyOrder", "confidential"];

function confirmedFields(decided: Readonly<Record<string, unknown>> | undefined): Readonly<Record<string, unknown>> | null {
  return decided === undefined ? null : Object.fromEntries(contactFields.flatMap((name) => (decided[name] === undefined ? [] : [[name, decided[name]]])));
}

/** The same day that the enrollments' derivation takes where the source gives none. */
function entryDay(bundle: RosterBundle, importDate: string, importedBefore: boolean): string {
  if (importedBefore) return importDate;
  const begins = bundle.sessions.filter(({ type, status }) => type === "schoolYear" && status === "active").map(({ begin }) => begin).sort();
  return begins.findLast((begin) => begin <= importDate) ?? begins[0] ?? importDate;
}

export function digestOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, 22);
}

function planEnrollment({ schoolSourcedId, gradeLevel, entryDate, exitDate, primary, from }: SchoolEnrollmentProposal): PlannedEnrollment {
  return { schoolSourcedId, grade: gradeLevel, begin: entryDate === noDay ? null : entryDate, exit: exitDate, primary, from };
}

const cut = (text: string, length: number) => text.slice(0, length);

/** A preferred name that repeats the legal one says nothing. */
const preferred = (name: string | null, legal: string) => (name === null || name === legal ? null : cut(name, 100));

function emailOf(user: RosterUser, notes: Notes): string | null {
  if (user.email === null) return null;
  if (/^[^@\s]+@[^@\s]+$/.test(user.email) && user.email.length <= 254) return user.email;
  notes.add("users.csv", user.row, "The e-mail address is none (something@somewhere). It is left out; correct it in the source system.");
  return null;
}

const stateIdType = /^(us_?)?state(_?(id|assigned))?$/i;

function stateIdOf(user: RosterUser): string | null {
  const id = user.userIds.find(({ type }) => type !== null && stateIdType.test(type.replaceAll(/[\s-]/g, "_")))?.id ?? null;
  return id === null || id.length > 32 ? null : id;
}

/** The source's own number of the student, else its id. Each is given once; ids that are too long are shortened the same way every time. */
function numberOf(user: RosterUser, taken: Map<string, string>, notes: Notes): string {
  const short = (text: string) => (text.length <= 32 ? text : /^[0-9a-f-]{36}$/i.test(text) ? text.replaceAll("-", "") : `${text.slice(0, 21)}-${digestOf(text).slice(0, 10)}`);
  const own = short(user.identifier ?? user.sourcedId);
  const holder = taken.get(own);
  if (holder === undefined) {
    taken.set(own, user.sourcedId);
    return own;
  }
  notes.add("users.csv", user.row, `Another student has the same identifier. This one gets ${short(user.sourcedId)} as student number; correct one of them in the source system.`);
  const other = taken.has(short(user.sourcedId)) ? short(`${user.sourcedId} ${digestOf(user.sourcedId)}`) : short(user.sourcedId);
  taken.set(other, user.sourcedId);
  return other;
}

const sexes: Readonly<Record<string, string>> = { female: "FEMALE", male: "MALE", other: "X" };

function demographicsOf(row: RosterDemographics | undefined): PlannedPerson["demographics"] {
  if (row === undefined) return null;
  return {
    birthDate: row.birthDate,
    legalSex: row.sex === null ? null : (sexes[row.sex] ?? null),
    countryOfBirth: row.countryOfBirthCode !== null && /^[A-Z]{2}$/.test(row.countryOfBirthCode) ? row.countryOfBirthCode : null,
    hispanicOrLatino: row.hispanicOrLatinoEthnicity,
    americanIndianOrAlaskaNative: row.americanIndianOrAlaskaNative,
    asian: row.asian,
    blackOrAfricanAmerican: row.blackOrAfricanAmerican,
    nativeHawaiianOrOtherPacificIslander: row.nativeHawaiianOrOtherPacificIslander,
    white: row.white,
  };
}
