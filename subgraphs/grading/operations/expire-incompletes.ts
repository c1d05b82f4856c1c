import { atSchool } from "#foundation/access/relations";
import { mutation } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { ForeignRef } from "#foundation/record/fields";
import { markOffice } from "../access.ts";
import { Mark } from "../entities/mark.ts";
import { School } from "../foreign.ts";
import { expireDue } from "../expiry.ts";

class ExpireIncompletesInput {
  @ForeignRef(() => School, { description: "The school." }) schoolId!: string;
}

export const expireIncompletes = mutation<ExpireIncompletesInput>({
  name: "expireIncompletes",
  description: "Lets every incomplete of a school whose deadline has passed become the mark that was agreed. Running it again changes nothing more. The payload shows the first mark, or none when nothing was due.",
  roles: markOffice,
  as: "district",
  input: ExpireIncompletesInput,
  record: Mark,
  async run(session, { schoolId }) {
    if (!(await session.holds(atSchool, "school", markOffice, schoolId))) throw OsssError.forbidden("Only the principal and the registrar of the school let its incompletes expire.");
    const marks = await expireDue(session, session, schoolId);
    return { id: marks[0]?.id ?? schoolId };
  },
});
