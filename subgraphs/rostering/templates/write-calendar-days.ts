import type { WriteSession } from "#foundation/crud/write";
import { schools } from "../domains.ts";
import { plain } from "../import/write-organizations.ts";
import { portions } from "./known-students.ts";
import { leaveOut } from "./left-out.ts";
import { Places, type Place } from "./places.ts";
import type { FileWork, OpenRow } from "./work.ts";

type Row = OpenRow<"calendar-days">;
type Work = FileWork<"calendar-days">;
type Day = Awaited<ReturnType<typeof schools.instructionalDaysOn>>[number];

/** Days of instruction, with the calendars and rotation days that they need. */
export async function writeCalendarDays(work: Work): Promise<void> {
  const { across, kept, progress } = work.setting;
  for (const some of portions(work.gone, 1_000)) {
    await across.in("schools", async (session) => {
      const days = new Map((await schools.instructionalDaysById(session, some.map(({ kept: { recordId } }) => recordId))).map((day) => [day.id, day]));
      for (const row of some) {
        const day = days.get(row.kept.recordId);
        if (day !== undefined && day.archivedAt == null && !work.untouched(row, plain(day))) continue;
        work.book(row, row.kept.recordId);
        if (day !== undefined && day.archivedAt == null) schools.archiveInstructionalDay(session, day);
        kept.forget(work.name, row.key);
      }
    });
  }
  let done = 0;
  for (const rows of portions(work.open, 1_000)) {
    await across.in("schools", async (session) => new CalendarDesk(work, session, await Places.read(session)).write(rows));
    await across.in("rostering", (session) => kept.save(session));
    progress(`${(done += rows.length)} of ${work.open.length} calendar days`);
  }
  await across.in("rostering", (session) => kept.save(session));
}

interface PlacedRow {
  row: Row;
  school: Place;
  /** Null for a row that has its day: what a blank track means may have changed since. */
  trackId: string | null;
  rotationDay: string | null;
  bellSchedule: string | null;
}

class CalendarDesk {
  readonly #tracks = new Map<string, { id: string; name: string }[]>();
  readonly #rotationDays = new Map<string, string>();
  readonly #lastOfRotation = new Map<string, number>();
  readonly #bells = new Map<string, string>();

  constructor(
    readonly work: Work,
    readonly session: WriteSession,
    readonly places: Places,
  ) {}

  async write(rows: readonly Row[]): Promise<void> {
    await this.#readSchools([...new Set(rows.flatMap((row) => this.#schoolOf(row)?.id ?? []))]);
    const placed = rows.flatMap((row) => this.work.attempt(row, () => this.#place(row)) ?? []);
    await this.session.flush();                             // calendars and rotation days come before the days that name them
    const tracks = [...new Set(placed.flatMap(({ trackId }) => trackId ?? []))];
    const onDates = tracks.length === 0 ? [] : await schools.instructionalDaysOn(this.session, tracks, [...new Set(placed.map(({ row }) => row.cells.date))]);
    const brought = placed.flatMap(({ row }) => row.kept?.recordId ?? []);
    const days = new Map([
      ...onDates.map((day) => [`${String(plain(day).track)} ${day.date}`, day] as const),
      ...(brought.length === 0 ? [] : await schools.instructionalDaysById(this.session, brought)).flatMap((day) => (day.archivedAt == null ? [[day.id, day] as const] : [])),
    ]);
    for (const each of placed) this.work.attempt(each.row, () => this.#write(each, days.get(each.row.kept?.recordId ?? `${each.trackId} ${each.row.cells.date}`)));
  }

  #schoolOf(row: Row): Place | null {
    try {
      return this.places.school(this.work.read(row, "school_code"));
    } catch {
      return null;                                          // told when the row itself is looked at
    }
  }

  async #readSchools(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    for (const track of await schools.tracksOf(this.session, ids)) {
      const at = `${String(plain(track).school)} ${String(plain(track).schoolYear)}`;
      this.#tracks.set(at, [...(this.#tracks.get(at) ?? []), { id: track.id, name: track.name }].sort((a, b) => (a.name < b.name ? -1 : 1)));
    }
    for (const day of await schools.rotationDaysOf(this.session, ids)) {
      const school = String(plain(day).school);
      this.#rotationDays.set(`${school} ${day.code}`, day.id);
      this.#lastOfRotation.set(school, Math.max(day.sequence, this.#lastOfRotation.get(school) ?? 0));
    }
    for (const bell of await schools.bellSchedulesOf(this.session, ids)) this.#bells.set(`${String(plain(bell).school)} ${bell.name}`, bell.id);
  }

