import { subgraph } from "#foundation/federation/manifest";
import { ClassMeeting } from "./entities/class-meeting.ts";
import { CourseLevel } from "./entities/course-level.ts";
import { Course } from "./entities/course.ts";
import { MeetingDerivation } from "./entities/meeting-derivation.ts";
import { MeetingPattern } from "./entities/meeting-pattern.ts";
import { RosterPolicy } from "./entities/roster-policy.ts";
import { SectionEnrollment } from "./entities/section-enrollment.ts";
import { SectionTerm } from "./entities/section-term.ts";
import { Section } from "./entities/section.ts";
import { Subject } from "./entities/subject.ts";
import { sectionSeatsTaken } from "./fields/section-seats-taken.ts";
import { Room, School, Student } from "./foreign.ts";
import { lookups } from "./lookups.ts";
import { deriveClassMeetings } from "./operations/derive-class-meetings.ts";
import { dropFromSection } from "./operations/drop-from-section.ts";
import { enrollInSection } from "./operations/enroll-in-section.ts";
import { enrollManyInSection } from "./operations/enroll-many-in-section.ts";
import { moveStudentSection } from "./operations/move-student-section.ts";
import { scheduleMeetings } from "./operations/schedule-meetings.ts";
import { relations } from "./relations.ts";
import { repeatableSql } from "./sql.ts";

export const academics = subgraph({
  name: "academics",
  description: "Subjects, courses, sections with their meetings, and who is on which roster.",
  records: [Subject, CourseLevel, Course, Section, SectionTerm, MeetingPattern, ClassMeeting, MeetingDerivation, SectionEnrollment, RosterPolicy],
  operations: [scheduleMeetings, deriveClassMeetings, enrollInSection, enrollManyInSection, dropFromSection, moveStudentSection],
  fields: [sectionSeatsTaken],
  connections: [
    { on: School, name: "sections", of: Section, via: "schoolId", description: "The sections taught at the school, of all school years." },
    { on: School, name: "classMeetings", of: ClassMeeting, via: "schoolId", description: "The dated hours of the school's sections." },
    { on: Room, name: "classMeetings", of: ClassMeeting, via: "roomId", description: "The dated hours that take place in the room." },
    { on: Student, name: "sectionEnrollments", of: SectionEnrollment, via: "studentId", description: "The sections that the student is, was or will be in." },
  ],
  relations,
  lookups,
  repeatableSql,
  migrations: new URL("./migrations/", import.meta.url),
});

export default academics;
