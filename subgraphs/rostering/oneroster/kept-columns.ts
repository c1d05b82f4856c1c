import { createHash } from "node:crypto";
import type { FileName } from "./columns.ts";

/*
 * Which columns are kept as they were written, beside the records that an import makes of a row: those for which the district's records
 * have no place, so that nothing of a file is lost. Passwords are in no list, extension columns (`metadata.`) are kept in every file.
 */

/** The filled cells of a row by column, trimmed, as written; passwords left out. */
export type WrittenCells = Readonly<Record<string, string>>;

interface Kept {
  columns: readonly string[];
  why: string;
  /** Only in rows like this. */
  when?: (row: WrittenCells) => boolean;
}

const all = (why: string, ...columns: string[]): Kept => ({ columns, why });
const some = (why: string, when: (row: WrittenCells) => boolean, ...columns: string[]): Kept => ({ columns, why, when });

/** 1.1 tells the role with the user; 1.2 does not, so there nobody is known to be a student. */
const notStudent = ({ role }: WrittenCells): boolean => role?.toLowerCase() !== "student";
const isRole = (...roles: string[]) => ({ role }: WrittenCells): boolean => roles.includes(role?.toLowerCase() ?? "");
const notRole = (...roles: string[]) => (row: WrittenCells): boolean => !isRole(...roles)(row);

