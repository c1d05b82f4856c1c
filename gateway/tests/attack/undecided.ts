import type { PersonaName } from "./personas.ts";

/**
 * Where the domains show or tell more than the tables say, which are written from the school's rules alone. Each entry waits for a decision:
 * the domain changes, or the rule does. Until then the tests hold the difference to exactly this; when it is gone they fail, and the entry
 * goes. Differences of single acts are tests marked `fails`.
 */
export interface Undecided {
  /** What the rule says, and what would follow it. */
  readonly about: string;
  readonly personas: readonly PersonaName[];
  /** Rows that are shown although the rule closes them: type -> names. */
  readonly shown: Readonly<Record<string, string>>;
}

export const undecidedReads: readonly Undecided[] = [
  {
    about: "Students of her sections, to the lag days after the roster dates. Rows are read by the section's stamp alone, long after: read them by section and student together, as they are written.",
    personas: ["teacherOfHerChild"],
    shown: { AttendanceEvent: "adam bio 2026-08-20", AttendanceNote: "adam bio 2026-08-20", Score: "adam bio quiz", ScoreNote: "adam bio quiz", MarkChange: "adam bio" },
  },
  {
    about: "A substitute: dated, one section's meetings. She reads the section's roster, submissions, exceptions and notes of all time: read them by the meetings of her days, and the roster by today's students.",
    personas: ["substituteToday"],
    shown: {
      SectionEnrollment: "adam@bio", AttendanceSubmission: "bio 2026-10-13", AttendanceEvent: "adam bio 2026-08-20, lena bio 2026-10-13", AttendanceNote: "adam bio 2026-08-20, lena bio 2026-10-13",
    },
  },
  {
    about: "Being a teacher somewhere gives nothing about her own child beyond what a parent has. In her own section it does: leave students out of teaches_section and teaches_student for whom she is listed.",
    personas: ["teacherAndParent"],
    shown: { AttendanceNote: "tia alg 2026-10-14", Score: "tia alg hidden", ScoreNote: "tia alg test, tia alg hidden" },
  },
  {
    about: "A role alone reaches nothing. The pool of substitutes is read by the role of an office without its duty: ask for the duty at any school.",
    personas: ["rolesWithoutDuty", "principalUntilYesterday"],
    shown: { Substitute: "subira, sol" },
  },
  {
    about: "Special education is for those who need to know, and the superintendent does not read it. Who manages a case tells of it: no district line for caseloads, or one for counseling alone.",
    personas: ["superintendent", "superintendentElsewhere"],
    shown: { CaseloadAssignment: "*" },
  },
  {
    about: "The administrator reads no student's record by that role. A request to count anew names a student: no line for administrators; attendanceFreshness tells them enough.",
    personas: ["admin"],
    shown: { RecountRequest: "*" },
  },
];
