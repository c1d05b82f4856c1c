import type { WriteSession } from "#foundation/crud/write";
import { students } from "../domains.ts";
import type { Ledger } from "../imports/ledger.ts";
import { fingerprint, type BroughtEnrollment } from "./memory.ts";
import type { Notes } from "./notes.ts";
import { groupBy, laterOf, overlaps, type ImportDay, type PersonWork } from "./people-work.ts";
import type { PlannedEnrollment } from "./plan.ts";
import type { Registry } from "./registered.ts";
import { bookToUser } from "./write-people.ts";
import type { YearSpan } from "./write-sessions.ts";
import { plain } from "./write-organizations.ts";

export interface StudentSetting {
  day: ImportDay;
  /** The district's exit code for a student whom the source no longer names. */
  exitCode: string | null;
  years: readonly YearSpan[];
  gradeIds: ReadonlyMap<string, string>;
  registry: Registry;
  ledger: Ledger;
  notes: Notes;
  /** Persons of the package by their ids at the source. */
  personOf: (sourcedId: string) => string | undefined;
}

type Enrollment = Awaited<ReturnType<typeof students.enrollmentsOf>>[number];

/** Students with identifiers, school enrollments and proposed contacts. Runs as students. */
export async function writeStudents(session: WriteSession, work: readonly PersonWork[], setting: StudentSetting): Promise<void> {
  const learners = work.filter(({ plan, last }) => plan.student !== null || last?.student !== undefined);
  await findStudents(session, learners);
  const ids = learners.flatMap(({ studentId }) => studentId ?? []);
  const known = new Map((ids.length === 0 ? [] : await students.studentsById(session, ids)).map((row) => [row.id, row]));
  for (const one of learners) {
    const { plan } = one;
    if (plan.student === null) continue;
    const record = one.studentId === null ? undefined : known.get(one.studentId);
    one.studentId ??= students.addStudent(session, { personId: one.personId!, studentNumber: plan.student.studentNumber });
    bookToUser(setting.ledger, one.studentId, plan.sourcedId);
    const print = fingerprint(plan.student.studentNumber);
    if (record !== undefined && one.last?.student !== undefined && one.last.student.number !== print) {
      setting.notes.add("users.csv", plan.row, "The source gives the student another number. A student number is never given twice, so the first one stays; change it by hand if it was wrong.");
    }
    one.next.student = { id: one.studentId, number: print, stateId: one.last?.student?.stateId ?? "" };
  }
  await session.flush();
  await writeStateIds(session, learners, setting.notes);
  await writeEnrollments(session, learners, setting);
  await writeContacts(session, learners, setting);
}

/** School enrollments, of which `work` names all, and further contacts of students of whom the package says nothing else. Runs as students. */
export async function writeBelongings(session: WriteSession, work: readonly PersonWork[], setting: StudentSetting): Promise<void> {
  await writeEnrollments(session, work, { ...setting, day: { ...setting.day, complete: true } });
  await writeContacts(session, work, { ...setting, day: { ...setting.day, complete: false } });
}

/** Persons who are students already, though the source did not say so last time. */
async function findStudents(session: WriteSession, learners: readonly PersonWork[]): Promise<void> {
  const open = learners.filter(({ studentId, last }) => studentId === null && last !== null);
  if (open.length === 0) return;
  const found = new Map((await students.studentsOfPersons(session, open.map(({ personId }) => personId!))).map(({ personId, id }) => [personId, id]));
  for (const one of open) one.studentId = found.get(one.personId!) ?? null;
}

