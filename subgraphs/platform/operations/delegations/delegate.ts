import { mutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError, type FieldProblem } from "#foundation/errors/errors";
import { Choice, Day, Flag, Text, TextList } from "#foundation/record/fields";
import { everyone } from "../../access.ts";
import { Delegation, DelegationUse } from "../../entities/delegation.ts";
import { rootFields } from "../../root-fields.ts";
import { requireLivePerson } from "./live-person.ts";

/** Days that a delegation lasts at most: about a semester. Then somebody who is still there gives another one. */
export const longestDays = 180;
const mostOperations = 100;

/** What would hand on the rights themselves, the sign-in that they come from, or data to others. */
const neverDelegated: ReadonlySet<string> = new Set(["delegate", "revokeDelegation", "inviteToSignIn", "withdrawInvitation", "acceptInvitation", "linkSignIn", "unlinkAccount", "signAgreement", "endAgreement", "connectSystem"]);
const known: ReadonlySet<string> = new Set([...rootFields.query, ...rootFields.mutation, ...rootFields.subscription]);

export class DelegateInput {
  @Choice(DelegationUse, { description: "What kind of work may use it." }) use!: DelegationUse;
  @Text({ description: "What it is for, for those who look through the list later.", maxLength: 500 }) purpose!: string;
  @TextList({ description: "The roles to lend, of those that your sign-in carries." }) roles!: string[];
  @TextList({ description: "The root fields of the graph that the work may use, e.g. `students` or `postMarks`; 100 at most. Left out, none but every query.", optional: true }) operations?: string[] | null;
  @Flag({ description: "Whether the work may ask every query besides.", defaultValue: false }) everyQuery!: boolean;
  @Day({ description: "The first day on which it may be used. Left out, today.", optional: true }) fromDate?: string | null;
  @Day({ description: "The first day on which it may be used no longer, at most 180 days after the first." }) toDate!: string;
}

const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** Nobody lends what she has not, nor for ever, nor without saying what for. */
function problemsOf({ roles, operations, everyQuery, toDate }: DelegateInput, from: string, today: string, own: readonly string[]): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const say = (path: string, message: string) => problems.push({ path: `input.${path}`, message });
  const foreign = roles.filter((role) => !own.includes(role));
  if (roles.length === 0) say("roles", "Name at least one role to lend.");
  if (foreign.length > 0) say("roles", `Your sign-in does not carry ${foreign.join(", ")}. Lend only roles of your own.`);
  if (!everyQuery && (operations ?? []).length === 0) say("operations", "Name what the work may use, or set everyQuery.");
  if ((operations ?? []).length > mostOperations) say("operations", `Name at most ${mostOperations} operations.`);
  const unknown = (operations ?? []).filter((name) => !known.has(name));
  if (unknown.length > 0) say("operations", `There is no root field ${unknown.slice(0, 5).join(", ")} in the graph. Name them as in the schema.`);
  if ((operations ?? []).some((name) => neverDelegated.has(name))) say("operations", "Delegations, sign-ins and agreements cannot be delegated. Leave these operations out.");
  if (from < today) say("fromDate", "Choose today or a later day.");
  if (toDate <= from) say("toDate", "The end must come after the first day.");
  if (daysBetween(from, toDate) > longestDays) say("toDate", `Choose an end at most ${longestDays} days after the first day. It can be given again later.`);
  return problems;
}

export async function lend(session: WriteSession, input: DelegateInput): Promise<Delegation> {
  const { accountId, roles: own } = requireLivePerson(session);
  const today = await session.today();
  const fromDate = input.fromDate ?? today;
  const problems = problemsOf(input, fromDate, today, own);
  if (problems.length > 0) throw OsssError.invalid(problems);
  const unique = (values: readonly string[]) => [...new Set(values)].sort();
  return session.create(Delegation, {
    account: accountId, use: input.use, purpose: input.purpose, roles: unique(input.roles), operations: unique(input.operations ?? []), everyQuery: input.everyQuery, fromDate, toDate: input.toDate, revokedAt: null,
  });
}

export const delegate = mutation<DelegateInput>({
  name: "delegate",
  description: "Lets work run in your name while you are not there: with some of your roles, for named operations, for a purpose, for at most 180 days. You and the district's administrators see it and may take it back at any time.",
  roles: everyone,
  as: "caller",
  input: DelegateInput,
  record: Delegation,
  run: lend,
});
