import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newDistrict, type Contract } from "#foundation/testing/contract";
import { uuidv7 } from "#foundation/record/uuid";
import { stage } from "../../contract/stage.ts";
import { Chance } from "./chance.ts";
import { countEverything, expectFactsToBeRight } from "./expected-facts.ts";
import { weekdays } from "./term.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const dates = weekdays("2026-09-07", 15);
const time = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
const later = (date: string, days: number): string => new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** A district whose every table may change: two schools with two calendars each, sections that meet every day, students on some rosters. */
async function district(chance: Chance) {
  const make = newDistrict(contract);
  const year = make.once("SchoolYear", { firstDay: "2026-08-01", endDay: "2027-07-01" });
  const schools = [0, 1].map(() => make.a("School"));
  const tracks = schools.flatMap((school) => ["A", "B"].map((name) => ({ school, id: make.a("CalendarTrack", { school, schoolYear: year, name }) })));
  const days = tracks.flatMap(({ school, id }) => dates.filter(() => chance.often(0.85)).map((date) => make.a("InstructionalDay", { track: id, school, date })));
  const sections = schools.flatMap((schoolId) => [0, 1, 2].map((n) => ({ schoolId, id: make.a("Section", { schoolId, schoolYearId: year }), n })));
  const meetings = sections.flatMap(({ id, schoolId, n }) => dates.map((date) => ({ section: id, schoolId, date, id: make.a("ClassMeeting", { section: id, date, periodCode: String(n), startTime: time(480 + 60 * n), endTime: time(530 + 60 * n), minutes: 50 }) })));
  const codes = [["ABSENT", "UNEXCUSED"], ["ABSENT", "EXCUSED"], ["TARDY", "UNEXCUSED"], ["LEFT_EARLY", "EXCUSED"], ["PRESENT_ELSEWHERE", "ACTIVITY"]].map(([effect, excuse]) => make.a("AttendanceCode", { effect, excuse }));
  const grades = [make.a("GradeLevel"), make.a("GradeLevel")];
  const students = Array.from({ length: 6 }, () => {
    const student = make.a("Student");
    const schoolId = chance.one(schools);
    make.a("SchoolEnrollment", { student, schoolId, schoolYearId: year, entryDate: "2026-08-20", gradeLevelId: chance.one(grades), ...(chance.often(0.5) ? { trackId: chance.one(tracks.filter((t) => t.school === schoolId)).id } : {}) });
    for (const section of sections.filter((s) => s.schoolId === schoolId)) make.a("SectionEnrollment", { studentId: student, section: section.id, fromDate: "2026-08-20" });
    return student;
  });
  await make.save();
  await countEverything(contract.platform);
  return { make, year, schools, tracks, days, sections, meetings, codes, grades, students };
}

type District = Awaited<ReturnType<typeof district>>;

