/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** What a grant allows. */
export type AccessVerb =
  /** Reading rows. */
  | 'READ'
  /** Creating or changing rows. */
  | 'WRITE';

/** What an address is for. */
export type AddressKind =
  /** Where the household lives. Decides about attendance zones and buses. */
  | 'HOME'
  /** Where mail goes, when it is not the home, e.g. a post office box. */
  | 'MAILING';

/** Which CalendarTrack, by id. */
export type CalendarTrackRefFilter = {
  /** The id of the CalendarTrack. */
  id?: IdFilter | null | undefined;
  /** True: rows without one. False: rows with one. */
  isNull?: boolean | null | undefined;
};

/** What the contact is to the student. It gives no right by itself: the flags do. */
export type ContactRelationship =
  /** Father. */
  | 'FATHER'
  /** Foster parent. */
  | 'FOSTER_PARENT'
  /** Grandparent. */
  | 'GRANDPARENT'
  /** Appointed by a court. */
  | 'LEGAL_GUARDIAN'
  /** Mother. */
  | 'MOTHER'
  /** Neighbor or friend of the family. */
  | 'NEIGHBOR'
  /** None of the others, or not known. */
  | 'OTHER'
  /** Another relative. */
  | 'OTHER_RELATIVE'
  /** A parent, not said which. */
  | 'PARENT'
  /** Brother or sister. */
  | 'SIBLING'
  /** Of an agency in charge of the student. */
  | 'SOCIAL_WORKER'
  /** Married to a parent. */
  | 'STEPPARENT';

/** Compares values of ContactRelationship. */
export type ContactRelationshipFilter = {
  /** Equal to. Null finds rows without a value. */
  eq?: ContactRelationship | null | undefined;
  /** One of these. */
  in?: Array<ContactRelationship> | null | undefined;
  /** True: without a value. False: with one. */
  isNull?: boolean | null | undefined;
  /** Not equal to; rows without a value are found too. Null finds rows with a value. */
  ne?: ContactRelationship | null | undefined;
  /** None of these; rows without a value are left out. */
  notIn?: Array<ContactRelationship> | null | undefined;
};

/** Whether a clerk has looked at the contact. */
export type ContactStatus =
  /** Confirmed by a clerk of the district. */
  | 'CONFIRMED'
  /** Came from a form or an import and awaits confirmation. Gives no right. */
  | 'PROPOSED';

/** Compares values of ContactStatus. */
export type ContactStatusFilter = {
  /** Equal to. Null finds rows without a value. */
  eq?: ContactStatus | null | undefined;
  /** One of these. */
  in?: Array<ContactStatus> | null | undefined;
  /** True: without a value. False: with one. */
  isNull?: boolean | null | undefined;
  /** Not equal to; rows without a value are found too. Null finds rows with a value. */
  ne?: ContactStatus | null | undefined;
  /** None of these; rows without a value are left out. */
  notIn?: Array<ContactStatus> | null | undefined;
};

/** What kind of order it is. */
export type CourtOrderKind =
  /** Decides about custody or visits. */
  | 'CUSTODY'
  /** Another order, statute or legally binding document. */
  | 'OTHER'
  /** Protects from a person: a protective or restraining order. */
  | 'PROTECTION'
  /** Ends parental rights. */
  | 'TERMINATION';

/** Compares values of CourtOrderKind. */
export type CourtOrderKindFilter = {
  /** Equal to. Null finds rows without a value. */
  eq?: CourtOrderKind | null | undefined;
  /** One of these. */
  in?: Array<CourtOrderKind> | null | undefined;
  /** True: without a value. False: with one. */
  isNull?: boolean | null | undefined;
  /** Not equal to; rows without a value are found too. Null finds rows with a value. */
  ne?: CourtOrderKind | null | undefined;
  /** None of these; rows without a value are left out. */
  notIn?: Array<CourtOrderKind> | null | undefined;
};

/** What must hold among the related CourtOrder rows that you may see. */
export type CourtOrderListFilter = {
  /** All match; also true without any. */
  every?: CourtOrderWhere | null | undefined;
  /** None matches. */
  none?: CourtOrderWhere | null | undefined;
  /** At least one matches. */
  some?: CourtOrderWhere | null | undefined;
};

/** Which CourtOrder rows. All fields given must hold. Archived rows are left out unless archivedAt is asked about. */
export type CourtOrderWhere = {
  /** All of these hold. */
  and?: Array<CourtOrderWhere> | null | undefined;
  /** When the record was archived (UTC). Archived records are kept, leave lists unless asked for, and no longer block a natural key. Null while current. */
  archivedAt?: InstantFilter | null | undefined;
  /** When the record was created (UTC). */
  createdAt?: InstantFilter | null | undefined;
  /** The first day on which the order restricts. */
  fromDate?: DayFilter | null | undefined;
  /** Identifies the record for ever and everywhere (UUID version 7). */
  id?: IdFilter | null | undefined;
  /** The court or authority that issued the order, e.g. "Travis County District Court". */
  issuedBy?: TextFilter | null | undefined;
  /** What kind of order it is. */
  kind?: CourtOrderKindFilter | null | undefined;
  /** This does not hold. */
  not?: CourtOrderWhere | null | undefined;
  /** The court's number of the case or order. */
  number?: TextFilter | null | undefined;
  /** At least one of these holds. */
  or?: Array<CourtOrderWhere> | null | undefined;
  /** The person whose rights the order restricts. Null when the record is hidden from you. */
  person?: PersonRefFilter | null | undefined;
  /** Whether the order takes from the person the right to decide about the student's education. */
  restrictsDecisionMaking?: FlagFilter | null | undefined;
  /** Whether the order takes from the person the right to know the student's education record. */
  restrictsEducation?: FlagFilter | null | undefined;
  /** Whether the order takes from the person the right to live with the student. */
  restrictsLivesWith?: FlagFilter | null | undefined;
  /** Whether the order takes from the person the right to receive the school's mail about the student. */
  restrictsMailings?: FlagFilter | null | undefined;
  /** Whether the order takes from the person the right to take the student home from school. */
  restrictsPickUp?: FlagFilter | null | undefined;
  /** Whether the order takes from the person the right to use the portal for the student. */
  restrictsPortal?: FlagFilter | null | undefined;
  /** The student whom the order is about. Null when it is hidden from you. */
  student?: StudentWhere | null | undefined;
  /** The first day on which it no longer restricts. Null while no end is known. */
  toDate?: DayFilter | null | undefined;
  /** When the record was last changed (UTC). */
  updatedAt?: InstantFilter | null | undefined;
};

/** Compares days. */
export type DayFilter = {
  /** Equal to. Null finds rows without a value. */
  eq?: string | null | undefined;
  /** After, or greater than. */
  gt?: string | null | undefined;
  /** From, inclusive. */
  gte?: string | null | undefined;
  /** One of these. */
  in?: Array<string> | null | undefined;
  /** True: without a value. False: with one. */
  isNull?: boolean | null | undefined;
  /** Before, or smaller than. */
  lt?: string | null | undefined;
  /** Up to and including. */
  lte?: string | null | undefined;
  /** Not equal to; rows without a value are found too. Null finds rows with a value. */
  ne?: string | null | undefined;
  /** None of these; rows without a value are left out. */
  notIn?: Array<string> | null | undefined;
};

/** Compares exact numbers. */
export type DecimalFilter = {
  /** Equal to. Null finds rows without a value. */
  eq?: string | null | undefined;
  /** After, or greater than. */
  gt?: string | null | undefined;
  /** From, inclusive. */
  gte?: string | null | undefined;
  /** One of these. */
  in?: Array<string> | null | undefined;
  /** True: without a value. False: with one. */
  isNull?: boolean | null | undefined;
  /** Before, or smaller than. */
  lt?: string | null | undefined;
  /** Up to and including. */
  lte?: string | null | undefined;
  /** Not equal to; rows without a value are found too. Null finds rows with a value. */
  ne?: string | null | undefined;
  /** None of these; rows without a value are left out. */
  notIn?: Array<string> | null | undefined;
};

/** To whom directory information would go. */
export type DirectoryAudience =
  /** Colleges and universities that recruit. */
  | 'COLLEGES'
  /** Everyone: yearbooks, honor rolls, programs, the press. */
  | 'PUBLIC'
  /** Military recruiters. */
  | 'RECRUITERS';

