import type { World } from "#foundation/testing/factory";
import type { Reach, Reached, Reaches } from "#foundation/testing/personas";
import type { Role } from "#foundation/identity/role";

const dutyOf = (role: Role): string => role.toUpperCase().replaceAll("-", "_");
const ofDistrictOnly = new Set(["SUPERINTENDENT", "ADMIN", "BOARD_MEMBER", "BOARD_CLERK"]);
const ofSchoolOnly = new Set(["PRINCIPAL", "ASSISTANT_PRINCIPAL", "SCHOOL_SECRETARY"]);
const withoutDuty = new Set(["STUDENT", "PARENT", "INTEGRATION"]);

function onDuty(make: World, role: Role, school: string | null, personId: string = make.a("Person")): Reached {
  const duty = dutyOf(role);
  if (withoutDuty.has(duty)) throw new Error(`Nobody can have a duty as ${role}: the grant opens nothing.`);
  make.findOrMake("DutyAssignment", { person: personId, role: duty, schoolId: ofDistrictOnly.has(duty) ? null : school }, { fromDate: "2020-01-01" });
  return { personId };
}

const caller = (make: World, about: { personId?: string }): Reached => ({ personId: about.personId ?? make.a("Person") });

/** The school where a student is enrolled today. */
function schoolOf(make: World, student: string): string {
  const enrollment = make.findOrMake("SchoolEnrollment", { student, kind: "PRIMARY" });
  return make.valuesOf(enrollment).schoolId as string;
}

const studentOf = (make: World, person: string): string => make.findOrMake("Student", { personId: person });

/** A school that the student attended in another year. */
function formerSchoolOf(make: World, student: string): string {
  const former = make.findOrMake("SchoolEnrollment", { student, kind: "SECONDARY", exitCode: "W1" }, { entryDate: "2019-09-01", exitDate: "2020-06-01" });
  return make.valuesOf(former).schoolId as string;
}

const guardian: Reach = (make, student, about) => {
  const reached = caller(make, about);
  make.findOrMake("StudentContact", { student, personId: reached.personId, status: "CONFIRMED", educationRights: true, portalAccess: true }, { relationship: "MOTHER", fromDate: "2020-01-01" });
  return reached;
};

function memberStudentOf(make: World, household: string): string {
  // Not the row under test: archiving that one would take the household out of reach.
  const member = make.findOrMake("HouseholdMember", { household, mailings: true }, { fromDate: "2020-01-01" });
  return studentOf(make, make.valuesOf(member).person as string);
}

const atSchoolOfStudent: Reach = (make, student, { role, personId }) => onDuty(make, role, schoolOf(make, student), personId);
const atSchoolOfPerson: Reach = (make, person, { role, personId }) => onDuty(make, role, schoolOf(make, studentOf(make, person)), personId);

/** The caller teaches the section, today and for long. */
const teacherOf: Reach = (make, section, about) => {
  const reached = caller(make, about);
  make.findOrMake("TeachingAssignment", { sectionId: section, personId: reached.personId }, { fromDate: "2020-01-01" });
  return reached;
};

const onRoster = (make: World, student: string, section: string): void => void make.findOrMake("SectionEnrollment", { studentId: student, section }, { fromDate: "2026-08-20" });

/** The student is in a section that the caller teaches already, or in a new one. */
const teacherOfStudent: Reach = (make, student, about) => {
  const taught = about.personId && make.find("TeachingAssignment", { personId: about.personId });
  const section = taught ? (make.valuesOf(taught).sectionId as string) : make.a("Section");
  onRoster(make, student, section);
  return teacherOf(make, section, about);
};

/** The caller is in the pool, and stands in for the section's teacher on some days around the tests' today. */
const substituteIn: Reach = (make, section, about) => {
  const reached = caller(make, about);
  make.findOrMake("Substitute", { personId: reached.personId }, { fromDate: "2020-01-01" });
  make.findOrMake("SubstituteAssignment", { sectionId: section, personId: reached.personId }, { fromDate: "2026-10-12", toDate: "2026-10-17" });
  return reached;
};

/** The student is in a section in which the caller stands in already, or in a new one. */
const substituteOfStudent: Reach = (make, student, about) => {
  const standing = about.personId && make.find("SubstituteAssignment", { personId: about.personId });
  const section = standing ? (make.valuesOf(standing).sectionId as string) : make.a("Section");
  onRoster(make, student, section);
  return substituteIn(make, section, about);
};

const caseloadOf: Reach = (make, student, about) => {
  const reached = caller(make, about);
  const kind = dutyOf(about.role) === "COUNSELOR" ? "COUNSELING" : "CASE_MANAGEMENT";
  make.findOrMake("CaseloadAssignment", { studentId: student, personId: reached.personId, kind }, { fromDate: "2020-01-01" });
  return reached;
};

const everyCategory = ["ROSTER", "IDENTIFIERS", "CONTACT_DETAILS", "CONTACTS", "DEMOGRAPHICS", "GRADEBOOK"];

