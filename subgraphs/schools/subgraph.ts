import { subgraph } from "#foundation/federation/manifest";
import { BellPeriod } from "./entities/bell-period.ts";
import { BellSchedule } from "./entities/bell-schedule.ts";
import { CalendarTrack } from "./entities/calendar-track.ts";
import { GradeLevel } from "./entities/grade-level.ts";
import { GradingPeriod } from "./entities/grading-period.ts";
import { InstructionalDay } from "./entities/instructional-day.ts";
import { Organization } from "./entities/organization.ts";
import { Room } from "./entities/room.ts";
import { RotationDay } from "./entities/rotation-day.ts";
import { School } from "./entities/school.ts";
import { SchoolYear } from "./entities/school-year.ts";
import { Term } from "./entities/term.ts";
import { relations } from "./relations.ts";
import { repeatableSql } from "./sql.ts";

export const schools = subgraph({
  name: "schools",
  description: "The district's organizations, schools, years, calendars, bell schedules, terms and rooms: what everyone in the district may know.",
  records: [
    Organization, School, GradeLevel, SchoolYear, CalendarTrack, RotationDay, BellSchedule, BellPeriod, InstructionalDay, Term, GradingPeriod, Room,
  ],
  operations: [],
  relations,
  repeatableSql,
  migrations: new URL("./migrations/", import.meta.url),
});

export default schools;