async function writeStateIds(session: WriteSession, learners: readonly PersonWork[], notes: Notes): Promise<void> {
  const wanted = learners.filter(({ plan, next }) => (plan.student?.stateId ?? null) !== null && next.student !== undefined && fingerprint(plan.student!.stateId) !== next.student.stateId);
  if (wanted.length === 0) return;
  const records = new Map((await students.identifiersById(session, wanted.map(({ studentId }) => studentId!))).map((row) => [row.id, row]));
  const taken = new Map((await students.identifiersByStateId(session, wanted.map(({ plan }) => plan.student!.stateId!))).map((row) => [row.stateId, row.id]));
  for (const { plan, studentId, next } of wanted) {
    const stateId = plan.student!.stateId!;
    const holder = taken.get(stateId);
    const record = records.get(studentId!);
    if (holder !== undefined && holder !== studentId) {
      notes.add("users.csv", plan.row, "Another student has this state id. It is left out here; find out whose it is, and correct the other.");
      continue;
    }
    taken.set(stateId, studentId!);
    // What the office entered stays.
    if (record === undefined) students.addStudentIdentifiers(session, studentId!, { stateId });
    else if ((record.stateId ?? null) === null || fingerprint(record.stateId) === next.student!.stateId) students.changeIdentifiers(session, record, { stateId });
    next.student = { ...next.student!, stateId: fingerprint(stateId) };
  }
}

async function writeEnrollments(session: WriteSession, learners: readonly PersonWork[], setting: StudentSetting): Promise<void> {
  const ids = learners.flatMap(({ studentId }) => studentId ?? []);
  if (ids.length === 0) return;
  const present = groupBy(await students.enrollmentsOf(session, ids), (row) => String(plain(row).student));
  const begins: (() => void)[] = [];
  for (const one of learners) {
    if (one.studentId === null) continue;
    const enrolled = present.get(one.studentId) ?? [];
    for (const { id } of enrolled) bookToUser(setting.ledger, id, one.plan.sourcedId);
    const reconciling = new EnrollmentReconciling(session, one, one.studentId, enrolled, setting);
    reconciling.endAndCorrect();
    begins.push(() => reconciling.begin());
  }
  // A school's enrollment begins only after the former one has ended: constraints hold statement by statement.
  await session.flush();
  for (const begin of begins) begin();
}

/** Ends an enrollment that goes on; one that would have no day is archived. */
export function endEnrollment(session: WriteSession, record: Enrollment, on: string, exitCode?: string | null): "ended" | "archived" | "over" {
  if ((record.exitDate ?? null) !== null && record.exitDate! <= on) return "over";
  if (record.entryDate < on) {
    students.changeEnrollment(session, record, { exitDate: on, ...(exitCode == null ? {} : { exitCode }) });
    return "ended";
  }
  students.archiveEnrollment(session, record);
  return "archived";
}

/** Brings one student's enrollments to what the source says, without touching what the office entered. */
class EnrollmentReconciling {
  readonly #known: Record<string, BroughtEnrollment>;
  readonly #begins: { planned: PlannedEnrollment; entry: string }[] = [];

  constructor(
    readonly session: WriteSession,
    readonly one: PersonWork,
    readonly student: string,
    readonly present: Enrollment[],
    readonly setting: StudentSetting,
  ) {
    this.#known = { ...one.last?.enrollments };
  }

  endAndCorrect(): void {
    const { plan } = this.one;
    const named = new Set(plan.enrollments.map(({ schoolSourcedId }) => schoolSourcedId));
    if (this.setting.day.complete) {
      for (const [school, before] of Object.entries(this.#known)) {
        if (named.has(school) || before.ended === true) continue;
        this.#end(before, this.setting.day.today, this.setting.exitCode);
        this.#known[school] = { ...before, ended: true };
      }
    }
    for (const planned of plan.enrollments) {
      const before = this.#known[planned.schoolSourcedId];
      if (before === undefined) this.#begins.push({ planned, entry: planned.begin ?? this.setting.day.entryDay });
      else if (before.ended === true) this.#comeBack(planned, before);
      else this.#correct(planned, before);
    }
  }

  /** On the day on which the enrollment was ended it goes on; later a new one begins. */
  #comeBack(planned: PlannedEnrollment, before: BroughtEnrollment): void {
    const { today } = this.setting.day;
    const record = this.present.find(({ id }) => id === before.id);
    const others = this.present.some((row) => row !== record && row.kind === "PRIMARY" && record?.kind === "PRIMARY" && overlaps({ from: row.entryDate, to: row.exitDate ?? null }, { from: today, to: planned.exit }));
    if (record === undefined || record.exitDate !== today || others || (planned.exit !== null && planned.exit <= today)) {
      this.#begins.push({ planned, entry: laterOf(planned.begin ?? "", today) });
      return;
    }
    students.changeEnrollment(this.session, record, { exitDate: planned.exit, exitCode: null });
    const { ended: _ended, ...goesOn } = before;
    this.#known[planned.schoolSourcedId] = { ...goesOn, exit: planned.exit };
  }

