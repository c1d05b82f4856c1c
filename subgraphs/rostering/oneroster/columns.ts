/**
 * The column tables of OneRoster CSV 1.0, 1.1 and 1.2, as data. The order of the keys is the order of the
 * header. `sourcedId`, `status` and `dateLastModified` begin every file and are handled by the reader.
 */

/** 1.1 and 1.2 are named by a package's manifest. 1.0 has none, and is read only where somebody says that it is 1.0. */
export type RosterVersion = "1.0" | "1.1" | "1.2";

/** The data files, as the manifest names them (`file.<name>`, `<name>.csv`). */
export const fileNames = [
  "academicSessions", "orgs", "courses", "users", "classes", "enrollments", "demographics", "userProfiles", "roles",
  "categories", "lineItems", "results", "scoreScales", "lineItemScoreScales", "resultScoreScales",
  "lineItemLearningObjectiveIds", "resultLearningObjectiveIds", "resources", "classResources", "courseResources", "userResources",
] as const;

/** A data file. The list above is sorted so that the files a row refers to are read before it. */
export type FileName = (typeof fileNames)[number];

/** One column: what its cells hold and whether a row can do without. */
export type Column =
  | { kind: "text" | "boolean" | "day" | "year" | "whole" | "decimal" | "texts"; required: boolean }
  | { kind: "secret"; required: false }
  | { kind: "reference" | "references"; required: boolean; target: FileName }
  | { kind: "choice" | "choices"; required: boolean; values: readonly string[]; later: readonly string[]; extensible: boolean };

const text = { kind: "text", required: false } as const;
const texts = { kind: "texts", required: false } as const;
const boolean = { kind: "boolean", required: false } as const;
const day = { kind: "day", required: false } as const;
const year = { kind: "year", required: false } as const;
const whole = { kind: "whole", required: false } as const;
const decimal = { kind: "decimal", required: false } as const;
/** Read past and never kept: a password has no place in a student record system. */
const secret = { kind: "secret", required: false } as const;
const reference = <T extends FileName>(target: T) => ({ kind: "reference", required: false, target }) as const;
const references = <T extends FileName>(target: T) => ({ kind: "references", required: false, target }) as const;

/** `later`: values that only a later version defines, tolerated here with a warning. `extensible`: `ext:` values, from 1.2. */
function choice<const V extends readonly string[], const L extends readonly string[] = readonly []>(values: V, more: { extensible?: boolean; later?: L } = {}) {
  return { kind: "choice" as const, required: false as const, values, later: (more.later ?? []) as unknown as L, extensible: more.extensible ?? false };
}

function choices<const V extends readonly string[]>(values: V) {
  return { kind: "choices" as const, required: false as const, values, later: [] as const, extensible: false };
}

/** The same column, without which a row cannot be read. */
function needed<C extends Column>(column: C): Omit<C, "required"> & { required: true } {
  return { ...column, required: true };
}

const extensible = { extensible: true } as const;
const olderRoles = ["administrator", "aide", "guardian", "parent", "proctor", "relative", "student", "teacher"] as const;
const newerRoles = ["counselor", "districtAdministrator", "principal", "siteAdministrator", "systemAdministrator"] as const;
const roles12 = ["aide", "counselor", "districtAdministrator", "guardian", "parent", "principal", "proctor", "relative", "siteAdministrator", "student", "systemAdministrator", "teacher"] as const;
const olderSexes = ["female", "male"] as const;

const common = {
  academicSessions: {
    title: needed(text),
    type: needed(choice(["gradingPeriod", "semester", "schoolYear", "term"], extensible)),
    startDate: needed(day),
    endDate: needed(day),
    parentSourcedId: reference("academicSessions"),
    schoolYear: needed(year),
  },
  orgs: {
    name: needed(text),
    type: needed(choice(["department", "school", "district", "local", "state", "national"], extensible)),
    identifier: text,
    parentSourcedId: reference("orgs"),
  },
  courses: {
    schoolYearSourcedId: reference("academicSessions"),
    title: needed(text),
    courseCode: text,
    grades: texts,
    orgSourcedId: needed(reference("orgs")),
    subjects: texts,
    subjectCodes: texts,
  },
  classes: {
    title: needed(text),
    grades: texts,
    courseSourcedId: needed(reference("courses")),
    classCode: text,
    classType: needed(choice(["homeroom", "scheduled"], extensible)),
    location: text,
    schoolSourcedId: needed(reference("orgs")),
    termSourcedIds: needed(references("academicSessions")),
    subjects: texts,
    subjectCodes: texts,
    periods: texts,
  },
  enrollments: {
    classSourcedId: needed(reference("classes")),
    schoolSourcedId: needed(reference("orgs")),
    userSourcedId: needed(reference("users")),
    role: needed(choice(["administrator", "proctor", "student", "teacher"], extensible)),
    primary: boolean,
    beginDate: day,
    endDate: day,
  },
  resources: {
    vendorResourceId: needed(text),
    title: text,
    roles: choices(olderRoles),
    importance: choice(["primary", "secondary"]),
    vendorId: text,
    applicationId: text,
  },
  classResources: { title: text, classSourcedId: needed(reference("classes")), resourceSourcedId: needed(reference("resources")) },
  courseResources: { title: text, courseSourcedId: needed(reference("courses")), resourceSourcedId: needed(reference("resources")) },
} as const;

