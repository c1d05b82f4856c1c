import { plusDays } from "../days.ts";
import type { Draft } from "../draft.ts";
import type { Learner } from "../people/learners.ts";
import type { SeededPerson } from "../people/persons.ts";
import type { Workforce } from "../people/staff.ts";
import type { Frame } from "../plan-frame.ts";
import type { School, Zone } from "../places/schools.ts";
import { Faculty } from "./faculty.ts";
import { highSchoolPathway, type Pathway } from "./pathways.ts";
import { planElementaryYear, planSecondaryYear } from "./school-years.ts";
import { SectionPlanner, type Section } from "./sections.ts";

export interface Teaching {
  readonly sections: readonly Section[];
  /** What students of the high school ask for, grade by grade. */
  readonly pathways: ReadonlyMap<string, Pathway>;
}

interface Place {
  zone: Zone;
  number: number;
  workforce: Workforce;
  learners: readonly Learner[];
}

/** Slots that a teacher teaches at most: of eight in high school and of six in middle school. */
const loads = { high: 6, middle: 5, elementary: 1 } as const;

/** The sections of a zone in all seeded years: timetables, teachers, rosters, and the changes of a year. */
export function planTeaching(draft: Draft, { district, catalog }: Frame, { zone, number, workforce, learners }: Place): Teaching {
  const chance = draft.chance.of(`teaching ${number}`);
  const pathways = new Map(learners.filter(({ grade }) => grade >= 9).map(({ id, traits }) => [id, highSchoolPathway(chance, traits.ability)]));
  const taken = new Map<string, Set<string>>();
  const demoTeacher = workforce.demo.get("teacher");
  const prefers = ({ traits }: Learner, teacher: SeededPerson) => traits.story === true && teacher === demoTeacher;
  const planners = zone.schools.map((school) => {
    const faculty = new Faculty(draft, school, loads[school.level], ({ school: where }, hiredIn) => workforce.teacher(where, hiredIn));
    if (number === 0) reserveDemoTeachers(faculty, zone, workforce);
    const sections = new SectionPlanner(draft, school, catalog);
    district.years.forEach((year, yearIndex) => {
      const stays = learners.flatMap((learner) => learner.stays.filter((stay) => stay.school === school && stay.year === year).map((stay) => ({ learner, stay })));
      const plan = { chance, yearIndex, today: draft.today, stays, faculty, sections, pathways, taken, prefers };
      if (school.level === "elementary") planElementaryYear(plan);
      else planSecondaryYear(plan);
    });
    return { school, faculty, sections };
  });
  changeTeacherInMidYear(draft, workforce, planners.find(({ school }) => school === zone.middle)!);
  for (const { sections } of planners) sections.assignLeads();
  for (const planner of planners) addCoTeachers(workforce, planner, demoTeacher);
  planSubstitutes(draft, workforce, planners.find(({ school }) => school === zone.high)!.sections.all, demoTeacher);
  return { sections: planners.flatMap(({ sections }) => sections.all), pathways };
}

type Planner = { school: School; faculty: Faculty; sections: SectionPlanner };

/** A principal teaches one section at another school; one of the elementary teachers has a child in a colleague's class. */
function reserveDemoTeachers(faculty: Faculty, zone: Zone, workforce: Workforce): void {
  const { demo } = workforce;
  if (faculty.school === zone.high) {
    faculty.reserve(demo.get("teacher")!, "MTH", { load: 5, teaches: ["GEOM", "ALG2", "PCALC", "STAT"] });
    faculty.reserve(demo.get("principal-teacher")!, "SOC", { load: 1 });
  }
  if (faculty.school === zone.elementary[0]) faculty.reserve(demo.get("teacher-parent")!, "GEN");
}

/** A teacher of the middle school leaves, this year if it is under way, else last year; somebody new takes all of her sections. */
function changeTeacherInMidYear(draft: Draft, workforce: Workforce, { school, sections }: Planner): void {
  const calendar = school.calendars.findLast(({ days }) => days.filter(({ date }) => date < draft.today).length > 15);
  if (calendar === undefined) return;
  const past = calendar.days.filter(({ date }) => date < draft.today);
  const { date } = past[Math.floor(past.length * 0.6)]!;
  const own = sections.all.filter((section) => section.calendar === calendar && section.endDay > date);
  const leaver = own.find(({ course }) => course.subject === "SCI")?.leads[0]!.person;
  if (leaver === undefined) return;
  const successor = workforce.teacher(school, 0);
  for (const section of own.filter(({ leads }) => leads[0]!.person === leaver)) sections.replaceLead(section, successor, date);
}

/** Special education teachers who teach beside others, in hours that do not meet at the same time. */
function addCoTeachers(workforce: Workforce, { school, sections, faculty }: Planner, demoTeacher: SeededPerson | undefined): void {
  if (school.level === "elementary") return;
  const demo = school.code === "001" ? workforce.demo.get("co-teacher") : undefined;
  const year = faculty.school.calendars.at(-1)!;
  const core = sections.all.filter(({ calendar, homeroom, course }) => calendar === year && !homeroom && (course.subject === "MTH" || course.subject === "ENG"));
  // The demo teacher's sections before others, so that the two can be seen together.
  const order = [...core].sort((a, b) => Number(b.leads[0]!.person === demoTeacher) - Number(a.leads[0]!.person === demoTeacher));
  const coTeachers = demo === undefined ? [] : [demo];
  while (coTeachers.length < Math.max(1, Math.round(core.length / 14))) coTeachers.push(workforce.coTeacher(school));
  for (const person of coTeachers) {
    const busy = new Set<string>();
    for (const section of order) {
      const hours = section.patterns.map(({ day, period }) => `${day} ${period}`);
      if (busy.size >= 4 || hours.some((hour) => busy.has(hour)) || section.coTaught) continue;
      section.coTaught = true;
      for (const hour of hours) busy.add(hour);
      sections.teach(section, person, "CO_TEACHER", section.firstDay, null);
    }
  }
}

/** Two teachers of the high school are away today; substitutes stand in for all of their sections. */
function planSubstitutes(draft: Draft, workforce: Workforce, sections: readonly Section[], demoTeacher: SeededPerson | undefined): void {
  const current = sections.filter(({ firstDay, endDay }) => firstDay <= draft.today && endDay > draft.today);
  const teachers = [...new Set(current.map(({ leads }) => leads.at(-1)!.person))].filter((person) => person !== demoTeacher);
  const away = [teachers.find((person) => current.filter(({ leads }) => leads.at(-1)!.person === person).length >= 3) ?? teachers[0], teachers.at(-1)];
  away.forEach((teacher, index) => {
    const substitute = workforce.substitutes[index];
    if (teacher === undefined || substitute === undefined || away.indexOf(teacher) < index) return;
    for (const section of current.filter(({ leads }) => leads.at(-1)!.person === teacher)) {
      section.substitute = substitute;
      draft.add("staff", "SubstituteAssignment", { personId: substitute.id, sectionId: section.id, schoolId: section.school.id, fromDate: draft.today, toDate: plusDays(draft.today, 1) });
    }
  });
}
