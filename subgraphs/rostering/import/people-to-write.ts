import type { AcrossDomains } from "#foundation/crud/across-domains";
import { people, students } from "../domains.ts";
import { StudentMerge } from "../entities/student-merge.ts";
import type { Decisions } from "../imports/decisions.ts";
import type { PersonMemory } from "./memory.ts";
import type { Notes } from "./notes.ts";
import type { PersonWork } from "./people-work.ts";
import type { PlannedPerson } from "./plan.ts";
import type { Registry } from "./registered.ts";

const portion = 1_000;

interface Same {
  id: string | null;
  personId: string;
}

/** Students who are one student here, whatever the source makes of them. */
export class Merged {
  readonly #into: ReadonlyMap<string, string>;
  /** The numbers of those who were merged into another, and in whom they live on. */
  readonly byNumber: ReadonlyMap<string, { id: string; personId: string }>;

  private constructor(into: ReadonlyMap<string, string>, byNumber: ReadonlyMap<string, { id: string; personId: string }>) {
    this.#into = into;
    this.byNumber = byNumber;
  }

  static async load(across: AcrossDomains): Promise<Merged> {
    const merges = await across.in("rostering", async (session) => (await session.list(StudentMerge, { status: "MERGED", archivedAt: null })).map(({ duplicateId, survivorId }) => ({ duplicateId, survivorId })));
    if (merges.length === 0) return new Merged(new Map(), new Map());
    const ids = merges.flatMap(({ duplicateId, survivorId }) => [duplicateId, survivorId]);
    const rows = new Map((await across.in("students", async (session) => (await students.studentsById(session, ids)).map(({ id, personId, studentNumber }) => ({ id, personId, studentNumber })))).map((row) => [row.id, row]));
    const merged = new Merged(new Map(merges.map(({ duplicateId, survivorId }) => [duplicateId, survivorId])), new Map());
    return new Merged(merged.#into, new Map(merges.map(({ duplicateId }) => [rows.get(duplicateId)!.studentNumber, rows.get(merged.survivorOf(duplicateId))!])));
  }

  has(studentId: string): boolean {
    return this.#into.has(studentId);
  }

  survivorOf(studentId: string): string {
    const next = this.#into.get(studentId);
    return next === undefined ? studentId : this.survivorOf(next);
  }
}

export interface Matching {
  /** Ids of the users whom the package names. */
  named: ReadonlySet<string>;
  registry: Registry;
  merged: Merged;
  decisions: Pick<Decisions, "samePerson" | "newPerson">;
  notes: Notes;
}

/** New and changed persons. Those whom a clerk has recognised, and students who are here under their number already, are found. */
export async function peopleToWrite(across: AcrossDomains, planned: readonly PlannedPerson[], matching: Matching): Promise<PersonWork[]> {
  const { named, registry, merged, notes } = matching;
  const sameAs = await whoIsHere(across, planned, matching);
  const work: PersonWork[] = [];
  for (const plan of planned) {
    const known = registry.find<PersonMemory>("Person", plan.sourcedId);
    const same = known === undefined ? sameAs.get(plan.sourcedId) : undefined;
    const holder = same && registry.holderOf("Person", same.personId);
    const ofDuplicate = merged.has(known?.memory.student?.id ?? "");
    if (ofDuplicate || (holder !== undefined && named.has(holder) && plan.student !== null && merged.byNumber.has(plan.student.studentNumber))) {
      notes.add("users.csv", plan.row, "This student was merged into another here, whom the source names as well. The row is left out; merge the two in the source system.");
      continue;
    }
    if (holder !== undefined && named.has(holder) && matching.decisions.samePerson.has(plan.sourcedId)) {
      notes.add("users.csv", plan.row, `Somebody decided that this is a person whom the source names as ${holder}, too. The row is left out; merge the two in the source system.`);
      continue;
    }
    if (holder !== undefined && !named.has(holder)) {
      notes.add("users.csv", plan.row, "The source named a student of this number by another id before. It is taken for the same student.");
      registry.rename("Person", holder, plan.sourcedId);
    } else if (holder !== undefined) giveAnotherNumber(plan, notes);
    const adopted = same !== undefined && holder === undefined;
    const found = registry.find<PersonMemory>("Person", plan.sourcedId);
    if (found?.memory.digest === plan.digest) continue;
    work.push({
      plan, last: found?.memory ?? null, adopted, personId: found?.recordId ?? (adopted ? same.personId : null), studentId: found?.memory.student?.id ?? (adopted ? same.id : null),
      next: { digest: plan.digest, person: {} },
    });
  }
  return work;
}

/** Who of the new users is a person of the district already: as a clerk decided, else by the student's number. */
async function whoIsHere(across: AcrossDomains, planned: readonly PlannedPerson[], { registry, merged, decisions, notes }: Matching): Promise<Map<string, Same>> {
  const unknown = planned.filter(({ sourcedId }) => registry.find("Person", sourcedId) === undefined);
  const found = new Map<string, Same>();
  for (let from = 0; from < unknown.length; from += portion) {
    const part = unknown.slice(from, from + portion);
    const decided = part.filter(({ sourcedId }) => decisions.samePerson.has(sourcedId));
    const numbered = part.filter(({ sourcedId, student }) => student !== null && !decisions.samePerson.has(sourcedId));
    const persons = [...new Set(decided.map(({ sourcedId }) => decisions.samePerson.get(sourcedId)!))];
    const present = new Set(persons.length === 0 ? [] : (await across.in("people", (session) => people.namesOf(session, persons))).map(({ id }) => id));
    const { byPerson, byNumber } = await across.in("students", async (session) => ({
      byPerson: new Map((present.size === 0 ? [] : await students.studentsOfPersons(session, [...present])).map(({ personId, id }) => [personId, id])),
      byNumber: new Map((numbered.length === 0 ? [] : await students.studentsByNumber(session, numbered.map(({ student }) => student!.studentNumber))).map(({ id, personId, studentNumber }) => [studentNumber, { id, personId }])),
    }));
    for (const { sourcedId, row } of decided) {
      const personId = decisions.samePerson.get(sourcedId)!;
      if (present.has(personId)) found.set(sourcedId, { id: byPerson.get(personId) ?? null, personId });
      else notes.add("users.csv", row, "Somebody decided that this is a person whom the district has no longer. The row is imported as a new person.");
    }
    for (const plan of numbered) {
      const same = byNumber.get(plan.student!.studentNumber) ?? merged.byNumber.get(plan.student!.studentNumber);
      if (same === undefined) continue;
      if (decisions.newPerson.has(plan.sourcedId)) giveAnotherNumber(plan, notes);
      else found.set(plan.sourcedId, same);
    }
  }
  return found;
}

/** A number is one student's. */
function giveAnotherNumber(plan: PlannedPerson, notes: Notes): void {
  if (plan.student === null) return;
  plan.student.studentNumber = `${plan.student.studentNumber.slice(0, 20)}-${plan.digest.slice(0, 8)}`;
  notes.add("users.csv", plan.row, `Another student has this number already. This one gets ${plan.student.studentNumber}; correct one of them in the source system.`);
}