const raceAndOrigin = {
  americanIndianOrAlaskaNative: boolean,
  asian: boolean,
  blackOrAfricanAmerican: boolean,
  nativeHawaiianOrOtherPacificIslander: boolean,
  white: boolean,
  demographicRaceTwoOrMoreRaces: boolean,
  hispanicOrLatinoEthnicity: boolean,
  countryOfBirthCode: text,
  stateOfBirthAbbreviation: text,
  cityOfBirth: text,
  publicSchoolResidenceStatus: text,
} as const;

const names = {
  username: needed(text),
  userIds: texts,
  givenName: needed(text),
  familyName: needed(text),
  middleName: text,
  identifier: text,
  email: text,
  sms: text,
  phone: text,
  agentSourcedIds: references("users"),
  grades: texts,
  password: secret,
} as const;

const scoreStatuses = ["exempt", "fully graded", "not submitted", "partially graded", "submitted"] as const;

const columns11 = {
  ...common,
  demographics: { birthDate: day, sex: choice(olderSexes, { later: ["unspecified", "other"] }), ...raceAndOrigin },
  users: {
    enabledUser: needed(boolean),
    orgSourcedIds: needed(references("orgs")),
    role: needed(choice(olderRoles, { later: newerRoles })),
    ...names,
  },
  categories: { title: needed(text) },
  lineItems: {
    title: needed(text),
    description: text,
    assignDate: needed(day),
    dueDate: needed(day),
    classSourcedId: needed(reference("classes")),
    categorySourcedId: needed(reference("categories")),
    gradingPeriodSourcedId: needed(reference("academicSessions")),
    resultValueMin: needed(decimal),
    resultValueMax: needed(decimal),
  },
  results: {
    lineItemSourcedId: needed(reference("lineItems")),
    studentSourcedId: needed(reference("users")),
    scoreStatus: needed(choice(scoreStatuses)),
    score: needed(decimal),
    scoreDate: needed(day),
    comment: text,
  },
} as const;

const columns12 = {
  ...common,
  demographics: { birthDate: day, sex: choice(["female", "male", "unspecified", "other"]), ...raceAndOrigin },
  users: {
    enabledUser: needed(boolean),
    ...names,
    userMasterIdentifier: text,
    preferredGivenName: text,
    preferredMiddleName: text,
    preferredFamilyName: text,
    primaryOrgSourcedId: reference("orgs"),
    pronouns: text,
  },
  roles: {
    userSourcedId: needed(reference("users")),
    roleType: needed(choice(["primary", "secondary"])),
    role: needed(choice(roles12, { extensible: true, later: ["administrator"] })),
    beginDate: day,
    endDate: day,
    orgSourcedId: needed(reference("orgs")),
    userProfileSourcedId: reference("userProfiles"),
  },
  userProfiles: {
    userSourcedId: needed(reference("users")),
    profileType: needed(text),
    vendorId: needed(text),
    applicationId: text,
    description: text,
    credentialType: needed(text),
    username: needed(text),
    password: secret,
  },
  categories: { title: needed(text), weight: whole },
  lineItems: {
    title: needed(text),
    description: text,
    assignDate: needed(day),
    dueDate: needed(day),
    classSourcedId: needed(reference("classes")),
    categorySourcedId: needed(reference("categories")),
    academicSessionSourcedId: needed(reference("academicSessions")),
    resultValueMin: decimal,
    resultValueMax: decimal,
    schoolSourcedId: needed(reference("orgs")),
  },
  results: {
    lineItemSourcedId: needed(reference("lineItems")),
    studentSourcedId: needed(reference("users")),
    scoreStatus: needed(choice(scoreStatuses, extensible)),
    score: decimal,
    scoreDate: needed(day),
    comment: text,
    textScore: text,
    classSourcedId: reference("classes"),
    inProgress: boolean,
    incomplete: boolean,
    late: boolean,
    missing: boolean,
  },
  scoreScales: {
    title: needed(text),
    type: needed(text),
    orgSourcedId: needed(reference("orgs")),
    courseSourcedId: needed(reference("courses")),
    classSourcedId: needed(reference("classes")),
    scoreScaleValue: needed(texts),
  },
  lineItemScoreScales: { title: text, lineItemSourcedId: needed(reference("lineItems")), scoreScaleSourcedId: needed(reference("scoreScales")) },
  resultScoreScales: { title: text, resultSourcedId: needed(reference("results")), scoreScaleSourcedId: needed(reference("scoreScales")) },
  lineItemLearningObjectiveIds: {
    lineItemSourcedId: needed(reference("lineItems")),
    source: needed(choice(["case", "unknown"], extensible)),
    learningObjectiveId: needed(text),
  },
  resultLearningObjectiveIds: {
    resultSourcedId: needed(reference("results")),
    source: needed(choice(["case", "unknown"], extensible)),
    learningObjectiveId: needed(text),
    score: decimal,
    textScore: text,
  },
  userResources: {
    userSourcedId: needed(reference("users")),
    orgSourcedId: reference("orgs"),
    classSourcedId: reference("classes"),
    resourceSourcedId: needed(reference("resources")),
  },
} as const;

