import type { Contract } from "#foundation/testing/contract";
import { newDistrict } from "#foundation/testing/contract";
import type { Values, World } from "#foundation/testing/factory";
import { signedIn } from "#foundation/testing/personas";
import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { reaches } from "./reaches.ts";

/**
 * A school with twenty days in October 2026, Monday the 5th to Friday the 30th, on alternating rotation days:
 * 5 A, 6 B, 7 A, 8 B, 9 A | 12 B, 13 A, 14 B, 15 A, 16 B | 19 A, 20 B, 21 A, 22 B, 23 A | 26 B, 27 A, 28 B, 29 A, 30 B. The tests' today is
 * Wednesday the 14th. Regular days have periods 1 (08:00 to 08:50), 2 (09:00 to 09:50), 3 (10:00 to 10:50) and L (11:00 to 11:30, not
 * counted); short days 1 (08:00 to 08:30) and 2 (08:35 to 09:05) alone; block days a period 1-2 (08:00 to 09:50). Terms are the fall (17
 * August to 15 January) and the spring (16 January to 4 June).
 */
export interface SmallSchool {
  make: World;
  schoolId: string;
  yearId: string;
  trackId: string;
  rotation: { A: string; B: string };
  bells: { regular: string; short: string; block: string };
  terms: { fall: string; spring: string };
  /** The id of each instructional day, by its date. */
  days: ReadonlyMap<string, string>;
  /** A section of the fall, unless told otherwise. */
  section(code: string, given?: Values & { terms?: readonly string[] }): string;
  room(number: string): string;
  /** A pattern of a section, from its first day on: a period on A days, on B days or on every day. */
  meets(section: string, periodCode: string, rotation?: "A" | "B" | null, given?: Values): string;
  /** After saving: the class meetings that follow from patterns and calendar. */
  derive(): Promise<void>;
  /** A student who is enrolled at the school from its first day on. */
  student(given?: Values): string;
  /** Somebody on the school's duty, with the portal role of the staff. */
  office(role: Role): Identity;
  /** Somebody with the duty for the whole district. */
  districtOffice(role: Role): Identity;
}

export const firstDay = "2026-08-17";
export const fallEnd = "2027-01-16";
export const springEnd = "2027-06-05";

const schoolDays = Array.from({ length: 26 }, (_, i) => new Date(Date.UTC(2026, 9, 5 + i))).filter((d) => d.getUTCDay() > 0 && d.getUTCDay() < 6).map((d) => d.toISOString().slice(0, 10));

/** Notes the school in a new world, or beside another one of the same world and year; `make.save()` writes it. */
export function smallSchool(contract: Contract, beside?: SmallSchool): SmallSchool {
  const make = beside?.make ?? newDistrict(contract);
  const yearId = beside?.yearId ?? make.share("SchoolYear", make.a("SchoolYear", { name: "2026-27", firstDay: "2026-08-01", endDay: "2027-08-01", status: "OPEN" }));
  const school = make.a("School");
  const trackId = make.a("CalendarTrack", { school, schoolYear: yearId });
  const rotation = { A: make.a("RotationDay", { school, code: "A" }), B: make.a("RotationDay", { school, code: "B" }) };
  const bell = (name: string, periods: readonly (readonly [string, string, string])[]) => {
    const bellSchedule = make.a("BellSchedule", { school, name });
    periods.forEach(([code, startTime, endTime], i) => make.a("BellPeriod", { bellSchedule, school, code, startTime, endTime, sequence: i + 1, countsForAttendance: code !== "L" }));
    return bellSchedule;
  };
  const bells = {
    regular: bell("Regular", [["1", "08:00", "08:50"], ["2", "09:00", "09:50"], ["3", "10:00", "10:50"], ["L", "11:00", "11:30"]]),
    short: bell("Short", [["1", "08:00", "08:30"], ["2", "08:35", "09:05"]]),
    block: bell("Block", [["1-2", "08:00", "09:50"], ["2", "09:00", "09:50"]]),
  };
  const days = new Map(schoolDays.map((date, i) => [date, make.a("InstructionalDay", { track: trackId, school, date, rotationDay: i % 2 === 0 ? rotation.A : rotation.B, bellSchedule: bells.regular })]));
  const term = (name: string, start: string, endDay: string) => make.a("Term", { schoolYear: yearId, school, name, kind: "SEMESTER", firstDay: start, endDay });
  const terms = { fall: term("Fall", firstDay, fallEnd), spring: term("Spring", fallEnd, springEnd) };
  return {
    make, schoolId: school, yearId, trackId, rotation, bells, terms, days,
    section(code, { terms: taught = [terms.fall], ...given } = {}) {
      const section = make.a("Section", { schoolId: school, schoolYearId: yearId, code, title: `Section ${code}`, ...given });
      for (const termId of taught) make.a("SectionTerm", { section, termId });
      return section;
    },
    room: (number) => make.a("Room", { school, number }),
    meets: (section, periodCode, day = null, given = {}) => make.a("MeetingPattern", { section, periodCode, rotationDayId: day && rotation[day], fromDate: firstDay, toDate: null, ...given }),
    async derive() {
      await contract.platform.sql("SELECT set_config('osss.district', $1, false), set_config('osss.now', $2, false)", [make.districtId, contract.platform.clock.now.toISOString()]);
      await contract.platform.sql("SELECT academics.derive_meetings($1, $2, '2026-08-01', '2027-08-01')", [make.districtId, school]);
    },
    student(given = {}) {
      const student = make.a("Student");
      make.a("SchoolEnrollment", { student, schoolId: school, schoolYearId: yearId, entryDate: firstDay, exitDate: null, ...given });
      return student;
    },
    office: (role) => signedIn(make, reaches.at_school_school!(make, school, { role }), [role, Role.Staff]),
    districtOffice: (role) => signedIn(make, reaches.district_office!(make, "", { role }), [role, Role.Staff]),
  };
}
