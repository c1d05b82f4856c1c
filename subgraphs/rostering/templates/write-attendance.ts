import { attendance, schools } from "../domains.ts";
import { plain } from "../import/write-organizations.ts";
import { addDays } from "../oneroster/day.ts";
import { portions, type KnownStudent } from "./known-students.ts";
import { leaveOut } from "./left-out.ts";
import { Places, type Place } from "./places.ts";
import type { FileWork, OpenRow } from "./work.ts";

type Row = OpenRow<"daily-attendance">;
type Work = FileWork<"daily-attendance">;
type Code = Awaited<ReturnType<typeof attendance.attendanceCodes>>[number];

const portion = 2_000;

/** Days of which a former system knew; see docs/decisions/018-days-of-a-former-system.md. Facts follow when they are counted. */
export async function writeAttendance(work: Work): Promise<void> {
  const { across, kept, progress } = work.setting;
  const places = await across.in("schools", Places.read);
  const locks = await across.in("attendance", (session) => attendance.locksOf(session, places.schools.map(({ id }) => id)));
  const desk = new AttendanceDesk(work, places, locks);
  for (const some of portions(work.gone, portion)) await desk.takeBack(some);
  let done = 0;
  const said = (count: number) => progress(`${(done += count)} of ${work.open.length} days of attendance`);
  for (const rows of portions(work.open.filter(({ cells }) => cells.status === "taken"), portion)) {
    await desk.writeSchoolDays(rows);
    await across.in("rostering", (session) => kept.save(session));
    said(rows.length);
  }
  const ofStudents = work.open.filter(({ cells }) => cells.status !== "taken").flatMap((row) => {
    const student = work.attempt(row, () => work.student(row));
    return student === undefined ? [] : [{ row, student }];
  });
  // A student's days together: what is looked up for one serves all of them.
  for (const rows of portions(ofStudents.sort((a, b) => (a.student.id < b.student.id ? -1 : a.student.id > b.student.id ? 1 : 0)), portion)) {
    await desk.writeDays(rows);
    await across.in("rostering", (session) => kept.save(session));
    said(rows.length);
  }
  await across.in("rostering", (session) => kept.save(session));
}

interface StudentRow {
  row: Row;
  student: KnownStudent;
}

class AttendanceDesk {
  constructor(
    readonly work: Work,
    readonly places: Places,
    readonly locks: ReadonlyMap<string, string>,
  ) {}

  async takeBack(rows: Work["gone"]): Promise<void> {
    const { across, kept } = this.work.setting;
    await across.in("attendance", async (session) => {
      const ids = rows.map(({ kept: { recordId } }) => recordId);
      const records = new Map([...(await attendance.earlierDaysById(session, ids)), ...(await attendance.earlierSchoolDaysById(session, ids))].map((record) => [record.id, record]));
      for (const row of rows) {
        const record = records.get(row.kept.recordId);
        const locked = record && this.#locked(record.schoolId, record.date);
        if (locked) this.work.say(row.line, `It is not taken back. ${locked}`);
        if (locked || (record && !this.work.untouched(row, plain(record)))) continue;
        this.work.book(row, row.kept.recordId, record?.schoolId);
        if (record) attendance.archiveEarlierDay(session, record);
        kept.forget(this.work.name, row.key);
      }
    });
  }

  async writeSchoolDays(rows: readonly Row[]): Promise<void> {
    const { across } = this.work.setting;
    const dates = [...new Set(rows.map(({ cells }) => cells.date))];
    const inSession = await across.in("schools", async (session) => {
      const tracks = new Map((await schools.tracksOf(session, this.places.schools.map(({ id }) => id))).map((track) => [track.id, String(plain(track).school)]));
      const days = await schools.instructionalDaysOn(session, [...tracks.keys()], dates);
      return new Set(days.filter(({ status }) => status !== "CANCELLED").map((day) => `${tracks.get(String(plain(day).track))} ${day.date}`));
    });
    await across.in("attendance", async (session) => {
      const present = new Map((await attendance.earlierSchoolDaysOn(session, this.places.schools.map(({ id }) => id), dates)).map((record) => [`${record.schoolId} ${record.date}`, record.id]));
      for (const row of rows) {
        this.work.attempt(row, () => {
          const { date } = row.cells;
          const school = this.places.school(this.work.read(row, "school_code")!);
          this.#requireOpen(school.id, date);
          if (!inSession.has(`${school.id} ${date}`)) leaveOut(`${school.name} was not in session on ${date} by any of its calendars. Import its calendar-days first, or correct the date.`);
          const known = present.get(`${school.id} ${date}`);
          if (known !== undefined && this.work.setting.kept.holderOf(known) !== row.key) return this.work.settle(row);
          const id = known ?? attendance.addEarlierSchoolDay(session, { schoolId: school.id, date });
          present.set(`${school.id} ${date}`, id);
          this.work.book(row, id, school.id);
          this.work.remember(row, id, {}, { recordType: "EarlierSchoolDay" });
        });
      }
    });
  }

