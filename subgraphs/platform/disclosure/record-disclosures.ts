import type { WriteSession } from "#foundation/crud/write";
import { Disclosure } from "../entities/disclosure.ts";
import type { AgreementTerms } from "./agreement-in-effect.ts";
import type { DataCategory } from "./data-category.ts";
import { needsRecord } from "./legal-basis.ts";

/** What an export sent. */
export interface Sent {
  readonly exportId: string;
  /** Everybody about whom it says anything, each once. */
  readonly students: readonly string[];
  readonly categories: readonly DataCategory[];
}

/**
 * Keeps with each student's record that she was in an export, in the export's own transaction. Returns how many records were written:
 * none where the basis needs none.
 */
export async function recordDisclosures(session: WriteSession, agreement: AgreementTerms, { exportId, students, categories }: Sent): Promise<number> {
  if (!needsRecord(agreement.basis)) return 0;
  const { identity, now: disclosedAt } = session.caller;
  const same = { agreement: agreement.id, recipient: agreement.partyName, interest: agreement.interest, basis: agreement.basis, categories: [...categories], disclosedAt, disclosedById: identity.personId, exportId };
  const rows = [...new Set(students)].map((studentId) => ({ ...same, studentId }));
  await session.load(Disclosure, rows);
  return rows.length;
}
