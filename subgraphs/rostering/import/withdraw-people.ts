import type { AcrossDomains } from "#foundation/crud/across-domains";
import { people, students } from "../domains.ts";
import type { Ledger } from "../imports/ledger.ts";
import type { PersonMemory } from "./memory.ts";
import { groupBy, type ImportDay } from "./people-work.ts";
import type { Registered, Registry } from "./registered.ts";
import type { GoneRecord } from "./withdraw-sections.ts";
import { plain } from "./write-organizations.ts";
import { bookToUser, endBrought } from "./write-people.ts";
import { endEnrollment } from "./write-students.ts";

interface Setting {
  day: ImportDay;
  /** The district's exit code for a student whom the source no longer names. */
  exitCode: string | null;
  registry: Registry;
  ledger: Ledger;
}

interface Vanished extends GoneRecord {
  known: Registered<PersonMemory>;
}

const portion = 1_000;

/**
 * People whom the source no longer names keep their records. The duties that it had given end, and so do the school enrollments that it had
 * brought, with the district's code. Returns how many there are, those of earlier imports included.
 */
export async function withdrawPeople(across: AcrossDomains, gone: readonly GoneRecord[], setting: Setting): Promise<number> {
  const known = gone.flatMap((row): Vanished[] => {
    const found = setting.registry.find<PersonMemory>("Person", row.sourcedId);
    return found === undefined ? [] : [{ ...row, known: found }];
  });
  const newly = known.filter(({ known: { memory } }) => memory.gone !== true);
  for (let from = 0; from < newly.length; from += portion) {
    const part = newly.slice(from, from + portion);
    const duties = await endDuties(across, part, setting);
    const enrollments = await endEnrollments(across, part, setting);
    for (const { sourcedId, known: { memory } } of part) {
      // Without its digest the person counts as changed when the source names them again.
      setting.registry.change<PersonMemory>("Person", sourcedId, { ...memory, digest: "", gone: true, ...duties.get(sourcedId), ...enrollments.get(sourcedId) });
    }
  }
  return known.length;
}

type Part = Map<string, Partial<PersonMemory>>;

async function endDuties(across: AcrossDomains, part: readonly Vanished[], { day, ledger }: Setting): Promise<Part> {
  const ended: Part = new Map();
  await across.in("people", async (session) => {
    const names = new Map((await people.namesOf(session, part.map(({ known }) => known.recordId))).map((person) => [person.id, `${person.familyName}, ${person.givenName}`]));
    const onDuty = part.filter(({ known: { memory } }) => Object.values(memory.duties ?? {}).some((duty) => duty.ended !== true));
    const present = groupBy(onDuty.length === 0 ? [] : await people.dutiesOf(session, onDuty.map(({ known }) => known.recordId)), (row) => String(plain(row).person));
    for (const { sourcedId, line, known } of part) ledger.withdraw({ file: "users.csv", line, sourcedId, label: `${names.get(known.recordId) ?? "Unknown"} (${sourcedId})`.slice(0, 255), schoolId: null });
    for (const { sourcedId, known } of onDuty) {
      const rows = present.get(known.recordId) ?? [];
      for (const { id } of rows) bookToUser(ledger, id, sourcedId);
      ended.set(sourcedId, { duties: Object.fromEntries(Object.entries(known.memory.duties ?? {}).map(([key, before]) => [key, before.ended === true ? before : endBrought(session, before, rows, day)])) });
    }
  });
  return ended;
}

async function endEnrollments(across: AcrossDomains, part: readonly Vanished[], { day, exitCode, ledger }: Setting): Promise<Part> {
  const enrolled = part.filter(({ known: { memory } }) => Object.values(memory.enrollments ?? {}).some(({ ended }) => ended !== true));
  const ended: Part = new Map();
  if (enrolled.length === 0) return ended;
  await across.in("students", async (session) => {
    const ids = enrolled.flatMap(({ known: { memory } }) => Object.values(memory.enrollments ?? {}).map(({ id }) => id));
    const records = new Map((await students.enrollmentsById(session, ids)).map((record) => [record.id, record]));
    for (const { sourcedId, known: { memory } } of enrolled) {
      ended.set(sourcedId, {
        enrollments: Object.fromEntries(Object.entries(memory.enrollments ?? {}).map(([school, before]) => {
          const record = records.get(before.id);
          // An exit that the office has set is the office's.
          if (before.ended !== true && record !== undefined && record.archivedAt === null && (record.exitDate ?? null) === before.exit) {
            bookToUser(ledger, record.id, sourcedId);
            ledger.place("users.csv", sourcedId, record.schoolId);
            endEnrollment(session, record, day.today, exitCode);
          }
          return [school, { ...before, ended: true as const }];
        })),
      });
    }
  });
  return ended;
}
