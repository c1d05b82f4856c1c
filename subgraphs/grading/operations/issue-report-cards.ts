import { sql } from "kysely";
import { atSchool } from "#foundation/access/relations";
import { mutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { ForeignRef, Ids } from "#foundation/record/fields";
import { uuidv7 } from "#foundation/record/uuid";
import { documentOffice } from "../access.ts";
import type { DocumentFigures, Draft } from "../documents/figures.ts";
import { reportCards } from "../documents/report-card.ts";
import { IssuedDocument } from "../entities/issued-document.ts";
import { GradingPeriod, School } from "../foreign.ts";
import { holdRecords } from "../record-lock.ts";
import { gradingPeriods } from "../timetable.ts";

class IssueReportCardsInput {
  @ForeignRef(() => School, { description: "The school that issues them." }) schoolId!: string;
  @ForeignRef(() => GradingPeriod, { description: "The grading period." }) gradingPeriodId!: string;
  @Ids({ description: "The students, by id: enrolled at the school in the school year of the period (500 at most)." }) studentIds!: string[];
}

export const issueReportCards = mutation<IssueReportCardsInput>({
  name: "issueReportCards",
  description:
    "Issues report cards of a grading period: freezes what is posted of the school year up to the period's end, with comments, averages and honor roll. All or none; a student whose card is issued already is refused, reissue that one. The payload shows the first.",
  roles: documentOffice,
  as: "district",
  input: IssueReportCardsInput,
  record: IssuedDocument,
  async run(session, { schoolId, gradingPeriodId, studentIds }) {
    await requireOffice(session, schoolId);
    const students = [...new Set(studentIds)];
    if (students.length === 0 || students.length > 500) throw OsssError.invalid([{ path: "input.studentIds", message: "Send 1 to 500 students; issue the rest in further requests." }]);
    const period = (await gradingPeriods(session, [gradingPeriodId])).get(gradingPeriodId);
    if (!period || (period.school_id ?? schoolId) !== schoolId) throw OsssError.invalid([{ path: "input.gradingPeriodId", message: "Choose a grading period of the school." }]);
    await requireEnrolled(session, schoolId, students, period);
    await session.serialize(`documents ${schoolId}`);
    await holdRecords(session, students);
    const issued = await session.list(IssuedDocument, { kind: "REPORT_CARD", schoolId, gradingPeriodId, studentId: students, archivedAt: null });
    if (issued.length > 0) throw OsssError.conflict("Some of these report cards are issued already. Leave those students out, or reissue their cards with reissueDocument.");
    const drafts = await reportCards(session, schoolId, gradingPeriodId, students, await session.today());
    return students.map((studentId) => issue(session, { studentId, schoolId, kind: "REPORT_CARD", gradingPeriodId, edition: 1 }, drafts.get(studentId)!))[0]!;
  },
});

export async function requireOffice(session: WriteSession, schoolId: string): Promise<void> {
  if (!(await session.holds(atSchool, "school", documentOffice, schoolId))) throw OsssError.forbidden("Only the school's principal, assistant principal and registrar issue its documents.");
}

/** Nobody's document is issued by a school where she is not, or was not then. */
export async function requireEnrolled(session: WriteSession, schoolId: string, students: readonly string[], between: { first_day: string; end_day: string }): Promise<void> {
  const rows = await session.ask(sql<{ id: string }>`SELECT e AS id FROM lookup.grading_enrolled_between(${[...students]}::uuid[], ${schoolId}::uuid, ${between.first_day}::date, ${between.end_day}::date) AS e`);
  if (rows.length < students.length) throw OsssError.invalid([{ path: "input.studentIds", message: "Some of these students were not enrolled at the school then. Check the ids." }]);
}

/** Writes an edition with its figures frozen. */
export function issue(session: WriteSession, about: Pick<IssuedDocument, "studentId" | "schoolId" | "kind" | "gradingPeriodId" | "edition" | "reason"> & { series?: string }, { figures, sourceIds }: Draft<DocumentFigures>) {
  const id = uuidv7(session.caller.now.getTime());
  return session.create(IssuedDocument, { series: id, ...about, issuedAt: session.caller.now, issuedById: session.caller.identity.personId, figures, sourceIds }, id);
}
