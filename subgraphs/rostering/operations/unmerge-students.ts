import { sql } from "kysely";
import type { AcrossDomains } from "#foundation/crud/across-domains";
import { acrossMutation } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { BelongsTo, Whole } from "#foundation/record/fields";
import { people, students } from "../domains.ts";
import { ExternalIdentifier } from "../entities/external-identifier.ts";
import { StudentMergeMove } from "../entities/student-merge-move.ts";
import { StudentMerge } from "../entities/student-merge.ts";
import type { PersonMemory } from "../import/memory.ts";
import { withStudent } from "./merge-identifiers.ts";
import { requireReachOf } from "./merge-students.ts";

export class UnmergeStudentsInput {
  @BelongsTo(() => StudentMerge, { description: "The merge to undo." }) merge!: string;
  @Whole({ description: "The version of the merge that you read.", min: 1 }) version!: number;
}

export const unmergeStudents = acrossMutation<UnmergeStudentsInput>({
  name: "unmergeStudents",
  description: "Makes two students of one again: every row that the merge moved goes back to the duplicate, and no other. What was entered for the survivor since stays there, but for what hangs on a moved row. The latest merge of a student is undone first. By the district's registrar, or the registrar of the student's school.",
  roles: [Role.Registrar],
  reason: "required",
  input: UnmergeStudentsInput,
  shows: StudentMerge,
  async run(across, input) {
    const { duplicateId, survivorId } = await placeOfMerge(across, input.merge);
    await requireReachOf(across, [survivorId]);
    await across.in("students", (session) => students.lockStudents(session, [duplicateId, survivorId]));
    const merge = await across.in("rostering", (session) => session.get(StudentMerge, input.merge, input.version));
    if (merge.status === "UNDONE") throw OsssError.conflict("This merge has been undone already.");
    await refuseLaterMerge(across, merge.survivorId);
    const moves = await across.in("rostering", (session) => session.list(StudentMergeMove, { merge: merge.id, recordType: ["StudentIdentifiers", "ExternalIdentifier"], kind: ["COPIED", "MOVED"] }));
    const [done] = await across.in("rostering", (session) =>
      session.ask(sql<{ moved: number; followed: number }>`SELECT moved, followed FROM rostering.unmerge_student_rows(${merge.id}::uuid, 'unmergeStudents', ${session.reason}, ${session.caller.requestId})`));
    await restoreDuplicate(across, merge, moves.find(({ kind }) => kind === "COPIED")?.after ?? null);
    await across.in("rostering", async (session) => {
      const external = moves.filter(({ recordType }) => recordType === "ExternalIdentifier").map(({ recordId }) => recordId);
      for (const each of external.length === 0 ? [] : await session.list(ExternalIdentifier, { id: external })) session.update(each, { memory: withStudent(each.memory as PersonMemory, merge.duplicateId) });
      session.update(merge, { status: "UNDONE", undoReason: session.reason });
    });
    const notes = done!.followed > 0 ? [`${done!.followed} ${done!.followed === 1 ? "row" : "rows"} made since the merge went back as well, because they hang on moved rows.`] : [];
    return { id: merge.id, notes };
  },
});

/** Before anything is locked: what is read as a record is not read again. NOT_FOUND also for a merge that the caller may not read. */
async function placeOfMerge(across: AcrossDomains, id: string): Promise<{ duplicateId: string; survivorId: string }> {
  return across.in("rostering", async (session) => {
    await session.requireVisible(StudentMerge, id);
    return (await session.ask(sql<{ duplicateId: string; survivorId: string }>`SELECT duplicate_id AS "duplicateId", survivor_id AS "survivorId" FROM rostering.student_merge WHERE id = ${id}::uuid`))[0]!;
  });
}

/** The rows of a student who was merged in turn are that other student's now. */
async function refuseLaterMerge(across: AcrossDomains, survivorId: string): Promise<void> {
  const later = await across.in("rostering", (session) => session.list(StudentMerge, { duplicateId: survivorId, status: "MERGED" }));
  if (later.length > 0) throw OsssError.conflict("The survivor of this merge was merged into another student later. Undo that merge first.");
}

async function restoreDuplicate(across: AcrossDomains, { duplicateId, survivorId, archivedPerson }: StudentMerge, copiedStateId: string | null): Promise<void> {
  const personId = await across.in("students", async (session) => {
    const duplicate = (await students.studentsById(session, [duplicateId]))[0]!;
    students.restoreStudent(session, duplicate);
    if (copiedStateId === null) return duplicate.personId;
    const found = await students.identifiersById(session, [duplicateId, survivorId]);
    const [mine, theirs] = [found.find(({ id }) => id === duplicateId), found.find(({ id }) => id === survivorId)];
    if (theirs?.stateId === copiedStateId) students.changeIdentifiers(session, theirs, { stateId: null });
    await session.flush();
    if (mine?.archivedAt) students.restoreIdentifiers(session, mine);
    return duplicate.personId;
  });
  if (archivedPerson) await across.in("people", async (session) => people.restorePerson(session, (await people.personsById(session, [personId]))[0]!));
}
