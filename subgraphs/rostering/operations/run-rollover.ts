import type { AcrossDomains } from "#foundation/crud/across-domains";
import { atSchool, district } from "#foundation/access/relations";
import { acrossMutation } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { ForeignRef } from "#foundation/record/fields";
import { uuidv7 } from "#foundation/record/uuid";
import { schools, students } from "../domains.ts";
import { RolloverRow } from "../entities/rollover-row.ts";
import { Rollover } from "../entities/rollover.ts";
import { School, SchoolYear } from "../foreign.ts";
import { readCodes, type EnrollmentCodes } from "./enrollment-codes.ts";
import { bothYears } from "./next-year.ts";
import { rollerRoles, rollers } from "./preview-rollover.ts";
import { planRollover, type RolloverStep } from "./rollover-plan.ts";
import type { Year } from "./student-book.ts";
import { yearEndStudents } from "./year-end.ts";

export class RunRolloverInput {
  @ForeignRef(() => SchoolYear, { description: "The school year that the students finish." }) fromYearId!: string;
  @ForeignRef(() => School, { description: "Only the students of this school. Left out: of all schools.", optional: true }) schoolId?: string | null;
}

/** So many students are written at a time: what the ORM holds does not grow with the district. */
const portion = 1_000;

export const runRollover = acrossMutation<RunRolloverInput>({
  name: "runRollover",
  description: "Carries out the placements of a school year: students get the year's end as exit and an enrollment in the next year from its first day on; who graduates or leaves gets the exit alone. Both years stay open until each is closed. Students who are placed already are skipped, so that a second run does nothing; a run that finds nothing to do shows the last one. All or nothing. For a school by its registrar or principal, for the district by its registrar or superintendent.",
  roles: rollerRoles,
  reason: "optional",
  input: RunRolloverInput,
  shows: Rollover,
  large: true,
  async run(across, input) {
    const schoolId = input.schoolId ?? null;
    await requireRoller(across, schoolId);
    const { from, to } = await bothYears(across, input.fromYearId);
    const codes = await readCodes(across);
    await across.in("rostering", (session) => session.serialize(`rollover ${from.id}`));
    const look = () => across.in("rostering", (session) => session.ask(yearEndStudents(from.id, to, { schoolId })));
    // Looked at twice: who is meant is locked first, and then what is true of them does not change any more.
    const meant = (await look()).map(({ studentId }) => studentId);
    for (let at = 0; at < meant.length; at += portion) await across.in("students", (session) => students.lockStudents(session, meant.slice(at, at + portion)));
    const locked = new Set(meant);
    const { steps, counts: { blocked, ...counts } } = planRollover((await look()).filter(({ studentId }) => locked.has(studentId)));
    const notes = notesOn(counts, blocked);
    if (steps.length === 0) return { id: await lastRun(across, from.id, schoolId), notes: ["There was nothing left to do.", ...notes] };
    const openedYear = await openYear(across, to);
    const rollover = await across.in("rostering", async (session) => session.create(Rollover, { fromYearId: from.id, toYearId: to.id, schoolId, ...counts, openedYear }).id);
    for (let at = 0; at < steps.length; at += portion) await rollOver(across, rollover, steps.slice(at, at + portion), { from, to, codes });
    return { id: rollover, notes };
  },
});

/** @throws OsssError FORBIDDEN unless the caller rolls over this school, or all of them. */
export async function requireRoller(across: AcrossDomains, schoolId: string | null): Promise<void> {
  await across.in("rostering", async (session) => {
    if (await session.holds(district, null, rollers.district)) return;
    if (schoolId !== null && (await session.holds(atSchool, "school", rollers.school, schoolId))) return;
    throw OsssError.forbidden(schoolId === null ? "Only the district's registrar or superintendent rolls over all schools. Name your school." : "You do not roll over this school.");
  });
}

async function rollOver(across: AcrossDomains, rollover: string, steps: readonly RolloverStep[], { from, to, codes }: { from: Year; to: Year; codes: EnrollmentCodes }): Promise<void> {
  const rows = await across.in("students", async (session) => {
    const ids = steps.flatMap(({ student }) => [student.enrollmentId, ...student.secondaryIds]);
    const records = new Map((await students.enrollmentsById(session, ids)).map((record) => [record.id, record]));
    const ended = steps.flatMap(({ student, action }) => [student.enrollmentId, ...student.secondaryIds].map((id) => {
      const record = records.get(id)!;
      const former = { formerExitDate: record.exitDate ?? null, formerExitCode: record.exitCode ?? null };
      const touched = record.exitDate !== from.endDay;
      if (touched) students.changeEnrollment(session, record, { exitDate: from.endDay, exitCode: codes.standard("EXIT", exits[action]) });
      return { studentId: student.studentId, schoolId: record.schoolId, action, endedEnrollmentId: id, endedVersion: touched ? record.version : null, ...former };
    }));
    // A new enrollment begins only after the former one has ended: constraints hold statement by statement.
    await session.flush();
    const begun = new Map<string, string>();
    for (const { student, action, next } of steps) {
      if (next === null) continue;
      const { schoolId, gradeLevelId } = next;
      begun.set(student.enrollmentId, students.addSchoolEnrollment(session, {
        student: student.studentId, schoolId, schoolYearId: to.id, gradeLevelId, entryDate: to.firstDay, entryCode: codes.standard("ENTRY", action === "RETAIN" ? "RETAINED" : "CONTINUED"), fullTimeShare: student.fullTimeShare,
      }));
    }
    return ended.map((row) => ({ id: uuidv7(session.caller.now.getTime()), rollover, ...row, newEnrollmentId: begun.get(row.endedEnrollmentId) ?? null }));
  });
  await across.in("rostering", (session) => session.load(RolloverRow, rows));
}

const exits = { PROMOTE: "PROMOTED", RETAIN: "RETAINED", GRADUATE: "GRADUATED", LEAVE: "WITHDRAWN" } as const;

async function openYear(across: AcrossDomains, to: Year): Promise<boolean> {
  if (to.status !== "PLANNED") return false;
  await across.in("schools", async (session) => schools.changeSchoolYear(session, (await schools.schoolYears(session)).find(({ id }) => id === to.id)!, { status: "OPEN" }));
  return true;
}

async function lastRun(across: AcrossDomains, fromYearId: string, schoolId: string | null): Promise<string> {
  const runs = await across.in("rostering", (session) => session.list(Rollover, { fromYearId, archivedAt: null }));
  const last = runs.findLast((run) => run.schoolId === schoolId) ?? runs.at(-1);
  if (!last) throw OsssError.conflict("There is nothing to roll over: no student who is enrolled to the end of the year has a placement. Set placements with planNextYear or planSchoolByGrades first.");
  return last.id;
}

function notesOn({ unplanned, alreadyPlaced }: { unplanned: number; alreadyPlaced: number }, blocked: number): string[] {
  const say = (n: number, text: string) => (n === 0 ? [] : [`${n} ${n === 1 ? "student" : "students"} ${text}`]);
  return [
    ...say(alreadyPlaced, "had been placed before, and were skipped."),
    ...say(unplanned, "without a placement stay enrolled without an exit. Plan them, and run the rollover again."),
    ...say(blocked, "with another enrollment at the planned school in the way were skipped. previewRollover names them."),
  ];
}