  /** The school stays, something about it may have changed: the year, the grade, the end, which school counts the student. */
  #correct(planned: PlannedEnrollment, before: BroughtEnrollment): void {
    const { today } = this.setting.day;
    const record = this.present.find(({ id }) => id === before.id);
    const year = this.#year();
    const current = this.setting.years.find(({ id }) => id === before.yearId);
    if (record === undefined) return;
    const local = (record.exitDate ?? null) !== before.exit;
    if (!local && year !== undefined && current !== undefined && year.firstDay > current.firstDay && record.entryDate < year.firstDay) {
      this.#end(before, year.firstDay);
      this.#begins.push({ planned, entry: year.firstDay });
      return;
    }
    const grade = planned.grade === null ? null : (this.setting.gradeIds.get(planned.grade) ?? null);
    if (planned.grade !== before.grade && grade !== null && !local) {
      if ((record.gradeLevelId ?? null) === null || record.entryDate >= today) students.changeEnrollment(this.session, record, { gradeLevelId: grade });
      else {
        this.#end(before, today);
        this.#begins.push({ planned, entry: today });
        return;
      }
    }
    if (planned.exit !== before.exit && !local && (planned.exit === null || planned.exit > record.entryDate)) students.changeEnrollment(this.session, record, { exitDate: planned.exit });
    if (planned.primary !== before.primary && !planned.primary) students.changeEnrollment(this.session, record, { kind: "SECONDARY" });
    this.#known[planned.schoolSourcedId] = { ...before, grade: planned.grade ?? before.grade, exit: local ? before.exit : planned.exit, from: planned.from };
  }

  #end(before: BroughtEnrollment, on: string, exitCode?: string | null): void {
    const record = this.present.find(({ id }) => id === before.id);
    if (record !== undefined && endEnrollment(this.session, record, on, exitCode) === "archived") this.present.splice(this.present.indexOf(record), 1);
  }

  begin(): void {
    const { registry, notes, gradeIds } = this.setting;
    const { plan } = this.one;
    for (const planned of plan.enrollments) this.#promote(planned);
    for (const { planned, entry } of this.#begins) {
      const schoolId = registry.idOf("School", planned.schoolSourcedId);
      const year = this.#year();
      if (schoolId === undefined || (planned.exit !== null && planned.exit <= entry)) continue;
      if (year === undefined) {
        notes.add("users.csv", plan.row, "The district has no school year, and the package brings none. The student is imported without a school enrollment; enroll the student by hand.");
        continue;
      }
      if (planned.grade === null && planned.primary) notes.add("users.csv", plan.row, "No grade level is known for the student. The school enrollment is without one; set it by hand.");
      const span = { from: entry, to: planned.exit };
      const same = this.present.find((row) => row.schoolId === schoolId && overlaps({ from: row.entryDate, to: row.exitDate ?? null }, span));
      const memory = { yearId: year.id, grade: planned.grade, exit: planned.exit, primary: planned.primary, from: planned.from };
      if (same !== undefined) {
        this.#known[planned.schoolSourcedId] = { id: same.id, ...memory, exit: same.exitDate ?? null };
        continue;
      }
      if (planned.primary && this.#hasPrimary(span)) {
        notes.add("users.csv", plan.row, "The office has enrolled the student elsewhere as the primary school on these days. That enrollment stays, and this one is left out.");
        continue;
      }
      const values = { schoolId, schoolYearId: year.id, gradeLevelId: planned.grade === null ? null : (gradeIds.get(planned.grade) ?? null), kind: planned.primary ? "PRIMARY" : "SECONDARY", entryDate: entry, exitDate: planned.exit } as const;
      const id = bookToUser(this.setting.ledger, students.addSchoolEnrollment(this.session, { student: this.student, ...values }), plan.sourcedId);
      this.present.push({ id, ...values } as Enrollment);
      this.#known[planned.schoolSourcedId] = { id, ...memory };
    }
    if (Object.keys(this.#known).length > 0) this.one.next.enrollments = this.#known;
  }

  #promote(planned: PlannedEnrollment): void {
    const before = this.#known[planned.schoolSourcedId];
    if (before === undefined || before.ended === true || planned.primary === before.primary) return;
    const record = this.present.find(({ id }) => id === before.id);
    if (planned.primary && record !== undefined) {
      if (this.#hasPrimary({ from: record.entryDate, to: record.exitDate ?? null }, record)) return;
      students.changeEnrollment(this.session, record, { kind: "PRIMARY" });
    }
    this.#known[planned.schoolSourcedId] = { ...before, primary: planned.primary };
  }

  #hasPrimary(span: { from: string; to: string | null }, except?: Enrollment): boolean {
    return this.present.some((row) => row !== except && row.kind === "PRIMARY" && overlaps({ from: row.entryDate, to: row.exitDate ?? null }, span));
  }

  /** The school year of today, else the latest begun, else the first. */
  #year(): YearSpan | undefined {
    const { years, day } = this.setting;
    return years.findLast(({ firstDay }) => firstDay <= day.today) ?? years[0];
  }
}

