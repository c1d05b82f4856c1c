import { district } from "#foundation/access/relations";
import { mutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError, type FieldProblem } from "#foundation/errors/errors";
import { Choice, Choices, Day, Flag, ForeignRef, Ids, Text } from "#foundation/record/fields";
import { signers } from "../../access.ts";
import { DataCategory } from "../../disclosure/data-category.ts";
import { LegalBasis } from "../../disclosure/legal-basis.ts";
import { AgreementSchool } from "../../entities/agreement-school.ts";
import { Agreement, AgreementAudience } from "../../entities/agreement.ts";
import { Person } from "../../foreign.ts";

export class SignAgreementInput {
  @Text({ description: "With whom: the party's name, as families will read it.", maxLength: 200 }) partyName!: string;
  @Text({ description: "How to reach the party, e.g. a name and an e-mail address.", maxLength: 255 }) partyContact!: string;
  @Text({ description: "What the party may use the data for.", maxLength: 1000 }) purpose!: string;
  @Text({ description: "The party's legitimate interest in the data, as families will read it.", maxLength: 1000 }) interest!: string;
  @Choice(LegalBasis, { description: "On what basis data may go." }) basis!: LegalBasis;
  @Choice(AgreementAudience, { description: "To whom directory information goes; NONE for another basis.", defaultValue: "NONE" }) audience!: AgreementAudience;
  @Choices(DataCategory, { description: "Which data may go, and no other." }) categories!: DataCategory[];
  @Flag({ description: "Whether it is about every school of the district, those to come included.", defaultValue: false }) everySchool!: boolean;
  @Ids({ description: "The schools that it is about, where it is not about every school.", optional: true }) schoolIds?: string[] | null;
  @Day({ description: "The first day of the agreement." }) fromDate!: string;
  @Day({ description: "The first day on which it counts no longer." }) toDate!: string;
  @Day({ description: "The day on which it was signed. Left out, today.", optional: true }) signedOn?: string | null;
  @ForeignRef(() => Person, { description: "Who signed for the district. Left out, you.", optional: true }) signedById?: string | null;
}

function problemsOf(input: SignAgreementInput, schools: readonly string[], signedOn: string, today: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const say = (path: string, message: string) => problems.push({ path: `input.${path}`, message });
  if (input.categories.length === 0) say("categories", "Name at least one category of data.");
  if (input.everySchool === schools.length > 0) say("schoolIds", "Name the schools that it is about, or set everySchool: one of the two.");
  const directory = input.basis === "DIRECTORY_INFORMATION";
  if (directory && input.audience === "NONE") say("audience", "Directory information goes to an audience. Choose one.");
  if (!directory && input.audience !== "NONE") say("audience", "Only directory information goes to an audience. Choose NONE, or the basis DIRECTORY_INFORMATION.");
  if (input.toDate <= input.fromDate) say("toDate", "The end must come after the first day.");
  if (signedOn > today) say("signedOn", "Choose today or an earlier day: what is not signed yet is no agreement.");
  if (input.fromDate < signedOn) say("fromDate", "Choose the day on which it was signed, or a later one: nothing goes before.");
  return problems;
}

export async function sign(session: WriteSession, input: SignAgreementInput): Promise<Agreement> {
  if (!(await session.holds(district, null, signers))) throw OsssError.forbidden("Only who heads the district, and its registrar, sign for it.");
  const { schoolIds, signedOn, signedById, ...terms } = input;
  const schools = [...new Set(schoolIds ?? [])];
  const today = await session.today();
  const problems = problemsOf(input, schools, signedOn ?? today, today);
  if (problems.length > 0) throw OsssError.invalid(problems);
  const categories = Object.keys(DataCategory).filter((category) => terms.categories.includes(category as DataCategory));
  const agreement = session.create(Agreement, { ...terms, categories, status: "SIGNED", signedOn: signedOn ?? today, signedById: signedById ?? session.caller.identity.personId, account: null });
  for (const schoolId of schools) session.create(AgreementSchool, { agreement: agreement.id, schoolId });
  return agreement;
}

export const signAgreement = mutation<SignAgreementInput>({
  name: "signAgreement",
  description: "Records an agreement that the district has signed with a party outside. From its first day on, what it names may go to the party: by export, or by a system that an administrator connects. Its terms never change; end it and sign another one.",
  roles: signers,
  as: "caller",
  reason: "optional",
  input: SignAgreementInput,
  record: Agreement,
  run: sign,
});
