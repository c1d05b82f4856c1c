import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { dataOf, newDistrict, type Contract } from "#foundation/testing/contract";
import type { World } from "#foundation/testing/factory";
import { signedIn } from "#foundation/testing/personas";
import { countEverything } from "./expected-facts.ts";

/** `n` weekdays from a Monday on. */
export const weekdays = (monday: string, n: number): string[] => Array.from({ length: n }, (_, i) => new Date(Date.parse(`${monday}T00:00:00Z`) + (Math.floor(i / 5) * 7 + (i % 5)) * 86_400_000).toISOString().slice(0, 10));

/** A school whose students are in one homeroom of 360 minutes a day, taken every day unless told. */
export class Term {
  readonly contract: Contract;
  readonly make: World;
  readonly dates: string[];
  readonly year: string;
  readonly codes: Record<"unexcused" | "excused" | "suspension" | "activity" | "tardy", string>;
  readonly superintendent: Identity;
  constructor(contract: Contract, dates: string[]) {
    this.contract = contract;
    this.make = newDistrict(contract);
    this.dates = dates;
    this.year = this.make.once("SchoolYear", { firstDay: "2026-08-01", endDay: "2027-07-01" });
    const code = (effect: string, excuse: string) => this.make.a("AttendanceCode", { effect, excuse });
    this.codes = { unexcused: code("ABSENT", "UNEXCUSED"), excused: code("ABSENT", "EXCUSED"), suspension: code("ABSENT", "SUSPENSION"), activity: code("ABSENT", "ACTIVITY"), tardy: code("TARDY", "UNEXCUSED") };
    this.superintendent = signedIn(this.make, contract.reaches.district_office!(this.make, "", { role: Role.Superintendent }), [Role.Superintendent, Role.Staff]);
  }

  school(options: { dates?: string[]; untaken?: string[] } = {}): { schoolId: string; track: string; section: string; principal: Identity; teacher: Identity; meetings: Map<string, string>; days: Map<string, string> } {
    const { make, contract } = this;
    const schoolId = make.a("School");
    const track = make.a("CalendarTrack", { school: schoolId, schoolYear: this.year });
    const section = make.a("Section", { schoolId, schoolYearId: this.year, kind: "HOMEROOM" });
    const [meetings, days] = [new Map<string, string>(), new Map<string, string>()];
    for (const date of options.dates ?? this.dates) {
      days.set(date, make.a("InstructionalDay", { track, school: schoolId, date }));
      const meeting = make.a("ClassMeeting", { section, date, periodCode: "HR", startTime: "08:30", endTime: "14:30", minutes: 360 });
      meetings.set(date, meeting);
      if (!options.untaken?.includes(date)) make.a("AttendanceSubmission", { classMeetingId: meeting });
    }
    const principal = signedIn(make, contract.reaches.at_school_school!(make, schoolId, { role: Role.Principal }), [Role.Principal, Role.Staff]);
    const teacher = signedIn(make, contract.reaches.teaches_section_section!(make, section, { role: Role.Teacher }), [Role.Teacher, Role.Staff]);
    return { schoolId, track, section, principal, teacher, meetings, days };
  }

  /** A student of the homeroom from `from` to before `to`. */
  student(school: ReturnType<Term["school"]>, options: { from?: string; to?: string | null; student?: string; grade?: string; kind?: string } = {}): string {
    const student = options.student ?? this.make.a("Student");
    const [from, to] = [options.from ?? "2026-08-20", options.to ?? null];
    this.make.a("SchoolEnrollment", { student, schoolId: school.schoolId, schoolYearId: this.year, entryDate: from, exitDate: to, ...(to ? { exitCode: "T1" } : {}), ...(options.grade ? { gradeLevelId: options.grade } : {}), kind: options.kind ?? "PRIMARY" });
    this.make.a("SectionEnrollment", { studentId: student, section: school.section, fromDate: from, toDate: to });
    return student;
  }

  missed(school: ReturnType<Term["school"]>, student: string, dates: readonly string[], code: keyof Term["codes"], minutesMissed = 360): void {
    for (const date of dates) this.make.a("AttendanceEvent", { studentId: student, classMeetingId: school.meetings.get(date), code: this.codes[code], minutesMissed });
  }

  async save(): Promise<void> {
    await this.make.save();
    await countEverything(this.contract.platform);
  }

  async figures(identity: Identity, type: "Student" | "School" | "Section", id: string, args = ""): Promise<Record<string, unknown>> {
    const reply = await this.ask(identity, type, [id], args);
    return dataOf<{ _entities: { attendance: Record<string, unknown> }[] }>(reply)._entities[0]!.attendance;
  }

  ask(identity: Identity, type: "Student" | "School" | "Section", ids: readonly string[], args = "") {
    const selection = "from to students instructionalDays membershipDays countedDays daysAttended daysAbsent unexcusedDays tardies rate meetings meetingsTaken coverage ada adm chronicallyAbsent chronicallyAbsentStudents chronicallyAbsentShare truant truantStudents partial complete oldestOpenRequest";
    return this.contract.platform.call("attendance", identity, `query($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { id attendance${args ? `(${args})` : ""} { ${selection} } } } }`, { r: ids.map((id) => ({ __typename: type, id })) });
  }
}