/** By the names of 1.1: what 1.0 called otherwise is in `formerNames`, what it lacked in `laterColumns`. */
const columns10 = {
  academicSessions: { ...common.academicSessions, schoolYear: year },
  orgs: common.orgs,
  courses: common.courses,
  users: { ...columns11.users, enabledUser: boolean },
  classes: common.classes,
  enrollments: common.enrollments,
  demographics: columns11.demographics,
} as const;

/** Every column of every file of each version. */
export const columnTables = { "1.0": columns10, "1.1": columns11, "1.2": columns12 } as const;

type NamesByFile<T> = Partial<Record<FileName, T>>;

/** What 1.0 called a column, to what it is called since. */
export const formerNames: NamesByFile<Readonly<Record<string, string>>> = {
  courses: { grade: "grades", schoolYearId: "schoolYearSourcedId" },
  classes: { grade: "grades", termSourcedId: "termSourcedIds" },
  users: { userId: "userIds", agents: "agentSourcedIds" },
  demographics: { userSourcedId: "sourcedId", birthdate: "birthDate" },
};

/** Columns that a version may lack without a word: they came later. */
export const laterColumns: { readonly [V in RosterVersion]: NamesByFile<readonly string[]> } = {
  "1.0": {
    academicSessions: ["schoolYear"],
    courses: ["subjectCodes"],
    users: ["enabledUser", "middleName", "grades", "password"],
    classes: ["subjectCodes", "periods"],
    enrollments: ["beginDate", "endDate"],
  },
  "1.1": {},
  "1.2": {},
};

/** The files without which a package of 1.0 is not whole: it has no manifest that could call them absent. */
export const neededFiles10 = ["academicSessions", "orgs", "courses", "users", "classes", "enrollments"] as const satisfies readonly FileName[];

/** Columns that older texts of a version had: accepted without a word, and kept as they are written. */
export const retiredColumns: { readonly [V in RosterVersion]: NamesByFile<readonly string[]> } = {
  "1.0": {},
  "1.1": {},
  "1.2": { users: ["resourceSourcedIds"] },
};

/** The columns of one file of one version, or null when the version has no such file. */
export function columnsOf(version: RosterVersion, file: FileName): Readonly<Record<string, Column>> | null {
  const table: Readonly<Record<string, Readonly<Record<string, Column>>>> = columnTables[version];
  return table[file] ?? null;
}

type ChoiceOf<C> = C extends { values: readonly (infer V)[]; later: readonly (infer L)[]; extensible: infer E } ? V | L | (E extends true ? `ext:${string}` : never) : never;
type ScalarOf<C extends Column> = C["kind"] extends "boolean" ? boolean : C["kind"] extends "year" | "whole" | "decimal" ? number : C["kind"] extends "choice" ? ChoiceOf<C> : string;
type CellOf<C> = C extends Column
  ? C["kind"] extends "secret" ? never
  : C["kind"] extends "texts" | "references" ? string[]
  : C["kind"] extends "choices" ? ChoiceOf<C>[]
  : C["required"] extends true ? ScalarOf<C> : ScalarOf<C> | null
  : never;
type CellsOf<T> = { [K in keyof T as T[K] extends { kind: "secret" } ? never : K]: CellOf<T[K]> };

/** The typed cells of a row of file `F` in version `V`. */
export type Cells<V extends RosterVersion, F extends FileName> = V extends RosterVersion ? (F extends keyof (typeof columnTables)[V] ? CellsOf<(typeof columnTables)[V][F]> : never) : never;