/** Contacts are proposals without any right until a clerk confirms them. What a clerk has confirmed is no longer the source's. */
async function writeContacts(session: WriteSession, learners: readonly PersonWork[], { day, ledger, personOf }: StudentSetting): Promise<void> {
  const concerned = learners.filter(({ studentId, plan, last }) => studentId !== null && (plan.contacts.length > 0 || last?.contacts !== undefined));
  if (concerned.length === 0) return;
  const present = groupBy(await students.contactsOf(session, concerned.map(({ studentId }) => studentId!)), (row) => String(plain(row).student));
  for (const { plan, last, next, studentId } of concerned) {
    const listed = present.get(studentId!) ?? [];
    for (const { id } of listed) bookToUser(ledger, id, plan.sourcedId);
    const known = { ...last?.contacts };
    for (const { contactSourcedId, relationship, confirmed } of plan.contacts) {
      const personId = personOf(contactSourcedId);
      if (personId === undefined) continue;
      const brought = known[contactSourcedId];
      const same = brought === undefined ? listed.find((row) => row.personId === personId && ((row.toDate ?? null) === null || row.toDate! > day.today)) : listed.find(({ id }) => id === brought);
      if (same !== undefined && same.status === "PROPOSED" && confirmed !== null) students.changeContact(session, same, { ...confirmed, status: "CONFIRMED" });
      if (brought !== undefined) continue;
      const values = { relationship, fromDate: day.today, ...confirmed, status: confirmed === null ? "PROPOSED" : "CONFIRMED" } as const;
      known[contactSourcedId] = same?.id ?? bookToUser(ledger, students.addContact(session, { student: studentId!, personId, ...values }), plan.sourcedId);
    }
    if (day.complete) {
      const named = new Set(plan.contacts.map(({ contactSourcedId }) => contactSourcedId));
      for (const [sourcedId, id] of Object.entries(known)) {
        if (named.has(sourcedId)) continue;
        const record = listed.find((row) => row.id === id);
        if (record?.status === "PROPOSED") students.archiveContact(session, record);
        delete known[sourcedId];
      }
    }
    if (Object.keys(known).length > 0) next.contacts = known;
  }
}
