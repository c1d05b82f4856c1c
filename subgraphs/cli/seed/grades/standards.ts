import type { Chance } from "../chance.ts";
import { plusDays } from "../days.ts";
import type { Draft } from "../draft.ts";
import type { Section } from "../teaching/sections.ts";
import { daysUntilPosted, isPosted } from "./marks.ts";
import type { GradePolicies } from "./policies.ts";

/** Plans the marks of an elementary class: standards of the grade, work habits, comments, for every trimester that is over. */
export function planStandardMarks(draft: Draft, chance: Chance, policies: GradePolicies, section: Section, today: string): void {
  const about = { sectionId: section.id, schoolId: section.school.id };
  for (const term of section.terms) {
    for (const [number, period] of term.periods.entries()) {
      if (!isPosted(period, today)) continue;
      const place = section.terms.indexOf(term) + number;
      const by = { postedOn: plusDays(period.endDay, daysUntilPosted - 2), postedById: section.leads.findLast(({ from }) => from < period.endDay)!.person.id };
      for (const { learner, from, until } of section.seats) {
        if (from >= plusDays(period.endDay, -21) || until < period.endDay) continue;
        const grade = learner.stays.find((stay) => stay.school === section.school && stay.year === section.calendar.year)!.grade;
        const whose = { studentId: learner.id, ...about, gradingPeriodId: period.id };
        const { ability } = learner.traits;
        for (const { id, low, high } of policies.standards) {
          if (grade < low || grade > high) continue;
          const level = ability + chance.spread() * 0.6 + place * 0.35;
          draft.add("grading", "StandardMark", { ...whose, ...by, standard: id, scale: policies.standardsScale, mark: level > 1.6 ? "4" : level > -0.3 ? "3" : level > -1.4 ? "2" : "1" });
        }
        for (const habit of policies.habits) {
          const level = ability * 0.6 + chance.spread();
          draft.add("grading", "WorkHabitMark", { ...whose, ...by, workHabit: habit, scale: policies.habitsScale, mark: level > -0.5 ? "C" : level > -1.8 ? "S" : "R" });
        }
        if (chance.happens(0.5)) draft.add("grading", "MarkComment", { ...whose, entry: chance.pick(policies.comments), writtenById: by.postedById });
      }
    }
  }
}
