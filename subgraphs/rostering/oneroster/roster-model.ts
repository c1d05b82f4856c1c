import type { FileName, RosterVersion } from "./columns.ts";
import type { Deviation, DeviationCode } from "./deviation.ts";
import type { FileMode } from "./manifest.ts";

/*
 * What a package says, whatever its version. All days are `YYYY-MM-DD`; all spans are half-open:
 * `begin` is the first day, `end` the day after the last one, null where the package gives none.
 */

/** What every record has. */
export interface RosterRecord {
  sourcedId: string;
  /** Line of the CSV on which it starts, the header being line 1. */
  row: number;
  /** "tobedeleted" records are withdrawn by the source. */
  status: "active" | "tobedeleted";
  /** UTC; null in bulk files. */
  dateLastModified: string | null;
  /** Filled extension columns, without `metadata.`. */
  metadata: Record<string, string>;
}

export interface RosterOrganization extends RosterRecord {
  name: string;
  /** department, school, district, local, state, national or `ext:` something. */
  type: string;
  identifier: string | null;
  parentSourcedId: string | null;
}

export interface RosterSession extends RosterRecord {
  title: string;
  /** gradingPeriod, semester, schoolYear, term or `ext:` something. */
  type: string;
  begin: string;
  end: string;
  parentSourcedId: string | null;
  /** The calendar year in which the school year ends, whatever the file wrote. */
  schoolYear: number;
  /** The session of type schoolYear that this one belongs to: by its parents, else by the same school year. */
  yearSourcedId: string | null;
  /** True when it begins before or ends after its year; the importer must not store it so. */
  outsideYear: boolean;
  /** What the file wrote, before ends and years were brought to one convention. */
  written: { endDate: string; schoolYear: number | null };
}

export interface RosterUserRole {
  /** One of OneRoster's roles, or `ext:` something. */
  role: string;
  orgSourcedId: string;
  /** 1.1: the first organization of the list. 1.2: roleType primary. */
  primary: boolean;
  begin: string | null;
  end: string | null;
  /** The row of roles.csv; null in 1.1, where the role stands with the user. */
  sourcedId: string | null;
}

export interface RosterUser extends RosterRecord {
  enabled: boolean;
  username: string;
  givenName: string;
  middleName: string | null;
  familyName: string;
  preferredGivenName: string | null;
  preferredMiddleName: string | null;
  preferredFamilyName: string | null;
  pronouns: string | null;
  /** The source's own number of the person. */
  identifier: string | null;
  userMasterIdentifier: string | null;
  /** `{Type:Id}` items of userIds; type null where the item was written without one. */
  userIds: { type: string | null; id: string }[];
  email: string | null;
  phone: string | null;
  sms: string | null;
  /** Users related to this one: parents and the like. */
  agentSourcedIds: string[];
  /** As written; `derive.ts` makes codes of them. */
  grades: string[];
  primaryOrgSourcedId: string | null;
  roles: RosterUserRole[];
}

/** A row of roles.csv that belongs to no user of the package, or that takes a role back: only in delta packages. */
export interface DetachedRole extends RosterRecord, Omit<RosterUserRole, "sourcedId"> {
  userSourcedId: string;
}

/** Its sourcedId is the user's. Null means that the package does not say. */
export interface RosterDemographics extends RosterRecord {
  birthDate: string | null;
  sex: string | null;
  americanIndianOrAlaskaNative: boolean | null;
  asian: boolean | null;
  blackOrAfricanAmerican: boolean | null;
  nativeHawaiianOrOtherPacificIslander: boolean | null;
  white: boolean | null;
  demographicRaceTwoOrMoreRaces: boolean | null;
  hispanicOrLatinoEthnicity: boolean | null;
  countryOfBirthCode: string | null;
  stateOfBirthAbbreviation: string | null;
  cityOfBirth: string | null;
  publicSchoolResidenceStatus: string | null;
}

export interface RosterCourse extends RosterRecord {
  title: string;
  courseCode: string | null;
  schoolYearSourcedId: string | null;
  orgSourcedId: string;
  grades: string[];
  subjects: string[];
  subjectCodes: string[];
}

