import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { AgreementSchool } from "../entities/agreement-school.ts";
import { Agreement, type AgreementAudience } from "../entities/agreement.ts";
import type { DataCategory } from "./data-category.ts";
import type { LegalBasis } from "./legal-basis.ts";

/** What an agreement lets go, on a day on which it is in effect. */
export interface AgreementTerms {
  readonly id: string;
  readonly partyName: string;
  readonly purpose: string;
  readonly interest: string;
  readonly basis: LegalBasis;
  /** NONE unless the basis is directory information. */
  readonly audience: AgreementAudience;
  readonly categories: ReadonlySet<DataCategory>;
  /** Ids of the schools whose students it is about; null for every school. */
  readonly schools: ReadonlySet<string> | null;
  readonly fromDate: string;
  /** The first day on which it counts no longer. */
  readonly toDate: string;
}

/**
 * The terms of an agreement of the district, on a day. Whoever asks has checked that the caller may send data out at all.
 * @throws OsssError NOT_FOUND where there is none; CONFLICT, saying since or until when, where it is not in effect on the day.
 */
export async function agreementInEffect(session: WriteSession, id: string, day: string): Promise<AgreementTerms> {
  const [agreement] = await session.list(Agreement, { id, archivedAt: null });
  if (!agreement) throw OsssError.notFound("Agreement");
  const { partyName, purpose, interest, basis, audience, fromDate, toDate } = agreement;
  if (toDate <= day) throw OsssError.conflict(`The agreement with ${partyName} ended on ${toDate}. Nothing leaves under it any more: sign another one.`);
  if (day < fromDate) throw OsssError.conflict(`The agreement with ${partyName} begins on ${fromDate}. Nothing leaves under it before.`);
  const schools = agreement.everySchool ? null : new Set((await session.list(AgreementSchool, { agreement: id, archivedAt: null })).map(({ schoolId }) => schoolId));
  return { id, partyName, purpose, interest, basis, audience, categories: new Set(agreement.categories), schools, fromDate, toDate };
}
