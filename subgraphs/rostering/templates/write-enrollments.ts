import type { WriteSession } from "#foundation/crud/write";
import { academics, schools, students } from "../domains.ts";
import { SourceRecord } from "../entities/source-record.ts";
import { plain } from "../import/write-organizations.ts";
import { addDays } from "../oneroster/day.ts";
import { daysLost } from "../operations/correct-enrollment.ts";
import { readCodes, type EnrollmentCodes } from "../operations/enrollment-codes.ts";
import { inWords, readDatedEntries, type Days } from "../operations/left-outside.ts";
import { endSectionEnrollments } from "../operations/section-enrollments.ts";
import { inTheWay, isEmpty, overlap } from "../operations/spans.ts";
import { portions } from "./known-students.ts";
import { leaveOut } from "./left-out.ts";
import { Places, type Place, type Year } from "./places.ts";
import type { FileWork, OpenRow } from "./work.ts";

type Row = OpenRow<"school-enrollments">;
type Work = FileWork<"school-enrollments">;
type Enrollment = Awaited<ReturnType<typeof students.enrollmentsOf>>[number];

/** What a row says of an enrollment, by the fields of the record. */
interface Said {
  gradeLevelId: string | null;
  trackId: string | null;
  kind: "PRIMARY" | "SECONDARY";
  entryDate: string;
  entryCode: string | null;
  exitDate: string | null;
  exitCode: string | null;
  noShow: boolean;
  fullTimeShare: string;
}

/** An enrollment that got other days, and those that it lost. */
interface Moved {
  row: { key: string; line: number | null };
  studentId: string;
  schoolId: string;
  exitDate: string | null;
  lost: Days[];
}

/** School enrollments; rows about schools of other districts are kept with the source's records. */
export async function writeEnrollments(work: Work): Promise<void> {
  const { across, kept, progress } = work.setting;
  const codes = await readCodes(across);
  const places = await across.in("schools", Places.read);
  const tracks = await readTracks(work, places);
  await writeEarlier(work, work.open.filter((row) => row.cells.history === "earlier"));
  const own = byStudent(work, work.open.filter((row) => row.cells.history !== "earlier"));
  const goneOf = await goneByStudent(work);
  const concerned = [...new Set([...own.keys(), ...goneOf.keys()])];
  let done = 0;
  for (const ids of portions(concerned, 500)) {
    const moved: Moved[] = [];
    await across.in("students", async (session) => {
      await students.lockStudents(session, ids);
      const desk = new EnrollmentDesk(work, session, places, tracks, codes, await students.enrollmentsOf(session, ids), moved);
      await desk.takeBack(ids.flatMap((id) => goneOf.get(id) ?? []));
      await desk.write(ids.flatMap((id) => own.get(id) ?? []));
    });
    for (const each of moved) await tellLeftOutside(work, each);
    await across.in("rostering", (session) => kept.save(session));
    progress(`${(done += ids.length)} of ${concerned.length} students with their school enrollments`);
  }
  await across.in("rostering", (session) => kept.save(session));
}

function byStudent(work: Work, rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const student = work.attempt(row, () => work.student(row));
    if (student !== undefined) found.set(student.id, [...(found.get(student.id) ?? []), row]);
  }
  return found;
}

type Gone = Work["gone"][number] & { record: Enrollment };

/** What is taken back, with the students; source records are taken back at once. */
async function goneByStudent(work: Work): Promise<Map<string, Gone[]>> {
  const { across, kept } = work.setting;
  const found = new Map<string, Gone[]>();
  for (const some of portions(work.gone)) {
    const ids = some.map(({ kept: { recordId } }) => recordId);
    const rows = await across.in("students", async (session) => (await students.enrollmentsById(session, ids)).map((row) => [row, students.studentOf(row)] as const));
    const records = new Map(rows.map(([row, student]) => [row.id, { row, student }]));
    for (const each of some) {
      const record = records.get(each.kept.recordId);
      if (record === undefined || record.row.archivedAt != null) continue;
      found.set(record.student, [...(found.get(record.student) ?? []), { ...each, record: record.row }]);
    }
    await across.in("rostering", async (session) => {
      const sources = new Map((await session.list(SourceRecord, { id: ids, archivedAt: null })).map((row) => [row.id, row]));
      for (const each of some) {
        const source = sources.get(each.kept.recordId);
        if (source === undefined && records.get(each.kept.recordId)?.row.archivedAt == null) continue;
        work.book(each, each.kept.recordId);
        if (source !== undefined) session.archive(source);
        kept.forget(work.name, each.key);
      }
    });
  }
  return found;
}

