import type { Draft } from "../draft.ts";
import type { District } from "../places/district.ts";

const codes = {
  U: ["Absent", "ABSENT", "UNEXCUSED", false],
  I: ["Ill", "ABSENT", "EXCUSED", true],
  E: ["Excused absence", "ABSENT", "EXCUSED", true],
  S: ["Suspended", "ABSENT", "SUSPENSION", true],
  T: ["Tardy", "TARDY", "UNEXCUSED", false],
  TE: ["Excused tardy", "TARDY", "EXCUSED", true],
  D: ["Left early with the family", "LEFT_EARLY", "EXCUSED", true],
  N: ["With the nurse or counselor", "PRESENT_ELSEWHERE", "EXCUSED", false],
  FT: ["Field trip or match", "PRESENT_ELSEWHERE", "ACTIVITY", true],
  R: ["Remote learning", "PRESENT_ELSEWHERE", "REMOTE", true],
} as const;

export type AttendanceCodes = Readonly<Record<keyof typeof codes, string>>;

/** The district's codes and its policy, which is what most districts have. */
export function planAttendanceCodes(draft: Draft, district: District): AttendanceCodes {
  draft.add("attendance", "AttendancePolicy", { fromDate: district.years[0]!.firstDay, absentShare: "50", tardyRule: "FIRST_PERIOD", chronicShare: "10", chronicMinimumDays: 10, truancyUnexcusedDays: 10 });
  return Object.fromEntries(
    Object.entries(codes).map(([code, [title, effect, excuse, officeOnly]]) => [code, draft.add("attendance", "AttendanceCode", { code, title, effect, excuse, officeOnly })]),
  ) as AttendanceCodes;
}
