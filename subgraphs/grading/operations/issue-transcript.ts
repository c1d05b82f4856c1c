import { sql } from "kysely";
import { mutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { ForeignRef } from "#foundation/record/fields";
import { documentOffice } from "../access.ts";
import { transcript } from "../documents/transcript.ts";
import { IssuedDocument } from "../entities/issued-document.ts";
import { School, Student } from "../foreign.ts";
import { holdRecords } from "../record-lock.ts";
import { issue, requireOffice } from "./issue-report-cards.ts";

class IssueTranscriptInput {
  @ForeignRef(() => Student, { description: "The student: enrolled at the school now, or there last when enrolled nowhere." }) studentId!: string;
  @ForeignRef(() => School, { description: "The school that issues it." }) schoolId!: string;
}

/**
 * Whether the school has the student, or was the last one when none has her: a transcript shows the whole record, and a former school does
 * not read what came after.
 */
export async function keepsRecord(session: WriteSession, schoolId: string, studentId: string): Promise<boolean> {
  const schools = await session.ask(sql<{ id: string }>`SELECT s AS id FROM lookup.grading_record_schools(${studentId}::uuid) AS s`);
  return schools.some(({ id }) => id === schoolId);
}

export const issueTranscript = mutation<IssueTranscriptInput>({
  name: "issueTranscript",
  description: "Issues a transcript: freezes every finished course, credits, the averages of the official policy, the rank where students are ranked, and the progress towards graduation. A student may be issued any number of them.",
  roles: documentOffice,
  as: "district",
  input: IssueTranscriptInput,
  record: IssuedDocument,
  async run(session, { studentId, schoolId }) {
    await requireOffice(session, schoolId);
    if (!(await keepsRecord(session, schoolId, studentId))) throw OsssError.invalid([{ path: "input.studentId", message: "This school neither has the student nor was the last to have her, so it issues no transcript. Check the ids, or ask the school where the student is." }]);
    await holdRecords(session, [studentId]);
    const draft = (await transcript(session, schoolId, studentId, await session.today()))!;
    return issue(session, { studentId, schoolId, kind: "TRANSCRIPT", gradingPeriodId: null, edition: 1 }, draft);
  },
});
