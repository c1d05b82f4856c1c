import { mutation } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { BelongsTo } from "#foundation/record/fields";
import { documentOffice } from "../access.ts";
import { reportCards } from "../documents/report-card.ts";
import { transcript } from "../documents/transcript.ts";
import { IssuedDocument } from "../entities/issued-document.ts";
import { holdRecords } from "../record-lock.ts";
import { issue, requireOffice } from "./issue-report-cards.ts";
import { keepsRecord } from "./issue-transcript.ts";

class ReissueDocumentInput {
  @BelongsTo(() => IssuedDocument, { description: "The latest edition of the document." }) document!: string;
}

export const reissueDocument = mutation<ReissueDocumentInput>({
  name: "reissueDocument",
  description: "Issues a new edition of a report card or transcript from what the records say now. The edition before stays as it was.",
  roles: documentOffice,
  as: "district",
  reason: "required",
  input: ReissueDocumentInput,
  record: IssuedDocument,
  async run(session, input) {
    await session.requireVisible(IssuedDocument, input.document);
    const [before] = await session.list(IssuedDocument, { id: input.document, archivedAt: null });
    if (!before) throw OsssError.notFound("IssuedDocument");
    const { studentId, schoolId, kind, gradingPeriodId, series } = before;
    await requireOffice(session, schoolId);
    if (kind === "TRANSCRIPT" && !(await keepsRecord(session, schoolId, studentId))) throw OsssError.forbidden("The student has gone to another school, which issues transcripts now. The editions of before stay.");
    await session.serialize(`documents ${schoolId}`);
    await holdRecords(session, [studentId]);
    const edition = Math.max(...(await session.list(IssuedDocument, { series, archivedAt: null })).map((d) => d.edition));
    if (edition > before.edition) throw OsssError.conflict("A later edition of this document is issued already. Reissue that one.");
    const today = await session.today();
    const draft = kind === "TRANSCRIPT" ? await transcript(session, schoolId, studentId, today) : (await reportCards(session, schoolId, gradingPeriodId!, [studentId], today)).get(studentId)!;
    return issue(session, { studentId, schoolId, kind, gradingPeriodId: gradingPeriodId ?? null, series, edition: edition + 1, reason: session.reason! }, draft!);
  },
});