/** The caller is a party's system, and an agreement about the school names it. */
const systemAt = (make: World, school: string | null, accountId: string = make.a("Account", { personId: null, linkedBy: "AGREEMENT" })): Reached => {
  const agreement = make.findOrMake("Agreement", { account: accountId }, { basis: "SCHOOL_OFFICIAL", categories: everyCategory, everySchool: false, fromDate: "2026-08-01", toDate: "2027-08-01" });
  if (school !== null) make.findOrMake("AgreementSchool", { agreement, schoolId: school });
  return { personId: null, accountId };
};

/** A second school of the student, apart from that of any row that is tested. */
const agreedSchoolOf = (make: World, student: string): string =>
  make.valuesOf(make.findOrMake("SchoolEnrollment", { student, kind: "SECONDARY", entryCode: "AGREED" }, { entryDate: "2026-08-17" })).schoolId as string;

/** How each relation of the domains comes to hold. */
export const reaches: Reaches = {
  everywhere: (make, _stamp, { role, personId }) =>
    withoutDuty.has(dutyOf(role)) || ofSchoolOnly.has(dutyOf(role)) ? { personId: personId! } : onDuty(make, role, null, personId),
  member: (make, _stamp, about) => caller(make, about),
  on_duty: (make, _stamp, { role, personId }) => onDuty(make, role, make.a("School"), personId),
  district_office: (make, _stamp, { role, personId }) => onDuty(make, role, null, personId),
  self_person: (_make, person) => ({ personId: person }),
  self_student: (make, student) => ({ personId: make.valuesOf(student).personId as string }),
  party_to_agreement: (make, _stamp, { accountId }) => systemAt(make, null, accountId),
  under_agreement_school: (make, school, { accountId }) => systemAt(make, school, accountId),
  under_agreement_student: (make, student, { accountId }) => systemAt(make, agreedSchoolOf(make, student), accountId),
  under_agreement_person: (make, person, { accountId }) => systemAt(make, agreedSchoolOf(make, studentOf(make, person)), accountId),
  teaches_under_agreement_person: (make, person, { accountId }) => {
    const taught = make.findOrMake("TeachingAssignment", { personId: person }, { fromDate: "2020-01-01" });
    return systemAt(make, make.valuesOf(taught).schoolId as string, accountId);
  },
  own_rights_student: (make, student) => {
    const personId = make.valuesOf(student).personId as string;
    make.a("PersonDemographics", { birthDate: "2000-01-01" }, { id: personId });
    // Whoever reaches the row as a parent goes on reaching it.
    make.findOrMake("MajorityArrangement", { student, personId: null }, { fromDate: "2020-01-01" });
    return { personId };
  },
  self_account: (make, account) => ({ personId: make.valuesOf(account).personId as string, accountId: account }),
  guardian_student: guardian,
  guardian_person: (make, person, about) => guardian(make, studentOf(make, person), about),
  contact_of_child_person: (make, person, about) => {
    const child = make.findOrMake("StudentContact", { personId: person, status: "CONFIRMED", confidential: false }, { relationship: "FATHER", fromDate: "2020-01-01" });
    return guardian(make, make.valuesOf(child).student as string, about);
  },
  at_school_school: (make, school, { role, personId }) => onDuty(make, role, school, personId),
  at_school_student: atSchoolOfStudent,
  at_school_person: atSchoolOfPerson,
  at_school_household: (make, household, about) => atSchoolOfStudent(make, memberStudentOf(make, household), about),
  student_at_school_person: atSchoolOfPerson,
  family_at_school_person: atSchoolOfPerson,
  other_time_at_school_student: (make, student, { role, personId }) => onDuty(make, role, formerSchoolOf(make, student), personId),
  other_time_at_school_person: (make, person, { role, personId }) => onDuty(make, role, formerSchoolOf(make, studentOf(make, person)), personId),
  teaches_section_section: teacherOf,
  teaches_section_student: teacherOfStudent,
  teaches_student_student: teacherOfStudent,
  teaches_student_person: (make, person, about) => teacherOfStudent(make, studentOf(make, person), about),
  substitutes_section: substituteIn,
  substitutes_meeting: (make, meeting, about) => substituteIn(make, make.valuesOf(meeting).section as string, about),
  substitutes_student: substituteOfStudent,
  substitutes_person: (make, person, about) => substituteOfStudent(make, studentOf(make, person), about),
  caseload_student: caseloadOf,
  caseload_person: (make, person, about) => caseloadOf(make, studentOf(make, person), about),
  author_author: (_make, person) => ({ personId: person }),
  attends_section_section: (make, section, about) => {
    const student = about.role === "student" ? studentOf(make, caller(make, about).personId!) : make.a("Student");
    onRoster(make, student, section);
    return about.role === "student" ? { personId: make.valuesOf(student).personId as string } : guardian(make, student, about);
  },
  household_household: (make, household, about) => {
    const { personId } = caller(make, about);
    make.findOrMake("HouseholdMember", { household, person: personId }, { fromDate: "2020-01-01" });
    return { personId };
  },
};
