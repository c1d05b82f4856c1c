import { sql } from "kysely";
import { atSchool, teachesSection } from "#foundation/access/relations";
import { mutation } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { lookup } from "#foundation/federation/manifest";
import { Role } from "#foundation/identity/role";
import { BelongsTo, ForeignRef, Ids, Items, Text, Whole } from "#foundation/record/fields";
import { AttendanceCode } from "./attendance-code.ts";
import { AttendanceEvent } from "./attendance-event.ts";
import { ClassMeeting, Student } from "./foreign.ts";

class AbsenceInput {
  @ForeignRef(() => Student) studentId!: string;
  @Whole({ description: "How much was missed.", unit: "minutes", min: 0, max: 600, defaultValue: 50 }) minutesMissed!: number;
  @Text({ description: "Unused: checks nested texts.", optional: true, maxLength: 5 }) mark?: string | null;
}

class TakeWholeClassInput {
  @ForeignRef(() => ClassMeeting) classMeetingId!: string;
  @BelongsTo(() => AttendanceCode) code!: string;
  @Items(() => AbsenceInput, { description: "Who missed what." }) absences!: AbsenceInput[];
  @Ids({ description: "Who was expected, besides.", optional: true }) expected?: string[] | null;
}

/** Past the row rules: who is on the roster of a meeting's section, and where it takes place. */
export const rosterOn = lookup({
  name: "roster",
  arguments: "meeting uuid",
  returns: "TABLE (student_id uuid, section_id uuid, school_id uuid, date date)",
  sql: `SELECT r.student_id, m.section_id, m.school_id, m.date FROM trial_academics.class_meeting m JOIN trial_academics.roster_entry r ON r.section_id = m.section_id AND r.archived_at IS NULL WHERE m.id = meeting`,
});

export const takeWholeClass = mutation<TakeWholeClassInput>({
  name: "takeWholeClass",
  description: "Records who missed a class meeting, the whole class at once.",
  roles: [Role.Teacher, Role.AttendanceClerk],
  as: "district",
  reason: "optional",
  input: TakeWholeClassInput,
  record: AttendanceEvent,
  async run(session, { classMeetingId, code, absences }) {
    await session.serialize(`attendance of ${classMeetingId}`);
    const roster = await session.ask(sql<{ student_id: string; section_id: string; school_id: string; date: string }>`SELECT * FROM lookup.trial_attendance_roster(${classMeetingId}::uuid)`);
    const [any] = roster;
    const may = any && ((await session.holds(teachesSection, "section", [Role.Teacher], any.section_id)) || (await session.holds(atSchool, "school", [Role.AttendanceClerk], any.school_id)));
    if (!may) throw OsssError.forbidden("You may take attendance of your own sections, or at your school as its clerk.");
    const made = absences.map(({ studentId, minutesMissed }) => {
      const row = roster.find((r) => r.student_id === studentId);
      if (!row) throw OsssError.invalid([{ path: "input.absences", message: "One of the students is not on the roster. Check the ids." }]);
      return session.create(AttendanceEvent, { studentId, classMeetingId, sectionId: row.section_id, schoolId: row.school_id, date: row.date, code, minutesMissed });
    });
    return made[0] ?? { id: classMeetingId };
  },
});
