import { foreign } from "#foundation/record/fields";

export class School extends foreign("schools", "School", "A school of the district.") {}
export class SchoolYear extends foreign("schools", "SchoolYear", "A school year of the district.") {}
export class CalendarTrack extends foreign("schools", "CalendarTrack", "One calendar of a school in a school year.") {}
export class Term extends foreign("schools", "Term", "A part of the school year that sections are taught in.") {}
export class RotationDay extends foreign("schools", "RotationDay", "A day of a school's rotation.") {}
export class Room extends foreign("schools", "Room", "A room of a school.") {}
export class Student extends foreign("students", "Student", "A learner of the district.") {}
