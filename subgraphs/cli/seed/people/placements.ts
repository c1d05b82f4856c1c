import type { Draft } from "../draft.ts";
import type { District } from "../places/district.ts";
import { lastGrade } from "../places/grades.ts";
import type { Zone } from "../places/schools.ts";
import type { Learner } from "./learners.ts";

/** From March on it is planned what becomes of each student after the school year: what the rollover will carry out. */
export function planPlacements(draft: Draft, district: District, zone: Zone, learners: readonly Learner[]): void {
  const { thisYear, gradeIds } = district;
  if (draft.today.slice(5) < "03-01" || draft.today < thisYear.firstDay || draft.today.slice(5) >= "08-01") return;
  for (const learner of learners) {
    const stay = learner.stays.findLast(({ year, secondary }) => year === thisYear && secondary === undefined);
    if (stay === undefined || stay.until <= draft.today) continue;
    const about = { studentId: learner.id, schoolYearId: thisYear.id };
    if (stay.grade === lastGrade) draft.add("rostering", "NextYearPlacement", { ...about, action: "GRADUATE" });
    else {
      const next = stay.grade + 1;
      const school = next > 8 ? zone.high : next > 5 ? zone.middle : stay.school;
      draft.add("rostering", "NextYearPlacement", { ...about, action: "PROMOTE", nextSchoolId: school.id, nextGradeLevelId: gradeIds.get(next)! });
    }
  }
}
