import { BelongsTo, Choice, Day, ForeignRef, choice, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { Check, DistrictRecord, NoOverlap, Record, Span } from "#foundation/record/record";
import { Role, roleDescriptions } from "#foundation/identity/role";
import { dutyAssignments } from "../access.ts";
import { School } from "../foreign.ts";
import { Person } from "./person.ts";

export const DutyRole = choice("DutyRole", "A duty that can be assigned. It counts only while the person's account carries the role of the same name.", {
  SUPERINTENDENT: roleDescriptions[Role.Superintendent],
  ADMIN: roleDescriptions[Role.Admin],
  PRINCIPAL: roleDescriptions[Role.Principal],
  ASSISTANT_PRINCIPAL: roleDescriptions[Role.AssistantPrincipal],
  SCHOOL_SECRETARY: roleDescriptions[Role.SchoolSecretary],
  REGISTRAR: roleDescriptions[Role.Registrar],
  COUNSELOR: roleDescriptions[Role.Counselor],
  CASE_MANAGER: roleDescriptions[Role.CaseManager],
  NURSE: roleDescriptions[Role.Nurse],
  ATTENDANCE_CLERK: roleDescriptions[Role.AttendanceClerk],
  TEACHER: "Teaches at the school. Students are reached through sections, not through this.",
  SUBSTITUTE: roleDescriptions[Role.Substitute],
  FINANCE: roleDescriptions[Role.Finance],
  PAYROLL: roleDescriptions[Role.Payroll],
  HUMAN_RESOURCES: roleDescriptions[Role.HumanResources],
  TRANSPORTATION: roleDescriptions[Role.Transportation],
  FOOD_SERVICE: roleDescriptions[Role.FoodService],
  LIBRARIAN: roleDescriptions[Role.Librarian],
  FACILITIES: roleDescriptions[Role.Facilities],
  ATHLETICS: roleDescriptions[Role.Athletics],
  COMMUNICATIONS: roleDescriptions[Role.Communications],
  BOARD_MEMBER: roleDescriptions[Role.BoardMember],
  BOARD_CLERK: roleDescriptions[Role.BoardClerk],
  DATA_ANALYST: roleDescriptions[Role.DataAnalyst],
  AUDITOR: roleDescriptions[Role.Auditor],
  STAFF: "Works at the school without one of the other duties.",
});
export type DutyRole = ChoiceOf<typeof DutyRole>;

const overlap = "The person already has this duty there on some of these days. End the earlier assignment first, or change the dates.";

@Record({
  description: "That a person has a duty, with dates: at one school, or in the whole district. What an account's role may do at all, an assignment makes possible somewhere. It ends at local midnight.",
  access: dutyAssignments,
  write: "operations",
})
@Span("fromDate", "toDate")
@NoOverlap({ per: ["person", "role", "schoolId"], from: "fromDate", to: "toDate", message: overlap })
@NoOverlap({ per: ["person", "role"], from: "fromDate", to: "toDate", where: "school_id is null", message: overlap })
@Check("at_school", "school_id is not null or role not in ('PRINCIPAL', 'ASSISTANT_PRINCIPAL', 'SCHOOL_SECRETARY')", "This duty is one school's. Name the school.")
@Check("of_district", "school_id is null or role not in ('SUPERINTENDENT', 'ADMIN', 'BOARD_MEMBER', 'BOARD_CLERK')", "This duty is the whole district's. Leave the school empty.")
export class DutyAssignment extends DistrictRecord {
  @BelongsTo(() => Person, { description: "Who has the duty.", immutable: true })
  person!: Reference<Person>;
  @Choice(DutyRole, { description: "The duty.", immutable: true })
  role!: DutyRole;
  @ForeignRef(() => School, { description: "The school where the duty is. Null: the whole district, which includes each of its schools.", optional: true })
  schoolId?: string | null;
  @Day({ description: "The first day of the duty.", sortable: true })
  fromDate!: string;
  @Day({ description: "The first day no longer on duty. Null while no end is set.", optional: true, sortable: true })
  toDate?: string | null;
}