/** One change of something, as one statement of one transaction. Refusals of the tables' own rules are part of life. */
function changes(chance: Chance, { make, year, schools, tracks, days, sections, meetings, codes, grades, students }: District): [string, unknown[]] {
  const d = make.districtId;
  const insert = (table: string, values: Record<string, unknown>): [string, unknown[]] => {
    const all = { id: uuidv7(), district_id: d, version: 1, created_at: "2026-10-14", updated_at: "2026-10-14", ...values };
    return [`INSERT INTO ${table} (${Object.keys(all).join(", ")}) VALUES (${Object.keys(all).map((_, i) => `$${i + 1}`).join(", ")})`, Object.values(all)];
  };
  const oneOf = (table: string, more = "") => `id = (SELECT id FROM ${table} WHERE district_id = '${d}' AND archived_at IS NULL ${more} ORDER BY md5(id::text || '${chance.below(1e9)}') LIMIT 1)`;
  const [student, meeting, date] = [chance.one(students), chance.one(meetings), chance.one(dates)];
  const stamps = { class_meeting_id: meeting.id, section_id: meeting.section, school_id: meeting.schoolId, date: meeting.date };
  const from = 480 + 5 * chance.below(30);
  const kind = chance.one(["CALL", "CHECK_IN", "CHECK_OUT", "NOTE", "BULK"]);
  const check = kind.startsWith("CHECK");
  const options: (() => [string, unknown[]])[] = [
    () => insert("attendance.attendance_submission", { ...stamps, taken_at: "2026-10-14" }),
    () => insert("attendance.attendance_submission", { ...stamps, taken_at: "2026-10-14" }),
    () => insert("attendance.attendance_event", { ...stamps, student_id: student, code_id: chance.one(codes), minutes_missed: chance.below(60) }),
    () => insert("attendance.attendance_event", { ...stamps, student_id: student, code_id: chance.one(codes), minutes_missed: chance.below(60) }),
    () => [`UPDATE attendance.attendance_event SET code_id = $1, minutes_missed = $2 WHERE ${oneOf("attendance.attendance_event")}`, [chance.one(codes), chance.below(60)]],
    () => [`UPDATE attendance.attendance_event SET archived_at = now() WHERE ${oneOf("attendance.attendance_event")}`, []],
    () => insert("attendance.office_entry", { student_id: student, school_id: chance.one(schools), date, kind, from_time: check || chance.often(0.5) ? time(from) : null, to_time: null, code_id: chance.one(codes), verified: chance.often(0.7) }),
    () => insert("attendance.office_entry", { student_id: student, school_id: chance.one(schools), date, kind: check ? "CALL" : kind, from_time: time(from), to_time: time(from + 5 + 5 * chance.below(20)), code_id: chance.one(codes), verified: chance.often(0.7) }),
    () => [`UPDATE attendance.office_entry SET verified = true WHERE ${oneOf("attendance.office_entry", "AND NOT verified")}`, []],
    () => [`UPDATE attendance.office_entry SET archived_at = now() WHERE ${oneOf("attendance.office_entry")}`, []],
    () => [`UPDATE attendance.attendance_submission SET archived_at = now() WHERE ${oneOf("attendance.attendance_submission")}`, []],
    () => [`UPDATE schools.instructional_day SET status = $1, reason = 'Weather' WHERE id = ANY ($2)`, [chance.one(["CANCELLED", "SCHEDULED", "ADDED"]), [chance.one(days), chance.one(days)]]],
    () => {
      const track = chance.one(tracks);
      return insert("schools.instructional_day", { track_id: track.id, school_id: track.school, date, status: "SCHEDULED" });
    },
    () => [`UPDATE academics.class_meeting SET start_time = $1, end_time = $2 WHERE id = $3`, [time(from), time(from + 20 + chance.below(60)), meeting.id]],
    () => [`UPDATE academics.class_meeting SET status = $1, counts_for_attendance = $2 WHERE id = $3`, [chance.one(["SCHEDULED", "CANCELLED"]), chance.often(0.8), meeting.id]],
    () => [`UPDATE academics.section_enrollment SET to_date = $1 WHERE ${oneOf("academics.section_enrollment")}`, [chance.often(0.3) ? null : later(date, 1)]],
    () => [`UPDATE academics.section_enrollment SET archived_at = now() WHERE ${oneOf("academics.section_enrollment")}`, []],
    () => {
      const section = chance.one(sections);
      return insert("academics.section_enrollment", { student_id: student, section_id: section.id, school_id: section.schoolId, from_date: date, to_date: chance.often(0.5) ? null : later(date, 1 + chance.below(10)) });
    },
    () => [`UPDATE students.school_enrollment SET exit_date = $1, exit_code = $2 WHERE ${oneOf("students.school_enrollment")}`, chance.often(0.4) ? [null, null] : [later(date, 1), "W1"]],
    () => [`UPDATE students.school_enrollment SET grade_level_id = $1, kind = $2 WHERE ${oneOf("students.school_enrollment")}`, [chance.one(grades), chance.often(0.8) ? "PRIMARY" : "SECONDARY"]],
    () => {
      const track = chance.one(tracks);
      return [`UPDATE students.school_enrollment SET track_id = $1 WHERE ${oneOf("students.school_enrollment", `AND school_id = '${track.school}'`)}`, [chance.often(0.3) ? null : track.id]];
    },
    () => insert("students.school_enrollment", { student_id: student, school_id: chance.one(schools), school_year_id: year, kind: chance.often(0.7) ? "PRIMARY" : "SECONDARY", entry_date: date, exit_date: null, no_show: false, full_time_share: 1 }),
    () => [`UPDATE students.school_enrollment SET archived_at = now() WHERE ${oneOf("students.school_enrollment")}`, []],
    () => [`UPDATE attendance.attendance_code SET effect = $1, excuse = $2 WHERE id = $3`, [...chance.one([["ABSENT", "SUSPENSION"], ["TARDY", "EXCUSED"], ["PRESENT_ELSEWHERE", "REMOTE"]]), chance.one(codes)]],
    () => insert("attendance.attendance_policy", { from_date: date, absent_share: 10 + chance.below(80), tardy_rule: chance.one(["FIRST_PERIOD", "ANY_PERIOD"]), chronic_share: 10, chronic_minimum_days: 10, truancy_unexcused_days: 10 }),
    () => [`UPDATE schools.calendar_track SET name = $1 WHERE id = $2`, [`${chance.one(["A", "B", "C"])}${chance.below(100)}`, chance.one(tracks).id]],
    () => [`DELETE FROM academics.class_meeting WHERE id = $1`, [meeting.id]],
  ];
  return chance.one(options)();
}

describe("after a random history of a district", () => {
  it.each([11, 12, 13, 14])("the facts are what all its rows say, counted at each commit or in the background (seed %i)", async (seed) => {
    const chance = new Chance(seed);
    const about = await district(chance);
    const { make } = about;
    let [done, refused] = [0, 0];
    for (let step = 1; step <= 160; step++) {
      const [statement, values] = changes(chance, about);
      const left = chance.often(0.2);
      try {
        await contract.platform.sql(`BEGIN`);
        if (left) await contract.platform.sql("SELECT set_config('osss.count_later', 'on', true)");
        await contract.platform.sql(statement, values);
        await contract.platform.sql("COMMIT");
        done += 1;
      } catch (error) {
        await contract.platform.sql("ROLLBACK");
        // Its own keys, spans and checks; anything else would be ours.
        expect(["23P01", "23505", "23503", "23514"], String(error)).toContain((error as { code?: string }).code);
        refused += 1;
      }
      if (step % 40 === 0) {
        await countEverything(contract.platform);
        await expectFactsToBeRight(contract.platform, make.districtId);
      }
    }
    expect(done).toBeGreaterThan(refused);
  });
});
