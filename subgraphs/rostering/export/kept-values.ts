import { columnsOf, type FileName } from "../oneroster/columns.ts";
import { gradeLevel } from "../oneroster/grade-levels.ts";
import type { CellValue } from "./cells.ts";
import type { ExportedRow } from "./files.ts";

/*
 * In the district's own copy, in the words of the source that brought it, a row has again what no record of the district could hold. What
 * the district's records say goes first: a kept value is written where they say nothing, or say the same in other words.
 */

/** What a source wrote in a row, by column. */
export type Kept = Readonly<Record<string, string>>;
type Cells = Record<string, CellValue>;
/** Ids that the package has, by file: a kept reference to anything else would lead nowhere. */
export type PackageIds = ReadonlyMap<FileName, ReadonlySet<string>>;

const items = (text: string | undefined): string[] => (text ?? "").split(",").map((item) => item.trim()).filter((item) => item !== "");
const isTrue = (text: string): boolean => /^(true|yes|y|1)$/i.test(text);
const asBoolean = (text: string): boolean | null => (isTrue(text) ? true : /^(false|no|n|0)$/i.test(text) ? false : null);
const same = (text: string) => text.toLowerCase();
const stands = (value: CellValue): boolean => value !== null && value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);
/** Ours is the source's, shortened or made unique. */
const grewFrom = (ours: CellValue, written: string): boolean => !stands(ours) || String(ours) === written || String(ours).startsWith(written.slice(0, 10));

type Rule = (kept: Kept, cells: Cells, row: ExportedRow, ids: PackageIds) => void;

const take = (...columns: string[]): Rule => (kept, cells) => {
  for (const column of columns) if (kept[column] !== undefined) cells[column] = kept[column];
};
/** Where nothing stands yet. */
const fill = (...columns: string[]): Rule => (kept, cells) => {
  for (const column of columns) if (kept[column] !== undefined && !stands(cells[column])) cells[column] = kept[column];
};
const lists = (...columns: string[]): Rule => (kept, cells) => {
  for (const column of columns) if (kept[column] !== undefined) cells[column] = items(kept[column]);
};
/** Where ours is one of the list. */
const longerLists = (...columns: string[]): Rule => (kept, cells) => {
  for (const column of columns) {
    const [written, ours] = [items(kept[column]), (cells[column] ?? []) as readonly string[]];
    if (written.length > 0 && ours.every((item) => written.some((one) => same(one) === same(item)))) cells[column] = written;
  }
};
const booleans = (...columns: string[]): Rule => (kept, cells) => {
  for (const column of columns) if (kept[column] !== undefined) cells[column] = asBoolean(kept[column]) ?? cells[column];
};
const reference = (column: string, target: FileName, unless: (row: ExportedRow, cells: Cells) => boolean = () => false): Rule => (kept, cells, row, ids) => {
  if (kept[column] !== undefined && !unless(row, cells) && ids.get(target)?.has(kept[column])) cells[column] = kept[column];
};

const codes: Rule = (kept, cells) => {
  for (const column of ["courseCode", "classCode"]) if (kept[column] !== undefined && grewFrom(cells[column], kept[column])) cells[column] = kept[column];
};

/** A school year is named by its years here, and a term of a name that another has by the source's id besides. */
const title: Rule = (kept, cells, row) => {
  if (kept.title !== undefined && (row.type === "schoolYear" || String(cells.title).startsWith(`${kept.title.slice(0, 30)} (`))) cells.title = kept.title;
};

/** Several school years of a source may be one here: which of them the class named. */
const terms: Rule = (kept, cells, row, ids) => {
  const written = items(kept.termSourcedIds);
  const ours = new Set(row.terms as string[]);
  const known = written.every((id) => ids.get("academicSessions")?.has(id));
  if (written.length > 0 && known && (row.has_terms === false || (written.length === ours.size && written.every((id) => ours.has(id))))) cells.termSourcedIds = written;
};

