/** Whose document it is, and who issued it: the same on every kind. */
export interface Letterhead {
  district: string;
  school: string;
  schoolPhone: string | null;
  student: { name: string; number: string; gradeLevel: string | null; birthDate: string | null };
  /** The district's local day of the issue, `YYYY-MM-DD`. */
  issuedOn: string;
}

/** A column of a report card: a grading period, an exam or a final mark. */
export interface Column {
  key: string;
  title: string;
}

/** Printed marks by column. */
export type Cells = Readonly<Record<string, { mark: string; percent: string | null }>>;

/** Days of a stretch of the year that a student was enrolled at the school, and what they were, counted when the card was issued. */
export interface AttendanceLine {
  title: string;
  /** Days of membership up to the day of the issue. */
  days: number;
  /** Of them: absent by the district's rule, activities of the school left out; excused or suspended ones are among them. */
  absent: number;
  excused: number;
  tardy: number;
  /** Nobody took attendance: neither present nor absent. */
  unknown: number;
}

export interface ReportCardFigures extends Letterhead {
  kind: "REPORT_CARD";
  schoolYear: string;
  period: string;
  columns: readonly Column[];
  courses: readonly { code: string; title: string; teacher: string | null; marks: Cells; comments: readonly string[] }[];
  standards: readonly { subject: string; rows: readonly { code: string; text: string; marks: Cells }[] }[];
  workHabits: readonly { title: string; section: string; marks: Cells }[];
  averages: { policy: string; weighted: string | null; unweighted: string | null; honor: string | null } | null;
  /** Of the grading period, and of the year up to its end where that is more. Cards of before have none. */
  attendance?: readonly AttendanceLine[];
  legends: readonly { scale: string; marks: readonly { mark: string; meaning: string }[] }[];
}

export interface TranscriptFigures extends Letterhead {
  kind: "TRANSCRIPT";
  terms: readonly {
    schoolYear: string;
    term: string;
    school: string;
    transfer: boolean;
    gradeLevel: string | null;
    courses: readonly { code: string; title: string; mark: string; attempted: string; earned: string; repeat: boolean; counts: boolean }[];
  }[];
  credits: { attempted: string; earned: string };
  averages: { policy: string; weighted: string | null; unweighted: string | null; credits: string } | null;
  /** Null where ranks are switched off, or the student is not ranked. */
  rank: { rank: number; outOf: number; gradeLevel: string; weighted: boolean } | null;
  plan: { name: string; requirements: readonly { title: string; required: string; earned: string; inProgress: string; missing: string }[] } | null;
}

export type DocumentFigures = ReportCardFigures | TranscriptFigures;

/** A document that is about to be issued: its figures, and the ids of what they rest on. */
export interface Draft<F extends DocumentFigures = DocumentFigures> {
  figures: F;
  sourceIds: string[];
}
