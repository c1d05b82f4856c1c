import { sql } from "kysely";
import { onDuty } from "#foundation/access/relations";
import { query } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { Flag, Instant, Whole } from "#foundation/record/fields";
import { View } from "#foundation/record/view";
import { groupRoles } from "../fields/reach.ts";

@View("Whether the district's attendance figures are up to date.")
export class AttendanceFreshness {
  @Flag({ description: "Everything recorded so far is counted in every figure." }) complete!: boolean;
  @Instant({ description: "Since when the oldest change waits. Null when complete.", optional: true }) oldestOpenRequest!: Date | null;
  @Whole({ description: "How many requests to count anew are open.", unit: "requests" }) openRequests!: number;
  @Whole({ description: "Of how many students days wait, each once.", unit: "students" }) students!: number;
  @Whole({ description: "How many days of students wait at most: days of the calendar, weekends included.", unit: "student days" }) studentDays!: number;
}

const askers = [...groupRoles, Role.Admin];

export const attendanceFreshness = query({
  name: "attendanceFreshness",
  description: "Whether daily attendance is counted up to the last change. Small changes are counted before they end; after a large one, such as an import, the rest follows within seconds or minutes, and this says how much is left.",
  roles: askers,
  returns: AttendanceFreshness,
  async resolve(call) {
    if (!(await call.holds(onDuty, askers))) throw OsssError.forbidden("Whether figures are complete is told to those who have such a duty today. Ask the office to assign yours.");
    const [row] = await call.ask(sql<{ requests: number; students: number; days: number; oldest: Date | null }>`SELECT * FROM lookup.attendance_freshness()`);
    return { complete: row!.requests === 0, oldestOpenRequest: row!.oldest, openRequests: row!.requests, students: row!.students, studentDays: row!.days };
  },
});
