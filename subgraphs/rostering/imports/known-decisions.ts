import type { AcrossDomains } from "#foundation/crud/across-domains";
import type { WriteSession } from "#foundation/crud/write";
import { SourceDecision } from "../entities/source-decision.ts";
import type { Decisions } from "./decisions.ts";

/** What has been decided about a source so far. */
export async function loadDecisions(across: AcrossDomains, source: string): Promise<Decisions> {
  return across.in("rostering", async (session) => {
    const all = Map.groupBy(await session.list(SourceDecision, { source, archivedAt: null }), ({ kind }) => kind);
    const of = (kind: SourceDecision["kind"]) => all.get(kind) ?? [];
    return {
      excluded: new Set(of("EXCLUDE").map(({ file, subject }) => `${file} ${subject}`)),
      samePerson: new Map(of("SAME_PERSON").map(({ subject, personId }) => [subject, personId!])),
      newPerson: new Set(of("NEW_PERSON").map(({ subject }) => subject)),
      codes: new Map(of("READ_AS").map(({ file, subject, readAs }) => [`${file} ${subject}`, readAs!])),
      contacts: new Map(of("CONFIRM_CONTACT").map(({ subject, contact }) => [subject, contact as Readonly<Record<string, unknown>>])),
    };
  });
}

/** One decision, as it is kept. */
export type Decided = Pick<SourceDecision, "kind" | "file" | "subject"> & Partial<Pick<SourceDecision, "readAs" | "personId" | "contact">>;

/** Whether a person is one of the district's or a new one can be decided only one way. */
const opposite: Readonly<Partial<Record<SourceDecision["kind"], SourceDecision["kind"]>>> = { SAME_PERSON: "NEW_PERSON", NEW_PERSON: "SAME_PERSON" };

/** Keeps decisions about a source, in place of what had been decided about the same. */
export async function decide(session: WriteSession, source: string, decisions: readonly Decided[]): Promise<void> {
  const present = await session.list(SourceDecision, { source, subject: decisions.map(({ subject }) => subject), archivedAt: null });
  const kept = new Map(present.map((decision) => [`${decision.kind} ${decision.file} ${decision.subject}`, decision]));
  for (const { kind, file, subject, ...value } of decisions) {
    const other = kept.get(`${opposite[kind] ?? ""} ${file} ${subject}`);
    if (other !== undefined) session.archive(other);
    const same = kept.get(`${kind} ${file} ${subject}`);
    if (same === undefined) session.create(SourceDecision, { source, kind, file, subject, readAs: null, personId: null, contact: null, ...value });
    else session.update(same, value);
  }
}
