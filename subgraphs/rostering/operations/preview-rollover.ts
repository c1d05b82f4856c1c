import { sql } from "kysely";
import { atSchool, district } from "#foundation/access/relations";
import { relationCall } from "#foundation/access/declare-relation";
import { query } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { lookup } from "#foundation/federation/manifest";
import { Role } from "#foundation/identity/role";
import { Choice, Day, Flag, ForeignRef, Items, Whole } from "#foundation/record/fields";
import { View } from "#foundation/record/view";
import { PlacementAction } from "../entities/next-year-placement.ts";
import { GradeLevel, School, SchoolYear, Student } from "../foreign.ts";
import { planRollover } from "./rollover-plan.ts";
import { yearEndStudents, type YearEndStudent } from "./year-end.ts";

const students = (description: string) => ({ description, unit: "students" });

@View("How many students of a school and grade level go the same way.")
export class RolloverWay {
  @ForeignRef(() => School, { description: "The school of this year." }) schoolId!: string;
  @ForeignRef(() => GradeLevel, { description: "The grade level of this year.", optional: true }) gradeLevelId!: string | null;
  @Choice(PlacementAction, { description: "What becomes of them." }) action!: PlacementAction;
  @ForeignRef(() => School, { description: "The school of the next year.", optional: true }) nextSchoolId!: string | null;
  @ForeignRef(() => GradeLevel, { description: "The grade level of the next year.", optional: true }) nextGradeLevelId!: string | null;
  @Whole(students("How many they are.")) students!: number;
}

@View("A student whom the rollover would leave alone, and who needs a look.")
export class RolloverStudent {
  @ForeignRef(() => Student, { description: "The student." }) studentId!: string;
  @ForeignRef(() => School, { description: "The school of this year." }) schoolId!: string;
}

@View("What a rollover would do if it ran now. Nothing is written.")
export class RolloverPreview {
  @ForeignRef(() => SchoolYear, { description: "The school year that the students enter.", optional: true }) toYearId!: string | null;
  @Day({ description: "The first day no longer enrolled in this year, for all." }) exitDate!: string;
  @Day({ description: "The first day of membership in the next year, for all.", optional: true }) entryDate!: string | null;
  @Whole(students("To be promoted.")) promoted!: number;
  @Whole(students("To be retained.")) retained!: number;
  @Whole(students("To graduate.")) graduated!: number;
  @Whole(students("To leave the district's schools.")) left!: number;
  @Whole(students("Placed in the next year already, or gone with this one: to be skipped.")) alreadyPlaced!: number;
  @Whole(students("Without a placement: they would stay enrolled without an exit.")) unplanned!: number;
  @Whole(students("With another enrollment at the planned school in the way: to be skipped.")) blocked!: number;
  @Flag({ description: "The next school year is only planned, and would be opened." }) opensYear!: boolean;
  @Items(() => RolloverWay, { description: "Who goes which way, by school and grade level." }) ways!: RolloverWay[];
  @Items(() => RolloverStudent, { description: "Who has no placement; 200 at most." }) unplannedStudents!: RolloverStudent[];
  @Items(() => RolloverStudent, { description: "Who has an enrollment in the way; 200 at most." }) blockedStudents!: RolloverStudent[];
}

/** Who rolls over a school, and who the whole district. */
export const rollers = { school: [Role.Registrar, Role.Principal], district: [Role.Registrar, Role.Superintendent] } as const;
export const rollerRoles = [Role.Principal, Role.Registrar, Role.Superintendent];

export const yearsLookup = lookup({
  name: "years",
  arguments: "",
  returns: "TABLE (id uuid, first_day date, end_day date, status text)",
  sql: "SELECT y.id, y.first_day, y.end_day, y.status::text FROM schools.school_year y WHERE y.archived_at IS NULL ORDER BY y.first_day",
});

export const previewRollover = query({
  name: "previewRollover",
  description: "What runRollover would do now: how many students go which way, who has no placement, whom something stands in the way of. For a school by its registrar or principal, for the district by its registrar or superintendent.",
  roles: rollerRoles,
  arguments: {
    fromYearId: { type: "ID", description: "The school year that the students finish." },
    schoolId: { type: "ID", description: "Only the students of this school; of all schools unless told.", optional: true },
  },
  returns: RolloverPreview,
  async resolve(call, { fromYearId, schoolId }) {
    const school = (schoolId as string | undefined) ?? null;
    const [may] = await call.ask(school === null
      ? sql<{ held: boolean }>`SELECT ${relationCall(district, null, rollers.district)} AS held`
      : sql<{ held: boolean }>`SELECT ${school}::uuid IN (SELECT ${relationCall(atSchool, "school", rollers.school)}) OR ${relationCall(district, null, rollers.district)} AS held`);
    if (!may!.held) throw OsssError.forbidden(school === null ? "Only the district's registrar or superintendent rolls over all schools. Name your school." : "You do not roll over this school.");
    const years = await call.ask(sql<{ id: string; firstDay: string; endDay: string; status: string }>`SELECT id, first_day::text AS "firstDay", end_day::text AS "endDay", status FROM lookup.rostering_years()`);
    const from = years.find(({ id }) => id === fromYearId);
    if (!from) throw OsssError.notFound("SchoolYear");
    const to = years.find(({ firstDay }) => firstDay >= from.endDay) ?? null;
    const { counts, steps, unplanned, blocked } = planRollover(await call.ask(yearEndStudents(from.id, to, { schoolId: school })));
    const ways = new Map<string, { way: YearEndStudent; students: number }>();
    for (const { student } of steps) {
      const key = [student.schoolId, student.gradeLevelId, student.action, student.nextSchoolId, student.nextGradeLevelId].join();
      const known = ways.get(key);
      ways.set(key, { way: student, students: (known?.students ?? 0) + 1 });
    }
    const of = (type: string, id: string | null) => (id === null ? null : { __typename: type, id });
    const named = (list: readonly YearEndStudent[]) => list.slice(0, 200).map((each) => ({ student: of("Student", each.studentId), school: of("School", each.schoolId) }));
    return {
      toYear: of("SchoolYear", to?.id ?? null), exitDate: from.endDay, entryDate: to?.firstDay ?? null, ...counts, opensYear: to?.status === "PLANNED",
      ways: [...ways.values()].map(({ way, students: n }) => ({ school: of("School", way.schoolId), gradeLevel: of("GradeLevel", way.gradeLevelId), action: way.action, nextSchool: of("School", way.nextSchoolId), nextGradeLevel: of("GradeLevel", way.nextGradeLevelId), students: n })),
      unplannedStudents: named(unplanned), blockedStudents: named(blocked),
    };
  },
});
