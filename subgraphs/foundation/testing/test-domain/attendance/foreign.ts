import { foreign } from "#foundation/record/fields";

export class School extends foreign("schools", "School", "A school of the district.") {}
export class Student extends foreign("students", "Student", "A learner of the district.") {}
export class Section extends foreign("trial_academics", "Section", "A taught group.") {}
export class ClassMeeting extends foreign("trial_academics", "ClassMeeting", "One hour of a section.") {}