/** Compares values of DirectoryAudience. */
export type DirectoryAudienceFilter = {
  /** Equal to. Null finds rows without a value. */
  eq?: DirectoryAudience | null | undefined;
  /** One of these. */
  in?: Array<DirectoryAudience> | null | undefined;
  /** True: without a value. False: with one. */
  isNull?: boolean | null | undefined;
  /** Not equal to; rows without a value are found too. Null finds rows with a value. */
  ne?: DirectoryAudience | null | undefined;
  /** None of these; rows without a value are left out. */
  notIn?: Array<DirectoryAudience> | null | undefined;
};

/** What must hold among the related DirectoryOptOut rows that you may see. */
export type DirectoryOptOutListFilter = {
  /** All match; also true without any. */
  every?: DirectoryOptOutWhere | null | undefined;
  /** None matches. */
  none?: DirectoryOptOutWhere | null | undefined;
  /** At least one matches. */
  some?: DirectoryOptOutWhere | null | undefined;
};

/** Which DirectoryOptOut rows. All fields given must hold. Archived rows are left out unless archivedAt is asked about. */
export type DirectoryOptOutWhere = {
  /** All of these hold. */
  and?: Array<DirectoryOptOutWhere> | null | undefined;
  /** When the record was archived (UTC). Archived records are kept, leave lists unless asked for, and no longer block a natural key. Null while current. */
  archivedAt?: InstantFilter | null | undefined;
  /** To whom nothing goes. */
  audience?: DirectoryAudienceFilter | null | undefined;
  /** When the record was created (UTC). */
  createdAt?: InstantFilter | null | undefined;
  /** The first day of the opt-out. */
  fromDate?: DayFilter | null | undefined;
  /** Identifies the record for ever and everywhere (UUID version 7). */
  id?: IdFilter | null | undefined;
  /** This does not hold. */
  not?: DirectoryOptOutWhere | null | undefined;
  /** At least one of these holds. */
  or?: Array<DirectoryOptOutWhere> | null | undefined;
  /** The student. Null when it is hidden from you. */
  student?: StudentWhere | null | undefined;
  /** The first day on which it no longer holds. Null while it does. */
  toDate?: DayFilter | null | undefined;
  /** When the record was last changed (UTC). */
  updatedAt?: InstantFilter | null | undefined;
};

/** A duty that can be assigned. It counts only while the person's account carries the role of the same name. */
export type DutyRole =
  /** Runs the OSSS installation for the district: settings, accounts, imports and keys. Reads no student record by this role alone. */
  | 'ADMIN'
  /** Assists in leading a school. Reaches the schools of the assignment. */
  | 'ASSISTANT_PRINCIPAL'
  /** Runs teams, eligibility, events and activities. */
  | 'ATHLETICS'
  /** Keeps attendance at the schools of the assignment: verified entries, calls, check-in and check-out. */
  | 'ATTENDANCE_CLERK'
  /** Reads the audit log and disclosure records to check how records were used. Changes nothing. */
  | 'AUDITOR'
  /** Prepares and records the board's meetings, agendas, votes and policies. */
  | 'BOARD_CLERK'
  /** Sits on the board. Reads meetings, policies and figures over groups, never a student's record. */
  | 'BOARD_MEMBER'
  /** Coordinates special education and plans for the students of a caseload. */
  | 'CASE_MANAGER'
  /** Writes to families and staff on behalf of a school or the district. */
  | 'COMMUNICATIONS'
  /** Advises students: a caseload, or the school of the assignment. */
  | 'COUNSELOR'
  /** Asks for figures over groups of students. Reads no single student's record. */
  | 'DATA_ANALYST'
  /** Keeps buildings, rooms, work orders and bookings. */
  | 'FACILITIES'
  /** Keeps the district's accounts, budgets, purchasing and fees. */
  | 'FINANCE'
  /** Runs meals, meal accounts and the counts that are reported for them. */
  | 'FOOD_SERVICE'
  /** Keeps employees' records, positions, licences and leave. */
  | 'HUMAN_RESOURCES'
  /** Runs a library: items, loans and holds. */
  | 'LIBRARIAN'
  /** Cares for students' health at the schools of the assignment. Reads health records; every read is logged. */
  | 'NURSE'
  /** Prepares and releases pay. Reads payroll records; every read is logged. */
  | 'PAYROLL'
  /** Leads a school. Reads and directs at the schools of the assignment. */
  | 'PRINCIPAL'
  /** Enrolls, transfers and withdraws students and keeps their permanent record, at the schools of the assignment. */
  | 'REGISTRAR'
  /** Runs the front office of a school: families, messages, visitors, day to day changes. */
  | 'SCHOOL_SECRETARY'
  /** Works at the school without one of the other duties. */
  | 'STAFF'
  /** Stands in for a teacher. Reaches one section's meetings on the dates of the assignment. */
  | 'SUBSTITUTE'
  /** Leads the district. Reads across its schools. */
  | 'SUPERINTENDENT'
  /** Teaches at the school. Students are reached through sections, not through this. */
  | 'TEACHER'
  /** Plans bus routes, stops and riders. */
  | 'TRANSPORTATION';

/** Who gave a person an e-mail address. */
export type EmailKind =
  /** The district, for its students and employees. */
  | 'DISTRICT'
  /** The person's own. */
  | 'PERSONAL'
  /** An employer other than the district. */
  | 'WORK';

/** Whether the enrollment adds to the school's headcount. */
export type EnrollmentKind =
  /** The school that counts the student. At most one on any day. */
  | 'PRIMARY'
  /** A second school beside it, e.g. a vocational half-day. Adds no headcount. */
  | 'SECONDARY';

/** Compares values of EnrollmentKind. */
export type EnrollmentKindFilter = {
  /** Equal to. Null finds rows without a value. */
  eq?: EnrollmentKind | null | undefined;
  /** One of these. */
  in?: Array<EnrollmentKind> | null | undefined;
  /** True: without a value. False: with one. */
  isNull?: boolean | null | undefined;
  /** Not equal to; rows without a value are found too. Null finds rows with a value. */
  ne?: EnrollmentKind | null | undefined;
  /** None of these; rows without a value are left out. */
  notIn?: Array<EnrollmentKind> | null | undefined;
};

/** Compares yes and no. */
export type FlagFilter = {
  /** Is this. Null finds rows without an answer. */
  eq?: boolean | null | undefined;
  /** True: without an answer. False: with one. */
  isNull?: boolean | null | undefined;
};

/** Which GradeLevel, by id. */
export type GradeLevelRefFilter = {
  /** The id of the GradeLevel. */
  id?: IdFilter | null | undefined;
  /** True: rows without one. False: rows with one. */
  isNull?: boolean | null | undefined;
};

/** Compares ids. */
export type IdFilter = {
  /** Equal to. Null finds rows without a value. */
  eq?: string | null | undefined;
  /** One of these. */
  in?: Array<string> | null | undefined;
  /** True: without a value. False: with one. */
  isNull?: boolean | null | undefined;
  /** Not equal to; rows without a value are found too. Null finds rows with a value. */
  ne?: string | null | undefined;
  /** None of these; rows without a value are left out. */
  notIn?: Array<string> | null | undefined;
};

/** Compares moments. */
export type InstantFilter = {
  /** Equal to. Null finds rows without a value. */
  eq?: string | null | undefined;
  /** After, or greater than. */
  gt?: string | null | undefined;
  /** From, inclusive. */
  gte?: string | null | undefined;
  /** One of these. */
  in?: Array<string> | null | undefined;
  /** True: without a value. False: with one. */
  isNull?: boolean | null | undefined;
  /** Before, or smaller than. */
  lt?: string | null | undefined;
  /** Up to and including. */
  lte?: string | null | undefined;
  /** Not equal to; rows without a value are found too. Null finds rows with a value. */
  ne?: string | null | undefined;
  /** None of these; rows without a value are left out. */
  notIn?: Array<string> | null | undefined;
};

/** Sex as the person's legal documents state it. */
export type LegalSex =
  /** Female. */
  | 'FEMALE'
  /** Male. */
  | 'MALE'
  /** Neither, where the state's documents provide for it. */
  | 'X';

/** What must hold among the related MajorityArrangement rows that you may see. */
export type MajorityArrangementListFilter = {
  /** All match; also true without any. */
  every?: MajorityArrangementWhere | null | undefined;
  /** None matches. */
  none?: MajorityArrangementWhere | null | undefined;
  /** At least one matches. */
  some?: MajorityArrangementWhere | null | undefined;
};

