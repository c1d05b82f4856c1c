import type { Now } from "./attendance/meetings.ts";
import { plusDays } from "./days.ts";
import type { Draft, Planned } from "./draft.ts";
import type { District } from "./places/district.ts";
import type { PlannedZone } from "./plan-zone.ts";

/** What the district calls directory information, and a study for which the high school's rosters went out: parents and adult students find it in their records. */
export function planAgreements(draft: Draft, { thisYear }: District, { zone, learners }: PlannedZone, signedBy: string, now: Now): void {
  const { firstDay, endDay } = thisYear;
  draft.add("platform", "DirectoryPolicy", { fromDate: firstDay, noticeGivenOn: plusDays(firstDay, -14), fields: ["NAME", "SCHOOL", "GRADE_LEVEL", "ATTENDANCE_DATES"] });
  const party = { partyName: "Institute for Secondary Education", interest: "Compares which courses lead to graduation on time.", basis: "STUDIES" } as const;
  const agreement = draft.add("platform", "Agreement", {
    ...party, partyContact: "Data office, data@secondary-study.example.org", purpose: "A study of course taking in high schools, for the district's own planning. The data are destroyed when it ends.",
    audience: "NONE", categories: ["ROSTER"], everySchool: false, fromDate: firstDay, toDate: endDay, status: "SIGNED", signedById: signedBy, signedOn: plusDays(firstDay, -30), account: null,
  });
  draft.add("platform", "AgreementSchool", { agreement, schoolId: zone.high.id });
  const sent = plusDays(firstDay, 28) < now.today ? plusDays(firstDay, 28) : now.today;
  const exportId = draft.chance.id();
  const categories: Planned<"platform", "Disclosure">["categories"] = ["ROSTER"];
  const attended = learners.filter(({ stays }) => stays.some(({ school, year, from, until }) => school === zone.high && year === thisYear && from <= sent && sent < until));
  for (const { id } of attended) {
    draft.add("platform", "Disclosure", {
      studentId: id, agreement, recipient: party.partyName, interest: party.interest, basis: party.basis, categories, disclosedAt: now.at(sent, 6 * 60), disclosedById: signedBy, exportId,
    });
  }
}
