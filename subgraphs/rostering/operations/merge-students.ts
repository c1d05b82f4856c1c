import { sql } from "kysely";
import type { AcrossDomains } from "#foundation/crud/across-domains";
import { atSchool, district } from "#foundation/access/relations";
import { acrossMutation } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { ForeignRef } from "#foundation/record/fields";
import { people, schools, students } from "../domains.ts";
import { StudentMerge } from "../entities/student-merge.ts";
import { Student } from "../foreign.ts";
import { collisions, listedBesideOrder } from "./merge-collisions.ts";
import { moveIdentifiers } from "./merge-identifiers.ts";
import { openStudentBook, type Student as StudentRecord, type StudentBook } from "./student-book.ts";

export class MergeStudentsInput {
  @ForeignRef(() => Student, { description: "The record to give up: it is archived, and stays readable under its id." }) duplicateId!: string;
  @ForeignRef(() => Student, { description: "The record that stays." }) survivorId!: string;
}

export const mergeStudents = acrossMutation<MergeStudentsInput>({
  name: "mergeStudents",
  description: "Makes one student of two records of the same child: rows of every domain that point to the duplicate go to the survivor, but for those of which the survivor has one already. Each row that is moved is remembered and audited, so that unmergeStudents can put it back. Enrollments that one child cannot have are named, and nothing is done. By the district's registrar, or the registrar of the school of both.",
  roles: [Role.Registrar],
  reason: "required",
  input: MergeStudentsInput,
  shows: StudentMerge,
  async run(across, { duplicateId, survivorId }) {
    if (duplicateId === survivorId) throw OsssError.invalid([{ path: "input.survivorId", message: "Choose two different students." }]);
    await requireReachOf(across, [duplicateId, survivorId]);
    // Always in the same order, so that two merges of the same records wait for each other.
    await across.in("students", (session) => students.lockStudents(session, [duplicateId, survivorId]));
    const duplicate = await openStudentBook(across, duplicateId);
    const survivor = await openStudentBook(across, survivorId);
    if ([duplicate, survivor].some(({ student }) => student.personId === across.caller.identity.personId)) throw OsssError.forbidden("Nobody merges a record of her own. Ask a colleague.");
    await refuseListed(across, [duplicateId, survivorId]);
    await refuseCollisions(across, duplicate, survivor);
    await refuseStrangersBesideOrders(across, duplicate.student, survivor.student);
    const merge = await across.in("rostering", async (session) => session.create(StudentMerge, { duplicateId, survivorId, reason: session.reason ?? "" }));
    const rows = await across.in("rostering", async (session) => {
      const [counts] = await session.ask(sql<{ moved: number; kept: number }>`SELECT moved, kept FROM rostering.merge_student_rows(${merge.id}::uuid, 'mergeStudents', ${session.reason}, ${session.caller.requestId})`);
      return counts!;
    });
    const more = await moveIdentifiers(across, { merge: merge.id, duplicate: duplicate.student, survivor: survivor.student });
    const archivedPerson = await archiveDuplicate(across, duplicate.student);
    await across.in("rostering", async (session) => void session.update(merge, { movedRows: rows.moved + more, keptRows: rows.kept, archivedPerson }));
    const notes = rows.kept > 0 ? [`${rows.kept} ${rows.kept === 1 ? "row" : "rows"} stayed with the duplicate, because the survivor has one for the same thing.`] : [];
    if (!archivedPerson) notes.push("The duplicate's person is still needed for something else, e.g. a sign-in or a listing for another student. It stays beside the survivor's.");
    return { id: merge.id, notes };
  },
});

/** The district's registrar reaches everybody; a school's, the students of the school. */
export async function requireReachOf(across: AcrossDomains, studentIds: readonly string[]): Promise<void> {
  await across.in("rostering", async (session) => {
    if (await session.holds(district, null, [Role.Registrar])) return;
    for (const id of studentIds) {
      if (!(await session.holds(atSchool, "student", [Role.Registrar], id))) throw OsssError.forbidden("Only the registrar of the school of both students, or of the district, does this. Ask that office.");
    }
  });
}

async function refuseCollisions(across: AcrossDomains, duplicate: StudentBook, survivor: StudentBook): Promise<void> {
  const found = collisions(duplicate.enrollments, survivor.enrollments);
  if (found.length === 0) return;
  const names = new Map((await across.in("schools", schools.schools)).map(({ id, name }) => [id, name]));
  const said = (each: { schoolId: string; entryDate: string; exitDate?: string | null }) => `${names.get(each.schoolId) ?? "a school"} from ${each.entryDate}${each.exitDate == null ? "" : ` until ${each.exitDate}`}`;
  const { of, duplicate: mine, survivor: theirs } = found[0]!;
  throw OsssError.conflict(
    `One child cannot have both: the duplicate is ${of === "PRIMARY" ? "in primary enrollment" : "enrolled"} at ${said(mine)}, the survivor at ${said(theirs)}.${found.length > 1 ? ` There are ${found.length - 1} more such pairs.` : ""} Set the enrollments right first: correctEnrollment, withdrawStudent, or cancelEnrollment for one entered by mistake.`,
    { collisions: found.map((each) => ({ of: each.of, duplicateEnrollmentId: each.duplicate.id, survivorEnrollmentId: each.survivor.id })) },
  );
}

/** Contacts go to the survivor: whoever is listed for one of the two would give herself a child. */
async function refuseListed(across: AcrossDomains, studentIds: readonly string[]): Promise<void> {
  const contacts = await across.in("students", (session) => students.contactsOf(session, studentIds));
  if (contacts.some(({ personId }) => personId === across.caller.identity.personId)) throw OsssError.forbidden("Nobody merges a student for whom she is listed as a contact. Ask a colleague.");
}

/** An order names a person. A second record of that person, listed for the duplicate, would not be restricted by it. */
async function refuseStrangersBesideOrders(across: AcrossDomains, duplicate: StudentRecord, survivor: StudentRecord): Promise<void> {
  await across.in("students", async (session) => {
    const today = await session.today();
    const [contacts, orders] = [await students.contactsOf(session, [duplicate.id, survivor.id]), await students.courtOrdersOf(session, [duplicate.id, survivor.id])];
    const of = <T extends object>(rows: readonly T[], student: StudentRecord) => rows.filter((row) => students.isAbout(row, student.id));
    const [mine, theirs] = [of(contacts, duplicate), of(contacts, survivor)];
    if (listedBesideOrder(of(orders, survivor), theirs, mine, today) || listedBesideOrder(of(orders, duplicate), mine, theirs, today)) {
      throw OsssError.conflict("There is a court order for one of the two, and contacts are listed for the other who are not listed beside it: one of them may be a second record of the restricted person. End or archive the contacts on one of the two records, list the right ones on the other, and merge then.");
    }
  });
}

/** The person goes with the student, unless something else still rests on it. */
async function archiveDuplicate(across: AcrossDomains, { id, personId }: StudentRecord): Promise<boolean> {
  await across.in("students", async (session) => students.archiveStudent(session, (await students.studentsById(session, [id]))[0]!));
  const needed = await across.in("rostering", async (session) => (await session.ask(sql<{ needed: boolean }>`SELECT rostering.person_needed(${personId}::uuid) AS needed`))[0]!.needed);
  if (needed) return false;
  await across.in("people", async (session) => people.archivePerson(session, (await people.personsById(session, [personId]))[0]!));
  return true;
}