/** Which MajorityArrangement rows. All fields given must hold. Archived rows are left out unless archivedAt is asked about. */
export type MajorityArrangementWhere = {
  /** All of these hold. */
  and?: Array<MajorityArrangementWhere> | null | undefined;
  /** When the record was archived (UTC). Archived records are kept, leave lists unless asked for, and no longer block a natural key. Null while current. */
  archivedAt?: InstantFilter | null | undefined;
  /** When the record was created (UTC). */
  createdAt?: InstantFilter | null | undefined;
  /** The first day on which the arrangement holds. */
  fromDate?: DayFilter | null | undefined;
  /** Why. */
  ground?: MajorityGroundFilter | null | undefined;
  /** Identifies the record for ever and everywhere (UUID version 7). */
  id?: IdFilter | null | undefined;
  /** This does not hold. */
  not?: MajorityArrangementWhere | null | undefined;
  /** At least one of these holds. */
  or?: Array<MajorityArrangementWhere> | null | undefined;
  /** The contact who keeps reading. Null: all contacts who had the right. Null when the record is hidden from you or there is none. */
  person?: PersonRefFilter | null | undefined;
  /** The student, to whom the rights have passed or will pass. Null when it is hidden from you. */
  student?: StudentWhere | null | undefined;
  /** The first day on which it no longer holds, e.g. because consent was withdrawn. Null while it holds. */
  toDate?: DayFilter | null | undefined;
  /** When the record was last changed (UTC). */
  updatedAt?: InstantFilter | null | undefined;
};

/** Why a parent may keep reading after the rights have passed to the student. */
export type MajorityGround =
  /** The student is the parents' dependent for tax (34 CFR 99.31(a)(8)), and the district's policy allows it. */
  | 'DEPENDENT_FOR_TAX'
  /** A court made the person guardian of the adult student. */
  | 'GUARDIANSHIP_ORDER'
  /** The student agreed in writing. */
  | 'STUDENT_CONSENT';

/** Compares values of MajorityGround. */
export type MajorityGroundFilter = {
  /** Equal to. Null finds rows without a value. */
  eq?: MajorityGround | null | undefined;
  /** One of these. */
  in?: Array<MajorityGround> | null | undefined;
  /** True: without a value. False: with one. */
  isNull?: boolean | null | undefined;
  /** Not equal to; rows without a value are found too. Null finds rows with a value. */
  ne?: MajorityGround | null | undefined;
  /** None of these; rows without a value are left out. */
  notIn?: Array<MajorityGround> | null | undefined;
};

/** What the meal status rests on. */
export type MealBasis =
  /** An application of the household. */
  | 'APPLICATION'
  /** Homeless, migrant, runaway, foster or Head Start. */
  | 'CATEGORICAL'
  /** Another benefit of the household, matched by the state. */
  | 'DIRECT_CERTIFICATION';

/** What a student pays for school meals. */
export type MealStatus =
  /** Nothing. */
  | 'FREE'
  /** The full price, after an application was denied or a benefit ended. A student without a record pays it too. */
  | 'PAID'
  /** The reduced price. */
  | 'REDUCED';

/** Which Person, by id. */
export type PersonRefFilter = {
  /** The id of the Person. */
  id?: IdFilter | null | undefined;
  /** True: rows without one. False: rows with one. */
  isNull?: boolean | null | undefined;
};

/** Where a telephone rings. */
export type PhoneKind =
  /** At home. */
  | 'HOME'
  /** In the person's pocket. Receives text messages. */
  | 'MOBILE'
  /** Elsewhere, e.g. at a neighbor's. */
  | 'OTHER'
  /** At work. */
  | 'WORK';

/** What a program means to the law, whatever the district calls it. */
export type ProgramKind =
  /** English learner. */
  | 'EL'
  /** In foster care. */
  | 'FOSTER'
  /** Gifted and talented. */
  | 'GIFTED'
  /** Without a fixed, regular and adequate home at night (McKinney-Vento). */
  | 'HOMELESS'
  /** Special education under an individualized education program. */
  | 'IEP'
  /** Child of a migratory worker, or one. */
  | 'MIGRANT'
  /** The district's own. */
  | 'OTHER'
  /** Accommodations under section 504. */
  | 'SECTION_504';

/** Compares values of ProgramKind. */
export type ProgramKindFilter = {
  /** Equal to. Null finds rows without a value. */
  eq?: ProgramKind | null | undefined;
  /** One of these. */
  in?: Array<ProgramKind> | null | undefined;
  /** True: without a value. False: with one. */
  isNull?: boolean | null | undefined;
  /** Not equal to; rows without a value are found too. Null finds rows with a value. */
  ne?: ProgramKind | null | undefined;
  /** None of these; rows without a value are left out. */
  notIn?: Array<ProgramKind> | null | undefined;
};

/** What must hold among the related ProgramParticipation rows that you may see. */
export type ProgramParticipationListFilter = {
  /** All match; also true without any. */
  every?: ProgramParticipationWhere | null | undefined;
  /** None matches. */
  none?: ProgramParticipationWhere | null | undefined;
  /** At least one matches. */
  some?: ProgramParticipationWhere | null | undefined;
};

/** Which ProgramParticipation rows. All fields given must hold. Archived rows are left out unless archivedAt is asked about. */
export type ProgramParticipationWhere = {
  /** All of these hold. */
  and?: Array<ProgramParticipationWhere> | null | undefined;
  /** When the record was archived (UTC). Archived records are kept, leave lists unless asked for, and no longer block a natural key. Null while current. */
  archivedAt?: InstantFilter | null | undefined;
  /** When the record was created (UTC). */
  createdAt?: InstantFilter | null | undefined;
  /** The first day in the program. */
  fromDate?: DayFilter | null | undefined;
  /** Identifies the record for ever and everywhere (UUID version 7). */
  id?: IdFilter | null | undefined;
  /** This does not hold. */
  not?: ProgramParticipationWhere | null | undefined;
  /** At least one of these holds. */
  or?: Array<ProgramParticipationWhere> | null | undefined;
  /** The program. Of the school's tier. Null when it is hidden from you. */
  program?: ProgramWhere | null | undefined;
  /** The student. Null when it is hidden from you. */
  student?: StudentWhere | null | undefined;
  /** The first day no longer in it. Null while taking part. */
  toDate?: DayFilter | null | undefined;
  /** When the record was last changed (UTC). */
  updatedAt?: InstantFilter | null | undefined;
};

/** Who may know that a student takes part. */
export type ProgramTier =
  /** Those who plan the student's day at school. */
  | 'SCHOOL'
  /** Only those who need it for the support itself; every read is audited. */
  | 'SUPPORT';

/** Compares values of ProgramTier. */
export type ProgramTierFilter = {
  /** Equal to. Null finds rows without a value. */
  eq?: ProgramTier | null | undefined;
  /** One of these. */
  in?: Array<ProgramTier> | null | undefined;
  /** True: without a value. False: with one. */
  isNull?: boolean | null | undefined;
  /** Not equal to; rows without a value are found too. Null finds rows with a value. */
  ne?: ProgramTier | null | undefined;
  /** None of these; rows without a value are left out. */
  notIn?: Array<ProgramTier> | null | undefined;
};

/** Which Program rows. All fields given must hold. Archived rows are left out unless archivedAt is asked about. */
export type ProgramWhere = {
  /** All of these hold. */
  and?: Array<ProgramWhere> | null | undefined;
  /** When the record was archived (UTC). Archived records are kept, leave lists unless asked for, and no longer block a natural key. Null while current. */
  archivedAt?: InstantFilter | null | undefined;
  /** The district's code, unique, e.g. "ESL-1". */
  code?: TextFilter | null | undefined;
  /** When the record was created (UTC). */
  createdAt?: InstantFilter | null | undefined;
  /** Identifies the record for ever and everywhere (UUID version 7). */
  id?: IdFilter | null | undefined;
  /** What the program means to the law. */
  kind?: ProgramKindFilter | null | undefined;
  /** This does not hold. */
  not?: ProgramWhere | null | undefined;
  /** At least one of these holds. */
  or?: Array<ProgramWhere> | null | undefined;
  /** Who may know that a student takes part. */
  tier?: ProgramTierFilter | null | undefined;
  /** The name for people, e.g. "English as a second language, pull-out". */
  title?: TextFilter | null | undefined;
  /** When the record was last changed (UTC). */
  updatedAt?: InstantFilter | null | undefined;
};

