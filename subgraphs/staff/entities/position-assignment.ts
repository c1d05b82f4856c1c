import { BelongsTo, Day, Decimal, ForeignRef, type Reference } from "#foundation/record/fields";
import { Agrees, DistrictRecord, NoOverlap, Record, Span } from "#foundation/record/record";
import { positionAssignments } from "../access.ts";
import { Person, School } from "../foreign.ts";
import { Employee } from "./employee.ts";
import { Position } from "./position.ts";

@Record({ description: "That an employee holds a position, with dates: at a school, or in the district's offices.", access: positionAssignments })
@Span("fromDate", "toDate")
@NoOverlap({ per: ["employee", "position", "schoolId"], from: "fromDate", to: "toDate", message: "The employee already holds this position there on some of these days. End the earlier assignment first, or change the dates." })
@Agrees("employee", { personId: "personId" }, "The person is not the employee's. Send the person of the employee.")
export class PositionAssignment extends DistrictRecord {
  @BelongsTo(() => Employee, { description: "Who holds the position.", immutable: true })
  employee!: Reference<Employee>;
  @ForeignRef(() => Person, { description: "The employee's person." })
  personId!: string;
  @BelongsTo(() => Position, { description: "The position.", immutable: true })
  position!: Reference<Position>;
  @ForeignRef(() => School, { description: "The school of the position. Null: the district's offices, or no school in particular.", optional: true })
  schoolId?: string | null;
  @Day({ description: "The first day in the position.", sortable: true })
  fromDate!: string;
  @Day({ description: "The first day no longer in it. Null while no end is set.", optional: true, sortable: true })
  toDate?: string | null;
  @Decimal({ description: "The share of full time, from 0 to 1: 0.5 for half of the week.", unit: "share of full time", precision: 4, scale: 3, min: 0, max: 1, defaultValue: 1 })
  fullTimeShare!: string;
}
