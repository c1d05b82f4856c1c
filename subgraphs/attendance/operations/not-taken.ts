import { sql } from "kysely";
import { query } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { Flag, ForeignRef, Items, Text, TimeOfDay, Whole } from "#foundation/record/fields";
import { View } from "#foundation/record/view";
import { groupRoles, wholeSchools } from "../fields/reach.ts";
import { ClassMeeting, Person, Section } from "../foreign.ts";

@View("Somebody who was to take attendance.")
export class ExpectedTaker {
  @ForeignRef(() => Person, { description: "The person." }) personId!: string;
  @Flag({ description: "Stands in for the teacher that day." }) standsIn!: boolean;
}

@View("A class meeting whose attendance nobody has taken.")
export class MeetingNotTaken {
  @ForeignRef(() => ClassMeeting, { description: "The class meeting." }) classMeetingId!: string;
  @ForeignRef(() => Section, { description: "The section that met." }) sectionId!: string;
  @Text({ description: "The period, e.g. \"3\"." }) periodCode!: string;
  @TimeOfDay({ description: "When it starts by the school's clock." }) startTime!: string;
  @TimeOfDay({ description: "When it ends by the school's clock." }) endTime!: string;
  @Whole({ description: "How many students were to come.", unit: "students" }) students!: number;
  @Items(() => ExpectedTaker, { description: "Who teaches the section that day, the lead teacher first, then who stands in." }) takers!: ExpectedTaker[];
}

interface Row {
  class_meeting_id: string;
  section_id: string;
  period_code: string;
  start_time: string;
  end_time: string;
  students: number;
  teachers: string[];
  stand_ins: string[];
}

export const notTaken = query({
  name: "notTaken",
  description: "The class meetings of a school's day whose attendance nobody has taken, by their time: the clerk's list of whom to call. Meetings without students, cancelled ones, and periods that do not count are left out.",
  roles: groupRoles,
  arguments: { schoolId: { type: "ID", description: "The school." }, date: { type: "Day", description: "The day; today when left out.", optional: true } },
  returns: MeetingNotTaken,
  list: true,
  async resolve(call, { schoolId, date }) {
    const school = String(schoolId);
    if (!(await wholeSchools(call, [school])).has(school)) throw OsssError.forbidden("The list is for the offices of the school.");
    const rows = await call.ask(sql<Row>`SELECT * FROM lookup.attendance_not_taken(${school}::uuid, coalesce(${date ?? null}::date, access.today()))`);
    const person = (standsIn: boolean) => (id: string) => ({ person: { __typename: "Person", id }, standsIn });
    return rows.map((row) => ({
      classMeeting: { __typename: "ClassMeeting", id: row.class_meeting_id },
      section: { __typename: "Section", id: row.section_id },
      periodCode: row.period_code,
      startTime: row.start_time,
      endTime: row.end_time,
      students: row.students,
      takers: [...row.teachers.map(person(false)), ...row.stand_ins.map(person(true))],
    }));
  },
});
