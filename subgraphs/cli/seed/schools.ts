import { schools as port } from "../../rostering/domains.ts";
import { planCalendar, yearOf } from "./calendar.ts";
import type { Draft, SeededSchool, SeededSchools } from "./draft.ts";

export const districtName = "Alder Valley Unified School District";
export const districtCode = "AVUSD";

const gradeTitles = new Map([["PK", "Pre-kindergarten"], ["KG", "Kindergarten"], ...Array.from({ length: 12 }, (_, i) => [String(i + 1).padStart(2, "0"), `Grade ${i + 1}`] as const)]);

const wanted = [
  { code: "001", name: "Alder Ridge High School", shortName: "Alder Ridge HS", level: "high", kind: "HIGH", grades: ["09", "10", "11", "12"], rotation: ["A", "B"], rooms: 22 },
  { code: "002", name: "Briar Creek Middle School", shortName: "Briar Creek MS", level: "middle", kind: "MIDDLE", grades: ["06", "07", "08"], rotation: ["A", "B"], rooms: 15 },
  { code: "003", name: "Cedar Hollow Elementary School", shortName: "Cedar Hollow ES", level: "elementary", kind: "ELEMENTARY", grades: ["KG", "01", "02", "03", "04", "05"], rotation: [], rooms: 16 },
] as const;

/** The three schools of the demo with two school years of calendars, bell schedules, terms and rooms. */
export function planSchools(draft: Draft): SeededSchools {
  const { chance } = draft;
  const districtOrganization = chance.id();
  draft.schools.push((s) => port.addOrganization(s, { name: districtName, kind: "DISTRICT", identifier: "4199001" }, districtOrganization));
  for (const name of ["Transportation", "Nutrition Services", "Student Services"]) {
    const id = chance.id();
    draft.schools.push((s) => port.addOrganization(s, { name, kind: "DEPARTMENT", parent: districtOrganization }, id));
  }
  const gradeIds = new Map([...gradeTitles.keys()].map((code) => [code, chance.id()]));
  [...gradeTitles].forEach(([code, title], index) => draft.schools.push((s) => port.addGradeLevel(s, { code, title, sequence: index - 1 }, gradeIds.get(code))));
  const [lastYear, thisYear] = [yearOf(draft, -1), yearOf(draft, 0)];
  for (const year of [lastYear, thisYear]) {
    const { id, ...values } = year;
    draft.schools.push((s) => port.addSchoolYear(s, { ...values, status: year === thisYear ? "OPEN" : "CLOSED" }, id));
  }
  const schools = wanted.map((school): SeededSchool => {
    const seeded = { id: chance.id(), name: school.name, level: school.level, grades: school.grades };
    draft.schools.push((s) =>
      port.addSchool(
        s,
        {
          code: school.code, name: school.name, shortName: school.shortName, kind: school.kind, organization: districtOrganization, phone: `+1 541 555 01${school.code.slice(1)}`,
          lowGrade: gradeIds.get(school.grades[0]!)!, highGrade: gradeIds.get(school.grades.at(-1)!)!,
        },
        seeded.id,
      ),
    );
    const day = { rotation: planRotation(draft, seeded, school.rotation), ...planBells(draft, seeded) };
    planRooms(draft, seeded, school.rooms);
    for (const year of [lastYear, thisYear]) planCalendar(draft, seeded, year, day);
    return seeded;
  });
  return { schools, lastYear, thisYear, gradeIds };
}

function planRotation(draft: Draft, school: SeededSchool, codes: readonly string[]): string[] {
  return codes.map((code, index) => {
    const id = draft.chance.id();
    draft.schools.push((s) => port.addRotationDay(s, { school: school.id, code, sequence: index + 1 }, id));
    return id;
  });
}

const clock = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** A regular day and an early release: the same periods, shorter. */
function planBells(draft: Draft, school: SeededSchool): { regular: string; early: string } {
  const elementary = school.level === "elementary";
  const periods = elementary
    ? [["HR", "Homeroom"], ["1", "Morning block"], ["L", "Lunch and recess"], ["2", "Afternoon block"]]
    : [["HR", "Homeroom"], ["1", "Period 1"], ["2", "Period 2"], ["3", "Period 3"], ["L", "Lunch"], ["4", "Period 4"], ["5", "Period 5"], ["6", "Period 6"]];
  const plan = (name: string, length: (code: string) => number): string => {
    const id = draft.chance.id();
    draft.schools.push((s) => port.addBellSchedule(s, { school: school.id, name }, id));
    let start = elementary ? 8 * 60 : 8 * 60 + 20;
    periods.forEach(([code = "", title = ""], index) => {
      const period = draft.chance.id();
      const times = { startTime: clock(start), endTime: clock(start + length(code)) };
      start += length(code) + (elementary ? 0 : 5);
      draft.schools.push((s) => port.addBellPeriod(s, { bellSchedule: id, school: school.id, code, name: title, sequence: index + 1, countsForAttendance: code !== "L", ...times }, period));
    });
    return id;
  };
  return {
    regular: plan("Regular", (code) => (code === "HR" ? 12 : code === "L" ? 35 : elementary ? 160 : 52)),
    early: plan("Early release", (code) => (code === "HR" ? 8 : code === "L" ? 30 : elementary ? 110 : 36)),
  };
}

function planRooms(draft: Draft, school: SeededSchool, classrooms: number): void {
  const add = (number: string, kind: "CLASSROOM" | "LABORATORY" | "GYMNASIUM" | "LIBRARY" | "CAFETERIA" | "OFFICE" | "ARTS", capacity: number, name?: string) => {
    const id = draft.chance.id();
    draft.schools.push((s) => port.addRoom(s, { school: school.id, number, kind, capacity, name: name ?? null }, id));
  };
  for (let index = 0; index < classrooms; index += 1) {
    const number = String((index < classrooms / 2 ? 101 : 201) + (index < classrooms / 2 ? index : index - Math.ceil(classrooms / 2)));
    const laboratory = school.level !== "elementary" && index % 6 === 5;
    add(number, laboratory ? "LABORATORY" : "CLASSROOM", laboratory ? 24 : 30, laboratory ? "Science laboratory" : undefined);
  }
  add("GYM", "GYMNASIUM", 400);
  add("LIB", "LIBRARY", 60, "Library");
  add("CAF", "CAFETERIA", 220);
  add("ART", "ARTS", 28, "Art and music");
  add("OFFICE", "OFFICE", 12, "Front office");
  add("HEALTH", "OFFICE", 6, "Health office");
}
