import { runAcrossDomains, type AcrossDomains, type Orchestration } from "#foundation/crud/across-domains";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import type { Identity } from "#foundation/identity/identity";
import { platform } from "../domains.ts";
import { Export } from "../entities/export.ts";
import { agreedScope } from "./agreed-scope.ts";
import { mayBeDelta, wholeOnly } from "./scope.ts";

export interface AskedExport {
  /** Null for the district's own copy. */
  readonly agreementId: string | null;
  readonly since: Date | null;
  /** Lets the work on it go on under a delegation, and gives its id; left out where whoever asks waits for the files. */
  readonly lend?: (session: WriteSession, partyName: string) => Promise<string>;
}

/** Puts an export on record, waiting. The caller may send data out. @throws OsssError where the agreement does not let it go. Returns its id. */
export async function openExport(across: AcrossDomains, { agreementId, since, lend }: AskedExport): Promise<string> {
  const { now, identity } = across.caller;
  if (since !== null && since > now) throw OsssError.invalid([{ path: "input.since", message: "This is yet to come. Name a moment that has been." }]);
  const delegationId = agreementId === null ? null : await across.in("platform", async (session) => {
    const { scope, terms } = await agreedScope(session, agreementId, await session.today());
    if (since !== null && !mayBeDelta(scope)) throw wholeOnly();
    return (await lend?.(session, terms.partyName)) ?? null;
  });
  return across.in("rostering", async (session) => session.create(Export, { agreementId, since, askedById: identity.personId, delegationId }).id);
}

/** There are no files, and it says why. */
export async function failExport(orchestration: Orchestration, about: { districtId: string; identity?: Identity; operation: string }, exportId: string, message: string): Promise<void> {
  await runAcrossDomains(orchestration, about, (across) => across.in("rostering", async (session) => {
    const [record] = await session.list(Export, { id: exportId });
    if (record !== undefined && record.status !== "DONE") session.update(record, { status: "FAILED", progress: null, message: message.slice(0, 1000) });
  }));
}

/** The agreements whose id or party it is. */
export const agreementsCalled = (across: AcrossDomains, words: string): Promise<{ id: string; partyName: string }[]> => across.in("platform", (session) => platform.agreementsCalled(session, words));