/** The federal roll-up of the two-part question on ethnicity and race, as reports use it. */
export type RaceEthnicity =
  /** American Indian or Alaska Native alone, not Hispanic or Latino. */
  | 'AMERICAN_INDIAN_OR_ALASKA_NATIVE'
  /** Asian alone, not Hispanic or Latino. */
  | 'ASIAN'
  /** Black or African American alone, not Hispanic or Latino. */
  | 'BLACK_OR_AFRICAN_AMERICAN'
  /** Hispanic or Latino, of any race. */
  | 'HISPANIC_OR_LATINO'
  /** Native Hawaiian or other Pacific Islander alone, not Hispanic or Latino. */
  | 'NATIVE_HAWAIIAN_OR_OTHER_PACIFIC_ISLANDER'
  /** Two or more races, not Hispanic or Latino. */
  | 'TWO_OR_MORE_RACES'
  /** White alone, not Hispanic or Latino. */
  | 'WHITE';

/** What must hold among the related SchoolEnrollment rows that you may see. */
export type SchoolEnrollmentListFilter = {
  /** All match; also true without any. */
  every?: SchoolEnrollmentWhere | null | undefined;
  /** None matches. */
  none?: SchoolEnrollmentWhere | null | undefined;
  /** At least one matches. */
  some?: SchoolEnrollmentWhere | null | undefined;
};

/** Which SchoolEnrollment rows. All fields given must hold. Archived rows are left out unless archivedAt is asked about. */
export type SchoolEnrollmentWhere = {
  /** All of these hold. */
  and?: Array<SchoolEnrollmentWhere> | null | undefined;
  /** When the record was archived (UTC). Archived records are kept, leave lists unless asked for, and no longer block a natural key. Null while current. */
  archivedAt?: InstantFilter | null | undefined;
  /** When the record was created (UTC). */
  createdAt?: InstantFilter | null | undefined;
  /** The district's or state's code for how the student came, e.g. "E1". */
  entryCode?: TextFilter | null | undefined;
  /** The first day of membership. */
  entryDate?: DayFilter | null | undefined;
  /** The district's or state's code for how the student left, e.g. "W3". */
  exitCode?: TextFilter | null | undefined;
  /** The day after the last day of membership. Screens show the last day. Null while enrolled. */
  exitDate?: DayFilter | null | undefined;
  /** The share of full time, from 0 to 1: 0.5 for half of the day. Unit: share of full time. */
  fullTimeShare?: DecimalFilter | null | undefined;
  /** The grade level during the enrollment. A change of grade within the year is a new enrollment. Null while it is not known, e.g. after an import without grades. Null when the record is hidden from you or there is none. */
  gradeLevel?: GradeLevelRefFilter | null | undefined;
  /** Identifies the record for ever and everywhere (UUID version 7). */
  id?: IdFilter | null | undefined;
  /** Whether it adds to the school's headcount. */
  kind?: EnrollmentKindFilter | null | undefined;
  /** The student was expected and never came: no day of membership, and no withdrawal either. */
  noShow?: FlagFilter | null | undefined;
  /** This does not hold. */
  not?: SchoolEnrollmentWhere | null | undefined;
  /** At least one of these holds. */
  or?: Array<SchoolEnrollmentWhere> | null | undefined;
  /** The school. Null when the record is hidden from you. */
  school?: SchoolRefFilter | null | undefined;
  /** The school year. Null when the record is hidden from you. */
  schoolYear?: SchoolYearRefFilter | null | undefined;
  /** The student. Null when it is hidden from you. */
  student?: StudentWhere | null | undefined;
  /** The calendar by whose days the membership counts. Null: the school's only one of that year, or the first by name. Null when the record is hidden from you or there is none. */
  track?: CalendarTrackRefFilter | null | undefined;
  /** When the record was last changed (UTC). */
  updatedAt?: InstantFilter | null | undefined;
};

/** Which School, by id. */
export type SchoolRefFilter = {
  /** The id of the School. */
  id?: IdFilter | null | undefined;
  /** True: rows without one. False: rows with one. */
  isNull?: boolean | null | undefined;
};

/** Which SchoolYear, by id. */
export type SchoolYearRefFilter = {
  /** The id of the SchoolYear. */
  id?: IdFilter | null | undefined;
  /** True: rows without one. False: rows with one. */
  isNull?: boolean | null | undefined;
};

/** How far a school year has come. */
export type SchoolYearStatus =
  /** Finished and reported. Changes are corrections. */
  | 'CLOSED'
  /** In use. Two years can be open at once, from the rollover until the older one is closed. */
  | 'OPEN'
  /** Being prepared. Schedules and enrollments may be entered ahead. */
  | 'PLANNED';

/** Which way to order. */
export type SortDirection =
  /** Smallest, earliest, A first; rows without a value last. */
  | 'ASC'
  /** Largest, latest, Z first; rows without a value first. */
  | 'DESC';

/** What must hold among the related StudentContact rows that you may see. */
export type StudentContactListFilter = {
  /** All match; also true without any. */
  every?: StudentContactWhere | null | undefined;
  /** None matches. */
  none?: StudentContactWhere | null | undefined;
  /** At least one matches. */
  some?: StudentContactWhere | null | undefined;
};

/** Which StudentContact rows. All fields given must hold. Archived rows are left out unless archivedAt is asked about. */
export type StudentContactWhere = {
  /** All of these hold. */
  and?: Array<StudentContactWhere> | null | undefined;
  /** When the record was archived (UTC). Archived records are kept, leave lists unless asked for, and no longer block a natural key. Null while current. */
  archivedAt?: InstantFilter | null | undefined;
  /** Not shown to the student's other contacts nor to the student, e.g. a protected foster placement. */
  confidential?: FlagFilter | null | undefined;
  /** When the record was created (UTC). */
  createdAt?: InstantFilter | null | undefined;
  /** Decides about the student's education, e.g. signs consents. */
  decisionMaking?: FlagFilter | null | undefined;
  /** May know the student's education record. Both parents have this right unless an order, a statute or a binding document ends it. */
  educationRights?: FlagFilter | null | undefined;
  /** The order in which to call in an emergency, from 1. Null: do not call. */
  emergencyOrder?: WholeFilter | null | undefined;
  /** The first day on which the contact counts. */
  fromDate?: DayFilter | null | undefined;
  /** Identifies the record for ever and everywhere (UUID version 7). */
  id?: IdFilter | null | undefined;
  /** Lives with the student, all or part of the time. */
  livesWith?: FlagFilter | null | undefined;
  /** Receives the school's mail about the student. */
  mailings?: FlagFilter | null | undefined;
  /** This does not hold. */
  not?: StudentContactWhere | null | undefined;
  /** At least one of these holds. */
  or?: Array<StudentContactWhere> | null | undefined;
  /** Who is listed. Null when the record is hidden from you. */
  person?: PersonRefFilter | null | undefined;
  /** May take the student home from school. */
  pickUp?: FlagFilter | null | undefined;
  /** May use the portal for this student. Shows nothing without education rights. */
  portalAccess?: FlagFilter | null | undefined;
  /** What the contact is to the student. */
  relationship?: ContactRelationshipFilter | null | undefined;
  /** Whether a clerk has confirmed the contact. */
  status?: ContactStatusFilter | null | undefined;
  /** The student. Null when it is hidden from you. */
  student?: StudentWhere | null | undefined;
  /** The first day on which it no longer counts. Null while it does. */
  toDate?: DayFilter | null | undefined;
  /** When the record was last changed (UTC). */
  updatedAt?: InstantFilter | null | undefined;
};

/** Which StudentIdentifiers rows. All fields given must hold. Archived rows are left out unless archivedAt is asked about. */
export type StudentIdentifiersWhere = {
  /** All of these hold. */
  and?: Array<StudentIdentifiersWhere> | null | undefined;
  /** When the record was archived (UTC). Archived records are kept, leave lists unless asked for, and no longer block a natural key. Null while current. */
  archivedAt?: InstantFilter | null | undefined;
  /** When the record was created (UTC). */
  createdAt?: InstantFilter | null | undefined;
  /** Identifies the record for ever and everywhere (UUID version 7). */
  id?: IdFilter | null | undefined;
  /** This does not hold. */
  not?: StudentIdentifiersWhere | null | undefined;
  /** At least one of these holds. */
  or?: Array<StudentIdentifiersWhere> | null | undefined;
  /** The state's number for the student, unique in the state. Null until the state has assigned one. */
  stateId?: TextFilter | null | undefined;
  /** When the record was last changed (UTC). */
  updatedAt?: InstantFilter | null | undefined;
};

