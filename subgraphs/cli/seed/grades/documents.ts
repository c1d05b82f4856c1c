import type { AcrossDomains } from "#foundation/crud/across-domains";
import { grading } from "../../../rostering/domains.ts";
import type { Draft } from "../draft.ts";
import type { GradingPeriod } from "../places/calendar.ts";
import type { School } from "../places/schools.ts";

/** Issues a school's report cards of a grading period, as its operation would, from the marks that the database holds by now. */
export async function issueReportCards(draft: Draft, across: AcrossDomains, school: School, period: GradingPeriod, students: readonly string[], issued: { on: string; at: Date; by: string }): Promise<void> {
  const cards = await across.in("grading", (session) => grading.reportCards(session, school.id, period.id, students, issued.on));
  for (const [studentId, { figures, sourceIds }] of cards) {
    // Who has no mark yet, as in pre-kindergarten, gets no card.
    if (sourceIds.length > 0) addDocument(draft, { studentId, schoolId: school.id, kind: "REPORT_CARD", gradingPeriodId: period.id, figures, sourceIds }, issued);
  }
}

export async function issueTranscripts(draft: Draft, across: AcrossDomains, school: School, students: readonly string[], issued: { on: string; at: Date; by: string }): Promise<void> {
  for (const id of students) {
    const made = await across.in("grading", (session) => grading.transcript(session, school.id, id, issued.on));
    if (made !== null) addDocument(draft, { studentId: id, schoolId: school.id, kind: "TRANSCRIPT", gradingPeriodId: null, ...made }, issued);
  }
}

function addDocument(draft: Draft, document: { studentId: string; schoolId: string; kind: "REPORT_CARD" | "TRANSCRIPT"; gradingPeriodId: string | null; figures: unknown; sourceIds: string[] }, issued: { at: Date; by: string }): void {
  const id = draft.chance.id();
  draft.add("grading", "IssuedDocument", { id, series: id, edition: 1, ...document, issuedAt: issued.at, issuedById: issued.by });
}
