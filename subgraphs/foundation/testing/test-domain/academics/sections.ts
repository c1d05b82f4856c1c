import { access, ofSchool, ofStudent, ofPerson, read, readWrite } from "#foundation/access/access";
import { district, member, self } from "#foundation/access/relations";
import { Role } from "#foundation/identity/role";
import { BelongsTo, Day, ForeignRef, Text, type Reference } from "#foundation/record/fields";
import { Agrees, DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { Person, School, Student } from "./foreign.ts";

const everyone = [Role.Admin, Role.Staff, Role.Teacher, Role.Parent, Role.Student];
const timetable = access(ofSchool("schoolId"), [read(everyone, member), readWrite(Role.Registrar, district)]);
const teaching = access(ofPerson("personId"), [read(everyone, self), read(Role.Registrar, district)]);
const rosters = access(ofStudent("studentId"), [read(Role.Student, self), read(Role.Registrar, district)]);

@Record({ description: "A taught group.", access: timetable })
@UniqueTogether("code")
export class Section extends DistrictRecord {
  @Text({ description: "The code of the section.", sortable: true }) code!: string;
  @ForeignRef(() => School) schoolId!: string;
}

@Record({ description: "One hour of a section.", access: timetable })
@Agrees("section", { schoolId: "schoolId" })
export class ClassMeeting extends DistrictRecord {
  @BelongsTo(() => Section, { immutable: true }) section!: Reference<Section>;
  @ForeignRef(() => School) schoolId!: string;
  @Day({ description: "The day of the hour.", sortable: true }) date!: string;
}

@Record({ description: "That a person teaches a section.", access: teaching, write: "operations" })
export class SectionTeacher extends DistrictRecord {
  @BelongsTo(() => Section, { immutable: true }) section!: Reference<Section>;
  @ForeignRef(() => Person) personId!: string;
}

@Record({ description: "That a student is on the roster of a section.", access: rosters, write: "operations", plural: "rosterEntries" })
export class RosterEntry extends DistrictRecord {
  @BelongsTo(() => Section, { immutable: true }) section!: Reference<Section>;
  @ForeignRef(() => Student) studentId!: string;
  @Day({ description: "The first day on the roster.", sortable: true }) fromDate!: string;
  @Day({ description: "The first day no longer on it.", optional: true, sortable: true }) toDate?: string | null;
}

@Record({ description: "That a student is on the caseload of a counselor or case manager.", access: rosters, write: "operations", plural: "caseloadEntries" })
export class CaseloadEntry extends DistrictRecord {
  @ForeignRef(() => Student) studentId!: string;
  @ForeignRef(() => Person) personId!: string;
}
