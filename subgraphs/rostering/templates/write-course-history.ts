import type { WriteSession } from "#foundation/crud/write";
import { academics, grading, schools } from "../domains.ts";
import { plain } from "../import/write-organizations.ts";
import { addDays } from "../oneroster/day.ts";
import { portions, type KnownStudent } from "./known-students.ts";
import { leaveOut } from "./left-out.ts";
import { Places, type Place } from "./places.ts";
import type { FileWork, OpenRow } from "./work.ts";

type Row = OpenRow<"course-history">;
type Work = FileWork<"course-history">;
type Entry = Awaited<ReturnType<typeof grading.courseHistoriesOf>>[number];

interface ListedCourse {
  id: string;
  subjectId: string;
  levelId: string | null;
}

interface ListedTerm {
  name: string;
  year: string;
  schoolId: string | null;
  endDay: string;
}

/** What the catalog and the calendars know by the names that files write. */
interface Catalog {
  courses: ReadonlyMap<string, ListedCourse>;
  subjects: ReadonlyMap<string, string>;
  levels: ReadonlyMap<string, string>;
  terms: readonly ListedTerm[];
}

/** Finished courses, those of other districts included. */
export async function writeCourseHistory(work: Work): Promise<void> {
  const { across, kept, progress } = work.setting;
  const places = await across.in("schools", Places.read);
  const catalog = await readCatalog(work, places);
  for (const some of portions(work.gone, 1_000)) {
    await across.in("grading", async (session) => {
      const entries = new Map((await grading.courseHistoriesById(session, some.map(({ kept: { recordId } }) => recordId))).map((entry) => [entry.id, entry]));
      await grading.holdRecords(session, [...entries.values()].map(({ studentId }) => studentId));
      for (const row of some) {
        const entry = entries.get(row.kept.recordId);
        if (entry !== undefined && !work.untouched(row, plain(entry))) continue;
        work.book(row, row.kept.recordId, entry?.schoolId);
        if (entry !== undefined) {
          grading.archiveCourseHistory(session, entry);
          for (const id of await grading.courseHistoryChanged(session, entry)) work.book(row, id);
        }
        kept.forget(work.name, row.key);
      }
    });
    await across.in("rostering", (session) => kept.save(session));
  }
  const rows = work.open.flatMap((row) => {
    const student = work.attempt(row, () => work.student(row));
    return student === undefined ? [] : [{ row, student }];
  }).sort((a, b) => (a.student.id < b.student.id ? -1 : a.student.id > b.student.id ? 1 : 0));
  let done = 0;
  for (const some of byStudents(rows, 1_000)) {
    await across.in("grading", async (session) => {
      const ids = [...new Set(some.map(({ student }) => student.id))];
      await grading.holdRecords(session, ids);
      await new RecordDesk(work, session, places, catalog, await grading.courseHistoriesOf(session, ids)).write(some);
    });
    await across.in("rostering", (session) => kept.save(session));
    progress(`${(done += some.length)} of ${rows.length} finished courses`);
  }
}

/** Portions that part no student's rows: one may repeat another. */
function byStudents<T extends { student: KnownStudent }>(rows: readonly T[], size: number): T[][] {
  const parts: T[][] = [[]];
  for (const [index, row] of rows.entries()) {
    if (parts.at(-1)!.length >= size && rows[index - 1]!.student.id !== row.student.id) parts.push([]);
    parts.at(-1)!.push(row);
  }
  return parts.filter((part) => part.length > 0);
}

async function readCatalog({ setting: { across } }: Work, places: Places): Promise<Catalog> {
  const years = new Map(places.years.map(({ id, name }) => [id, name]));
  const terms = await across.in("schools", async (session) => (await schools.terms(session)).map((term): ListedTerm => {
    const { schoolYear, school } = plain(term);
    return { name: term.name.toLowerCase(), year: years.get(String(schoolYear)) ?? "", schoolId: (school as string | null | undefined) ?? null, endDay: term.endDay };
  }));
  return across.in("academics", async (session) => ({
    terms,
    courses: new Map((await academics.courses(session)).map((course) => {
      const { subject, level } = plain(course);
      return [course.code, { id: course.id, subjectId: String(subject), levelId: (level as string | null | undefined) ?? null }];
    })),
    subjects: new Map((await academics.subjects(session)).map(({ code, id }) => [code, id])),
    levels: new Map((await academics.courseLevels(session)).map(({ code, id }) => [code, id])),
  }));
}

/** A row with what it names. */
interface Placed {
  row: Row;
  student: KnownStudent;
  school: Place;
  courseId: string | null;
  /** The day after the term. */
  endedOn: string;
  gradeLevelId: string | null;
  subjectId: string | null;
  courseLevelId: string | null;
}

class RecordDesk {
  readonly #present = new Map<string, Entry[]>();
  readonly #scales = new Map<string, Awaited<ReturnType<typeof grading.scaleInUse>>>();

  constructor(
    readonly work: Work,
    readonly session: WriteSession,
    readonly places: Places,
    readonly catalog: Catalog,
    present: readonly Entry[],
  ) {
    for (const entry of present) this.#present.set(entry.studentId, [...this.#of(entry.studentId), entry]);
  }