/** A school of another district has no place among the district's schools: the row is kept as the source said it. */
async function writeEarlier(work: Work, rows: readonly Row[]): Promise<void> {
  const { across, source, importId, kept } = work.setting;
  for (const some of portions(rows, 1_000)) {
    await across.in("rostering", async (session) => {
      const keys = some.map(({ key }) => key);
      const present = new Map((await session.list(SourceRecord, { source, file: work.name, sourcedId: keys, archivedAt: null })).map((row) => [row.sourcedId, row]));
      for (const row of some) {
        work.attempt(row, () => {
          work.student(row);
          const record = present.get(row.key);
          const values = Object.fromEntries(Object.entries(row.cells).filter(([, value]) => value !== null).map(([name, value]) => [name, String(value)]));
          const id = record?.id ?? session.create(SourceRecord, { source, file: work.name, sourcedId: row.key, values, schoolId: null, import: importId, digest: row.digest }).id;
          work.book(row, id);
          if (record !== undefined) session.update(record, { values, digest: row.digest });
          work.remember(row, id, {}, { recordType: "SourceRecord" });
        });
      }
    });
    await across.in("rostering", (session) => kept.save(session));
  }
}

/** Calendars by school, year and name. */
async function readTracks(work: Work, places: Places): Promise<ReadonlyMap<string, string>> {
  if (!work.open.some((row) => row.cells.track !== null)) return new Map();
  return work.setting.across.in("schools", async (session) => new Map((await schools.tracksOf(session, places.schools.map(({ id }) => id))).map((track) => {
    const { school, schoolYear } = plain(track);
    return [`${String(school)} ${String(schoolYear)} ${track.name}`, track.id];
  })));
}

/** A row with what it names, and the enrollment that it is about where there is one. */
interface ReadRow {
  row: Row;
  studentId: string;
  school: Place;
  year: Year;
  said: Said;
  record: Enrollment | undefined;
}

class EnrollmentDesk {
  readonly #present = new Map<string, Enrollment[]>();

  constructor(
    readonly work: Work,
    readonly session: WriteSession,
    readonly places: Places,
    readonly tracks: ReadonlyMap<string, string>,
    readonly codes: EnrollmentCodes,
    present: readonly Enrollment[],
    readonly moved: Moved[],
  ) {
    for (const record of present) this.#present.set(students.studentOf(record), [...this.#of(students.studentOf(record)), record]);
  }

