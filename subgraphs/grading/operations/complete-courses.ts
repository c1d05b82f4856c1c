import { sql } from "kysely";
import { atSchool } from "#foundation/access/relations";
import { mutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { ForeignRef } from "#foundation/record/fields";
import { markOffice } from "../access.ts";
import { by } from "../asking.ts";
import { CourseHistory } from "../entities/course-history.ts";
import { School, Term } from "../foreign.ts";
import { earnedBy, incompleteMark } from "../mark-changes.ts";
import { creditsOfPart } from "../rules/credits.ts";
import { scalesById } from "../scales.ts";
import { placesInSection, sectionFacts, terms, type Stretch } from "../timetable.ts";

class CompleteCoursesInput {
  @ForeignRef(() => School, { description: "The school." }) schoolId!: string;
  @ForeignRef(() => Term, { description: "The term that has ended." }) termId!: string;
}

interface FinalMark {
  id: string;
  student_id: string;
  section_id: string;
  scale_id: string;
  mark: string;
  percent: string | null;
}

export const completeCourses = mutation<CompleteCoursesInput>({
  name: "completeCourses",
  description:
    "Enters a school's final marks of a term into the permanent record, with credits: a course over several terms earns its share in each. What is entered already is left as it is, so that it can be run again after late marks. An earlier attempt at the same course that earned nothing is noted as repeated. The payload shows the first new entry, or none.",
  roles: markOffice,
  as: "district",
  input: CompleteCoursesInput,
  record: CourseHistory,
  async run(session, { schoolId, termId }) {
    if (!(await session.holds(atSchool, "school", markOffice, schoolId))) throw OsssError.forbidden("Only the principal and the registrar of the school enter its final marks into the record.");
    const term = (await terms(session, [termId])).get(termId);
    if (!term || (term.school_id ?? schoolId) !== schoolId) throw OsssError.invalid([{ path: "input.termId", message: "Choose a term of the school." }]);
    await session.serialize(`courses ${schoolId}`);
    // Held until they are entered: whoever changes one of them finds its entry.
    const marks = await session.ask(sql<FinalMark>`SELECT m.id, m.student_id, m.section_id, m.scale_id, m.mark, m.percent FROM grading.mark m
      WHERE m.school_id = ${schoolId}::uuid AND m.term_id = ${termId}::uuid AND m.kind = 'TERM_FINAL' AND m.archived_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM grading.course_history h WHERE h.source_id = m.id AND h.archived_at IS NULL) ORDER BY m.student_id, m.id FOR SHARE OF m`);
    return { id: (await enter(session, schoolId, term, marks)) ?? schoolId };
  },
});

/** Enters the marks; returns the id of the first entry. */
async function enter(session: WriteSession, schoolId: string, term: Stretch, marks: readonly FinalMark[]): Promise<string | null> {
  if (marks.length === 0) return null;
  const students = [...new Set(marks.map((m) => m.student_id))];
  const sectionIds = [...new Set(marks.map((m) => m.section_id))];
  const sections = await sectionFacts(session, sectionIds);
  const places = await placesInSection(session, sectionIds);
  const scales = await scalesById(session, [...new Set(marks.map((m) => m.scale_id))]);
  const gradeLevels = by(await session.ask(sql<{ student_id: string; grade_level_id: string | null }>`SELECT * FROM lookup.grading_grade_levels_on(${students}::uuid[], ${term.end_day}::date - 1)`), "student_id");
  const failed = await failedAttempts(session, students, term);
  let first: string | null = null;
  for (const mark of marks) {
    const section = sections.get(mark.section_id)!;
    // A section that is no longer taught in the term has no share of credits to give.
    const place = places.get(mark.section_id)?.get(term.id);
    const creditsAttempted = place ? creditsOfPart(section.credits, place.place, place.places) : "0.000";
    const entry = session.create(CourseHistory, {
      studentId: mark.student_id, schoolId, source: mark.id, sectionId: mark.section_id, courseId: section.course_id, courseCode: section.course_code, courseTitle: section.course_title,
      subjectId: section.subject_id, courseLevelId: section.level_id, gradeLevelId: gradeLevels.get(mark.student_id)?.grade_level_id ?? null,
      schoolYearName: term.school_year, termName: term.name, endedOn: term.end_day, mark: mark.mark, percent: mark.percent,
      creditsAttempted, ...earnedBy(scales.get(mark.scale_id)!, mark.mark, creditsAttempted), repeats: repeated(failed, mark.student_id, section.course_id, term.name),
    });
    first ??= entry.id;
  }
  return first;
}

interface FailedAttempt {
  id: string;
  student_id: string;
  course_id: string;
  term_name: string;
}

/** Earlier attempts that earned nothing and that nothing repeats yet, oldest first. */
async function failedAttempts(session: WriteSession, students: readonly string[], term: Stretch): Promise<FailedAttempt[]> {
  return session.ask(sql<FailedAttempt>`SELECT h.id, h.student_id, h.course_id, h.term_name FROM grading.course_history h
    WHERE h.student_id = ANY (${[...students]}::uuid[]) AND h.course_id IS NOT NULL AND h.credits_earned = 0 AND h.credits_attempted > 0 AND h.mark <> ${incompleteMark} AND h.ended_on < ${term.end_day}::date
      AND h.archived_at IS NULL AND NOT EXISTS (SELECT 1 FROM grading.course_history again WHERE again.repeats_id = h.id AND again.archived_at IS NULL) ORDER BY h.ended_on, h.id`);
}

/** The attempt that a new one repeats: of the same term's part of the course where there is one. Taken out, so that it is repeated once. */
function repeated(failed: FailedAttempt[], studentId: string, courseId: string, termName: string): string | null {
  const mine = failed.filter((f) => f.student_id === studentId && f.course_id === courseId);
  const found = mine.find((f) => f.term_name === termName) ?? mine[0];
  if (found) failed.splice(failed.indexOf(found), 1);
  return found?.id ?? null;
}
