import { mutation } from "#foundation/crud/operation";
import { ForeignRef } from "#foundation/record/fields";
import { documentOffice } from "../access.ts";
import { transcript } from "../documents/transcript.ts";
import { IssuedDocument } from "../entities/issued-document.ts";
import { School, Student } from "../foreign.ts";
import { holdRecords } from "../record-lock.ts";
import { issue, requireEnrolled, requireOffice } from "./issue-report-cards.ts";

class IssueTranscriptInput {
  @ForeignRef(() => Student, { description: "The student: enrolled at the school, now or earlier." }) studentId!: string;
  @ForeignRef(() => School, { description: "The school that issues it." }) schoolId!: string;
}

/** Whenever the student was at the school. */
const ever = { first_day: "0001-01-01", end_day: "9999-12-31" };

export const issueTranscript = mutation<IssueTranscriptInput>({
  name: "issueTranscript",
  description: "Issues a transcript: freezes every finished course, credits, the averages of the official policy, the rank where students are ranked, and the progress towards graduation. A student may be issued any number of them.",
  roles: documentOffice,
  as: "district",
  input: IssueTranscriptInput,
  record: IssuedDocument,
  async run(session, { studentId, schoolId }) {
    await requireOffice(session, schoolId);
    await requireEnrolled(session, schoolId, [studentId], ever);
    await holdRecords(session, [studentId]);
    const draft = (await transcript(session, schoolId, studentId, await session.today()))!;
    return issue(session, { studentId, schoolId, kind: "TRANSCRIPT", gradingPeriodId: null, edition: 1 }, draft);
  },
});
