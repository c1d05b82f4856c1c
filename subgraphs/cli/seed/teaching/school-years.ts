import type { Chance } from "../chance.ts";
import { plusDays } from "../days.ts";
import type { Learner, Stay } from "../people/learners.ts";
import type { SeededPerson } from "../people/persons.ts";
import { gradeTitle, preKindergarten } from "../places/grades.ts";
import { assignStudents, makeRoom } from "./assign.ts";
import { courses } from "./courses.ts";
import type { Faculty } from "./faculty.ts";
import { advisory, highOfferings, middleOfferings, zeroPeriod, type Offering } from "./offerings.ts";
import { middleSchoolRequests, type Pathway } from "./pathways.ts";
import { settleRequests, type Member } from "./requests.ts";
import type { Section, SectionPlanner } from "./sections.ts";
import { buildTimetable, type Unit } from "./timetable.ts";

/** What a year at a school is planned from. */
export interface SchoolYearPlan {
  readonly chance: Chance;
  readonly yearIndex: number;
  readonly today: string;
  readonly stays: readonly { learner: Learner; stay: Stay }[];
  readonly faculty: Faculty;
  readonly sections: SectionPlanner;
  readonly pathways: ReadonlyMap<string, Pathway>;
  /** Offerings that students have had, by student; the year's are added. */
  readonly taken: Map<string, Set<string>>;
  /** Who should be in this teacher's groups where the timetable allows. */
  readonly prefers: (learner: Learner, teacher: SeededPerson) => boolean;
}

/** Where a group of the timetable meets. */
interface Place {
  slots: number;
  meets(slot: number, days: readonly number[] | null): { day: number | null; period: string }[];
}
/** Slots 0 to 3 are the blocks of A days, 4 to 7 those of B days. */
const blocks: Place = { slots: 8, meets: (slot) => [{ day: Math.floor(slot / 4), period: String((slot % 4) + 1) }] };
/** The same six periods every day; some groups share a period, each on its days of the rotation. */
const periods: Place = { slots: 6, meets: (slot, days) => (days ?? [null]).map((day) => ({ day, period: String(slot + 1) })) };

/** A year of a high or middle school: requests, timetable, sections, rosters. */
export function planSecondaryYear(plan: SchoolYearPlan): void {
  const { chance, stays, faculty, yearIndex, taken } = plan;
  const high = faculty.school.level === "high";
  const [offerings, place] = high ? [highOfferings, blocks] : [middleOfferings, periods];
  const primary = stays.filter(({ stay }) => stay.secondary === undefined);
  const members = primary.map(({ learner, stay }): Member => {
    const keys = high ? plan.pathways.get(learner.id)!.get(stay.grade)! : middleSchoolRequests(chance, stay.grade, learner.traits.ability);
    return { learner, stay, requests: keys.map((key) => offerings.get(key)!) };
  });
  settleRequests(members, offerings, members.length >= 150 ? 10 : 4, taken);
  const timetable = buildTimetable(members, faculty, place.slots, yearIndex);
  if (members.length < 150) makeRoom(members, timetable, place.slots);
  const { units } = timetable;
  // Those with a story first, then the oldest, who have the fewest ways to go.
  const order = [...members].sort((a, b) => Number(b.learner.traits.story ?? false) - Number(a.learner.traits.story ?? false) || b.stay.grade - a.stay.grade);
  assignStudents(order, units, place.slots, ({ learner }, unit) => plan.prefers(learner, unit.teachers[0]!.person));
  for (const unit of units) for (const { learner } of unit.students) taken.set(learner.id, (taken.get(learner.id) ?? new Set()).add(unit.offering.key));
  const made = new Map(units.filter(({ students }) => students.length > 0).map((unit) => [unit, sectionsOf(plan, unit, place)] as const));
  for (const member of members) fillRosters(plan, member, units, made);
  if (!high) planAdvisories(plan, members);
  const early = stays.filter(({ stay }) => stay.secondary !== undefined);
  if (early.length > 0) planZeroPeriod(plan, early);
}

function sectionsOf({ sections, yearIndex }: SchoolYearPlan, { offering, teachers, slot }: Unit, place: Place): Section[] {
  return offering.parts.map(({ course, terms, days }, index) => {
    const teacher = teachers[index]!;
    return sections.section({ course, title: courses.get(course)!.title, yearIndex, terms, room: teacher.room, capacity: offering.seats + 5, meets: place.meets(slot, days), lead: teacher.person });
  });
}