  #of(studentId: string): Enrollment[] {
    return this.#present.get(studentId) ?? [];
  }

  async takeBack(rows: readonly Gone[]): Promise<void> {
    for (const each of rows) {
      const studentId = students.studentOf(each.record);
      const record = this.#of(studentId).find(({ id }) => id === each.kept.recordId);
      if (record === undefined || !this.work.untouched(each, plain(record))) continue;
      this.work.book(each, record.id, record.schoolId);
      students.archiveEnrollment(this.session, record);
      this.#present.set(studentId, this.#of(studentId).filter((other) => other !== record));
      this.work.setting.kept.forget(this.work.name, each.key);
      this.moved.push({ row: each, studentId, schoolId: record.schoolId, exitDate: record.entryDate, lost: isEmpty(record) ? [] : [{ from: record.entryDate, until: record.exitDate ?? null }] });
    }
    await this.session.flush();
  }

  /** First what gives days free, then what takes them: constraints hold statement by statement. */
  async write(rows: readonly Row[]): Promise<void> {
    const read = rows.flatMap((row) => this.work.attempt(row, () => this.#read(row)) ?? []);
    const known = read.flatMap((each) => (each.record === undefined ? [] : [{ ...each, record: each.record }]));
    const shrinks = (each: (typeof known)[number]) => each.said.entryDate >= each.record.entryDate && each.said.exitDate !== null && (each.record.exitDate == null || each.said.exitDate <= each.record.exitDate);
    for (const each of known.filter(shrinks)) this.work.attempt(each.row, () => this.#change(each));
    await this.session.flush();
    for (const each of known.filter((other) => !shrinks(other))) this.work.attempt(each.row, () => this.#change(each));
    await this.session.flush();
    for (const each of read) if (each.record === undefined) this.work.attempt(each.row, () => this.#begin(each));
    await this.session.flush();
  }

  #read(row: Row): ReadRow {
    const { cells } = row;
    const studentId = this.work.student(row).id;
    const school = this.places.school(this.work.read(row, "school_code")!);
    const year = this.places.yearOn(cells.entry_date, cells.school_year);
    const said = this.#said(row, school, year);
    const record = this.#recordOf(row, studentId, school);
    return { row, studentId, school, year, said, record };
  }

  #recordOf(row: Row, studentId: string, school: Place): Enrollment | undefined {
    const { entry_date: entry, entry_date_was: was } = row.cells;
    const present = this.#of(studentId);
    if (row.kept !== undefined) return present.find(({ id }) => id === row.kept!.recordId) ?? leaveOut("Somebody has cancelled this enrollment here since the last import. Enroll the student by hand if the file is right.");
    const there = present.filter(({ schoolId }) => schoolId === school.id);
    const same = there.find(({ entryDate }) => entryDate === entry);
    if (was === null || same !== undefined) return same;
    return there.find(({ entryDate }) => entryDate === was) ?? leaveOut(`The student has no enrollment at ${school.name} with the entry date ${was}. Correct entry_date_was, or clear it for a new enrollment.`);
  }

  #said(row: Row, school: Place, year: Year): Said {
    const { cells } = row;
    const noShow = cells.no_show === true;
    const exitDate = noShow ? cells.entry_date : cells.last_day === null ? null : addDays(cells.last_day, 1);
    if (exitDate !== null && exitDate > year.endDay) leaveOut(`The last day lies after the school year ${year.name}. An enrollment ends with its year; write another row for the next.`);
    if (exitDate === null && year.endDay <= this.work.setting.today) leaveOut(`The school year ${year.name} is over, and the row has no last day. Fill it in: the student would count as enrolled for ever.`);
    const track = this.work.read(row, "track");
    return {
      gradeLevelId: this.places.grade(this.work.read(row, "grade_level")),
      trackId: track === null ? null : (this.tracks.get(`${school.id} ${year.id} ${track}`) ?? leaveOut(`${school.name} has no calendar of this name in ${year.name}. Correct track, or make the calendar first.`)),
      kind: cells.kind === "secondary" ? "SECONDARY" : "PRIMARY",
      entryDate: cells.entry_date,
      entryCode: this.#code(row, "ENTRY", "entry_code"),
      exitDate,
      exitCode: this.#code(row, "EXIT", "exit_code"),
      noShow,
      fullTimeShare: (cells.full_time_share ?? 1).toFixed(3),
    };
  }

  #code(row: Row, kind: "ENTRY" | "EXIT", column: "entry_code" | "exit_code"): string | null {
    const code = this.work.read(row, column);
    return code === null ? null : this.codes.choose(kind, "OTHER", code, `input.${column}`);
  }

  #change({ row, studentId, school, year, said, record }: ReadRow & { record: Enrollment }): void {
    if (record.schoolYearId !== year.id) leaveOut("The enrollment here belongs to another school year. Cancel it by hand, and import the row again.");
    this.work.found(row, record.id);
    const current = plain(record);
    const changed = this.work.changes(row, row.kept === undefined ? told(row, said) : { ...said }, current) as Partial<Said>;
    if (row.cells.entry_date_was !== null && record.entryDate === row.cells.entry_date_was) changed.entryDate = said.entryDate;
    const after = { entryDate: changed.entryDate ?? record.entryDate, exitDate: changed.exitDate === undefined ? (record.exitDate ?? null) : changed.exitDate, kind: changed.kind ?? record.kind };
    if ("exitDate" in changed || "entryDate" in changed) changed.noShow = after.exitDate === after.entryDate;
    if (after.exitDate !== null && after.exitDate < after.entryDate) leaveOut(`The enrollment here ends before ${after.entryDate}. Correct entry_date, or the enrollment by hand.`);
    if (after.exitDate === null) changed.exitCode = null;
    this.#refuseClash(studentId, { schoolId: school.id, ...after }, record);
    const lost = daysLost(record, after);
    this.work.book(row, record.id, school.id);
    students.changeEnrollment(this.session, record, changed);
    this.work.remember(row, record.id, { ...said });
    if (lost.length > 0) this.moved.push({ row, studentId, schoolId: school.id, exitDate: after.exitDate, lost });
  }

  #begin({ row, studentId, school, year, said }: ReadRow): void {
    this.#refuseClash(studentId, { schoolId: school.id, ...said });
    const id = students.addSchoolEnrollment(this.session, { student: studentId, schoolId: school.id, schoolYearId: year.id, ...said });
    this.#present.set(studentId, [...this.#of(studentId), { id, schoolId: school.id, schoolYearId: year.id, ...said } as Enrollment]);
    this.work.book(row, id, school.id);
    this.work.remember(row, id, { ...said });
  }

  #refuseClash(studentId: string, planned: { schoolId: string; kind: "PRIMARY" | "SECONDARY"; entryDate: string; exitDate: string | null }, except?: Enrollment): void {
    const { primary, sameSchool } = inTheWay(this.#of(studentId), planned, except?.id);
    const days = ({ entryDate, exitDate }: Enrollment) => `from ${entryDate}${exitDate == null ? " on" : ` to ${addDays(exitDate, -1)}`}`;
    if (sameSchool !== undefined) leaveOut(`The student is enrolled at this school already ${days(sameSchool)}. If the row corrects that enrollment, write ${sameSchool.entryDate} into entry_date_was.`);
    if (primary !== undefined) leaveOut(`The student has a primary enrollment ${days(primary)} at ${this.places.schools.find(({ id }) => id === primary.schoolId)?.name ?? "another school"}. End that one first, or write kind secondary.`);
    const empty = planned.exitDate === planned.entryDate && this.#of(studentId).some((other) => other.id !== except?.id && other.schoolId === planned.schoolId && other.entryDate === planned.entryDate && !overlap(other, planned));
    if (empty) leaveOut("The student has a no-show at this school on this day already.");
  }
}

