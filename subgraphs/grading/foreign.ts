import { foreign } from "#foundation/record/fields";

export class School extends foreign("schools", "School", "A school of the district.") {}
export class Term extends foreign("schools", "Term", "A part of the school year that sections are taught in.") {}
export class GradingPeriod extends foreign("schools", "GradingPeriod", "A period of a term after which marks are posted.") {}
export class GradeLevel extends foreign("schools", "GradeLevel", "A grade level of the district.") {}
export class Person extends foreign("people", "Person", "A human being whom the district knows.") {}
export class Student extends foreign("students", "Student", "A learner of the district.") {}
export class Subject extends foreign("academics", "Subject", "An area of learning that courses belong to.") {}
export class CourseLevel extends foreign("academics", "CourseLevel", "How demanding a course is.") {}
export class Course extends foreign("academics", "Course", "A course of the district's catalog.") {}
export class Section extends foreign("academics", "Section", "A taught group.") {}
