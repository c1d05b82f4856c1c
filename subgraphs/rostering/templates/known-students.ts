import type { AcrossDomains } from "#foundation/crud/across-domains";
import { students } from "../domains.ts";
import type { AnyCells } from "./columns.ts";
import { leaveOut } from "./left-out.ts";
import type { TemplateRow } from "./read-template.ts";

export interface KnownStudent {
  id: string;
  personId: string;
  number: string;
  /** `Lopez, Maria`. */
  name: string;
}

const portion = 2_000;

/** The district's students whom the files name, by student number and state id. */
export class KnownStudents {
  readonly #byNumber = new Map<string, KnownStudent>();
  readonly #byStateId = new Map<string, KnownStudent>();

  async load(across: AcrossDomains, rows: Iterable<TemplateRow<AnyCells>>): Promise<void> {
    const [numbers, stateIds] = [new Set<string>(), new Set<string>()];
    for (const { cells: { student_number: number, state_id: stateId } } of rows) {
      if (typeof number === "string") numbers.add(number);
      if (typeof stateId === "string") stateIds.add(stateId);
    }
    const known = ({ id, personId, studentNumber, sortName }: students.Student): KnownStudent => ({ id, personId, number: studentNumber, name: sortName });
    for (const some of portions([...numbers])) {
      await across.in("students", async (session) => {
        for (const row of await students.studentsByNumber(session, some)) this.#byNumber.set(row.studentNumber, known(row));
      });
    }
    for (const some of portions([...stateIds])) {
      await across.in("students", async (session) => {
        const found = new Map((await students.identifiersByStateId(session, some)).map(({ id, stateId }) => [id, stateId!]));
        for (const row of found.size === 0 ? [] : await students.studentsById(session, [...found.keys()])) if (row.archivedAt == null) this.#byStateId.set(found.get(row.id)!, known(row));
      });
    }
  }

  find({ student_number: number, state_id: stateId }: AnyCells): KnownStudent | undefined {
    return typeof number === "string" ? this.#byNumber.get(number) : typeof stateId === "string" ? this.#byStateId.get(stateId) : undefined;
  }

  /** The student of a row. @throws LeftOut where there is none, or its two numbers are of two students. */
  require(cells: AnyCells): KnownStudent {
    const { student_number: number, state_id: stateId } = cells;
    const found = this.find(cells) ?? leaveOut(`The district has no student with this ${typeof number === "string" ? "student number" : "state id"}. Enroll the student first, or correct the number.`);
    const other = typeof number === "string" && typeof stateId === "string" ? this.#byStateId.get(stateId) : undefined;
    if (other !== undefined && other.id !== found.id) leaveOut("The student number and the state id are those of two students. Correct one of the two.");
    return found;
  }
}

export function portions<T>(list: readonly T[], size = portion): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
}
