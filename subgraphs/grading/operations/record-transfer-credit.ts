import { sql } from "kysely";
import { mutation } from "#foundation/crud/operation";
import { OsssError, type FieldProblem } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { BelongsTo, Day, Decimal, Flag, ForeignRef, Items, Text } from "#foundation/record/fields";
import { by } from "../asking.ts";
import { CourseHistory } from "../entities/course-history.ts";
import { Course, CourseLevel, GradeLevel, School, Student, Subject } from "../foreign.ts";
import { holdRecords } from "../record-lock.ts";
import { Exact } from "../rules/exact.ts";

class TransferEntry {
  @Text({ description: "The course's code there, e.g. \"ENG9\".", maxLength: 32 }) courseCode!: string;
  @Text({ description: "The course's title there, as transcripts will print it.", maxLength: 120 }) courseTitle!: string;
  @ForeignRef(() => Course, { description: "The course of our catalog that it stands for, if one does.", optional: true }) courseId?: string | null;
  @ForeignRef(() => Subject, { description: "The subject whose requirement it counts for. Left out: that of the course.", optional: true }) subjectId?: string | null;
  @ForeignRef(() => CourseLevel, { description: "How demanding it was, for weighted averages. Left out: as the course is here.", optional: true }) courseLevelId?: string | null;
  @ForeignRef(() => GradeLevel, { description: "The student's grade level then, if known.", optional: true }) gradeLevelId?: string | null;
  @Text({ description: "The school year, e.g. \"2024-25\".", maxLength: 32 }) schoolYearName!: string;
  @Text({ description: "The term, e.g. \"Fall semester\".", maxLength: 64 }) termName!: string;
  @Day({ description: "The day after the last day of the term." }) endedOn!: string;
  @Text({ description: "The mark, on the scale of our policies.", maxLength: 16 }) mark!: string;
  @Decimal({ description: "The credits attempted.", unit: "credits", precision: 6, scale: 3, min: 0, max: 100 }) creditsAttempted!: string;
  @Decimal({ description: "The credits that we accept: not more than were attempted.", unit: "credits", precision: 6, scale: 3, min: 0, max: 100 }) creditsEarned!: string;
  @Flag({ description: "May count in a grade point average. False for pass/fail.", defaultValue: true }) countsInGpa!: boolean;
  @BelongsTo(() => CourseHistory, { description: "The entry of the student that it repeats, if it does.", optional: true }) repeats?: string | null;
}

class RecordTransferCreditInput {
  @ForeignRef(() => Student, { description: "The student." }) studentId!: string;
  @ForeignRef(() => School, { description: "The school of the district that accepts the credit." }) schoolId!: string;
  @Text({ description: "The school where it was earned, by name.", maxLength: 160 }) transferSchool!: string;
  @Items(() => TransferEntry, { description: "The courses." }) entries!: TransferEntry[];
}

export const recordTransferCredit = mutation<RecordTransferCreditInput>({
  name: "recordTransferCredit",
  description: "Enters courses that a student finished at a school elsewhere into the permanent record, all or none. A course that is entered already is refused. The payload shows the first entry.",
  roles: [Role.Registrar],
  as: "caller",
  input: RecordTransferCreditInput,
  record: CourseHistory,
  async run(session, { studentId, schoolId, transferSchool, entries }) {
    if (entries.length === 0) throw OsssError.invalid([{ path: "input.entries", message: "Send at least one course." }]);
    await holdRecords(session, [studentId]);
    const recorded = await session.list(CourseHistory, { studentId, archivedAt: null });
    const keyOf = (e: Pick<CourseHistory, "courseCode" | "schoolYearName" | "termName">) => JSON.stringify([e.courseCode, e.schoolYearName, e.termName]);
    const known = new Set(recorded.filter((r) => r.transferSchool === transferSchool).map(keyOf));
    const problems = entries.flatMap((entry, i): FieldProblem[] => {
      const at = `input.entries.${i}`;
      const twice = known.has(keyOf(entry));
      known.add(keyOf(entry));
      if (twice) return [{ path: at, message: "This course of this school and term is entered already. Leave it out, or correct the entry." }];
      if (Exact.of(entry.creditsEarned).compare(Exact.of(entry.creditsAttempted)) > 0) return [{ path: `${at}.creditsEarned`, message: "Nobody earns more credits than were attempted. Correct one of the two." }];
      if (entry.repeats && !recorded.some((r) => r.id === entry.repeats)) return [{ path: `${at}.repeatsId`, message: "This is no entry of the student's record. Check the id." }];
      return [];
    });
    if (problems.length > 0) throw OsssError.invalid(problems);
    const courses = by(await session.ask(sql<{ id: string; subject_id: string; level_id: string | null }>`SELECT * FROM lookup.grading_courses(${entries.flatMap((e) => (e.courseId ? [e.courseId] : []))}::uuid[])`), "id");
    const made = entries.map((entry) => {
      const course = entry.courseId ? courses.get(entry.courseId) : undefined;
      return session.create(CourseHistory, {
        ...entry, studentId, schoolId, transferSchool,
        subjectId: entry.subjectId === undefined ? (course?.subject_id ?? null) : entry.subjectId, courseLevelId: entry.courseLevelId === undefined ? (course?.level_id ?? null) : entry.courseLevelId,
      });
    });
    return made[0]!;
  },
});
