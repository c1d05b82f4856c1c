import { foreign } from "#foundation/record/fields";

export class Person extends foreign("people", "Person", "A human being whom the district knows.") {}
export class School extends foreign("schools", "School", "A school of the district.") {}
export class SchoolYear extends foreign("schools", "SchoolYear", "A school year of the district.") {}
export class GradeLevel extends foreign("schools", "GradeLevel", "A grade level of the district.") {}
export class CalendarTrack extends foreign("schools", "CalendarTrack", "One calendar of a school in a school year.") {}
export class Student extends foreign("students", "Student", "A learner of the district.") {}
export class SchoolEnrollment extends foreign("students", "SchoolEnrollment", "That a student belongs to a school, from an entry to an exit.") {}
export class Household extends foreign("people", "Household", "People who live together and share an address.") {}
export class Agreement extends foreign("platform", "Agreement", "An agreement of the district with a party outside about its students' data.") {}
export class StoredFile extends foreign("platform", "StoredFile", "A file that was sent to the district's installation, or made by it.") {}