export const keptColumns: Readonly<Record<FileName, readonly Kept[]>> = {
  orgs: [
    some("A school is of the kind that its students' grades show; other organizations are of one of a few kinds.", ({ type }) => !["school", "district", "department", "local", "state"].includes(type?.toLowerCase() ?? ""), "type"),
    some("An organization below a school hangs below the one that runs the school.", ({ type }) => type?.toLowerCase() !== "school", "parentSourcedId"),
  ],
  academicSessions: [
    all("The kind of a term follows from its length.", "type"),
    all("A school year is named by its two calendar years.", "schoolYear"),
    all("School years that overlap are one here, and which of them a term is below is not said.", "parentSourcedId"),
    all("A school year's name is its years, and a term's is its own in the year.", "title"),
    all("Days are half-open and inside the school year, whose days are the district's to settle; the source's may be neither.", "startDate", "endDate"),
  ],
  courses: [
    all("A course of the catalog is no year's and the whole district's.", "schoolYearSourcedId", "orgSourcedId"),
    all("A course is not bound to grade levels.", "grades"),
    all("A course has one subject, by the district's own codes.", "subjects", "subjectCodes"),
    all("A course's code is unique in the catalog; the source's need not be.", "courseCode"),
  ],
  classes: [
    all("A section is not bound to grade levels.", "grades"),
    all("A section's code is unique in its school and year; the source's need not be.", "classCode"),
    all("A section's subject is its course's.", "subjects", "subjectCodes"),
    all("Rooms and periods are those of dated meeting patterns, which the format does not know.", "location", "periods"),
    all("Several courses and school years of a source may be one here.", "courseSourcedId", "termSourcedIds"),
    some("A section is scheduled or a homeroom.", ({ classType }) => !["scheduled", "homeroom"].includes(classType?.toLowerCase() ?? ""), "classType"),
  ],
  enrollments: [
    some("Of teachers it is told who leads a section; where nobody is marked, all of them do.", ({ role, primary }) => role?.toLowerCase() !== "teacher" || primary?.toLowerCase() !== "true", "primary"),
    some("Administrators and proctors are on no roster.", notRole("student", "teacher"), "role", "classSourcedId", "schoolSourcedId", "userSourcedId", "beginDate", "endDate"),
  ],
  users: [
    all("Who may sign in is the identity provider's.", "username", "enabledUser"),
    all("The district knows a student's number and state id.", "userIds", "userMasterIdentifier"),
    all("A preferred name is a given and a family name.", "preferredMiddleName"),
    all("People related to others than students are no contacts.", "agentSourcedIds"),
    all("Several grade levels at once, and those of people who are no students, have no place.", "grades"),
    all("Where it is no school of a student: which organization is the first among several.", "primaryOrgSourcedId"),
    all("Resources are assigned in files of their own since 1.2.1.", "resourceSourcedIds"),
    some("The number of who is no student.", notStudent, "identifier"),
    some("Only students and employees belong to organizations.", notStudent, "role", "orgSourcedIds"),
    some("One telephone that rings and takes text messages is one here.", ({ phone, sms }) => phone === sms, "phone"),
    some("A preferred name that is the legal one says nothing here.", ({ preferredGivenName, givenName }) => preferredGivenName === givenName, "preferredGivenName"),
    some("A preferred name that is the legal one says nothing here.", ({ preferredFamilyName, familyName }) => preferredFamilyName === familyName, "preferredFamilyName"),
    some("What is no address of e-mail is none here.", ({ email }) => !/^[^@\s]+@[^@\s]+$/.test(email ?? ""), "email"),
  ],
  roles: [
    all("Which of several is the main one, and with which account.", "roleType", "userProfileSourcedId"),
    all("A duty is a teacher's, a counselor's or a principal's; others are plain staff, families have contacts, and no record has the row's own id.", "role", "userSourcedId", "orgSourcedId"),
    some("What is no duty has no days.", notRole("student", "teacher", "counselor", "principal"), "beginDate", "endDate"),
  ],
  userProfiles: [all("Accounts elsewhere have no record.", "userSourcedId", "profileType", "vendorId", "applicationId", "description", "credentialType", "username")],
  demographics: [
    all("A birthplace is a country.", "stateOfBirthAbbreviation", "cityOfBirth"),
    some("A country is a code of two letters.", ({ countryOfBirthCode }) => !/^[A-Z]{2}$/.test(countryOfBirthCode ?? ""), "countryOfBirthCode"),
    all("Whether a student lives in the district is the district's to say.", "publicSchoolResidenceStatus"),
    all("Two or more races follow from the races.", "demographicRaceTwoOrMoreRaces"),
    some("Not told is no legal sex.", ({ sex }) => sex?.toLowerCase() === "unspecified", "sex"),
  ],
  categories: [all("A kind of work belongs to a section; one that no section uses has no record.", "title", "weight")],
  lineItems: [
    all("The least points are none.", "resultValueMin"),
    all("Work without points for full marks has none to divide by.", "resultValueMax"),
    all("Work counts in a grading period; the source may name a longer session.", "academicSessionSourcedId", "gradingPeriodSourcedId"),
  ],
  results: [
    all("Whether a score is graded follows from its points.", "scoreStatus", "inProgress", "incomplete"),
    all("A score has no day of its own, and its class is its assignment's.", "scoreDate", "classSourcedId"),
    all("A score is points; a mark in words is the posted one.", "textScore"),
    all("Points are decimals of three places, never below zero.", "score"),
  ],
  scoreScales: [all("Scales turn averages into marks here, not scores.", "title", "type", "orgSourcedId", "courseSourcedId", "classSourcedId", "scoreScaleValue")],
  lineItemScoreScales: [all("Assignments have points, no scale.", "title", "lineItemSourcedId", "scoreScaleSourcedId")],
  resultScoreScales: [all("Scores have points, no scale.", "title", "resultSourcedId", "scoreScaleSourcedId")],
  lineItemLearningObjectiveIds: [all("Assignments are not tied to standards.", "lineItemSourcedId", "source", "learningObjectiveId")],
  resultLearningObjectiveIds: [all("Scores are not tied to standards.", "resultSourcedId", "source", "learningObjectiveId", "score", "textScore")],
  resources: [all("Digital resources have no record.", "vendorResourceId", "title", "roles", "importance", "vendorId", "applicationId")],
  classResources: [all("Digital resources have no record.", "title", "classSourcedId", "resourceSourcedId")],
  courseResources: [all("Digital resources have no record.", "title", "courseSourcedId", "resourceSourcedId")],
  userResources: [all("Digital resources have no record.", "userSourcedId", "orgSourcedId", "classSourcedId", "resourceSourcedId")],
};

/** Of a row's cells those that are kept as written; null where there is none. */
export function keptOf(file: FileName, row: WrittenCells): WrittenCells | null {
  const found = keptColumns[file].flatMap(({ columns, when }) => (when === undefined || when(row) ? columns : [])).filter((column) => row[column] !== undefined);
  const extensions = Object.keys(row).filter((column) => column.startsWith("metadata."));
  const names = [...found, ...extensions];
  return names.length === 0 ? null : Object.fromEntries(names.map((name) => [name, row[name]!]));
}

/** Of all cells of a row, in whatever order its columns stand: equal where the source says the same. */
export function digestOfRow(row: WrittenCells): string {
  const cells = Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(cells)).digest("base64url").slice(0, 22);
}
