import { Day, Decimal, Flag, Instant, Whole } from "#foundation/record/fields";
import { View } from "#foundation/record/view";

@View("Attendance over a span of days: of one student, or of a group in which each student counts once. Made of daily facts (see DailyAttendance); every rate comes with how much of it is known.")
export class AttendanceFigures {
  @Day({ description: "The first day counted. Null: from the first day on record.", optional: true }) from!: string | null;
  @Day({ description: "The first day no longer counted. Days to come never are." }) to!: string;
  @Whole({ description: "How many students the figures speak of, each once, not seats.", unit: "students" }) students!: number;
  @Whole({ description: "Days of instruction in the span, of the students' calendar; of several calendars the most days of one.", unit: "days" }) instructionalDays!: number;
  @Whole({ description: "Days of membership, summed over the students: instructional days of each one's calendar within the primary enrollment.", unit: "student days" }) membershipDays!: number;
  @Whole({ description: "Those of them with attendance known: taken in at least one class meeting, or told by the office.", unit: "student days" }) countedDays!: number;
  @Whole({ description: "Counted days that were attended: countedDays less daysAbsent. Days at a school's activity are attended.", unit: "student days" }) daysAttended!: number;
  @Whole({ description: "Days that count as absence, whatever the excuse; days at a school's activity do not.", unit: "student days" }) daysAbsent!: number;
  @Whole({ description: "Days of absence without an excuse.", unit: "student days" }) unexcusedDays!: number;
  @Whole({ description: "Tardy days. A day that was absent is not tardy as well.", unit: "student days" }) tardies!: number;
  @Decimal({ description: "The attendance rate: daysAttended / countedDays, to four places, half up. Null without counted days.", unit: "share", optional: true }) rate!: string | null;
  @Whole({ description: "Class meetings that the students were to attend, each student's counted.", unit: "student meetings" }) meetings!: number;
  @Whole({ description: "Those of them whose attendance was taken.", unit: "student meetings" }) meetingsTaken!: number;
  @Decimal({ description: "How much of the rate is known: meetingsTaken / meetings, to four places. Null without meetings.", unit: "share", optional: true }) coverage!: string | null;
  @Decimal({ description: "Average daily attendance, a number of students: days attended / days of instruction, by calendar, added up, to two places. Null for a single student, or without days of instruction.", unit: "students", optional: true }) ada!: string | null;
  @Decimal({ description: "Average daily membership, a number of students: days of membership / days of instruction, by calendar, added up, to two places. Null for a single student, or without days of instruction.", unit: "students", optional: true }) adm!: string | null;
  @Flag({ description: "Of a single student: absent on at least the policy's share of the days of membership (10 % unless told), of which there are enough (10 unless told). Null for a group.", optional: true }) chronicallyAbsent!: boolean | null;
  @Whole({ description: "How many of the students are chronically absent, each once.", unit: "students" }) chronicallyAbsentStudents!: number;
  @Decimal({ description: "Their share of the students with enough days of membership to be called so, to four places. Null when nobody has.", unit: "share", optional: true }) chronicallyAbsentShare!: string | null;
  @Flag({ description: "Of a single student: as many unexcused days as the policy names (10 unless told). Null for a group.", optional: true }) truant!: boolean | null;
  @Whole({ description: "How many of the students are truant, each once.", unit: "students" }) truantStudents!: number;
  @Flag({ description: "You may see some of the student's days only, e.g. those at your school; the figures speak of these. Never so for a group: a group's figure is refused instead." }) partial!: boolean;
  @Flag({ description: "Everything recorded so far is counted. False for a moment after a large change, such as an import; see oldestOpenRequest." }) complete!: boolean;
  @Instant({ description: "Since when changes wait to be counted. Null when complete.", optional: true }) oldestOpenRequest!: Date | null;
}
