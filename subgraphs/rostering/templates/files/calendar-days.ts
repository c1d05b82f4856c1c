import { removeColumn, template } from "../columns.ts";

export const calendarDays = template({
  name: "calendar-days",
  title: "Calendar days",
  about: [
    "The days on which a school teaches, by calendar. Days without a row or a record are holidays, weekends and breaks.",
    "A day that is not there yet is added: as planned from the start, or, with a reason, as added later. instructional = no takes a day back (snow) and needs a reason; everything counted on the day is counted anew. What the office has changed by hand since stays.",
    "A calendar or a rotation day that the school does not have yet is made; a bell schedule must be there already.",
  ],
  columns: [
    { name: "school_code", kind: "text", required: true, maxLength: 64, example: "GBHS", meaning: "The district's code of the school." },
    { name: "school_year", kind: "text", maxLength: 32, example: "2025-26", meaning: "The name of the school year. Blank: the one that contains the date." },
    { name: "track", kind: "text", maxLength: 64, example: "Regular", meaning: "The name of the calendar. Blank: the school's only one of that year, or the first by name." },
    { name: "date", kind: "day", required: true, example: "2025-09-02", meaning: "The day." },
    { name: "instructional", kind: "flag", required: true, example: "yes", meaning: "Whether the students of the calendar are taught on it." },
    { name: "rotation_day", kind: "text", maxLength: 16, example: "A", meaning: "The day of the rotation. Blank in a school without one." },
    { name: "bell_schedule", kind: "text", maxLength: 64, example: "Regular", meaning: "The name of the school's bell schedule for the day. Blank: not chosen yet." },
    { name: "reason", kind: "text", maxLength: 255, example: "", meaning: "Why the day was added later or taken back." },
    removeColumn,
  ],
  key: ({ school_code: school, track, date }) => [school, track, date],
  keyInWords: "school_code, track and date",
  faults: ({ instructional, remove, reason }) => (!instructional && remove !== true && reason === null ? [{ column: "reason", message: "A day without instruction is one that is taken back: say why. Leave out days that were never planned." }] : []),
});