/** One step of the order of a Student list. */
export type StudentOrder = {
  /** Which way. */
  direction?: SortDirection;
  /** What to order by. */
  field: StudentOrderField;
};

/** Fields that lists of Student can be ordered by. */
export type StudentOrderField =
  /** When the record was created (UTC). */
  | 'createdAt'
  /** Identifies the record for ever and everywhere (UUID version 7). */
  | 'id'
  /** The name to sort and find by: "Family, Given", of the preferred names where there are any. Follows the person's names by itself. */
  | 'sortName'
  /** The district's own number for the student, unique and never given twice, e.g. "604863". */
  | 'studentNumber'
  /** When the record was last changed (UTC). */
  | 'updatedAt';

/** Which Student rows. All fields given must hold. Archived rows are left out unless archivedAt is asked about. */
export type StudentWhere = {
  /** All of these hold. */
  and?: Array<StudentWhere> | null | undefined;
  /** When the record was archived (UTC). Archived records are kept, leave lists unless asked for, and no longer block a natural key. Null while current. */
  archivedAt?: InstantFilter | null | undefined;
  /** Parents and others who are listed for the student. */
  contacts?: StudentContactListFilter | null | undefined;
  /** Orders that restrict what a person may do about the student. */
  courtOrders?: CourtOrderListFilter | null | undefined;
  /** When the record was created (UTC). */
  createdAt?: InstantFilter | null | undefined;
  /** Audiences to whom no directory information goes. */
  directoryOptOuts?: DirectoryOptOutListFilter | null | undefined;
  /** Identifies the record for ever and everywhere (UUID version 7). */
  id?: IdFilter | null | undefined;
  /** Identifiers that others gave to the student. Null means none, or hidden from you. */
  identifiers?: StudentIdentifiersWhere | null | undefined;
  /** Why parents keep reading after the rights have passed to the student. */
  majorityArrangements?: MajorityArrangementListFilter | null | undefined;
  /** This does not hold. */
  not?: StudentWhere | null | undefined;
  /** At least one of these holds. */
  or?: Array<StudentWhere> | null | undefined;
  /** The person who learns: names, and for those who may read it, demographics. Null when the record is hidden from you. */
  person?: PersonRefFilter | null | undefined;
  /** The first day on which the student attends a college or university while still in school. From it on all rights of the parents are the student's, whatever the age. Null: does not. */
  postsecondaryFrom?: DayFilter | null | undefined;
  /** Programs of the school's tier, e.g. English learner or gifted. */
  programParticipations?: ProgramParticipationListFilter | null | undefined;
  /** The schools attended, past, present and planned. */
  schoolEnrollments?: SchoolEnrollmentListFilter | null | undefined;
  /** The name to sort and find by: "Family, Given", of the preferred names where there are any. Follows the person's names by itself. */
  sortName?: TextFilter | null | undefined;
  /** The district's own number for the student, unique and never given twice, e.g. "604863". */
  studentNumber?: TextFilter | null | undefined;
  /** When the record was last changed (UTC). */
  updatedAt?: InstantFilter | null | undefined;
};

/** Compares text. contains and startsWith do not tell upper from lower case. */
export type TextFilter = {
  /** Has this text somewhere in it. */
  contains?: string | null | undefined;
  /** Equal to. Null finds rows without a value. */
  eq?: string | null | undefined;
  /** After, or greater than. */
  gt?: string | null | undefined;
  /** From, inclusive. */
  gte?: string | null | undefined;
  /** One of these. */
  in?: Array<string> | null | undefined;
  /** True: without a value. False: with one. */
  isNull?: boolean | null | undefined;
  /** Before, or smaller than. */
  lt?: string | null | undefined;
  /** Up to and including. */
  lte?: string | null | undefined;
  /** Not equal to; rows without a value are found too. Null finds rows with a value. */
  ne?: string | null | undefined;
  /** None of these; rows without a value are left out. */
  notIn?: Array<string> | null | undefined;
  /** Begins with this text. */
  startsWith?: string | null | undefined;
};

/** Compares whole numbers. */
export type WholeFilter = {
  /** Equal to. Null finds rows without a value. */
  eq?: number | null | undefined;
  /** After, or greater than. */
  gt?: number | null | undefined;
  /** From, inclusive. */
  gte?: number | null | undefined;
  /** One of these. */
  in?: Array<number> | null | undefined;
  /** True: without a value. False: with one. */
  isNull?: boolean | null | undefined;
  /** Before, or smaller than. */
  lt?: number | null | undefined;
  /** Up to and including. */
  lte?: number | null | undefined;
  /** Not equal to; rows without a value are found too. Null finds rows with a value. */
  ne?: number | null | undefined;
  /** None of these; rows without a value are left out. */
  notIn?: Array<number> | null | undefined;
};

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { __typename: 'Query', me: { __typename: 'Me', notice: string | null, roles: Array<string>, account: { __typename: 'Account', id: string, username: string } | null, district: { __typename: 'District', id: string, name: string, timeZone: string } | null, person: { __typename: 'Person', id: string, givenName: string, familyName: string, preferredGivenName: string | null, preferredFamilyName: string | null, dutyAssignments: { __typename: 'DutyAssignmentConnection', nodes: Array<{ __typename: 'DutyAssignment', id: string, role: DutyRole, fromDate: string, toDate: string | null, school: { __typename: 'School', id: string } | null }> } | null } | null } | null, schools: { __typename: 'SchoolConnection', nodes: Array<{ __typename: 'School', id: string, name: string, shortName: string | null }> } | null, schoolYears: { __typename: 'SchoolYearConnection', nodes: Array<{ __typename: 'SchoolYear', id: string, name: string, firstDay: string, endDay: string, status: SchoolYearStatus }> } | null, gradeLevels: { __typename: 'GradeLevelConnection', nodes: Array<{ __typename: 'GradeLevel', id: string, code: string, title: string }> } | null, studentRules: Array<{ __typename: 'AccessRule', verb: AccessVerb, role: string, relation: string }> | null, enrollmentRules: Array<{ __typename: 'AccessRule', verb: AccessVerb, role: string, relation: string }> | null };

export type FamilyHomeQueryVariables = Exact<{
  where: StudentWhere;
}>;


export type FamilyHomeQuery = { __typename: 'Query', students: { __typename: 'StudentConnection', nodes: Array<{ __typename: 'Student', id: string, sortName: string, studentNumber: string, person: { __typename: 'Person', id: string, givenName: string, familyName: string, preferredGivenName: string | null, preferredFamilyName: string | null } | null, schoolEnrollments: { __typename: 'SchoolEnrollmentConnection', nodes: Array<{ __typename: 'SchoolEnrollment', id: string, kind: EnrollmentKind, entryDate: string, exitDate: string | null, noShow: boolean, school: { __typename: 'School', phone: string | null, id: string, name: string, shortName: string | null } | null, gradeLevel: { __typename: 'GradeLevel', id: string, code: string, title: string } | null }> } | null }> } | null };

export type PersonNamesFragment = { __typename: 'Person', givenName: string, familyName: string, preferredGivenName: string | null, preferredFamilyName: string | null };

export type AcceptInvitationMutationVariables = Exact<{
  code: string;
}>;


export type AcceptInvitationMutation = { __typename: 'Mutation', acceptInvitation: { __typename: 'AcceptedInvitation', districtName: string, notice: string } | null };

export type StudentDirectoryQueryVariables = Exact<{
  where?: StudentWhere | null | undefined;
  orderBy?: Array<StudentOrder> | StudentOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  enrollment?: SchoolEnrollmentWhere | null | undefined;
  withEnrollments: boolean;
}>;


