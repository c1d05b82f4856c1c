import { Companion, Day, ForeignRef, HasMany, Text, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether, UniqueWhere } from "#foundation/record/record";
import { students } from "../access.ts";
import { Person } from "../foreign.ts";
import { CourtOrder } from "./court-order.ts";
import { DirectoryOptOut } from "./directory-opt-out.ts";
import { MajorityArrangement } from "./majority-arrangement.ts";
import { MealEligibility } from "./meal-eligibility.ts";
import { ProgramParticipation } from "./program-participation.ts";
import { SchoolEnrollment } from "./school-enrollment.ts";
import { StudentContact } from "./student-contact.ts";
import { StudentIdentifiers } from "./student-identifiers.ts";
import { SupportParticipation } from "./support-participation.ts";

@Record({
  description: "A person as a learner of the district. One record for a lifetime: leaving and coming back are school enrollments, not new students.",
  access: students,
  live: true,
  write: ["create", "update"],
})
@UniqueWhere({ fields: ["personId"], message: "This person is already a student. Use the existing student." })
@UniqueTogether("studentNumber")
export class Student extends DistrictRecord {
  @ForeignRef(() => Person, { description: "The person who learns: names, and for those who may read it, demographics." })
  personId!: string;
  @Text({ description: "The district's own number for the student, unique and never given twice, e.g. \"604863\".", maxLength: 32, sortable: true, searchable: true, foundByStart: true })
  studentNumber!: string;
  @Text({ description: "The name to sort and find by: \"Family, Given\", of the preferred names where there are any. Follows the person's names by itself.", readOnly: true, defaultValue: "", sortable: true, searchable: true, foundByStart: true })
  sortName!: string;
  @Day({ description: "The first day on which the student attends a college or university while still in school. From it on all rights of the parents are the student's, whatever the age. Null: does not.", optional: true })
  postsecondaryFrom?: string | null;
  @Companion(() => StudentIdentifiers, { description: "Identifiers that others gave to the student." })
  identifiers?: Reference<StudentIdentifiers> | null;
  @HasMany(() => StudentContact, "student", { description: "Parents and others who are listed for the student." })
  contacts?: never;
  @HasMany(() => CourtOrder, "student", { description: "Orders that restrict what a person may do about the student." })
  courtOrders?: never;
  @HasMany(() => SchoolEnrollment, "student", { description: "The schools attended, past, present and planned." })
  schoolEnrollments?: never;
  @HasMany(() => ProgramParticipation, "student", { description: "Programs of the school's tier, e.g. English learner or gifted." })
  programParticipations?: never;
  @HasMany(() => SupportParticipation, "student", { description: "Programs of the support tier, e.g. special education. Every read is audited." })
  supportParticipations?: never;
  @HasMany(() => MealEligibility, "student", { description: "What the student pays for meals, and since when." })
  mealEligibilities?: never;
  @HasMany(() => DirectoryOptOut, "student", { description: "Audiences to whom no directory information goes." })
  directoryOptOuts?: never;
  @HasMany(() => MajorityArrangement, "student", { description: "Why parents keep reading after the rights have passed to the student." })
  majorityArrangements?: never;
}
