import { foreign } from "#foundation/record/fields";

export class Person extends foreign("people", "Person", "The person.") {}
export class School extends foreign("schools", "School", "A school of the district.") {}
export class Student extends foreign("students", "Student", "A learner of the district.") {}
