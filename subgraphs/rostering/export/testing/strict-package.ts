import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/*
 * A reader of OneRoster 1.2.1 packages that knows nothing of the one that imports use, and forgives nothing: columns and rules are written
 * down here once more, from the specification's tables. `!` required, `>` reference to a file, `*` list, then what the cells hold.
 */

const common = "sourcedId status dateLastModified";
const races = "americanIndianOrAlaskaNative:boolean asian:boolean blackOrAfricanAmerican:boolean nativeHawaiianOrOtherPacificIslander:boolean white:boolean demographicRaceTwoOrMoreRaces:boolean hispanicOrLatinoEthnicity:boolean";
const tables: Readonly<Record<string, string>> = {
  academicSessions: "title! type!:gradingPeriod|semester|schoolYear|term startDate!:date endDate!:date parentSourcedId>academicSessions schoolYear!:year",
  orgs: "name! type!:department|school|district|local|state|national identifier parentSourcedId>orgs",
  courses: "schoolYearSourcedId>academicSessions title! courseCode grades* orgSourcedId!>orgs subjects* subjectCodes*",
  classes: "title! grades* courseSourcedId!>courses classCode classType!:homeroom|scheduled location schoolSourcedId!>orgs termSourcedIds!*>academicSessions subjects* subjectCodes* periods*",
  users: "enabledUser!:boolean username! userIds* givenName! familyName! middleName identifier email sms phone agentSourcedIds*>users grades* password:never userMasterIdentifier preferredGivenName preferredMiddleName preferredFamilyName primaryOrgSourcedId>orgs pronouns",
  enrollments: "classSourcedId!>classes schoolSourcedId!>orgs userSourcedId!>users role!:administrator|proctor|student|teacher primary:boolean beginDate:date endDate:date",
  demographics: `birthDate:date sex:male|female|unspecified|other ${races} countryOfBirthCode stateOfBirthAbbreviation cityOfBirth publicSchoolResidenceStatus`,
  roles: "userSourcedId!>users roleType!:primary|secondary role!:aide|counselor|districtAdministrator|guardian|parent|principal|proctor|relative|siteAdministrator|student|systemAdministrator|teacher beginDate:date endDate:date orgSourcedId!>orgs userProfileSourcedId>userProfiles",
  userProfiles: "userSourcedId!>users profileType! vendorId! applicationId description credentialType! username! password:never",
  categories: "title! weight:whole",
  lineItems: "title! description assignDate!:date dueDate!:date classSourcedId!>classes categorySourcedId!>categories academicSessionSourcedId!>academicSessions resultValueMin:float resultValueMax:float schoolSourcedId!>orgs",
  results: "lineItemSourcedId!>lineItems studentSourcedId!>users scoreStatus!:exempt|fully_graded|not_submitted|partially_graded|submitted score:float scoreDate!:date comment textScore classSourcedId>classes inProgress:boolean incomplete:boolean late:boolean missing:boolean",
  scoreScales: "title! type! orgSourcedId!>orgs courseSourcedId!>courses classSourcedId!>classes scoreScaleValue!*",
  lineItemScoreScales: "title lineItemSourcedId!>lineItems scoreScaleSourcedId!>scoreScales",
  resultScoreScales: "title resultSourcedId!>results scoreScaleSourcedId!>scoreScales",
  lineItemLearningObjectiveIds: "lineItemSourcedId!>lineItems source!:case|unknown learningObjectiveId!",
  resultLearningObjectiveIds: "resultSourcedId!>results source!:case|unknown learningObjectiveId! score:float textScore",
  resources: "vendorResourceId! title roles* importance:primary|secondary vendorId applicationId",
  classResources: "title classSourcedId!>classes resourceSourcedId!>resources",
  courseResources: "title courseSourcedId!>courses resourceSourcedId!>resources",
  userResources: "userSourcedId!>users orgSourcedId>orgs classSourcedId>classes resourceSourcedId!>resources",
};

interface StrictColumn {
  name: string;
  required: boolean;
  list: boolean;
  target: string | undefined;
  holds: string | undefined;
}

const columnsOf = (file: string): StrictColumn[] =>
  tables[file]!.split(" ").map((text) => {
    const { name, required, list, target, holds } = /^(?<name>\w+)(?<required>!)?(?<list>\*)?(>(?<target>\w+))?(:(?<holds>.+))?$/.exec(text)!.groups!;
    return { name: name!, required: required !== undefined, list: list !== undefined, target, holds: holds?.replaceAll("_", " ") };
  });

export type StrictRow = Readonly<Record<string, string>>;
export interface StrictPackage {
  modes: Readonly<Record<string, string>>;
  files: Readonly<Record<string, readonly StrictRow[]>>;
  /** Everything that breaks a rule. Empty where none is broken. */
  faults: string[];
}

/** RFC 4180, and no line break within a record. */
export function parseCsv(text: string): string[][] {
  return text.split("\r\n").slice(0, -1).map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? ""));
}

