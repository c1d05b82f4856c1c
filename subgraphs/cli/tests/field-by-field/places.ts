import { refOf, type ListName, type Node, type World } from "./world.ts";
import type { WrittenRow } from "./read-independently.ts";

/** Where the graph shows what a column says: the field in words, and its value in the file's words. */
export interface Place {
  at: string;
  said: (row: WrittenRow, world: World, settings: Settings) => string | null | undefined;
}

export interface Settings {
  /** The package's ends are last days; the graph's are the days after. */
  inclusiveEnds: boolean;
}

type Finder = (row: WrittenRow, world: World) => Node | undefined;

const text = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
const field = (find: Finder, at: string, name: string): Place => ({ at, said: (row, world) => text(find(row, world)?.[name]) });
/** The source's id of the record that a reference names, where it is the one that the row gives. */
const reference = (find: Finder, at: string, name: string, type: string, column: string): Place => ({
  at,
  said: (row, world) => {
    const names = world.namesOf(type, refOf(find(row, world)?.[name]));
    return names.find((one) => one === row[column]) ?? names[0];
  },
});
const lastDay = (day: unknown, inclusive: boolean): string | null =>
  day === null || day === undefined ? null : inclusive ? new Date(Date.parse(`${String(day)}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10) : String(day);
const end = (find: Finder, at: string, name: string): Place => ({ at, said: (row, world, { inclusiveEnds }) => lastDay(find(row, world)?.[name], inclusiveEnds) });
const choice = (find: Finder, at: string, name: string): Place => ({ at, said: (row, world) => text(find(row, world)?.[name])?.toLowerCase() });

const school: Finder = (row, world) => world.named("School", "schools", row.sourcedId);
const organization: Finder = (row, world) => world.named("Organization", "organizations", row.sourcedId);
const session = (row: WrittenRow, world: World) => (row.type === "gradingPeriod" ? world.named("GradingPeriod", "gradingPeriods", row.sourcedId) : world.named("Term", "terms", row.sourcedId));
const course: Finder = (row, world) => world.named("Course", "courses", row.sourcedId);
const section: Finder = (row, world) => world.named("Section", "sections", row.sourcedId);
const person: Finder = (row, world) => world.named("Person", "people", row.sourcedId);
const personOf = (sourcedId: string | undefined, world: World) => world.named("Person", "people", sourcedId);
const studentOf = (sourcedId: string | undefined, world: World) => world.of("students").find((student) => refOf(student.person) === personOf(sourcedId, world)?.id);
const roster: Finder = (row, world) => (row.role === "teacher" ? world.named("TeachingAssignment", "teachingAssignments", row.sourcedId) : world.named("SectionEnrollment", "sectionEnrollments", row.sourcedId));
const work: Finder = (row, world) => world.named("Assignment", "assignments", row.sourcedId);
const score: Finder = (row, world) => world.named("Score", "scores", row.sourcedId);
const demographics: Finder = (row, world) => personOf(row.sourcedId, world)?.demographics as Node | undefined;

/** What came of a role: a student's enrollment at the school, or a duty there. */
const role: Finder = (row, world) => {
  const [type, list]: [string, ListName] = row.role === "student" ? ["student", "schoolEnrollments"] : ["person", "dutyAssignments"];
  const who = row.role === "student" ? studentOf(row.userSourcedId, world)?.id : personOf(row.userSourcedId, world)?.id;
  return world.of(list).find((one) => refOf(one[type]) === who && world.namesOf("School", refOf(one.school)).includes(row.orgSourcedId ?? "") && (row.role === "student" || String(one.role).toLowerCase() === row.role));
};

const contactDetail = (list: ListName, name: string, column: string): Place => ({
  at: `${list}.${name}`,
  said: (row, world) => text(world.of(list).find((one) => refOf(one.person) === person(row, world)?.id && one[name] === row[column])?.[name]),
});

const yearOf: Finder = (row, world) => world.named("SchoolYear", "schoolYears", row.sourcedId);
const spanOf: Finder = (row, world) => session(row, world) ?? yearOf(row, world);
const enrollmentsOf = (row: WrittenRow, world: World) => world.of("schoolEnrollments").filter((one) => refOf(one.student) === studentOf(row.sourcedId, world)?.id);
const schoolsOf = (row: WrittenRow, world: World): string[] => {
  const duties = world.of("dutyAssignments").filter((one) => refOf(one.person) === person(row, world)?.id);
  return [...enrollmentsOf(row, world), ...duties].flatMap((one) => world.namesOf("School", refOf(one.school)));
};
/** A number as the file may have written it. */
const number = (value: unknown, written: string | undefined): string | null => (value === null || value === undefined ? null : Number(value) === Number(written) ? (written ?? null) : String(value));

/** Column by column: everything that the format has and a record of the district holds. What stands nowhere here is found as it was written. */
export const places: Readonly<Record<string, Readonly<Record<string, Place>>>> = {
  orgs: {
    name: { at: "School.name, Organization.name", said: (row, world) => text((school(row, world) ?? organization(row, world))?.name) },
    type: { at: "that it is a School, Organization.kind", said: (row, world) => (school(row, world) === undefined ? text(organization(row, world)?.kind)?.toLowerCase() : "school") },
    identifier: { at: "School.code, Organization.identifier", said: (row, world) => text(school(row, world)?.code ?? organization(row, world)?.identifier) },
    parentSourcedId: { at: "School.organization, Organization.parent", said: (row, world) => world.namesOf("Organization", refOf(school(row, world)?.organization ?? organization(row, world)?.parent))[0] },
  },
  academicSessions: {
    startDate: field(spanOf, "Term.firstDay, GradingPeriod.firstDay, SchoolYear.firstDay", "firstDay"),
    endDate: end(spanOf, "Term.endDay, GradingPeriod.endDay, SchoolYear.endDay", "endDay"),
    schoolYear: { at: "SchoolYear.name", said: (row, world) => text(yearOf(row, world)?.name)?.replace(/^(\d\d)\d\d-(\d\d)$/, "$1$2") },
    title: { at: "Term.name, GradingPeriod.name", said: (row, world) => text(session(row, world)?.name) },
    parentSourcedId: {
      at: "GradingPeriod.term, Term.parent, Term.schoolYear",
      said: (row, world) => {
        const own = session(row, world);
        const term = row.type === "gradingPeriod" ? world.byId("terms", refOf(own?.term)) : own;
        const ids = [...world.namesOf("Term", row.type === "gradingPeriod" ? term?.id : refOf(term?.parent)), ...world.namesOf("SchoolYear", refOf(term?.schoolYear))];
        return ids.find((id) => id === row.parentSourcedId) ?? ids[0];
      },
    },
  },
  courses: {
    title: field(course, "Course.title", "title"),
    courseCode: field(course, "Course.code", "code"),
    subjects: { at: "Course.subject", said: (row, world) => text((course(row, world)?.subject as Node | undefined)?.title) },
  },
  classes: {
    title: field(section, "Section.title", "title"),
    classCode: field(section, "Section.code", "code"),
    courseSourcedId: reference(section, "Section.course", "course", "Course", "courseSourcedId"),
    classType: choice(section, "Section.kind", "kind"),
    schoolSourcedId: reference(section, "Section.school", "school", "School", "schoolSourcedId"),
    termSourcedIds: {
      at: "SectionTerm.term, Section.schoolYear for the whole of it",
      said: (row, world) => {
        const terms = world.of("sectionTerms").filter((one) => refOf(one.section) === section(row, world)?.id);
        const own = terms.length === 0 ? world.namesOf("SchoolYear", refOf(section(row, world)?.schoolYear)) : terms.flatMap((one) => {
          const term = world.byId("terms", refOf(one.term));
          return [...world.namesOf("Term", term?.id), ...(term?.kind === "YEAR" ? world.namesOf("SchoolYear", refOf(term.schoolYear)) : [])];
        });
        return (row.termSourcedIds ?? "").split(",").map((id) => id.trim()).filter((id) => own.includes(id)).join(",");
      },
    },
  },
  enrollments: {
    classSourcedId: reference(roster, "SectionEnrollment.section, TeachingAssignment.section", "section", "Section", "classSourcedId"),
    schoolSourcedId: { at: "Section.school", said: (row, world) => world.namesOf("School", refOf(world.byId("sections", refOf(roster(row, world)?.section))?.school))[0] },
    userSourcedId: {
      at: "SectionEnrollment.student, TeachingAssignment.person",
      said: (row, world) => {
        const one = roster(row, world);
        const names = world.namesOf("Person", refOf(one?.person) ?? refOf(world.byId("students", refOf(one?.student))?.person));
        return names.find((name) => name === row.userSourcedId) ?? names[0];
      },
    },
    role: { at: "which of the two it is", said: (row, world) => (roster(row, world) === undefined ? undefined : row.role === "teacher" ? "teacher" : "student") },
    primary: { at: "TeachingAssignment.kind", said: (row, world) => (roster(row, world)?.kind === undefined ? undefined : String(roster(row, world)?.kind === "LEAD")) },
    beginDate: field(roster, "SectionEnrollment.fromDate, TeachingAssignment.fromDate", "fromDate"),
    endDate: end(roster, "SectionEnrollment.toDate, TeachingAssignment.toDate", "toDate"),
  },
  users: {
    givenName: field(person, "Person.givenName", "givenName"),
    middleName: field(person, "Person.middleName", "middleName"),
    familyName: field(person, "Person.familyName", "familyName"),
    preferredGivenName: { at: "Person.preferredGivenName", said: (row, world) => text(person(row, world)?.preferredGivenName ?? person(row, world)?.givenName) },
    preferredFamilyName: { at: "Person.preferredFamilyName", said: (row, world) => text(person(row, world)?.preferredFamilyName ?? person(row, world)?.familyName) },
    pronouns: field(person, "Person.pronouns", "pronouns"),
    email: contactDetail("personEmails", "address", "email"),
    phone: contactDetail("personPhones", "number", "phone"),
    sms: contactDetail("personPhones", "number", "sms"),
    identifier: { at: "Student.studentNumber", said: (row, world) => text(studentOf(row.sourcedId, world)?.studentNumber) },
    role: {
      at: "that there is a Student, DutyAssignment.role",
      said: (row, world) => (studentOf(row.sourcedId, world) !== undefined ? "student" : text(world.of("dutyAssignments").find((one) => refOf(one.person) === person(row, world)?.id)?.role)?.toLowerCase()),
    },
    orgSourcedIds: { at: "SchoolEnrollment.school, DutyAssignment.school", said: (row, world) => (row.orgSourcedIds ?? "").split(",").map((id) => id.trim()).filter((id) => schoolsOf(row, world).includes(id)).join(",") },
    primaryOrgSourcedId: { at: "SchoolEnrollment.school of the primary one", said: (row, world) => world.namesOf("School", refOf(enrollmentsOf(row, world).find(({ kind }) => kind === "PRIMARY")?.school))[0] },
    grades: { at: "SchoolEnrollment.gradeLevel", said: (row, world) => text(world.byId("gradeLevels", refOf(enrollmentsOf(row, world)[0]?.gradeLevel))?.code)?.replace(/^0/, row.grades?.startsWith("0") === true ? "0" : "") },
    agentSourcedIds: {
      at: "StudentContact.person",
      said: (row, world) => {
        const own = world.of("studentContacts").filter((one) => refOf(one.student) === studentOf(row.sourcedId, world)?.id).flatMap((one) => world.namesOf("Person", refOf(one.person)));
        return (row.agentSourcedIds ?? "").split(",").map((id) => id.trim()).filter((id) => own.includes(id)).join(",");
      },
    },
  },
  roles: {
    userSourcedId: { at: "SchoolEnrollment.student, DutyAssignment.person", said: (row, world) => (role(row, world) === undefined ? undefined : row.userSourcedId) },
    role: { at: "SchoolEnrollment, DutyAssignment.role", said: (row, world) => (role(row, world) === undefined ? undefined : text(role(row, world)?.role)?.toLowerCase() ?? "student") },
    orgSourcedId: { at: "SchoolEnrollment.school, DutyAssignment.school", said: (row, world) => world.namesOf("School", refOf(role(row, world)?.school))[0] },
    beginDate: { at: "SchoolEnrollment.entryDate, DutyAssignment.fromDate", said: (row, world) => text(role(row, world)?.entryDate ?? role(row, world)?.fromDate) },
    endDate: { at: "SchoolEnrollment.exitDate, DutyAssignment.toDate", said: (row, world, { inclusiveEnds }) => lastDay(role(row, world)?.exitDate ?? role(row, world)?.toDate, inclusiveEnds) },
  },
  demographics: {
    birthDate: field(demographics, "PersonDemographics.birthDate", "birthDate"),
    sex: { at: "PersonDemographics.legalSex", said: (row, world) => ({ FEMALE: "female", MALE: "male", X: "other" })[String(demographics(row, world)?.legalSex)] },
    countryOfBirthCode: field(demographics, "PersonDemographics.countryOfBirth", "countryOfBirth"),
    hispanicOrLatinoEthnicity: field(demographics, "PersonDemographics.hispanicOrLatino", "hispanicOrLatino"),
    ...Object.fromEntries(["americanIndianOrAlaskaNative", "asian", "blackOrAfricanAmerican", "nativeHawaiianOrOtherPacificIslander", "white"].map((name) => [name, field(demographics, `PersonDemographics.${name}`, name)])),
  },
  categories: {
    title: { at: "AssignmentCategory.title", said: (row, world) => text(world.of("assignmentCategories").find(({ title }) => title === row.title)?.title) },
    weight: { at: "AssignmentCategory.weight", said: (row, world) => number(world.of("assignmentCategories").find(({ title }) => title === row.title)?.weight, row.weight) },
  },
  lineItems: {
    resultValueMax: { at: "Assignment.pointsPossible", said: (row, world) => number(work(row, world)?.pointsPossible, row.resultValueMax) },
    ...Object.fromEntries(["academicSessionSourcedId", "gradingPeriodSourcedId"].map((column) => [column, {
      at: "Assignment.gradingPeriod, or its term",
      said: (row: WrittenRow, world: World) => {
        const period = world.byId("gradingPeriods", refOf(work(row, world)?.gradingPeriod));
        return [...world.namesOf("GradingPeriod", period?.id), ...world.namesOf("Term", refOf(period?.term))].find((id) => id === row[column]);
      },
    }])),
    title: field(work, "Assignment.title", "title"),
    description: field(work, "Assignment.instructions", "instructions"),
    assignDate: field(work, "Assignment.assignedDate", "assignedDate"),
    dueDate: field(work, "Assignment.dueDate", "dueDate"),
    classSourcedId: reference(work, "Assignment.section", "section", "Section", "classSourcedId"),
    categorySourcedId: {
      at: "Assignment.category",
      said: (row, world) => (row.categorySourcedId !== undefined && world.kept("categories", row.categorySourcedId)?.title === (work(row, world)?.category as Node | undefined)?.title ? row.categorySourcedId : undefined),
    },
    schoolSourcedId: { at: "Section.school", said: (row, world) => world.namesOf("School", refOf(world.byId("sections", refOf(work(row, world)?.section))?.school))[0] },
  },
  results: {
    lineItemSourcedId: reference(score, "Score.assignment", "assignment", "Assignment", "lineItemSourcedId"),
    studentSourcedId: { at: "Score.student", said: (row, world) => world.namesOf("Person", refOf(world.byId("students", refOf(score(row, world)?.student))?.person))[0] },
    score: { at: "Score.points", said: (row, world) => number(score(row, world)?.points, row.score) },
    scoreStatus: { at: "Score.exempt", said: (row, world) => (score(row, world)?.exempt === true ? "exempt" : undefined) },
    comment: { at: "ScoreNote.text", said: (row, world) => text((score(row, world)?.note as Node | undefined)?.text) },
    late: field(score, "Score.late", "late"),
    missing: field(score, "Score.missing", "missing"),
    classSourcedId: { at: "Assignment.section", said: (row, world) => world.namesOf("Section", refOf(world.byId("assignments", refOf(score(row, world)?.assignment))?.section))[0] },
  },
};
