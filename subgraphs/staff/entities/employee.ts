import { Day, ForeignRef, HasMany, Text } from "#foundation/record/fields";
import { DistrictRecord, Record, Span, UniqueTogether, UniqueWhere } from "#foundation/record/record";
import { employees } from "../access.ts";
import { Person } from "../foreign.ts";
import { PositionAssignment } from "./position-assignment.ts";

@Record({ description: "A person as an employee of the district: one record for all times of employment. It gives no reach by itself; duties and assignments do.", access: employees })
@UniqueWhere({ fields: ["personId"], message: "This person is already an employee. Use the existing employee." })
@UniqueTogether("employeeNumber")
@Span("hireDate", "endDate")
export class Employee extends DistrictRecord {
  @ForeignRef(() => Person, { description: "The person who is employed." })
  personId!: string;
  @Text({ description: "The district's own number for the employee, unique and never given twice, e.g. \"20418\".", maxLength: 32, sortable: true, searchable: true, foundByStart: true })
  employeeNumber!: string;
  @Day({ description: "The first day of the present, or else the last, time of employment.", sortable: true })
  hireDate!: string;
  @Day({ description: "The first day no longer employed. Null while employed.", optional: true, sortable: true })
  endDate?: string | null;
  @HasMany(() => PositionAssignment, "employee", { description: "The positions that the employee holds or held." })
  positionAssignments?: never;
}