export type StudentDirectoryQuery = { __typename: 'Query', students: { __typename: 'StudentConnection', totalCount: number, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, nodes: Array<{ __typename: 'Student', id: string, sortName: string, studentNumber: string, schoolEnrollments?: { __typename: 'SchoolEnrollmentConnection', nodes: Array<{ __typename: 'SchoolEnrollment', id: string, kind: EnrollmentKind, entryDate: string, exitDate: string | null, noShow: boolean, gradeLevel: { __typename: 'GradeLevel', id: string, code: string, title: string } | null, school: { __typename: 'School', id: string, name: string, shortName: string | null } | null }> } | null }> } | null };

export type EnrollmentSummaryFragment = { __typename: 'SchoolEnrollment', id: string, kind: EnrollmentKind, entryDate: string, exitDate: string | null, noShow: boolean, gradeLevel: { __typename: 'GradeLevel', id: string, code: string, title: string } | null, school: { __typename: 'School', id: string, name: string, shortName: string | null } | null };

export type SupportProgramsQueryVariables = Exact<{
  id: string;
}>;


export type SupportProgramsQuery = { __typename: 'Query', student: { __typename: 'Student', id: string, supportParticipations: { __typename: 'SupportParticipationConnection', nodes: Array<{ __typename: 'SupportParticipation', id: string, fromDate: string, toDate: string | null, program: { __typename: 'Program', id: string, title: string, code: string } | null }> } | null } | null };

export type SupportRulesQueryVariables = Exact<{ [key: string]: never; }>;


export type SupportRulesQuery = { __typename: 'Query', accessRules: Array<{ __typename: 'AccessRule', verb: AccessVerb, role: string }> | null };

export type ReachFragment = { __typename: 'Person', phones: { __typename: 'PersonPhoneConnection', nodes: Array<{ __typename: 'PersonPhone', id: string, kind: PhoneKind, number: string, preferred: boolean, confidential: boolean }> } | null, emails: { __typename: 'PersonEmailConnection', nodes: Array<{ __typename: 'PersonEmail', id: string, kind: EmailKind, address: string, preferred: boolean, confidential: boolean }> } | null };

export type StudentPageQueryVariables = Exact<{
  id: string;
}>;


export type StudentPageQuery = { __typename: 'Query', student: { __typename: 'Student', id: string, studentNumber: string, sortName: string, postsecondaryFrom: string | null, identifiers: { __typename: 'StudentIdentifiers', id: string, stateId: string | null } | null, person: { __typename: 'Person', id: string, middleName: string | null, suffix: string | null, pronouns: string | null, givenName: string, familyName: string, preferredGivenName: string | null, preferredFamilyName: string | null, demographics: { __typename: 'PersonDemographics', id: string, birthDate: string | null, legalSex: LegalSex | null, homeLanguage: string | null, countryOfBirth: string | null, raceEthnicity: RaceEthnicity | null } | null, householdMemberships: { __typename: 'HouseholdMemberConnection', nodes: Array<{ __typename: 'HouseholdMember', id: string, fromDate: string, toDate: string | null, household: { __typename: 'Household', id: string, name: string, addresses: { __typename: 'HouseholdAddressConnection', nodes: Array<{ __typename: 'HouseholdAddress', id: string, kind: AddressKind, line1: string, line2: string | null, city: string, region: string, postalCode: string, country: string, fromDate: string, toDate: string | null, addressConfidential: boolean }> } | null, members: { __typename: 'HouseholdMemberConnection', nodes: Array<{ __typename: 'HouseholdMember', id: string, fromDate: string, toDate: string | null, person: { __typename: 'Person', id: string, givenName: string, familyName: string, preferredGivenName: string | null, preferredFamilyName: string | null } | null }> } | null } | null }> } | null, phones: { __typename: 'PersonPhoneConnection', nodes: Array<{ __typename: 'PersonPhone', id: string, kind: PhoneKind, number: string, preferred: boolean, confidential: boolean }> } | null, emails: { __typename: 'PersonEmailConnection', nodes: Array<{ __typename: 'PersonEmail', id: string, kind: EmailKind, address: string, preferred: boolean, confidential: boolean }> } | null } | null, schoolEnrollments: { __typename: 'SchoolEnrollmentConnection', nodes: Array<{ __typename: 'SchoolEnrollment', entryCode: string | null, exitCode: string | null, fullTimeShare: string, id: string, kind: EnrollmentKind, entryDate: string, exitDate: string | null, noShow: boolean, schoolYear: { __typename: 'SchoolYear', id: string, name: string } | null, gradeLevel: { __typename: 'GradeLevel', id: string, code: string, title: string } | null, school: { __typename: 'School', id: string, name: string, shortName: string | null } | null }> } | null, contacts: { __typename: 'StudentContactConnection', nodes: Array<{ __typename: 'StudentContact', id: string, relationship: ContactRelationship, status: ContactStatus, confidential: boolean, emergencyOrder: number | null, fromDate: string, toDate: string | null, educationRights: boolean, decisionMaking: boolean, pickUp: boolean, livesWith: boolean, mailings: boolean, portalAccess: boolean, person: { __typename: 'Person', id: string, givenName: string, familyName: string, preferredGivenName: string | null, preferredFamilyName: string | null, phones: { __typename: 'PersonPhoneConnection', nodes: Array<{ __typename: 'PersonPhone', id: string, kind: PhoneKind, number: string, preferred: boolean, confidential: boolean }> } | null, emails: { __typename: 'PersonEmailConnection', nodes: Array<{ __typename: 'PersonEmail', id: string, kind: EmailKind, address: string, preferred: boolean, confidential: boolean }> } | null } | null }> } | null, courtOrders: { __typename: 'CourtOrderConnection', nodes: Array<{ __typename: 'CourtOrder', id: string, kind: CourtOrderKind, number: string | null, issuedBy: string | null, fromDate: string, toDate: string | null, restrictsEducation: boolean, restrictsDecisionMaking: boolean, restrictsPickUp: boolean, restrictsLivesWith: boolean, restrictsMailings: boolean, restrictsPortal: boolean, person: { __typename: 'Person', id: string, givenName: string, familyName: string, preferredGivenName: string | null, preferredFamilyName: string | null } | null }> } | null, programParticipations: { __typename: 'ProgramParticipationConnection', nodes: Array<{ __typename: 'ProgramParticipation', id: string, fromDate: string, toDate: string | null, program: { __typename: 'Program', id: string, title: string, code: string } | null }> } | null, directoryOptOuts: { __typename: 'DirectoryOptOutConnection', nodes: Array<{ __typename: 'DirectoryOptOut', id: string, audience: DirectoryAudience, fromDate: string, toDate: string | null }> } | null, majorityArrangements: { __typename: 'MajorityArrangementConnection', nodes: Array<{ __typename: 'MajorityArrangement', id: string, ground: MajorityGround, fromDate: string, toDate: string | null, person: { __typename: 'Person', id: string, givenName: string, familyName: string, preferredGivenName: string | null, preferredFamilyName: string | null } | null }> } | null, mealEligibilities: { __typename: 'MealEligibilityConnection', nodes: Array<{ __typename: 'MealEligibility', id: string, status: MealStatus, basis: MealBasis, fromDate: string, toDate: string | null }> } | null } | null };

export type AccessReasonsQueryVariables = Exact<{
  id: string;
}>;


export type AccessReasonsQuery = { __typename: 'Query', student: { __typename: 'Student', id: string, accessReasons: Array<{ __typename: 'AccessReason', role: string, relation: string, description: string }> | null, contacts: { __typename: 'StudentContactConnection', nodes: Array<{ __typename: 'StudentContact', id: string, accessReasons: Array<{ __typename: 'AccessReason', role: string, relation: string, description: string }> | null }> } | null, schoolEnrollments: { __typename: 'SchoolEnrollmentConnection', nodes: Array<{ __typename: 'SchoolEnrollment', id: string, accessReasons: Array<{ __typename: 'AccessReason', role: string, relation: string, description: string }> | null }> } | null, courtOrders: { __typename: 'CourtOrderConnection', nodes: Array<{ __typename: 'CourtOrder', id: string, accessReasons: Array<{ __typename: 'AccessReason', role: string, relation: string, description: string }> | null }> } | null, programParticipations: { __typename: 'ProgramParticipationConnection', nodes: Array<{ __typename: 'ProgramParticipation', id: string, accessReasons: Array<{ __typename: 'AccessReason', role: string, relation: string, description: string }> | null }> } | null, mealEligibilities: { __typename: 'MealEligibilityConnection', nodes: Array<{ __typename: 'MealEligibility', id: string, accessReasons: Array<{ __typename: 'AccessReason', role: string, relation: string, description: string }> | null }> } | null, directoryOptOuts: { __typename: 'DirectoryOptOutConnection', nodes: Array<{ __typename: 'DirectoryOptOut', id: string, accessReasons: Array<{ __typename: 'AccessReason', role: string, relation: string, description: string }> | null }> } | null, majorityArrangements: { __typename: 'MajorityArrangementConnection', nodes: Array<{ __typename: 'MajorityArrangement', id: string, accessReasons: Array<{ __typename: 'AccessReason', role: string, relation: string, description: string }> | null }> } | null } | null };