export async function readStrictly(folder: string): Promise<StrictPackage> {
  const faults: string[] = [];
  const texts = new Map<string, string>();
  for (const name of (await readdir(folder)).sort()) texts.set(name, await readFile(join(folder, name), "utf8"));
  const [head, ...properties] = parseCsv(texts.get("manifest.csv") ?? "");
  if (head?.join() !== "propertyName,value") faults.push("manifest header");
  const manifest = new Map(properties.map(([name, value]) => [name!, value!]));
  if (manifest.get("manifest.version") !== "1.0" || manifest.get("oneroster.version") !== "1.2") faults.push("manifest versions");
  const modes = Object.fromEntries([...manifest].filter(([name]) => name.startsWith("file.")).map(([name, value]) => [name.slice(5), value]));
  if (Object.keys(modes).sort().join() !== Object.keys(tables).sort().join()) faults.push(`manifest files ${Object.keys(modes).join()}`);
  const present = [...texts.keys()].filter((name) => name !== "manifest.csv").map((name) => name.replace(/\.csv$/, ""));
  const promised = Object.keys(modes).filter((file) => modes[file] !== "absent");
  if (present.sort().join() !== promised.sort().join()) faults.push(`files ${present.join()} but promised ${promised.join()}`);
  const files: Record<string, StrictRow[]> = {};
  for (const file of present) files[file] = readFileStrictly(file, texts.get(`${file}.csv`)!, modes[file]!, faults);
  if (Object.values(modes).every((mode) => mode !== "delta")) for (const file of present) faults.push(...danglingIn(file, files));
  return { modes, files, faults };
}

function readFileStrictly(file: string, text: string, mode: string, faults: string[]): StrictRow[] {
  if (!text.endsWith("\r\n") || /\r(?!\n)|(?<!\r)\n/.test(text)) faults.push(`${file}: line ends`);
  const [header = [], ...records] = parseCsv(text);
  const columns = columnsOf(file);
  const expected = [...common.split(" "), ...columns.map(({ name }) => name)];
  const more = header.slice(expected.length);
  if (header.slice(0, expected.length).join() !== expected.join() || more.some((name) => !/^metadata\.[A-Za-z0-9_.-]+$/.test(name)) || new Set(header).size < header.length) faults.push(`${file}: header ${header.join()}`);
  if (records.length === 0) faults.push(`${file}: no rows`);
  const seen = new Set<string>();
  return records.map((cells, index) => {
    const place = `${file} line ${index + 2}`;
    if (cells.length !== header.length) faults.push(`${place}: ${cells.length} cells`);
    const row = Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ""]));
    faults.push(...faultsOf(row, columns, mode).map((fault) => `${place}: ${fault}`));
    if (seen.has(row.sourcedId!)) faults.push(`${place}: ${row.sourcedId} twice`);
    seen.add(row.sourcedId!);
    return row;
  });
}

function faultsOf(row: StrictRow, columns: readonly StrictColumn[], mode: string): string[] {
  const faults: string[] = [];
  if (!/^[0-9A-Za-z._/@-]{1,255}$/.test(row.sourcedId!)) faults.push(`sourcedId ${row.sourcedId}`);
  const lifecycle = `${row.status} ${row.dateLastModified}`;
  if (mode === "bulk" ? lifecycle !== " " : !/^(active|tobedeleted) \d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(lifecycle)) faults.push(`status and dateLastModified "${lifecycle}"`);
  for (const { name, required, list, holds } of columns) {
    const cell = row[name]!;
    if (required && cell === "") faults.push(`${name} is blank`);
    if (cell !== cell.trim()) faults.push(`${name} has blanks around it`);
    if (list && cell.split(",").some((item, _, items) => items.length > 1 && item.trim() !== item)) faults.push(`${name} ${cell}`);
    if (cell !== "" && holds !== undefined && !isHeld(cell, holds)) faults.push(`${name} ${cell} is no ${holds}`);
  }
  if (row.startDate !== undefined && row.endDate !== undefined && row.startDate >= row.endDate) faults.push("ends before it begins");
  return faults;
}

function isHeld(cell: string, holds: string): boolean {
  if (holds === "never") return false;
  if (holds === "boolean") return cell === "true" || cell === "false";
  if (holds === "date") return /^\d{4}-\d{2}-\d{2}$/.test(cell) && new Date(`${cell}T00:00:00Z`).toISOString().startsWith(cell);
  if (holds === "year") return /^\d{4}$/.test(cell);
  if (holds === "whole") return /^-?\d+$/.test(cell);
  if (holds === "float") return /^-?\d+(\.\d+)?$/.test(cell);
  return holds.split("|").includes(cell) || /^ext:\S+$/.test(cell);
}

/** A bulk package holds everything that it refers to. */
function danglingIn(file: string, files: Readonly<Record<string, readonly StrictRow[]>>): string[] {
  const ids = new Map<string, Set<string>>();
  const known = (target: string) => ids.get(target) ?? ids.set(target, new Set((files[target] ?? []).map(({ sourcedId }) => sourcedId!))).get(target)!;
  const owner = file === "demographics" ? (files[file] ?? []).filter(({ sourcedId }) => !known("users").has(sourcedId!)).map(({ sourcedId }) => `demographics of ${sourcedId}`) : [];
  return [
    ...owner,
    ...columnsOf(file).flatMap(({ name, target, list }) =>
      target === undefined ? [] : (files[file] ?? []).flatMap((row) => (list ? row[name]!.split(",") : [row[name]!]).filter((id) => id !== "" && !known(target).has(id)).map((id) => `${file} ${row.sourcedId}: ${name} ${id} is not in ${target}`))),
  ];
}
