import type { AcrossDomains } from "#foundation/crud/across-domains";
import { students } from "../domains.ts";
import { ExternalIdentifier } from "../entities/external-identifier.ts";
import { StudentMergeMove } from "../entities/student-merge-move.ts";
import type { PersonMemory } from "../import/memory.ts";
import type { Student } from "./student-book.ts";

interface Merging {
  merge: string;
  duplicate: Student;
  survivor: Student;
}

/**
 * What names the duplicate elsewhere, and cannot be moved like a row: the state's number, which is copied where the survivor has none, and
 * the ids of other systems, which an import finds the student by. Returns how many there were.
 */
export async function moveIdentifiers(across: AcrossDomains, merging: Merging): Promise<number> {
  return (await copyStateId(across, merging)) + (await moveExternalIdentifiers(across, merging));
}

async function copyStateId(across: AcrossDomains, { merge, duplicate, survivor }: Merging): Promise<number> {
  const copied = await across.in("students", async (session) => {
    const found = await students.identifiersById(session, [duplicate.id, survivor.id]);
    const [mine, theirs] = [found.find(({ id }) => id === duplicate.id), found.find(({ id }) => id === survivor.id)];
    if (!mine?.stateId || mine.archivedAt || theirs?.stateId) return null;
    students.archiveIdentifiers(session, mine);
    await session.flush();
    if (theirs) students.changeIdentifiers(session, theirs, { stateId: mine.stateId });
    else students.addStudentIdentifiers(session, survivor.id, { stateId: mine.stateId });
    return mine.stateId;
  });
  if (copied === null) return 0;
  await across.in("rostering", async (session) =>
    void session.create(StudentMergeMove, {
      merge, survivorId: survivor.id, recordType: "StudentIdentifiers", recordId: duplicate.id, field: "stateId", kind: "COPIED", tableName: "students.student_identifiers", columnName: "state_id", before: null, after: copied,
    }));
  return 1;
}

/** Of two ids at one source the survivor's stays; the import knows that the other is a duplicate. */
async function moveExternalIdentifiers(across: AcrossDomains, { merge, duplicate, survivor }: Merging): Promise<number> {
  return across.in("rostering", async (session) => {
    const held = await session.list(ExternalIdentifier, { recordType: "Person", recordId: [duplicate.personId, survivor.personId], archivedAt: null });
    const taken = new Set(held.filter(({ recordId }) => recordId === survivor.personId).map(({ source }) => source));
    const going = held.filter(({ recordId, source }) => recordId === duplicate.personId && duplicate.personId !== survivor.personId && !taken.has(source));
    for (const each of going) {
      session.update(each, { recordId: survivor.personId, memory: withStudent(each.memory as PersonMemory, survivor.id) });
      session.create(StudentMergeMove, {
        merge, survivorId: survivor.id, recordType: "ExternalIdentifier", recordId: each.id, field: "recordId", kind: "MOVED", tableName: "rostering.external_identifier", columnName: "record_id", before: duplicate.personId, after: survivor.personId,
      });
    }
    return going.length;
  });
}

export const withStudent = (memory: PersonMemory, id: string): PersonMemory => (memory.student === undefined ? memory : { ...memory, student: { ...memory.student, id } });