export type ReasonFragment = { __typename: 'AccessReason', role: string, relation: string, description: string };

export const PersonNamesFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PersonNames"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Person"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"givenName"}},{"kind":"Field","name":{"kind":"Name","value":"familyName"}},{"kind":"Field","name":{"kind":"Name","value":"preferredGivenName"}},{"kind":"Field","name":{"kind":"Name","value":"preferredFamilyName"}}]}}]} as unknown as DocumentNode<PersonNamesFragment, unknown>;
export const EnrollmentSummaryFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"EnrollmentSummary"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SchoolEnrollment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"entryDate"}},{"kind":"Field","name":{"kind":"Name","value":"exitDate"}},{"kind":"Field","name":{"kind":"Name","value":"noShow"}},{"kind":"Field","name":{"kind":"Name","value":"gradeLevel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"school"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"shortName"}}]}}]}}]} as unknown as DocumentNode<EnrollmentSummaryFragment, unknown>;
export const ReachFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Reach"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Person"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"phones"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"preferred"}},{"kind":"Field","name":{"kind":"Name","value":"confidential"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"emails"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"preferred"}},{"kind":"Field","name":{"kind":"Name","value":"confidential"}}]}}]}}]}}]} as unknown as DocumentNode<ReachFragment, unknown>;
export const ReasonFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Reason"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AccessReason"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"relation"}},{"kind":"Field","name":{"kind":"Name","value":"description"}}]}}]} as unknown as DocumentNode<ReasonFragment, unknown>;
export const ViewerDocument = {"__meta__":{"documentId":"sha256:c97fcd695cdebfb60c7142f18927170455706d4c468152d491be17f7df69ffb0"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"notice"}},{"kind":"Field","name":{"kind":"Name","value":"roles"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}}]}},{"kind":"Field","name":{"kind":"Name","value":"district"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}}]}},{"kind":"Field","name":{"kind":"Name","value":"person"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"PersonNames"}},{"kind":"Field","name":{"kind":"Name","value":"dutyAssignments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"fromDate"}},{"kind":"Field","name":{"kind":"Name","value":"toDate"}},{"kind":"Field","name":{"kind":"Name","value":"school"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"schools"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"500"}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"ListValue","values":[{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"field"},"value":{"kind":"EnumValue","value":"name"}}]}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"shortName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"schoolYears"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"ListValue","values":[{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"field"},"value":{"kind":"EnumValue","value":"firstDay"}},{"kind":"ObjectField","name":{"kind":"Name","value":"direction"},"value":{"kind":"EnumValue","value":"DESC"}}]}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"firstDay"}},{"kind":"Field","name":{"kind":"Name","value":"endDay"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"gradeLevels"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"ListValue","values":[{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"field"},"value":{"kind":"EnumValue","value":"sequence"}}]}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}},{"kind":"Field","alias":{"kind":"Name","value":"studentRules"},"name":{"kind":"Name","value":"accessRules"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"coordinate"},"value":{"kind":"StringValue","value":"Student","block":false}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"verb"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"relation"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"enrollmentRules"},"name":{"kind":"Name","value":"accessRules"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"coordinate"},"value":{"kind":"StringValue","value":"SchoolEnrollment","block":false}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"verb"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"relation"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PersonNames"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Person"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"givenName"}},{"kind":"Field","name":{"kind":"Name","value":"familyName"}},{"kind":"Field","name":{"kind":"Name","value":"preferredGivenName"}},{"kind":"Field","name":{"kind":"Name","value":"preferredFamilyName"}}]}}]} as unknown as DocumentNode<ViewerQuery, ViewerQueryVariables>;
export const FamilyHomeDocument = {"__meta__":{"documentId":"sha256:a25ba984e454e36596d2d751b3e0faed9802191d0fd60dcf74eb6b9272665112"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FamilyHome"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"where"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StudentWhere"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"students"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"Variable","name":{"kind":"Name","value":"where"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"ListValue","values":[{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"field"},"value":{"kind":"EnumValue","value":"sortName"}}]}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sortName"}},{"kind":"Field","name":{"kind":"Name","value":"studentNumber"}},{"kind":"Field","name":{"kind":"Name","value":"person"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"PersonNames"}}]}},{"kind":"Field","name":{"kind":"Name","value":"schoolEnrollments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"ListValue","values":[{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"field"},"value":{"kind":"EnumValue","value":"entryDate"}},{"kind":"ObjectField","name":{"kind":"Name","value":"direction"},"value":{"kind":"EnumValue","value":"DESC"}}]}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"EnrollmentSummary"}},{"kind":"Field","name":{"kind":"Name","value":"school"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}}]}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PersonNames"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Person"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"givenName"}},{"kind":"Field","name":{"kind":"Name","value":"familyName"}},{"kind":"Field","name":{"kind":"Name","value":"preferredGivenName"}},{"kind":"Field","name":{"kind":"Name","value":"preferredFamilyName"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"EnrollmentSummary"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SchoolEnrollment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"entryDate"}},{"kind":"Field","name":{"kind":"Name","value":"exitDate"}},{"kind":"Field","name":{"kind":"Name","value":"noShow"}},{"kind":"Field","name":{"kind":"Name","value":"gradeLevel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"school"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"shortName"}}]}}]}}]} as unknown as DocumentNode<FamilyHomeQuery, FamilyHomeQueryVariables>;
export const AcceptInvitationDocument = {"__meta__":{"documentId":"sha256:9d1173b577c0ab64581fc5b8257bef28faaaed0315fa146a8bba74bc9c353bb6"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AcceptInvitation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"code"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"acceptInvitation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"code"},"value":{"kind":"Variable","name":{"kind":"Name","value":"code"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"districtName"}},{"kind":"Field","name":{"kind":"Name","value":"notice"}}]}}]}}]} as unknown as DocumentNode<AcceptInvitationMutation, AcceptInvitationMutationVariables>;
export const StudentDirectoryDocument = {"__meta__":{"documentId":"sha256:b15c027b6792446e65f6228d9661ca7ff191d6f78da6aa9565053f36ae738422"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"StudentDirectory"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"where"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"StudentWhere"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StudentOrder"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"enrollment"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"SchoolEnrollmentWhere"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"withEnrollments"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"students"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"Variable","name":{"kind":"Name","value":"where"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sortName"}},{"kind":"Field","name":{"kind":"Name","value":"studentNumber"}},{"kind":"Field","name":{"kind":"Name","value":"schoolEnrollments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"Variable","name":{"kind":"Name","value":"enrollment"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"ListValue","values":[{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"field"},"value":{"kind":"EnumValue","value":"entryDate"}},{"kind":"ObjectField","name":{"kind":"Name","value":"direction"},"value":{"kind":"EnumValue","value":"DESC"}}]}]}}],"directives":[{"kind":"Directive","name":{"kind":"Name","value":"include"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"if"},"value":{"kind":"Variable","name":{"kind":"Name","value":"withEnrollments"}}}]}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"EnrollmentSummary"}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"EnrollmentSummary"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SchoolEnrollment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"entryDate"}},{"kind":"Field","name":{"kind":"Name","value":"exitDate"}},{"kind":"Field","name":{"kind":"Name","value":"noShow"}},{"kind":"Field","name":{"kind":"Name","value":"gradeLevel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"school"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"shortName"}}]}}]}}]} as unknown as DocumentNode<StudentDirectoryQuery, StudentDirectoryQueryVariables>;
export const SupportProgramsDocument = {"__meta__":{"documentId":"sha256:636497414f83827e411537a302b5d4f64695901d1f63c1072994592e27f50198"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SupportPrograms"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"student"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"supportParticipations"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fromDate"}},{"kind":"Field","name":{"kind":"Name","value":"toDate"}},{"kind":"Field","name":{"kind":"Name","value":"program"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<SupportProgramsQuery, SupportProgramsQueryVariables>;
export const SupportRulesDocument = {"__meta__":{"documentId":"sha256:958b28812b9c8cf87563a2bc522038c326399b4d38e0a8215b50cf555e30fcdf"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SupportRules"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"accessRules"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"coordinate"},"value":{"kind":"StringValue","value":"SupportParticipation","block":false}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"verb"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}}]}}]} as unknown as DocumentNode<SupportRulesQuery, SupportRulesQueryVariables>;
export const StudentPageDocument = {"__meta__":{"documentId":"sha256:34da9923036a76cef4db71816c3332e45a011299151f6017bb240b837e1a8416"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"StudentPage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"student"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"studentNumber"}},{"kind":"Field","name":{"kind":"Name","value":"sortName"}},{"kind":"Field","name":{"kind":"Name","value":"postsecondaryFrom"}},{"kind":"Field","name":{"kind":"Name","value":"identifiers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"stateId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"person"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"PersonNames"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Reach"}},{"kind":"Field","name":{"kind":"Name","value":"middleName"}},{"kind":"Field","name":{"kind":"Name","value":"suffix"}},{"kind":"Field","name":{"kind":"Name","value":"pronouns"}},{"kind":"Field","name":{"kind":"Name","value":"demographics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}},{"kind":"Field","name":{"kind":"Name","value":"legalSex"}},{"kind":"Field","name":{"kind":"Name","value":"homeLanguage"}},{"kind":"Field","name":{"kind":"Name","value":"countryOfBirth"}},{"kind":"Field","name":{"kind":"Name","value":"raceEthnicity"}}]}},{"kind":"Field","name":{"kind":"Name","value":"householdMemberships"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"ListValue","values":[{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"field"},"value":{"kind":"EnumValue","value":"fromDate"}},{"kind":"ObjectField","name":{"kind":"Name","value":"direction"},"value":{"kind":"EnumValue","value":"DESC"}}]}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fromDate"}},{"kind":"Field","name":{"kind":"Name","value":"toDate"}},{"kind":"Field","name":{"kind":"Name","value":"household"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"addresses"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"ListValue","values":[{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"field"},"value":{"kind":"EnumValue","value":"fromDate"}},{"kind":"ObjectField","name":{"kind":"Name","value":"direction"},"value":{"kind":"EnumValue","value":"DESC"}}]}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"line1"}},{"kind":"Field","name":{"kind":"Name","value":"line2"}},{"kind":"Field","name":{"kind":"Name","value":"city"}},{"kind":"Field","name":{"kind":"Name","value":"region"}},{"kind":"Field","name":{"kind":"Name","value":"postalCode"}},{"kind":"Field","name":{"kind":"Name","value":"country"}},{"kind":"Field","name":{"kind":"Name","value":"fromDate"}},{"kind":"Field","name":{"kind":"Name","value":"toDate"}},{"kind":"Field","name":{"kind":"Name","value":"addressConfidential"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"members"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"30"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fromDate"}},{"kind":"Field","name":{"kind":"Name","value":"toDate"}},{"kind":"Field","name":{"kind":"Name","value":"person"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"PersonNames"}}]}}]}}]}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"schoolEnrollments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"ListValue","values":[{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"field"},"value":{"kind":"EnumValue","value":"entryDate"}},{"kind":"ObjectField","name":{"kind":"Name","value":"direction"},"value":{"kind":"EnumValue","value":"DESC"}}]}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"EnrollmentSummary"}},{"kind":"Field","name":{"kind":"Name","value":"entryCode"}},{"kind":"Field","name":{"kind":"Name","value":"exitCode"}},{"kind":"Field","name":{"kind":"Name","value":"fullTimeShare"}},{"kind":"Field","name":{"kind":"Name","value":"schoolYear"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"contacts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"ListValue","values":[{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"field"},"value":{"kind":"EnumValue","value":"emergencyOrder"}}]},{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"field"},"value":{"kind":"EnumValue","value":"fromDate"}}]}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"relationship"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"confidential"}},{"kind":"Field","name":{"kind":"Name","value":"emergencyOrder"}},{"kind":"Field","name":{"kind":"Name","value":"fromDate"}},{"kind":"Field","name":{"kind":"Name","value":"toDate"}},{"kind":"Field","name":{"kind":"Name","value":"educationRights"}},{"kind":"Field","name":{"kind":"Name","value":"decisionMaking"}},{"kind":"Field","name":{"kind":"Name","value":"pickUp"}},{"kind":"Field","name":{"kind":"Name","value":"livesWith"}},{"kind":"Field","name":{"kind":"Name","value":"mailings"}},{"kind":"Field","name":{"kind":"Name","value":"portalAccess"}},{"kind":"Field","name":{"kind":"Name","value":"person"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"PersonNames"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Reach"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"courtOrders"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"ListValue","values":[{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"field"},"value":{"kind":"EnumValue","value":"fromDate"}},{"kind":"ObjectField","name":{"kind":"Name","value":"direction"},"value":{"kind":"EnumValue","value":"DESC"}}]}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"issuedBy"}},{"kind":"Field","name":{"kind":"Name","value":"fromDate"}},{"kind":"Field","name":{"kind":"Name","value":"toDate"}},{"kind":"Field","name":{"kind":"Name","value":"restrictsEducation"}},{"kind":"Field","name":{"kind":"Name","value":"restrictsDecisionMaking"}},{"kind":"Field","name":{"kind":"Name","value":"restrictsPickUp"}},{"kind":"Field","name":{"kind":"Name","value":"restrictsLivesWith"}},{"kind":"Field","name":{"kind":"Name","value":"restrictsMailings"}},{"kind":"Field","name":{"kind":"Name","value":"restrictsPortal"}},{"kind":"Field","name":{"kind":"Name","value":"person"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"PersonNames"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"programParticipations"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fromDate"}},{"kind":"Field","name":{"kind":"Name","value":"toDate"}},{"kind":"Field","name":{"kind":"Name","value":"program"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"directoryOptOuts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"audience"}},{"kind":"Field","name":{"kind":"Name","value":"fromDate"}},{"kind":"Field","name":{"kind":"Name","value":"toDate"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"majorityArrangements"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"ground"}},{"kind":"Field","name":{"kind":"Name","value":"fromDate"}},{"kind":"Field","name":{"kind":"Name","value":"toDate"}},{"kind":"Field","name":{"kind":"Name","value":"person"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"PersonNames"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"mealEligibilities"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"basis"}},{"kind":"Field","name":{"kind":"Name","value":"fromDate"}},{"kind":"Field","name":{"kind":"Name","value":"toDate"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PersonNames"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Person"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"givenName"}},{"kind":"Field","name":{"kind":"Name","value":"familyName"}},{"kind":"Field","name":{"kind":"Name","value":"preferredGivenName"}},{"kind":"Field","name":{"kind":"Name","value":"preferredFamilyName"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Reach"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Person"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"phones"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"preferred"}},{"kind":"Field","name":{"kind":"Name","value":"confidential"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"emails"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"preferred"}},{"kind":"Field","name":{"kind":"Name","value":"confidential"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"EnrollmentSummary"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SchoolEnrollment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"entryDate"}},{"kind":"Field","name":{"kind":"Name","value":"exitDate"}},{"kind":"Field","name":{"kind":"Name","value":"noShow"}},{"kind":"Field","name":{"kind":"Name","value":"gradeLevel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"school"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"shortName"}}]}}]}}]} as unknown as DocumentNode<StudentPageQuery, StudentPageQueryVariables>;
export const AccessReasonsDocument = {"__meta__":{"documentId":"sha256:c133d1b895f5daa0293bbb59ce22532db4055fd27e0a1979784fd917b7008e22"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AccessReasons"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"student"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accessReasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"contacts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accessReasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Reason"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"schoolEnrollments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accessReasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Reason"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"courtOrders"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accessReasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Reason"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"programParticipations"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accessReasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Reason"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"mealEligibilities"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accessReasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Reason"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"directoryOptOuts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accessReasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Reason"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"majorityArrangements"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accessReasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Reason"}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Reason"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AccessReason"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"relation"}},{"kind":"Field","name":{"kind":"Name","value":"description"}}]}}]} as unknown as DocumentNode<AccessReasonsQuery, AccessReasonsQueryVariables>;