const user: Rule = (kept, cells, row, ids) => {
  const isStudent = row.student_id !== null;
  if (kept.enabledUser !== undefined) cells.enabledUser = row.enabled === true && asBoolean(kept.enabledUser) !== false;
  if (kept.username !== undefined) cells.username = kept.username;
  if (kept.userIds !== undefined) {
    const written = items(kept.userIds);
    cells.userIds = row.state_id === null || written.some((item) => item.includes(String(row.state_id))) ? written : [...written, ...((cells.userIds ?? []) as string[])];
  }
  if (kept.identifier !== undefined && (!isStudent || grewFrom(cells.identifier, kept.identifier))) cells.identifier = kept.identifier;
  if (kept.phone !== undefined && !stands(cells.phone) && cells.sms === kept.phone) cells.phone = kept.phone;
  for (const [preferred, legal] of [["preferredGivenName", "givenName"], ["preferredFamilyName", "familyName"]] as const) if (!stands(cells[preferred]) && kept[preferred] === cells[legal]) cells[preferred] = kept[preferred];
  const grades = items(kept.grades);
  if (grades.length > 0 && (!stands(cells.grades) || grades.some((grade) => gradeLevel(grade) === (cells.grades as string[])[0]))) cells.grades = grades;
  if (!isStudent) {
    const written = items(kept.agentSourcedIds).filter((id) => ids.get("users")?.has(id));
    if (written.length > 0) cells.agentSourcedIds = written;
  }
};

const all = (...rules: Rule[]): Rule => (kept, cells, row, ids) => {
  for (const rule of rules) rule(kept, cells, row, ids);
};

const rules: Readonly<Partial<Record<FileName, Rule>>> = {
  academicSessions: all(title, take("type"), reference("parentSourcedId", "academicSessions")),
  orgs: all(take("type"), reference("parentSourcedId", "orgs")),
  courses: all(lists("grades"), longerLists("subjects", "subjectCodes"), codes, reference("schoolYearSourcedId", "academicSessions"), reference("orgSourcedId", "orgs")),
  users: all(user, fill("email"), take("userMasterIdentifier", "preferredMiddleName"), reference("primaryOrgSourcedId", "orgs", (row, cells) => row.student_id !== null && stands(cells.primaryOrgSourcedId))),
  classes: all(lists("grades", "subjects", "subjectCodes"), longerLists("periods"), fill("location"), take("classType"), codes, terms, reference("courseSourcedId", "courses")),
  enrollments: booleans("primary"),
  demographics: all(take("stateOfBirthAbbreviation", "cityOfBirth", "publicSchoolResidenceStatus"), fill("countryOfBirthCode", "sex"), booleans("demographicRaceTwoOrMoreRaces")),
  categories: take("title", "weight"),
  lineItems: all(take("resultValueMin", "resultValueMax"), reference("academicSessionSourcedId", "academicSessions")),
  results: all(take("scoreStatus", "scoreDate", "textScore"), fill("score"), booleans("inProgress", "incomplete")),
};

/** The cells of a row, with what the source wrote beyond them. */
export function withKept(file: FileName, cells: Readonly<Cells>, kept: Kept | null, row: ExportedRow, ids: PackageIds): Readonly<Cells> {
  if (kept === null) return cells;
  const made: Cells = { ...cells };
  rules[file]?.(kept, made, row, ids);
  for (const [column, value] of Object.entries(kept)) if (column.startsWith("metadata.")) made[column] = value;
  return made;
}

/** A row that only the source's words make: null where they do not, or where it names what the package does not have. */
export function keptRow(file: FileName, sourcedId: string, kept: Kept, ids: PackageIds): Readonly<Cells> | null {
  const columns = Object.entries(columnsOf("1.2", file)!);
  if (file === "demographics" && !ids.get("users")?.has(sourcedId)) return null;
  const cells: Cells = Object.fromEntries(Object.entries(kept).filter(([column]) => column.startsWith("metadata.")));
  for (const [name, column] of columns) {
    const written = kept[name];
    if (written === undefined || written === "") {
      if (column.required) return null;
      continue;
    }
    const named = column.kind === "references" ? items(written) : column.kind === "reference" ? [written] : [];
    if ("target" in column && named.some((id) => !ids.get(column.target)?.has(id))) return null;
    cells[name] = column.kind === "boolean" ? asBoolean(written) : column.kind === "texts" || column.kind === "references" || column.kind === "choices" ? items(written) : written;
  }
  return cells;
}
