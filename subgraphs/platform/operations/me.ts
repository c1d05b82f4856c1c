import { loadById } from "#foundation/loading/loaders";
import { query } from "#foundation/crud/operation";
import { BelongsTo, Flag, ForeignRef, Text, TextList } from "#foundation/record/fields";
import { recordOf } from "#foundation/record/metadata";
import { View } from "#foundation/record/view";
import { Account } from "../entities/account.ts";
import { District } from "../entities/district.ts";
import { Person } from "../foreign.ts";

@View("Who you are here: the account, person and district that your token is linked to, and the roles it carries.")
export class Me {
  @BelongsTo(() => Account, { description: "Your account; null while nobody has linked your sign-in to a person.", optional: true }) account!: string | null;
  @ForeignRef(() => Person, { description: "You, as a person of the district.", optional: true }) personId!: string | null;
  @BelongsTo(() => District, { description: "Your district.", optional: true }) district!: string | null;
  @TextList({ description: "The roles of your token that are known here, sorted. A role is a ceiling: it opens records only through a relation that holds today." }) roles!: string[];
  @Flag({ description: "Whether your sign-in is linked to a person of a district. While it is not, you see nothing but this." }) linked!: boolean;
  @Text({ description: "What to do when the sign-in is not linked to a person yet; null when it is.", optional: true }) notice!: string | null;
}

export const me = query({
  name: "me",
  description: "Who you are here. Null when you are not signed in.",
  roles: "anyone",
  returns: Me,
  async resolve(call) {
    const { identity } = call;
    if (!identity.subject) return null;
    const [account, district] = identity.accountId && identity.districtId
      ? await Promise.all([loadById(call, recordOf(Account), identity.accountId), loadById(call, recordOf(District), identity.districtId)])
      : [null, null];
    return {
      account,
      person: identity.personId ? { __typename: "Person", id: identity.personId } : null,
      district,
      roles: identity.roles,
      linked: identity.accountId !== null,
      notice: identity.accountId ? null : "Your sign-in works, but it is not linked to a person of a district yet. Ask the office of your school for an invitation, and type its code; who works for the district asks the administrator.",
    };
  },
});