  async writeDays(rows: readonly StudentRow[]): Promise<void> {
    const ids = [...new Set(rows.map(({ student }) => student.id))];
    const dates = [...new Set(rows.map(({ row }) => row.cells.date))].sort();
    await this.work.setting.across.in("attendance", async (session) => {
      const codes = new Map((await attendance.attendanceCodes(session)).map((code) => [code.code, code]));
      const days = new Map<string, string[]>();
      for (const { studentId, schoolId, date } of await attendance.studentDays(session, ids, dates[0]!, addDays(dates.at(-1)!, 1))) days.set(`${studentId} ${date}`, [...(days.get(`${studentId} ${date}`) ?? []), schoolId]);
      const present = new Map((await attendance.earlierDaysOf(session, ids, dates)).map((record) => [`${record.studentId} ${record.date}`, record]));
      for (const { row, student } of rows) {
        this.work.attempt(row, () => {
          const { date, minutes_missed: minutesMissed, day_minutes: dayMinutes } = row.cells;
          const schoolId = this.#schoolOn(row, days.get(`${student.id} ${date}`) ?? []);
          this.#requireOpen(schoolId, date);
          const said = { code: this.#code(row, codes), minutesMissed, dayMinutes };
          const record = present.get(`${student.id} ${date}`);
          if (record !== undefined) {
            this.work.found(row, record.id);
            if (row.kept === undefined) leaveOut("Another source has told of this day of the student already. Take that back first, or leave the row out.");
            if (record.schoolId !== schoolId) leaveOut("The record of this day is at another school. Take it back with remove, and import the row again.");
          } else if (row.kept !== undefined) leaveOut("Somebody has taken the record of this day back since the last import.");
          if (record !== undefined) attendance.changeEarlierDay(session, record, this.work.changes(row, said, plain(record)));
          const id = record?.id ?? attendance.addEarlierDay(session, { studentId: student.id, schoolId, date, ...said });
          this.work.book(row, id, schoolId);
          this.work.remember(row, id, said, { recordType: "EarlierDay" });
        });
      }
    });
  }

  /** Where the student was to be on the day: the school that the row names, else the one of the primary enrollment. */
  #schoolOn(row: Row, schoolIds: readonly string[]): string {
    const code = this.work.read(row, "school_code");
    const school: Place | null = code === null ? null : this.places.school(code);
    const found = school === null ? schoolIds[0] : schoolIds.find((id) => id === school.id);
    return found ?? leaveOut(`On ${row.cells.date} the student was not enrolled ${school === null ? "at any school" : `at ${school.name}`}, or the school was not in session by the student's calendar. Nothing is recorded for such days, nor after a withdrawal; import the enrollment or the calendar first.`);
  }

  #code(row: Row, codes: ReadonlyMap<string, Code>): string | null {
    const written = this.work.read(row, "code");
    if (written === null) return null;
    return (codes.get(written) ?? codes.get(written.toUpperCase()) ?? leaveOut(`The district has no attendance code "${written}". Add it first, or say in the preview which one it stands for.`)).id;
  }

  #locked(schoolId: string, date: string): string | null {
    const through = this.locks.get(schoolId);
    return through !== undefined && date <= through ? `Attendance of the school is locked through ${through}. Have its attendance office unlock it, then import again.` : null;
  }

  #requireOpen(schoolId: string, date: string): void {
    if (date > this.work.setting.today) leaveOut(`${date} is still to come.`);
    const locked = this.#locked(schoolId, date);
    if (locked !== null) leaveOut(locked);
  }
}