export interface RosterClass extends RosterRecord {
  title: string;
  classCode: string | null;
  /** homeroom, scheduled or `ext:` something. */
  classType: string;
  location: string | null;
  courseSourcedId: string;
  schoolSourcedId: string;
  termSourcedIds: string[];
  grades: string[];
  subjects: string[];
  subjectCodes: string[];
  periods: string[];
}

export interface RosterEnrollment extends RosterRecord {
  classSourcedId: string;
  schoolSourcedId: string;
  userSourcedId: string;
  /** administrator, proctor, student, teacher or `ext:` something. */
  role: string;
  primary: boolean | null;
  begin: string | null;
  end: string | null;
}

/** A kind of work. It belongs to no class. */
export interface RosterCategory extends RosterRecord {
  title: string;
  /** Percent; null in 1.1 and where the source gives none. */
  weight: number | null;
}

/** A piece of work of a class. */
export interface RosterLineItem extends RosterRecord {
  title: string;
  description: string | null;
  assignDate: string;
  /** The last day on which it is in time. */
  dueDate: string;
  classSourcedId: string;
  categorySourcedId: string;
  /** 1.1: the grading period. 1.2: any session. */
  sessionSourcedId: string;
  resultValueMin: number | null;
  resultValueMax: number | null;
}

/** What a student got for a piece of work. */
export interface RosterResult extends RosterRecord {
  lineItemSourcedId: string;
  studentSourcedId: string;
  /** exempt, fully graded, not submitted, partially graded, submitted or `ext:` something. */
  scoreStatus: string;
  score: number | null;
  scoreDate: string;
  comment: string | null;
  late: boolean | null;
  missing: boolean | null;
  textScore: string | null;
  /** 1.2: the line item's class, said again. */
  classSourcedId: string | null;
}

/** What the package says of one file. */
export interface RosterFile {
  mode: FileMode;
  rows: number;
  /** A header without rows: it says nothing, so nothing may be withdrawn because of it. */
  headerOnly: boolean;
}

/** One row of one file as it was written, whatever is made of it. */
export interface RosterRow {
  sourcedId: string;
  line: number;
  status: "active" | "tobedeleted";
  /** Of all its cells but passwords: equal where the source says the same. */
  digest: string;
  /** The cells for which the district's records have no place, by column, as written; null where there are none. */
  kept: Readonly<Record<string, string>> | null;
}

/** A reference of a delta package that only records imported earlier can answer. */
export interface OpenReference {
  file: FileName;
  row: number;
  column: string;
  target: FileName;
  sourcedId: string;
}

interface Outcome {
  /** Sorted: fatal first. At most 1,000 of one code in one file; `deviationTotals` counts all. */
  deviations: Deviation[];
  deviationTotals: Partial<Record<DeviationCode, number>>;
}

/** A package that may be imported. Every list is sorted by sourcedId. */
export interface RosterBundle extends Outcome {
  outcome: "read";
  version: RosterVersion;
  source: { systemName: string | null; systemCode: string | null };
  files: Record<FileName, RosterFile>;
  /** True when the file's session ends were inclusive and have been moved by one day, with the ends of enrollments and roles. */
  inclusiveEnds: boolean;
  organizations: RosterOrganization[];
  sessions: RosterSession[];
  users: RosterUser[];
  detachedRoles: DetachedRole[];
  demographics: RosterDemographics[];
  courses: RosterCourse[];
  classes: RosterClass[];
  enrollments: RosterEnrollment[];
  categories: RosterCategory[];
  lineItems: RosterLineItem[];
  results: RosterResult[];
  openReferences: OpenReference[];
  /** Every row of every file, in the file's order: gradebook, resources, profiles and scales included. */
  rows: Readonly<Record<FileName, readonly RosterRow[]>>;
}

/** A package that must not be imported: at least one deviation is fatal. */
export interface RefusedPackage extends Outcome {
  outcome: "refused";
  /** Null when the package did not get as far as naming a version. */
  version: RosterVersion | null;
}

/** The records of a bundle, while it is put together. */
export type RosterRecords = Pick<RosterBundle, "organizations" | "sessions" | "users" | "detachedRoles" | "demographics" | "courses" | "classes" | "enrollments" | "categories" | "lineItems" | "results">;