  #of(studentId: string): Entry[] {
    return this.#present.get(studentId) ?? [];
  }

  /** Earlier terms first, so that a repeated course finds what it repeats. */
  async write(rows: readonly { row: Row; student: KnownStudent }[]): Promise<void> {
    const placed = rows.flatMap(({ row, student }) => this.work.attempt(row, () => this.#place(row, student)) ?? []);
    for (const { school, courseId, endedOn } of placed) {
      const at = `${school.id} ${courseId} ${endedOn}`;
      if (!this.#scales.has(at)) this.#scales.set(at, await grading.scaleInUse(this.session, school.id, courseId, endedOn));
    }
    for (const each of placed.sort((a, b) => (a.endedOn < b.endedOn ? -1 : a.endedOn > b.endedOn ? 1 : 0))) {
      const outdated = this.work.attempt(each.row, () => this.#write(each));
      if (outdated !== undefined) for (const id of await grading.courseHistoryChanged(this.session, outdated)) this.work.book(each.row, id);
    }
  }

  #place(row: Row, student: KnownStudent): Placed {
    const school = this.places.school(this.work.read(row, "school_code"));
    const course = this.catalog.courses.get(this.work.read(row, "course_code"));
    return {
      row, student, school, courseId: course?.id ?? null, endedOn: this.#endOf(row, school), gradeLevelId: this.places.grade(this.work.read(row, "grade_level")),
      subjectId: this.#listed(row, "subject_code", this.catalog.subjects) ?? course?.subjectId ?? null, courseLevelId: this.#listed(row, "level_code", this.catalog.levels) ?? course?.levelId ?? null,
    };
  }

  #listed(row: Row, column: "subject_code" | "level_code", known: ReadonlyMap<string, string>): string | null {
    const code = this.work.read(row, column);
    return code === null ? null : (known.get(code) ?? leaveOut(`The district's catalog has no "${code}". Correct ${column}, or clear it.`));
  }

  /** The day after the term: the file's, or that of the district's term of this name. */
  #endOf({ cells: { last_day: last, term, school_year: year } }: Row, school: Place): string {
    if (last !== null) return addDays(last, 1);
    const named = this.catalog.terms.filter((each) => each.name === term.toLowerCase() && each.year === year && (each.schoolId === null || each.schoolId === school.id));
    return (named.find(({ schoolId }) => schoolId !== null) ?? named[0])?.endDay ?? leaveOut(`${school.name} has no term of this name in ${year}. Fill in last_day.`);
  }

  /** Returns an entry that was changed, for documents that show it. */
  #write(placed: Placed): Entry | undefined {
    const { row, student, school } = placed;
    const { cells } = row;
    const transferSchool = cells.transfer_school;
    const present = this.#of(student.id);
    const record = row.kept === undefined
      ? present.find((entry) => entry.courseCode === cells.course_code && entry.schoolYearName === cells.school_year && entry.termName === cells.term && (entry.transferSchool ?? null) === transferSchool && (transferSchool !== null || entry.schoolId === school.id))
      : (present.find(({ id }) => id === row.kept!.recordId) ?? leaveOut("Somebody has taken this entry out of the record since the last import. Enter it by hand if the file is right."));
    if (record?.source != null) leaveOut("The course is in the record from a posted mark, and follows that. Change the mark if it is wrong.");
    if (record !== undefined && record.schoolId !== school.id) leaveOut("The entry is recorded by another school of the district. Take it back with remove, and import the row again.");
    const said = { courseTitle: cells.course_title, ...this.#valued(placed), repeats: this.#repeated(row, student, record) };
    if (record !== undefined) {
      this.work.found(row, record.id);
      const before = record.version;
      const { countsInGpa, ...rest } = said;
      const changed = this.work.changes(row, row.kept === undefined && cells.counts_in_gpa === null ? rest : { ...rest, countsInGpa }, plain(record));
      this.work.book(row, record.id, school.id);
      grading.changeCourseHistory(this.session, record, changed);
      this.work.remember(row, record.id, said);
      return record.version === before ? undefined : record;
    }
    const values = { studentId: student.id, schoolId: school.id, transferSchool, courseCode: cells.course_code, schoolYearName: cells.school_year, termName: cells.term, ...said };
    const id = grading.addCourseHistory(this.session, values);
    this.#present.set(student.id, [...present, { id, ...values } as Entry]);
    this.work.book(row, id, school.id);
    this.work.remember(row, id, said);
    return undefined;
  }

  /** The mark with what follows from it, by the scale in use where the course was taught here. */
  #valued({ row: { cells }, school, courseId, endedOn, gradeLevelId, subjectId, courseLevelId }: Placed) {
    const scale = cells.transfer_school === null ? (this.#scales.get(`${school.id} ${courseId} ${endedOn}`) ?? null) : null;
    const mark = scale?.marks.find((each) => each.mark === cells.mark);
    if (scale !== null && mark === undefined) leaveOut(`"${cells.mark}" is no mark of the scale "${scale.name}": ${scale.marks.map((each) => each.mark).join(", ")}. Correct the mark.`);
    if (mark !== undefined && !mark.passing && cells.credits_earned > 0) leaveOut(`The mark "${cells.mark}" does not pass, so it earns no credits. Correct credits_earned or the mark.`);
    return {
      courseId, endedOn, gradeLevelId, subjectId, courseLevelId,
      markKind: (cells.mark_kind ?? "term_final").toUpperCase() as Entry["markKind"],
      mark: cells.mark,
      percent: cells.percent === null ? null : cells.percent.toFixed(6),
      creditsAttempted: cells.credits_attempted.toFixed(3),
      creditsEarned: cells.credits_earned.toFixed(3),
      countsInGpa: cells.counts_in_gpa ?? mark?.countsInGpa ?? true,
    };
  }

  #repeated({ cells }: Row, student: KnownStudent, record: Entry | undefined): string | null {
    if (cells.repeats_year === null) return null;
    const found = this.#of(student.id).filter((entry) => entry.courseCode === cells.course_code && entry.schoolYearName === cells.repeats_year && entry.termName === cells.repeats_term && entry.id !== record?.id);
    return found[0]?.id ?? leaveOut(`The student's record has no ${cells.course_code} of ${cells.repeats_year}, ${cells.repeats_term}, which this one could repeat. Import that one first, or correct the two cells.`);
  }
}
