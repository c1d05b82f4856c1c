import type { Now } from "../attendance/meetings.ts";
import type { Chance } from "../chance.ts";
import { plusDays } from "../days.ts";
import type { Draft } from "../draft.ts";
import type { Calendar, GradingPeriod } from "../places/calendar.ts";
import type { School } from "../places/schools.ts";
import type { Section } from "../teaching/sections.ts";
import type { HistoryPlanner } from "./history.ts";
import { isPosted, planSectionMarks, planTermFormulas } from "./marks.ts";
import type { GradePolicies } from "./policies.ts";
import { planStandardMarks } from "./standards.ts";

/** The last grading period of a school whose marks are posted, with its calendar. */
export function lastPostedPeriod(school: School, today: string): { calendar: Calendar; period: GradingPeriod } | undefined {
  return school.calendars.flatMap((calendar) => calendar.terms.flatMap(({ periods }) => periods.filter((period) => isPosted(period, today)).map((period) => ({ calendar, period })))).at(-1);
}

/** Plans a school's grading windows: from a few days before a period or term ends until a few days after. */
export function planWindows(draft: Draft, school: School, calendar: Calendar, now: Now): void {
  if (school.level === "high") planTermFormulas(draft, school.id, calendar.terms);
  const window = (stretch: { endDay: string }, about: { gradingPeriodId: string } | { termId: string }) =>
    draft.add("grading", "GradingWindow", { schoolId: school.id, gradingPeriodId: null, termId: null, ...about, opensAt: now.at(plusDays(stretch.endDay, -6), 8 * 60), closesAt: now.at(plusDays(stretch.endDay, 5), 17 * 60) });
  for (const term of calendar.terms) {
    for (const period of term.periods) window(period, { gradingPeriodId: period.id });
    if (school.level !== "elementary") window(term, { termId: term.id });
  }
}

/** Plans a year of a school's gradebooks, marks and, in high school, permanent records. */
export async function planGrades(draft: Draft, chance: Chance, policies: GradePolicies, history: HistoryPlanner, school: School, sections: readonly Section[], today: string): Promise<void> {
  const last = lastPostedPeriod(school, today)?.period;
  for (const section of sections) {
    await draft.pause();
    if (section.course.grading === "STANDARDS") planStandardMarks(draft, chance, policies, section, today);
    if (section.course.grading !== "MARKS") continue;
    const finals = planSectionMarks(draft, chance, policies, section, today, last);
    if (school.level === "high") for (const final of finals) history.enter(final);
  }
}
