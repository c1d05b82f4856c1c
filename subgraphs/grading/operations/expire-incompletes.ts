import { sql } from "kysely";
import { atSchool } from "#foundation/access/relations";
import { mutation } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { ForeignRef } from "#foundation/record/fields";
import { markOffice } from "../access.ts";
import { idOf } from "../asking.ts";
import { Mark } from "../entities/mark.ts";
import { School } from "../foreign.ts";
import { changePostedMark } from "../mark-changes.ts";
import { percentFields } from "../posting.ts";
import { holdRecords } from "../record-lock.ts";
import { percentBehind } from "../rules/scale.ts";
import { scalesById } from "../scales.ts";
import { sectionFacts } from "../timetable.ts";

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
    await session.serialize(`incompletes ${schoolId}`);
    const due = await session.ask(sql<{ id: string; student_id: string }>`SELECT id, student_id FROM grading.mark WHERE school_id = ${schoolId}::uuid AND status = 'INCOMPLETE' AND deadline < ${await session.today()}::date AND archived_at IS NULL ORDER BY id`);
    await holdRecords(session, due.map((mark) => mark.student_id));
    const marks = await session.getAll(Mark, due.map((mark) => mark.id));
    const sections = await sectionFacts(session, [...new Set(marks.map((m) => m.sectionId))]);
    const scales = await scalesById(session, [...new Set(marks.map((m) => idOf(m.scale)))]);
    for (const mark of marks) {
      if (mark.status !== "INCOMPLETE") continue;
      const scale = scales.get(idOf(mark.scale))!;
      const becomes = mark.becomes!;
      const value = { mark: becomes, ...percentFields(percentBehind(scale, becomes, null)) };
      await changePostedMark(session, mark, sections.get(mark.sectionId)!, scale, { ...value, kind: "EXPIRED", reason: `The work was not made up by ${mark.deadline}.` });
    }
    return { id: marks[0]?.id ?? schoolId };
  },
});
