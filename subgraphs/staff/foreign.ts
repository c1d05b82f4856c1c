import { foreign } from "#foundation/record/fields";

export class Person extends foreign("people", "Person", "A human being whom the district knows.") {}
export class School extends foreign("schools", "School", "A school of the district.") {}
export class Student extends foreign("students", "Student", "A learner of the district.") {}
export class Section extends foreign("academics", "Section", "A taught group.") {}
