import { sql } from "kysely";
import type { WriteSession } from "#foundation/crud/write";
import type { AgreementTerms } from "./agreement-in-effect.ts";
import type { DirectoryField } from "./directory-field.ts";

/** Whom of some students data under an agreement may name, and by which fields. */
export interface Naming {
  readonly named: ReadonlySet<string>;
  /** What of them may go under a directory basis; null where only the agreement's categories decide. */
  readonly fields: ReadonlySet<DirectoryField> | null;
}

/**
 * Of these students, those whom the agreement lets name on a day. Directory information leaves out whoever opted out of its audience, and
 * names nobody where the district's list has no names; written consent leaves out whoever has not consented. That a student attends a
 * school of the agreement is the caller's to see to, and that nothing confidential goes, on whatever basis.
 */
export async function mayBeNamed(session: WriteSession, agreement: AgreementTerms, students: readonly string[], day: string): Promise<Naming> {
  if (agreement.basis === "DIRECTORY_INFORMATION") {
    const fields = await directoryFields(session, day);
    if (!fields.has("NAME")) return { named: new Set(), fields };
    const optedOut = new Set((await session.ask(sql<{ id: string }>`SELECT o AS id FROM lookup.platform_opted_out(${students}::uuid[], ${agreement.audience}, ${day}::date) o`)).map(({ id }) => id));
    return { named: new Set(students.filter((id) => !optedOut.has(id))), fields };
  }
  if (agreement.basis !== "WRITTEN_CONSENT") return { named: new Set(students), fields: null };
  const consented = await session.ask(sql<{ id: string }>`SELECT DISTINCT c.student_id AS id FROM platform.disclosure_consent c
    WHERE c.agreement_id = ${agreement.id}::uuid AND c.student_id = ANY (${students}::uuid[]) AND c.archived_at IS NULL AND c.from_date <= ${day}::date AND (c.to_date IS NULL OR c.to_date > ${day}::date)`);
  return { named: new Set(consented.map(({ id }) => id)), fields: null };
}

/** What the district calls directory information on a day; nothing before families were told for the first time. */
export async function directoryFields(session: WriteSession, day: string): Promise<ReadonlySet<DirectoryField>> {
  const [policy] = await session.ask(sql<{ fields: DirectoryField[] }>`SELECT p.fields FROM platform.directory_policy p WHERE p.archived_at IS NULL AND p.from_date <= ${day}::date ORDER BY p.from_date DESC LIMIT 1`);
  return new Set(policy?.fields);
}
