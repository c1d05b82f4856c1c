import { acrossMutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError, type FieldProblem } from "#foundation/errors/errors";
import { BelongsTo, Choice, Flag, ForeignRef, Items, Part, Text, Whole } from "#foundation/record/fields";
import { importers } from "../../access.ts";
import { students } from "../../domains.ts";
import { ImportCandidate } from "../../entities/import-candidate.ts";
import { Import } from "../../entities/import.ts";
import { SourceDecision, SourceDecisionKind } from "../../entities/source-decision.ts";
import { Person } from "../../foreign.ts";
import { decide, type Decided } from "../../imports/known-decisions.ts";
import { previewJob } from "../../jobs/preview-import.ts";
import { onImport, requireImporter } from "./importer.ts";

const right = (description: string) => ({ description, defaultValue: false });

export class ConfirmedContactInput {
  @Choice(students.ContactRelationship, { description: "What the contact is to the student." }) relationship!: string;
  @Flag(right("May know the student's education record.")) educationRights!: boolean;
  @Flag(right("May use the portal for this student.")) portalAccess!: boolean;
  @Flag(right("Lives with the student.")) livesWith!: boolean;
  @Flag(right("Receives the school's mail about the student.")) mailings!: boolean;
  @Flag(right("May take the student home from school.")) pickUp!: boolean;
  @Flag(right("Decides about the student's education.")) decisionMaking!: boolean;
  @Whole({ description: "The order in which to call in an emergency, from 1. Null: do not call.", min: 1, max: 99, optional: true }) emergencyOrder?: number | null;
}

export class ImportDecisionInput {
  @Choice(SourceDecisionKind, { description: "What is decided." }) kind!: SourceDecisionKind;
  @Text({ description: "The file, e.g. \"users.csv\".", maxLength: 64, defaultValue: "users.csv" }) file!: string;
  @Text({ description: "What it is about: the source's id of the row; for CONFIRM_CONTACT the student's and the contact's with a space between; for READ_AS the column and the value with a space between, e.g. \"grades 9th\".", maxLength: 600 }) subject!: string;
  @Text({ description: "For READ_AS: what is read instead, e.g. \"09\".", optional: true }) readAs?: string | null;
  @ForeignRef(() => Person, { description: "For SAME_PERSON: who it is.", optional: true }) personId?: string | null;
  @Part(() => ConfirmedContactInput, { description: "For CONFIRM_CONTACT: what the contact is, and with which rights.", optional: true }) contact?: ConfirmedContactInput | null;
  @Flag({ description: "Take back what was decided about this before.", defaultValue: false }) withdraw!: boolean;
}

export class DecideImportInput {
  @BelongsTo(() => Import, { description: "The import." }) import!: string;
  @Whole({ description: "The version of the import that you looked at.", min: 1 }) version!: number;
  @Items(() => ImportDecisionInput, { description: "What is decided, 1,000 at most at once." }) decisions!: ImportDecisionInput[];
}

/** What each kind needs beside its subject. */
const needs: Readonly<Partial<Record<SourceDecisionKind, "readAs" | "personId" | "contact">>> = { READ_AS: "readAs", SAME_PERSON: "personId", CONFIRM_CONTACT: "contact" };

function problemsOf(decisions: readonly ImportDecisionInput[]): FieldProblem[] {
  if (decisions.length === 0) return [{ path: "input.decisions", message: "Decide at least one thing." }];
  return decisions.flatMap((decision, at) => {
    const needed = needs[decision.kind];
    const missing = !decision.withdraw && needed !== undefined && decision[needed] == null ? [{ path: `input.decisions.${at}.${needed}`, message: `${decision.kind} needs this.` }] : [];
    const spaced = (decision.kind === "READ_AS" || decision.kind === "CONFIRM_CONTACT") && !/^\S+ \S/.test(decision.subject) ? [{ path: `input.decisions.${at}.subject`, message: "Send two parts with a space between." }] : [];
    return [...missing, ...spaced];
  });
}

export const decideImport = acrossMutation<DecideImportInput>({
  name: "decideImport",
  description: "Decides about the files of an import: which rows are left out, what a value stands for, who is whom, which contacts are confirmed and with which rights. The import is then previewed anew; what was decided holds for later imports of the source, too. A court order in effect outweighs the rights of a contact. For the registrar of the district.",
  roles: importers,
  reason: "optional",
  input: DecideImportInput,
  shows: Import,
  async run(across, input) {
    await requireImporter(across);
    const problems = problemsOf(input.decisions);
    if (problems.length > 0) throw OsssError.invalid(problems);
    return onImport(across, input, async (session, record, lent) => {
      if (!["PREVIEWED", "STOPPED", "REFUSED"].includes(record.status)) throw OsssError.conflict("Decisions are taken on a preview. Wait for the status PREVIEWED or STOPPED.");
      if (record.fileId == null) throw OsssError.conflict("The command line read these files, and this import cannot be previewed anew. Decide by its words.");
      const [taken, withdrawn] = [input.decisions.filter(({ withdraw }) => !withdraw), input.decisions.filter(({ withdraw }) => withdraw)];
      await takeBack(session, record.source, withdrawn);
      await decide(session, record.source, taken.map(({ withdraw: _withdraw, ...decision }): Decided => decision));
      await settleCandidates(session, record.id, taken);
      session.update(record, { status: "WAITING", ...lent, message: null });
      await session.flush();
      await session.queue(previewJob, { import: record.id });
      return { id: record.id };
    });
  },
});

async function takeBack(session: WriteSession, source: string, withdrawn: readonly ImportDecisionInput[]): Promise<void> {
  for (const { kind, file, subject } of withdrawn) for (const decision of await session.list(SourceDecision, { source, kind, file, subject, archivedAt: null })) session.archive(decision);
}

/** What the preview listed as open is seen to be decided at once. */
async function settleCandidates(session: WriteSession, importId: string, decisions: readonly ImportDecisionInput[]): Promise<void> {
  const byPerson = new Map(decisions.filter(({ kind }) => kind === "SAME_PERSON" || kind === "NEW_PERSON").map((decision) => [decision.subject, decision]));
  if (byPerson.size === 0) return;
  for (const candidate of await session.list(ImportCandidate, { import: importId, sourcedId: [...byPerson.keys()], archivedAt: null })) {
    session.update(candidate, { state: byPerson.get(candidate.sourcedId)!.personId === candidate.personId ? "SAME" : "OTHER" });
  }
}
