import { subgraph } from "#foundation/federation/manifest";
import { AttendanceCode } from "./attendance-code.ts";
import { AttendanceEvent } from "./attendance-event.ts";
import { AttendanceNote } from "./attendance-note.ts";
import { Student } from "./foreign.ts";
import { minutesMissedAt, weightOf } from "./figures.ts";
import { correctAttendance, takeAttendance } from "./operations.ts";
import { rosterOn, takeWholeClass } from "./take-whole-class.ts";

/** The example of the design, as it stands there. */
export const trialAttendance = subgraph({
  name: "trial_attendance",
  description: "Who missed what, in as little as the example needs.",
  records: [AttendanceEvent, AttendanceNote, AttendanceCode],
  operations: [takeAttendance, correctAttendance, takeWholeClass],
  lookups: [rosterOn],
  fields: [minutesMissedAt, weightOf],
  connections: [{ on: Student, name: "attendanceEvents", of: AttendanceEvent, via: "studentId", description: "What the student missed." }],
  relations: [],
  migrations: new URL("./migrations/", import.meta.url),
});
