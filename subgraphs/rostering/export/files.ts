import type { FileName } from "../oneroster/columns.ts";
import type { CellValue } from "./cells.ts";
import type { DirectoryField, ExportCategory, ExportScope } from "./scope.ts";

/** A row as its lookup gives it. */
export type ExportedRow = Readonly<Record<string, unknown>> & { readonly sourced_id: string; readonly holds: boolean | null; readonly changed: Date };

export interface ExportedFile {
  readonly file: FileName;
  /** The lookup that gives its rows; null for a file of which the district has no records, but perhaps the words of a source. */
  readonly lookup: string | null;
  /** Left out unless the scope has it. */
  readonly needs?: ExportCategory;
  /** Whether it goes where directory information is the basis: always, or where the district's list has the field. Courses and rosters never do. */
  readonly inDirectory?: "always" | DirectoryField;
  /** The cells of a row by column. */
  readonly cells: (row: ExportedRow, scope: ExportScope) => Readonly<Record<string, CellValue>>;
}

/** In the order in which they are written, so that what a row refers to stands before it. Only reads what the lookups give. */
export const exportedFiles: readonly ExportedFile[] = [
  { file: "academicSessions", lookup: "export_academic_sessions", inDirectory: "always", cells: (row) => cells({ title: row.title, type: row.type, startDate: row.start_date, endDate: row.end_date, parentSourcedId: row.parent, schoolYear: row.school_year }) },
  { file: "orgs", lookup: "export_orgs", inDirectory: "always", cells: (row) => cells({ name: row.name, type: row.type, identifier: row.identifier, parentSourcedId: row.parent }) },
  { file: "courses", lookup: "export_courses", cells: (row) => cells({ title: row.title, courseCode: row.code, orgSourcedId: row.org, subjects: row.subjects, subjectCodes: row.subject_codes }) },
  { file: "users", lookup: "export_users", inDirectory: "always", cells: user },
  {
    file: "classes", lookup: "export_classes",
    cells: (row) => cells({
      title: row.title, courseSourcedId: row.course, classCode: row.code, classType: row.type, location: row.location, schoolSourcedId: row.school,
      termSourcedIds: row.terms, subjects: row.subjects, subjectCodes: row.subject_codes, periods: row.periods,
    }),
  },
  { file: "enrollments", lookup: "export_enrollments", cells: (row) => cells({ classSourcedId: row.class, schoolSourcedId: row.school, userSourcedId: row.user_id, role: row.role, primary: row.is_primary, beginDate: row.begins, endDate: row.ends }) },
  { file: "demographics", lookup: "export_demographics", needs: "DEMOGRAPHICS", inDirectory: "BIRTH_DATE", cells: demographics },
  wordsOnly("userProfiles"),
  { file: "roles", lookup: "export_roles", inDirectory: "SCHOOL", cells: role },
  { file: "categories", lookup: "export_categories", needs: "GRADEBOOK", cells: (row) => cells({ title: row.title, weight: row.weight }) },
  {
    file: "lineItems", lookup: "export_line_items", needs: "GRADEBOOK",
    cells: (row) => cells({
      title: row.title, description: row.description, assignDate: row.assign_date, dueDate: row.due_date, classSourcedId: row.class, categorySourcedId: row.category, academicSessionSourcedId: row.session,
      resultValueMin: 0, resultValueMax: row.points, schoolSourcedId: row.school,
    }),
  },
  {
    file: "results", lookup: "export_results", needs: "GRADEBOOK",
    cells: (row) => cells({
      lineItemSourcedId: row.line_item, studentSourcedId: row.student, scoreStatus: row.score_status, score: row.points, scoreDate: row.score_date, comment: row.comment, classSourcedId: row.class,
      late: row.is_late, missing: row.is_missing,
    }),
  },
  ...(["scoreScales", "lineItemScoreScales", "resultScoreScales", "lineItemLearningObjectiveIds", "resultLearningObjectiveIds", "resources", "classResources", "courseResources", "userResources"] as const).map(wordsOnly),
];

function wordsOnly(file: FileName): ExportedFile {
  return { file, lookup: null, cells: () => ({}) };
}

/** What a lookup gives are cells already. */
const cells = (values: Readonly<Record<string, unknown>>) => values as Readonly<Record<string, CellValue>>;

/** Whether a field of a student may go: always, unless the basis is directory information; then where the district's list has it. */
const inList = ({ directory }: ExportScope, field: DirectoryField): boolean => directory === null || directory.fields.has(field);

/** How to reach somebody goes out by what she is to the audience: an employee by her work, a student and a contact where the agreement says so. */
function user(row: ExportedRow, scope: ExportScope): Readonly<Record<string, CellValue>> {
  const { categories, directory } = scope;
  const reachable = row.is_worker === true || (row.student_id !== null && categories.has("CONTACT_DETAILS")) || (row.is_kin === true && categories.has("CONTACTS"));
  const [byMail, byPhone] = [reachable && inList(scope, "EMAIL"), reachable && inList(scope, "TELEPHONE")];
  const identifiers = categories.has("IDENTIFIERS") && directory === null;
  const number = (inList(scope, "STUDENT_NUMBER") ? row.student_number : null) ?? row.employee_number;
  return cells({
    enabledUser: row.enabled, username: (identifiers || row.is_worker === true ? row.username : null) ?? number ?? row.sourced_id, userIds: identifiers && row.state_id !== null ? [`{stateId:${String(row.state_id)}}`] : null,
    givenName: row.given_name, familyName: row.family_name, middleName: row.middle_name, identifier: number,
    email: byMail ? row.email : null, sms: byPhone ? row.mobile : null, phone: byPhone ? row.phone : null, agentSourcedIds: row.agents, grades: inList(scope, "GRADE_LEVEL") ? row.grades : null,
    preferredGivenName: row.preferred_given_name, preferredFamilyName: row.preferred_family_name, primaryOrgSourcedId: inList(scope, "SCHOOL") ? row.primary_org : null, pronouns: directory === null ? row.pronouns : null,
  });
}

function role(row: ExportedRow, scope: ExportScope): Readonly<Record<string, CellValue>> {
  const dated = inList(scope, "ATTENDANCE_DATES");
  return cells({ userSourcedId: row.user_id, roleType: row.role_type, role: row.role, beginDate: dated ? row.begins : null, endDate: dated ? row.ends : null, orgSourcedId: row.org });
}

const sexes: Readonly<Record<string, string>> = { FEMALE: "female", MALE: "male", X: "other" };

function demographics(row: ExportedRow, { directory }: ExportScope): Readonly<Record<string, CellValue>> {
  if (directory !== null) return cells({ birthDate: row.birth_date });
  const races = [row.american_indian, row.asian, row.black, row.pacific_islander, row.white];
  return cells({
    birthDate: row.birth_date, sex: sexes[String(row.legal_sex)] ?? null, americanIndianOrAlaskaNative: row.american_indian, asian: row.asian, blackOrAfricanAmerican: row.black,
    nativeHawaiianOrOtherPacificIslander: row.pacific_islander, white: row.white,
    demographicRaceTwoOrMoreRaces: races.some((race) => race !== null) ? races.filter((race) => race === true).length > 1 : null,
    hispanicOrLatinoEthnicity: row.hispanic, countryOfBirthCode: row.country_of_birth,
  });
}