  #place(row: Row): PlacedRow {
    const school = this.places.school(this.work.read(row, "school_code"));
    const year = this.places.yearOn(row.cells.date, row.cells.school_year);
    const bell = this.work.read(row, "bell_schedule");
    const bellSchedule = bell === null ? null : (this.#bells.get(`${school.id} ${bell}`) ?? leaveOut(`${school.name} has no bell schedule of this name. Make it first, with its periods, or correct bell_schedule.`));
    const code = this.work.read(row, "rotation_day");
    return { row, school, bellSchedule, trackId: row.kept === undefined ? this.#track(row, school, year.id) : null, rotationDay: code === null ? null : this.#rotationDay(row, school, code) };
  }

  /** The calendar that the row names, or the one by which the school's students are counted without one; made where there is none. */
  #track(row: Row, school: Place, schoolYear: string): string {
    const at = `${school.id} ${schoolYear}`;
    const present = this.#tracks.get(at) ?? [];
    const name = this.work.read(row, "track");
    const found = name === null ? present[0] : present.find((track) => track.name === name);
    if (found !== undefined) return found.id;
    const id = schools.addCalendarTrack(this.session, { school: school.id, schoolYear, name: name ?? "Regular" });
    this.work.book(row, id);
    this.work.say(row.line, `${school.name} gets the calendar "${name ?? "Regular"}" for the year, which it did not have.`);
    this.#tracks.set(at, [...present, { id, name: name ?? "Regular" }]);
    return id;
  }

  #rotationDay(row: Row, school: Place, code: string): string {
    const known = this.#rotationDays.get(`${school.id} ${code}`);
    if (known !== undefined) return known;
    const sequence = (this.#lastOfRotation.get(school.id) ?? 0) + 1;
    if (sequence > 60) leaveOut(`${school.name} has 60 rotation days already. Correct rotation_day.`);
    const id = schools.addRotationDay(this.session, { school: school.id, code, sequence });
    this.work.book(row, id);
    this.work.say(row.line, `${school.name} gets the rotation day "${code}", which it did not have.`);
    this.#rotationDays.set(`${school.id} ${code}`, id);
    this.#lastOfRotation.set(school.id, sequence);
    return id;
  }

  #write({ row, school, trackId, rotationDay, bellSchedule }: PlacedRow, day: Day | undefined): void {
    const { instructional, reason, date } = row.cells;
    if (day === undefined) {
      if (row.kept !== undefined) leaveOut("Somebody has removed the day here since the last import. Add it by hand if the file is right.");
      if (!instructional) return this.work.settle(row);     // a day without a record is none of instruction
      const values = { rotationDay, bellSchedule, status: reason === null ? "SCHEDULED" : "ADDED", reason } as const;
      const id = schools.addInstructionalDay(this.session, { track: trackId!, school: school.id, date, ...values });
      this.work.book(row, id, school.id);
      return this.work.remember(row, id, values);
    }
    this.work.found(row, day.id);
    const counts = day.status !== "CANCELLED";
    if (row.kept === undefined && instructional && !counts) leaveOut("The school has taken this day back here, and that stays. Change the day by hand if the file is right.");
    const status = !instructional ? "CANCELLED" : counts ? day.status : reason === null ? "SCHEDULED" : "ADDED";
    const said = { rotationDay, bellSchedule, status, reason: status === "SCHEDULED" ? null : reason };
    const changed = this.work.changes(row, said, plain(day));
    // A day that was here before is taken back by the file all the same: that is what it says it for.
    if (row.kept === undefined && !instructional && counts) Object.assign(changed, { status, reason });
    if ("status" in changed && changed.status !== "SCHEDULED") changed.reason = reason ?? day.reason ?? leaveOut("Say in reason why the day was added or taken back.");
    this.work.book(row, day.id, school.id);
    schools.changeInstructionalDay(this.session, day, changed);
    this.work.remember(row, day.id, said);
  }
}
