import type { WriteSession } from "#foundation/crud/write";
import { academics } from "../domains.ts";
import type { Ledger } from "../imports/ledger.ts";
import type { RosterCourse } from "../oneroster/roster.ts";
import { changedFields, missingFields, printsOf, type Prints } from "./memory.ts";
import type { Notes } from "./notes.ts";
import { digestOf } from "./plan.ts";
import type { Registry } from "./registered.ts";
import { unstatedSubject } from "./unstated-subject.ts";
import { plain } from "./write-organizations.ts";

export interface CourseMemory {
  digest: string;
  prints: Prints;
  /** The source names it no longer; `archived` where nothing rested on it. */
  gone?: "kept" | "archived";
}

const file = "courses.csv";

/** Shortened the same way every time, so that a second import finds it again. */
export const shortened = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 11)}-${digestOf(text).slice(0, 10)}`);

/**
 * The catalog. A course of OneRoster belongs to a school and often to a year, one of the district to neither: rows with one code and one
 * title are one course. Runs as academics.
 */
export async function writeCourses(session: WriteSession, rows: readonly RosterCourse[], registry: Registry, ledger: Ledger, notes: Notes): Promise<void> {
  const work = rows.filter((row) => {
    const known = registry.find<CourseMemory>("Course", row.sourcedId);
    return known === undefined || known.memory.gone !== undefined || known.memory.digest !== courseDigest(row);
  });
  if (work.length === 0) return;
  const catalog = await academics.courses(session);
  const brought = await academics.coursesById(session, work.flatMap(({ sourcedId }) => registry.idOf("Course", sourcedId) ?? []));
  const byId = new Map([...catalog, ...brought].map((course) => [course.id, course]));
  const byCode = new Map(catalog.map(({ code, title, id }) => [code, { id, title }]));
  const subjects = new Subjects(session, await academics.subjects(session), ledger);
  await addSubjects(session, subjects, work);
  const named = new Set(rows.map(({ sourcedId }) => sourcedId));
  for (const row of work) {
    const known = registry.find<CourseMemory>("Course", row.sourcedId);
    const said = { code: shortened(row.courseCode ?? row.sourcedId, 32), title: row.title.slice(0, 120), subject: subjects.of(row) };
    const memory: CourseMemory = { digest: courseDigest(row), prints: printsOf(said) };
    if (known !== undefined) {
      const record = byId.get(known.recordId);
      if (record !== undefined) {
        ledger.attribute(record.id, file, row.sourcedId);
        if (known.memory.gone === "archived" && record.archivedAt !== null) academics.restoreCourse(session, record);
        const changes = changedFields(said, known.memory.prints, plain(record));
        if (changes.code !== undefined && byCode.has(said.code) && byCode.get(said.code)!.id !== record.id) {
          delete changes.code;
          notes.add(file, row.row, `Another course has the code ${said.code} already. The course keeps the code ${record.code}; correct one of them in the source system.`);
        }
        academics.changeCourse(session, record, changes);
        byCode.set(record.code, { id: record.id, title: record.title });
      }
      registry.change<CourseMemory>("Course", row.sourcedId, memory);
      continue;
    }
    const same = byCode.get(said.code);
    const holder = same === undefined ? undefined : registry.holderOf("Course", same.id);
    // Another course of the same package has the code: only the same title makes them one.
    if (same !== undefined && (holder === undefined || !named.has(holder) || sameTitle(same.title, said.title))) {
      const record = byId.get(same.id);
      if (record !== undefined && holder === undefined) {
        ledger.attribute(record.id, file, row.sourcedId);
        academics.changeCourse(session, record, missingFields(said, plain(record)));
      }
      registry.add<CourseMemory>("Course", row.sourcedId, same.id, memory);
      continue;
    }
    const code = same === undefined ? said.code : shortened(`${said.code} ${row.sourcedId}`, 32);
    if (same !== undefined) notes.add(file, row.row, `The code ${said.code} is that of the course "${same.title}" already. This one gets the code ${code}; correct one of them in the source system.`);
    const id = academics.addCourse(session, { ...said, code } as never);
    ledger.attribute(id, file, row.sourcedId);
    byCode.set(code, { id, title: said.title });
    registry.add<CourseMemory>("Course", row.sourcedId, id, memory);
  }
}

const courseDigest = ({ title, courseCode, subjects, subjectCodes }: RosterCourse): string => digestOf([title, courseCode, subjects[0] ?? null, subjectCodes[0] ?? null]);

const sameTitle = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

async function addSubjects(session: WriteSession, subjects: Subjects, rows: readonly RosterCourse[]): Promise<void> {
  for (const row of rows) subjects.add(row);
  await session.flush();
}

/** A course has one subject; others that the source names stay with its row. */
class Subjects {
  readonly #byCode = new Map<string, string>();
  readonly #byTitle = new Map<string, string>();

  constructor(
    readonly session: WriteSession,
    present: Awaited<ReturnType<typeof academics.subjects>>,
    readonly ledger: Ledger,
  ) {
    for (const { id, code, title } of present) this.#note(id, code, title);
  }

  add(row: RosterCourse): void {
    if (this.#find(row) !== undefined) return;
    const { title, code } = wordsOf(row);
    const free = this.#byCode.has(code.toLowerCase()) ? `${code.slice(0, 10)}-${digestOf(title).slice(0, 5)}` : code;
    const id = academics.addSubject(this.session, { code: free, title });
    this.ledger.attribute(id, file, row.sourcedId);
    this.#note(id, free, title);
  }

  of(row: RosterCourse): string {
    return this.#find(row)!;
  }

  /** By the source's code, else by the title. */
  #find(row: RosterCourse): string | undefined {
    const { title, given } = wordsOf(row);
    return (given === null ? undefined : this.#byCode.get(given.toLowerCase())) ?? this.#byTitle.get(title.toLowerCase());
  }

  #note(id: string, code: string, title: string): void {
    this.#byCode.set(code.toLowerCase(), id);
    if (!this.#byTitle.has(title.toLowerCase())) this.#byTitle.set(title.toLowerCase(), id);
  }
}

/** The subject's title and code as the source gives them; `given` is its own code, null where it has none that fits. */
function wordsOf({ subjects: [subject], subjectCodes: [subjectCode] }: RosterCourse): { title: string; code: string; given: string | null } {
  const given = subjectCode === undefined || subjectCode.length > 16 || subject === undefined && subjectCode === "" ? null : subjectCode;
  const title = (subject ?? subjectCode ?? unstatedSubject.title).slice(0, 100);
  const fromTitle = title.toUpperCase().replaceAll(/[^\p{L}\p{N}]+/gu, "-").replaceAll(/^-|-$/g, "").slice(0, 16);
  return { title, given, code: given ?? (fromTitle === "" ? digestOf(title).slice(0, 16) : fromTitle) };
}
