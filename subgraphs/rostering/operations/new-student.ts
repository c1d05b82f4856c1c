import type { AcrossDomains } from "#foundation/crud/across-domains";
import { district, familyAtSchool } from "#foundation/access/relations";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { Choice, Day, Flag, ForeignRef, Items, Part, Text, Whole } from "#foundation/record/fields";
import { people, students } from "../domains.ts";
import { Household, Person } from "../foreign.ts";
import { enterHousehold, NewHouseholdInput } from "./new-household.ts";

const name = { maxLength: 100 };
const race = (of: string) => ({ description: `Whether the student marked ${of}. Left out: the second part of the federal question was not answered.`, optional: true });
const right = (description: string) => ({ description, defaultValue: false });

export class NewContactInput {
  @ForeignRef(() => Person, { description: "A person whom the district knows, of the families of your school; for the district's registrar anybody. Left out: a new person.", optional: true }) personId?: string | null;
  @Text({ ...name, description: "The first name of a new person.", optional: true }) givenName?: string | null;
  @Text({ ...name, description: "The family name of a new person.", optional: true }) familyName?: string | null;
  @Text({ description: "A telephone number of a new person, as it is dialed.", optional: true, maxLength: 40 }) phone?: string | null;
  @Choice(people.PhoneKind, { description: "Where that telephone rings.", defaultValue: "MOBILE" }) phoneKind!: people.PhoneKind;
  @Text({ description: "The own e-mail address of a new person.", optional: true, maxLength: 254, pattern: /^[^@\s]+@[^@\s]+$/, patternHint: "an e-mail address, e.g. maria.lopez@example.org" }) email?: string | null;
  @Choice(students.ContactRelationship, { description: "What the contact is to the student. It gives no right by itself." }) relationship!: students.ContactRelationship;
  @Flag(right("May know the student's education record.")) educationRights!: boolean;
  @Flag(right("May use the portal for this student.")) portalAccess!: boolean;
  @Flag(right("Lives with the student; belongs to the household that is given.")) livesWith!: boolean;
  @Flag(right("Receives the school's mail about the student.")) mailings!: boolean;
  @Flag(right("May take the student home from school.")) pickUp!: boolean;
  @Flag(right("Decides about the student's education.")) decisionMaking!: boolean;
  @Flag(right("Not shown to the student's other contacts nor to the student.")) confidential!: boolean;
  @Whole({ description: "The order in which to call in an emergency, from 1. Left out: do not call.", min: 1, max: 99, optional: true }) emergencyOrder?: number | null;
}

export class NewStudentInput {
  @ForeignRef(() => Person, { description: "A person whom the district knows and who is no student yet, of the families of your school; for the district's registrar anybody. Left out: a new person of the names below.", optional: true }) personId?: string | null;
  @Text({ ...name, description: "The legal first name.", optional: true }) givenName?: string | null;
  @Text({ ...name, description: "The legal middle names.", optional: true }) middleName?: string | null;
  @Text({ ...name, description: "The legal family name.", optional: true }) familyName?: string | null;
  @Text({ description: "What follows the name, e.g. \"Jr.\".", optional: true, maxLength: 20 }) suffix?: string | null;
  @Text({ ...name, description: "The first name that the student goes by, where it is another.", optional: true }) preferredGivenName?: string | null;
  @Text({ ...name, description: "The family name that the student goes by, where it is another.", optional: true }) preferredFamilyName?: string | null;
  @Day({ description: "The birth date.", optional: true }) birthDate?: string | null;
  @Choice(people.LegalSex, { description: "Sex as legal documents state it.", optional: true }) legalSex?: people.LegalSex | null;
  @Text({ description: "The language spoken most at home, as an ISO 639 code.", optional: true, maxLength: 3, pattern: /^[a-z]{2,3}$/, patternHint: "an ISO 639 code in lower case, e.g. es" }) homeLanguage?: string | null;
  @Flag({ description: "The first part of the federal question: whether the student is Hispanic or Latino. Left out: not answered.", optional: true }) hispanicOrLatino?: boolean | null;
  @Flag(race("American Indian or Alaska Native")) americanIndianOrAlaskaNative?: boolean | null;
  @Flag(race("Asian")) asian?: boolean | null;
  @Flag(race("Black or African American")) blackOrAfricanAmerican?: boolean | null;
  @Flag(race("Native Hawaiian or other Pacific Islander")) nativeHawaiianOrOtherPacificIslander?: boolean | null;
  @Flag(race("White")) white?: boolean | null;
  @Text({ description: "The district's number for the student. Left out: the next free one.", optional: true, maxLength: 32 }) studentNumber?: string | null;
  @Text({ description: "The state's number for the student, where it is known.", optional: true, maxLength: 32 }) stateId?: string | null;
  @Items(() => NewContactInput, { description: "Parents and others to list for the student, as confirmed contacts from the entry on.", optional: true }) contacts?: NewContactInput[];
  @ForeignRef(() => Household, { description: "A household of your school's families that the student belongs to.", optional: true }) householdId?: string | null;
  @Part(() => NewHouseholdInput, { description: "A new household that the student belongs to, together with the contacts who live with the student.", optional: true }) household?: NewHouseholdInput | null;
}

