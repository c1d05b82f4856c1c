import { OsssError } from "#foundation/errors/errors";
import type { WriteSession } from "#foundation/crud/write";
import { platform } from "../domains.ts";
import type { ExportScope } from "./scope.ts";

/** What an agreement lets go on a day, and the terms themselves. Runs as platform, for a caller who may send data out. */
export async function agreedScope(session: WriteSession, agreementId: string, day: string): Promise<{ terms: platform.AgreementTerms; scope: ExportScope }> {
  const terms = await platform.agreementInEffect(session, agreementId, day);
  // A package without names, schools and sections is none.
  if (!terms.categories.has("ROSTER")) throw OsssError.conflict(`The agreement with ${terms.partyName} lets no roster go, and every file of OneRoster rests on one. Sign an agreement with the category ROSTER.`);
  const { fields } = await platform.mayBeNamed(session, terms, [], day);
  if (fields !== null && !fields.has("NAME")) throw OsssError.conflict("The district's directory information has no names, so that nothing may go to this audience. Look at the directory policy.");
  return {
    terms,
    scope: {
      schools: terms.schools === null ? null : [...terms.schools].sort(),
      directory: fields === null ? null : { audience: terms.audience, fields },
      consentsTo: terms.basis === "WRITTEN_CONSENT" ? terms.id : null,
      categories: terms.categories,
      whole: false,
    },
  };
}
