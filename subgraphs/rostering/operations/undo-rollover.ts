import { sql } from "kysely";
import type { AcrossDomains } from "#foundation/crud/across-domains";
import { acrossMutation } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { lookup } from "#foundation/federation/manifest";
import { BelongsTo, Whole } from "#foundation/record/fields";
import { schools, students } from "../domains.ts";
import { RolloverRow } from "../entities/rollover-row.ts";
import { Rollover } from "../entities/rollover.ts";
import { rollerRoles } from "./preview-rollover.ts";
import { requireRoller } from "./run-rollover.ts";

export class UndoRolloverInput {
  @BelongsTo(() => Rollover, { description: "The rollover." }) rollover!: string;
  @Whole({ description: "The version of the rollover that you read.", min: 1 }) version!: number;
}

/** Which of these enrollments students are in sections by, in the year to come. */
export const scheduledLookup = lookup({
  name: "scheduled",
  arguments: "enrollments uuid[]",
  returns: "SETOF uuid",
  sql: `SELECT e.id FROM students.school_enrollment e WHERE e.id = ANY (enrollments) AND EXISTS (SELECT 1 FROM academics.section_enrollment r
    WHERE r.student_id = e.student_id AND r.school_id = e.school_id AND r.archived_at IS NULL AND (r.to_date IS NULL OR r.to_date > e.entry_date)
      AND EXISTS (SELECT 1 FROM academics.section s WHERE s.id = r.section_id AND s.school_year_id = e.school_year_id))`,
});

const portion = 1_000;

export const undoRollover = acrossMutation<UndoRolloverInput>({
  name: "undoRollover",
  description: "Takes a rollover back: next year's enrollments that nobody has touched are archived, and the exits that it set are as they were before. What somebody has changed since, or a schedule rests on, stays and is listed: rows of the rollover with the outcome KEPT. By whoever may run it.",
  roles: rollerRoles,
  reason: "required",
  input: UndoRolloverInput,
  shows: Rollover,
  large: true,
  async run(across, input) {
    const place = await across.in("rostering", async (session) => {
      await session.requireVisible(Rollover, input.rollover);
      return (await session.ask(sql<{ fromYearId: string; schoolId: string | null }>`SELECT from_year_id AS "fromYearId", school_id AS "schoolId" FROM rostering.rollover WHERE id = ${input.rollover}::uuid`))[0]!;
    });
    await requireRoller(across, place.schoolId);
    await across.in("rostering", (session) => session.serialize(`rollover ${place.fromYearId}`));
    const { toYearId, openedYear } = await across.in("rostering", async (session) => {
      const rollover = await session.get(Rollover, input.rollover, input.version);
      if (rollover.status === "UNDONE") throw OsssError.conflict("This rollover has been undone already. Its rows with the outcome KEPT say what stands.");
      session.update(rollover, { status: "UNDONE" });
      return rollover;
    });
    const ids = await across.in("rostering", (session) => session.ask(sql<{ id: string; studentId: string }>`SELECT id, student_id AS "studentId" FROM rostering.rollover_row WHERE rollover_id = ${input.rollover}::uuid AND archived_at IS NULL ORDER BY student_id, id`));
    let kept = 0;
    for (const part of byStudent(ids)) kept += await takeBack(across, part);
    if (openedYear && kept === 0) await planAgain(across, toYearId, input.rollover);
    return { id: input.rollover, notes: kept === 0 ? [] : [`${kept} ${kept === 1 ? "student was" : "students were"} changed or scheduled since, and ${kept === 1 ? "stays" : "stay"} as they are. The rows of this rollover with the outcome KEPT name them.`] };
  },
});

interface RowKey { id: string; studentId: string }

/** In portions that do not part the rows of one student. */
function byStudent(rows: readonly RowKey[]): RowKey[][] {
  const parts: RowKey[][] = [[]];
  for (const row of rows) {
    const last = parts.at(-1)!;
    if (last.length >= portion && last.at(-1)!.studentId !== row.studentId) parts.push([row]);
    else last.push(row);
  }
  return parts;
}

/** A student's part stands or goes as a whole. Returns how many students keep theirs. */
async function takeBack(across: AcrossDomains, keys: readonly RowKey[]): Promise<number> {
  if (keys.length === 0) return 0;
  await across.in("students", (session) => students.lockStudents(session, keys.map(({ studentId }) => studentId)));
  const rows = (await across.in("rostering", (session) => session.list(RolloverRow, { id: keys.map(({ id }) => id) }))).map(({ id, studentId, endedEnrollmentId, newEnrollmentId, endedVersion, formerExitDate, formerExitCode }) => ({ id, studentId, endedEnrollmentId, newEnrollmentId: newEnrollmentId ?? null, endedVersion: endedVersion ?? null, formerExitDate: formerExitDate ?? null, formerExitCode: formerExitCode ?? null }));
  const begun = rows.flatMap(({ newEnrollmentId }) => newEnrollmentId ?? []);
  const scheduled = new Set((await across.in("rostering", (session) => session.ask(sql<{ id: string }>`SELECT u AS id FROM lookup.rostering_scheduled(${begun}::uuid[]) u`))).map(({ id }) => id));
  const touched = await across.in("students", async (session) => {
    const records = new Map((await students.enrollmentsById(session, [...begun, ...rows.map(({ endedEnrollmentId }) => endedEnrollmentId)])).map((record) => [record.id, record]));
    const changed = (row: (typeof rows)[number]) => {
      const next = row.newEnrollmentId === null ? null : records.get(row.newEnrollmentId)!;
      const ended = records.get(row.endedEnrollmentId)!;
      return (next !== null && (next.version !== 1 || next.archivedAt !== null || scheduled.has(next.id))) || (row.endedVersion !== null && ended.version !== row.endedVersion);
    };
    const keeping = new Set(rows.filter(changed).map(({ studentId }) => studentId));
    const going = rows.filter(({ studentId }) => !keeping.has(studentId));
    for (const { newEnrollmentId } of going) if (newEnrollmentId !== null) students.archiveEnrollment(session, records.get(newEnrollmentId)!);
    await session.flush();
    for (const row of going) if (row.endedVersion !== null) students.changeEnrollment(session, records.get(row.endedEnrollmentId)!, { exitDate: row.formerExitDate, exitCode: row.formerExitCode });
    return keeping;
  });
  await across.in("rostering", async (session) => {
    for (const row of await session.list(RolloverRow, { id: rows.map(({ id }) => id) })) session.update(row, { outcome: touched.has(row.studentId) ? "KEPT" : "UNDONE" });
  });
  return touched.size;
}

/** The next year is only planned again, unless another rollover leads into it. */
async function planAgain(across: AcrossDomains, toYearId: string, undone: string): Promise<void> {
  const others = await across.in("rostering", (session) => session.list(Rollover, { toYearId, status: "DONE", archivedAt: null }));
  if (others.some(({ id }) => id !== undone)) return;
  await across.in("schools", async (session) => {
    const year = (await schools.schoolYears(session)).find(({ id }) => id === toYearId);
    if (year?.status === "OPEN") schools.changeSchoolYear(session, year, { status: "PLANNED" });
  });
}