/** Without what is taken for granted of a new enrollment where the row leaves it blank, and without an entry date that is to be corrected. */
function told({ cells }: Row, said: Said): Partial<Said> {
  const { kind, fullTimeShare, noShow, entryDate, ...rest } = said;
  return { ...rest, ...(cells.entry_date_was === null ? { entryDate } : {}), ...(cells.kind === null ? {} : { kind }), ...(cells.full_time_share === null ? {} : { fullTimeShare }), ...(cells.no_show === null ? {} : { noShow }) };
}

/** Attendance, scores and rosters on days that are no longer days of membership: rosters end, the rest is told and stays. */
async function tellLeftOutside(work: Work, { row, studentId, schoolId, exitDate, lost }: Moved): Promise<void> {
  const { across } = work.setting;
  const place = { id: studentId, schoolId };
  for (const days of lost) {
    const found = await readDatedEntries(across, place, days);
    if (found.length > 0) work.say(row.line, `${inWords(found)} would lie outside of the student's enrollment. Nothing of it is removed, and it counts no more; look whether the days are right.`);
    if (days.from !== exitDate) continue;
    await across.in("academics", async (session) => {
      for (const each of await academics.sectionEnrollmentsOf(session, [studentId])) if (each.schoolId === schoolId) work.book(row, each.id);
    });
    await endSectionEnrollments(across, place, days.from, "Enrollment imported", days.until);
  }
}
