import { grading } from "../../../rostering/domains.ts";
import type { Chance } from "../chance.ts";
import { plusDays, plusYears } from "../days.ts";
import type { Draft } from "../draft.ts";
import type { Learner } from "../people/learners.ts";
import type { District, Year } from "../places/district.ts";
import { lastGrade } from "../places/grades.ts";
import type { School } from "../places/schools.ts";
import { courses, type Catalog, type Course } from "../teaching/courses.ts";
import { highOfferings } from "../teaching/offerings.ts";
import type { Pathway } from "../teaching/pathways.ts";
import type { FinalMark } from "./marks.ts";
import type { GradePolicies } from "./policies.ts";

const elsewhere = ["Three Rivers High School, Idaho", "Saltmarsh Regional High School, Maine", "Copper Basin High School, Arizona", "Lakemont Academy, Minnesota"];
const termNames = ["Fall semester", "Spring semester"];

/** Plans the permanent record of the high school's students: final marks of the seeded years, what they took before, and what they brought. */
export class HistoryPlanner {
  readonly #draft: Draft;
  readonly #chance: Chance;
  readonly #policies: GradePolicies;
  readonly #catalog: Catalog;
  readonly #district: District;
  /** Failed attempts that nothing repeats yet, by student and course. */
  readonly #failed = new Map<string, string[]>();

  constructor(draft: Draft, chance: Chance, policies: GradePolicies, catalog: Catalog, district: District) {
    this.#draft = draft;
    this.#chance = chance;
    this.#policies = policies;
    this.#catalog = catalog;
    this.#district = district;
  }

  /** A final mark of this district enters the record with its share of the course's credits. */
  enter({ id, section, term, seat, mark, percent }: FinalMark): void {
    const credits = grading.creditsOfPart(String(section.course.credits), section.terms.indexOf(term) + 1, section.terms.length);
    const grade = seat.learner.stays.find(({ school, year }) => school === section.school && year === section.calendar.year)!.grade;
    this.#add(seat.learner, section.course, { schoolId: section.school.id, source: id, sectionId: section.id, schoolYearName: section.calendar.year.name, termName: term.name, endedOn: term.endDay, mark, percent, credits, grade });
  }

  /** Terms of high school before the seeded years, and those that a student spent elsewhere. */
  before(learner: Learner, pathway: Pathway, school: School): void {
    const first = this.#district.years[0]!;
    const transferSchool = this.#chance.pick(elsewhere);
    for (let grade = 9; grade <= Math.min(lastGrade, learner.grade); grade += 1) {
      const offset = grade - learner.grade;
      const calendar = school.calendars.find(({ year }) => year.offset === offset);
      const year = calendar?.year ?? yearBefore(first, offset);
      termNames.forEach((termName, place) => {
        const endedOn = calendar?.terms[place]!.endDay ?? `${Number(year.firstDay.slice(0, 4)) + 1}-${place === 0 ? "01-25" : "06-15"}`;
        // Who came in the last weeks of a term brought its marks along.
        const away = learner.since !== null && learner.since >= plusDays(endedOn, -21);
        if (endedOn > this.#draft.today || (!away && calendar !== undefined)) return;
        for (const key of pathway.get(grade)!) this.#taken(learner, key, place, { schoolId: school.id, transferSchool: away ? transferSchool : null, schoolYearName: year.name, termName, endedOn, grade });
      });
    }
  }

  #taken(learner: Learner, key: string, place: number, about: { schoolId: string; transferSchool: string | null; schoolYearName: string; termName: string; endedOn: string; grade: number }): void {
    for (const { course: code, terms } of highOfferings.get(key)!.parts) {
      const course = courses.get(code)!;
      if (course.credits === 0 || (terms !== null && !terms.includes(place))) continue;
      const { ability, fails } = learner.traits;
      const level = fails.includes(course.subject) ? 40 + this.#chance.number() * 12 : Math.min(100, Math.max(52, 84 + ability * 7.5 + this.#chance.spread() * 5));
      const percent = grading.Exact.of(String(Math.round(level)));
      const { mark } = grading.markFor(this.#policies.letters, percent)!;
      const credits = grading.creditsOfPart(String(course.credits), terms === null ? place + 1 : 1, terms === null ? 2 : 1);
      this.#add(learner, course, { ...about, mark, percent: percent.toDecimal(6), credits });
    }
  }

  #add(learner: Learner, course: Course, entry: { schoolId: string; transferSchool?: string | null; source?: string; sectionId?: string; schoolYearName: string; termName: string; endedOn: string; mark: string; percent: string | null; credits: string; grade: number }): void {
    const { credits, grade, ...rest } = entry;
    const passed = this.#policies.letters.marks.find(({ mark }) => mark === entry.mark)?.passing ?? false;
    const key = `${learner.id} ${course.code}`;
    const failed = this.#failed.get(key) ?? [];
    const id = this.#draft.add("grading", "CourseHistory", {
      ...rest, studentId: learner.id, courseId: this.#catalog.courseIds.get(course.code)!, courseCode: course.code, courseTitle: course.title, subjectId: this.#catalog.subjectIds.get(course.subject)!,
      courseLevelId: this.#catalog.levelIds.get(course.level)!, gradeLevelId: this.#district.gradeIds.get(grade)!, creditsAttempted: credits, creditsEarned: passed ? credits : "0.000", repeats: failed.shift() ?? null,
    });
    if (!passed) this.#failed.set(key, [...failed, id]);
    else if (failed.length === 0) this.#failed.delete(key);
  }

  follow(learner: Learner, fromDate: string): void {
    this.#draft.add("grading", "StudentGraduationPlan", { studentId: learner.id, plan: this.#policies.plan, fromDate });
  }
}

/** A year before the seeded ones, which the district no longer has a record of. */
function yearBefore(first: Year, offset: number): Year {
  const firstDay = plusYears(first.firstDay, offset - first.offset);
  const start = Number(firstDay.slice(0, 4));
  return { id: "", name: `${start}-${String(start + 1).slice(2)}`, firstDay, endDay: `${start + 1}-08-01`, offset };
}