/** Puts a student on the rosters of her groups. A few change an elective in the first two weeks, within the same hours. */
function fillRosters({ chance, sections, faculty, yearIndex, today, prefers }: SchoolYearPlan, member: Member, units: readonly Unit[], made: ReadonlyMap<Unit, readonly Section[]>): void {
  const { learner, stay } = member;
  const calendar = faculty.school.calendars[yearIndex]!;
  const mine = units.filter(({ students }) => students.includes(member));
  const optional = mine.filter(({ offering }) => !offering.required && !offering.repeatable);
  const drops = learner.traits.drops === true && stay.until > today ? mine.find((unit) => prefers(learner, unit.teachers[0]!.person)) : undefined;
  const leaves = drops ?? (chance.happens(0.06) && optional.length > 0 ? chance.pick(optional) : null);
  const on = drops === undefined ? calendar.days[chance.whole(3, 9)]!.date : plusDays(today, -9);
  const instead = leaves === null || on > today || on <= stay.from || drops !== undefined ? undefined : units.find((unit) => unit.slot === leaves.slot && !mine.includes(unit) && !unit.offering.required && (made.get(unit)?.[0]?.seats.length ?? 99) < unit.offering.seats && !mine.some(({ offering }) => offering === unit.offering));
  for (const unit of mine) {
    const changes = unit === leaves && (instead !== undefined || drops !== undefined) && on > stay.from;
    for (const section of made.get(unit)!) sections.seat(section, learner, stay.from, changes ? on : stay.until, changes ? "Schedule change" : undefined);
    if (changes && instead !== undefined) for (const section of made.get(instead)!) sections.seat(section, learner, on, stay.until);
  }
}

/** Groups of a grade that begin the day with one of the school's teachers. */
function planAdvisories({ sections, faculty, yearIndex }: SchoolYearPlan, members: readonly Member[]): void {
  const free = [...faculty.teachers];
  for (const grade of faculty.school.grades) {
    const pupils = members.filter(({ stay }) => stay.grade === grade);
    const groups = Math.ceil(pupils.length / 26);
    for (let group = 0; group < groups; group += 1) {
      const teacher = free.shift() ?? faculty.hire("GEN", yearIndex);
      const section = sections.section({
        course: advisory.key, title: `Advisory, grade ${grade}`, yearIndex, homeroom: true, grades: [grade], terms: null, room: teacher.room, capacity: 30, meets: [{ day: null, period: "HR" }], lead: teacher.person,
      });
      pupils.filter((_, index) => index % groups === group).forEach(({ learner, stay }) => sections.seat(section, learner, stay.from, stay.until));
    }
  }
}

function planZeroPeriod({ sections, faculty, yearIndex }: SchoolYearPlan, early: readonly { learner: Learner; stay: Stay }[]): void {
  const teacher = faculty.teachers.findLast(({ subject }) => subject === "MTH") ?? faculty.hire("MTH", yearIndex);
  const [{ course }] = zeroPeriod.parts as [Offering["parts"][number]];
  const section = sections.section({ course, title: `${courses.get(course)!.title}, zero period`, yearIndex, terms: null, room: teacher.room, capacity: zeroPeriod.seats, meets: [{ day: null, period: "0" }], lead: teacher.person });
  for (const { learner, stay } of early) sections.seat(section, learner, stay.from, stay.until);
}

/** A year of an elementary school: a class and a teacher for the whole day. Small grades share a class with the next one. */
export function planElementaryYear({ stays, faculty, sections, yearIndex }: SchoolYearPlan): void {
  const pupils = (grades: readonly number[]) => stays.filter(({ stay }) => grades.includes(stay.grade));
  const groups: number[][] = [];
  for (const grade of faculty.school.grades) {
    const last = groups.at(-1);
    const joins = last?.length === 1 && grade % 2 === 1 && pupils([...last, grade]).length <= 18;
    if (joins) last.push(grade);
    else groups.push([grade]);
  }
  let next = 0;
  // The oldest first, so that the first teachers keep their grades from year to year.
  for (const grades of groups.reverse()) {
    const members = pupils(grades);
    const classes = Math.ceil(members.length / 24);
    for (let index = 0; index < classes; index += 1) {
      const teacher = faculty.teachers[next] ?? faculty.hire("GEN", yearIndex);
      next += 1;
      const young = grades[0] === preKindergarten;
      const title = grades.length === 1 ? gradeTitle(grades[0]!) : grades[0] === 0 ? "Kindergarten and grade 1" : `Grades ${grades[0]} and ${grades[1]}`;
      const section = sections.section({
        course: young ? "PKCLS" : "CLS", title, yearIndex, homeroom: true, grades, terms: null, room: teacher.room, capacity: 27,
        meets: (young ? ["AM"] : ["AM", "PM"]).map((period) => ({ day: null, period })), lead: teacher.person,
      });
      members.filter((_, place) => place % classes === index).forEach(({ learner, stay }) => sections.seat(section, learner, stay.from, stay.until));
    }
  }
}