/** Writes a new student with person, demographics, contacts and household. The caller's own rule has been checked. */
export async function enterStudent(across: AcrossDomains, input: NewStudentInput, fromDate: string): Promise<{ id: string }> {
  const contacts = input.contacts ?? [];
  checkNames(input, contacts);
  await checkPersons(across, [...(input.personId ? [input.personId] : []), ...contacts.flatMap(({ personId }) => personId ?? [])], contacts);
  const { personId, contactPersons } = await across.in("people", async (session) => {
    const { givenName, middleName, familyName, suffix, preferredGivenName, preferredFamilyName } = input;
    const person = input.personId ?? people.addPerson(session, { givenName: givenName!, middleName, familyName: familyName!, suffix, preferredGivenName, preferredFamilyName });
    const { birthDate, legalSex, homeLanguage, hispanicOrLatino, americanIndianOrAlaskaNative, asian, blackOrAfricanAmerican, nativeHawaiianOrOtherPacificIslander, white } = input;
    const demographics = { birthDate, legalSex, homeLanguage, hispanicOrLatino, americanIndianOrAlaskaNative, asian, blackOrAfricanAmerican, nativeHawaiianOrOtherPacificIslander, white };
    const given = Object.fromEntries(Object.entries(demographics).filter(([, value]) => value != null));
    if (Object.keys(given).length > 0) await writeDemographics(session, input.personId ?? null, person, given);
    return { personId: person, contactPersons: contacts.map((contact) => contact.personId ?? newContactPerson(session, contact)) };
  });
  await enterHousehold(across, input, { personId, livingWith: contacts.flatMap((contact, i) => (contact.livesWith ? [{ personId: contactPersons[i]!, mailings: contact.mailings }] : [])), fromDate });
  return across.in("students", async (session) => {
    const id = students.addStudent(session, { personId, studentNumber: await studentNumber(session, input.studentNumber) });
    if (input.stateId) students.addStudentIdentifiers(session, id, { stateId: input.stateId });
    for (const [i, { personId: _known, givenName: _given, familyName: _family, phone: _phone, phoneKind: _kind, email: _email, ...rights }] of contacts.entries()) {
      students.addContact(session, { student: id, personId: contactPersons[i]!, status: "CONFIRMED", fromDate, ...rights });
    }
    return { id };
  });
}

type Session = Parameters<typeof people.addPerson>[0];

/** Of a person whom the district knows, demographics are written by whoever may write them without this enrollment: it may be a parent's that would be lost. */
async function writeDemographics(session: Session, known: string | null, person: string, values: Parameters<typeof people.addDemographics>[2]): Promise<void> {
  if (known !== null && !(await people.mayWriteDemographics(session, known))) {
    throw OsssError.forbidden("The district knows this person, and the birth date and other demographics are not yours to write yet. Leave them out here: the district's registrar writes them, and you do from the first day of the enrollment on.");
  }
  const [present] = known === null ? [] : await people.demographicsById(session, [known]);
  if (present) people.changeDemographics(session, present, values);
  else people.addDemographics(session, person, values);
}

function newContactPerson(session: Session, contact: NewContactInput): string {
  const id = people.addPerson(session, { givenName: contact.givenName!, familyName: contact.familyName! });
  if (contact.phone) people.addPhone(session, { person: id, number: contact.phone, kind: contact.phoneKind, preferred: true });
  if (contact.email) people.addEmail(session, { person: id, address: contact.email, kind: "PERSONAL", preferred: true });
  return id;
}

function checkNames(input: NewStudentInput, contacts: readonly NewContactInput[]): void {
  const missing = (who: { personId?: string | null; givenName?: string | null; familyName?: string | null }) => !who.personId && !(who.givenName && who.familyName);
  const problems = [
    ...(missing(input) ? [{ path: "input.newStudent", message: "Send givenName and familyName, or the personId of somebody whom the district knows." }] : []),
    ...contacts.flatMap((contact, i) => (missing(contact) ? [{ path: `input.newStudent.contacts.${i}`, message: "Send givenName and familyName, or the personId of somebody whom the district knows." }] : [])),
  ];
  if (problems.length > 0) throw OsssError.invalid(problems);
}

/** A listed person becomes known to the school: its registrar lists those of its families, the district's anybody, and nobody herself. */
async function checkPersons(across: AcrossDomains, personIds: readonly string[], contacts: readonly NewContactInput[]): Promise<void> {
  const me = across.caller.identity.personId;
  if (contacts.some(({ personId }) => personId != null && personId === me)) throw OsssError.forbidden("Nobody lists herself for a student. Ask a colleague.");
  await across.in("rostering", async (session) => {
    if (personIds.length === 0 || (await session.holds(district, null, [Role.Registrar]))) return;
    for (const id of personIds) {
      if (!(await session.holds(familyAtSchool, "person", [Role.Registrar], id))) throw OsssError.forbidden("One of the persons belongs to no family of your school. Enter a new person, or ask the district's registrar.");
    }
  });
}

/** Numbers are never given twice, those of merged students included. */
async function studentNumber(session: Session, given: string | null | undefined): Promise<string> {
  if (given) {
    if ((await students.takenStudentNumbers(session, [given])).length > 0) throw OsssError.conflict("A student has or had this student number. Choose another, or leave it out to get the next free one.");
    return given;
  }
  await session.serialize("student number");
  return String((await students.highestStudentNumber(session)) + 1);
}
