import type { AcrossDomains } from "#foundation/crud/across-domains";
import { acrossMutation } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { Choice, Day, Decimal, Flag, ForeignRef, Part, Text } from "#foundation/record/fields";
import { students } from "../domains.ts";
import { CalendarTrack, GradeLevel, School, SchoolEnrollment, Student } from "../foreign.ts";
import { beginEnrollment } from "./begin-enrollment.ts";
import { readCodes } from "./enrollment-codes.ts";
import { duplicatesOf, explained } from "./find-duplicates.ts";
import { enterStudent, NewStudentInput } from "./new-student.ts";
import { openBookOfAny, requireAgreement, requireRegistrar } from "./student-book.ts";

export class EnrollStudentInput {
  @ForeignRef(() => Student, { description: "A student whom the district knows. Send this or newStudent.", optional: true }) studentId?: string | null;
  @Part(() => NewStudentInput, { description: "A student who is new to the district. Send this or studentId.", optional: true }) newStudent?: NewStudentInput | null;
  @ForeignRef(() => School, { description: "The school." }) schoolId!: string;
  @Day({ description: "The first day of membership, in the past or to come. It decides about the school year." }) entryDate!: string;
  @ForeignRef(() => GradeLevel, { description: "The grade level." }) gradeLevelId!: string;
  @ForeignRef(() => CalendarTrack, { description: "The calendar track, where the school has several.", optional: true }) trackId?: string | null;
  @Choice(students.EnrollmentKind, { description: "Whether it adds to the school's headcount.", defaultValue: "PRIMARY" }) kind!: "PRIMARY" | "SECONDARY";
  @Text({ description: "The code for how the student comes. Left out: the district's standard code for a first entry, or for one who goes on.", optional: true, maxLength: 16 }) entryCode?: string | null;
  @Decimal({ description: "The share of full time, from 0 to 1: 0.5 for half of the day.", unit: "share of full time", precision: 4, scale: 3, min: 0, max: 1, defaultValue: 1 }) fullTimeShare!: string;
  @Flag({ description: "The new student is none of those whom findDuplicates names. Needs a reason.", defaultValue: false }) notADuplicate!: boolean;
}

export const enrollStudent = acrossMutation<EnrollStudentInput>({
  name: "enrollStudent",
  description: "Enrolls a student at a school, as primary or beside another school: one whom the district knows, or a new one with person, demographics, contacts and household in the same step. Refused while a likely duplicate is not ruled out. By the registrar of the school, or of the district.",
  roles: [Role.Registrar],
  reason: "optional",
  input: EnrollStudentInput,
  shows: SchoolEnrollment,
  async run(across, input) {
    await requireRegistrar(across, input.schoolId);
    if ((input.studentId == null) === (input.newStudent == null)) throw OsssError.invalid([{ path: "input", message: "Send either studentId or newStudent." }]);
    if (input.newStudent) await refuseDuplicates(across, input.newStudent, input.notADuplicate);
    const studentId = input.studentId ?? (await enterStudent(across, input.newStudent!, input.entryDate)).id;
    const book = await openBookOfAny(across, studentId);
    await requireAgreement(across, book, input.kind);
    const before = book.enrollments.some(({ entryDate, exitDate }) => entryDate < input.entryDate && exitDate !== entryDate);
    const entryCode = (await readCodes(across)).choose("ENTRY", before ? "CONTINUED" : "FIRST_ENTRY", input.entryCode, "input.entryCode");
    const { schoolId, kind, entryDate, gradeLevelId, trackId, fullTimeShare } = input;
    const begun = await beginEnrollment(across, book, { schoolId, kind, entryDate, entryCode, gradeLevelId, trackId: trackId ?? null, fullTimeShare: String(fullTimeShare) });
    const primary = kind === "PRIMARY" || book.enrollments.some((each) => each.kind === "PRIMARY" && each.entryDate <= entryDate && (each.exitDate == null || each.exitDate > entryDate));
    return primary ? begun : { ...begun, notes: [...begun.notes, "The student has no primary enrollment on that day, and counts in no school's headcount."] };
  },
});

/** One child, one record: a likely duplicate is enrolled as who she is, or ruled out by a person who says why. */
async function refuseDuplicates(across: AcrossDomains, wanted: NewStudentInput, ruledOut: boolean): Promise<void> {
  const { reason, found } = await across.in("rostering", async (session) => {
    // Two clerks with the same child at their desks: the second one finds what the first has entered.
    await session.serialize("new student");
    return { reason: session.reason, found: await session.ask(duplicatesOf(wanted)) };
  });
  if (ruledOut && reason === null) throw OsssError.invalid([{ path: "reason", message: "Say why the new student is none of those found, e.g. \"Twin sister\". It is kept in the audit log." }]);
  const likely = explained(found).filter((each) => each.likely);
  if (likely.length === 0 || ruledOut) return;
  const first = likely[0]!;
  throw OsssError.conflict(`The student may be here already: ${first.name}, number ${first.studentNumber}${first.schools.length > 0 ? `, ${first.schools.join(", ")}` : ""}${likely.length > 1 ? `, or one of ${likely.length - 1} more` : ""}. Enroll or transfer that student; or send notADuplicate: true and a reason.`, {
    duplicates: likely.map(({ studentId, name, studentNumber, schools, reasons }) => ({ studentId, name, studentNumber, schools, reasons })),
  });
}
