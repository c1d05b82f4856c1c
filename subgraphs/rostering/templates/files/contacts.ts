import { removeColumn, requireStudent, studentColumns, studentKey, template } from "../columns.ts";

/** A column for each right of a contact, and the field of StudentContact that it is. */
export const rightColumns = { education_rights: "educationRights", portal: "portalAccess", lives_with: "livesWith", mailings: "mailings", pick_up: "pickUp", decision_making: "decisionMaking" } as const;

export const contacts = template({
  name: "contacts",
  title: "Contacts and their rights",
  about: [
    "Who is listed for a student, with what rights, and how to reach them. A relative is not a guardian: each right is its own column, and blank is no.",
    "A contact is known by contact_id, an id of the office's own that stays the same for the person in every row and every file. Nobody is ever taken for somebody else because of a name: where a student has a contact of the same name already, the row is left out until somebody says in the preview whether the two are one person.",
    "A right that a court order takes from the person is not given, and the preview says so. Orders, confidential marks and what the office has changed since stay as they are. A portal account is not made here.",
  ],
  columns: [
    ...studentColumns,
    { name: "contact_id", kind: "text", required: true, maxLength: 64, example: "C-2201", meaning: "The office's own id of the person." },
    { name: "given_name", kind: "text", required: true, maxLength: 100, example: "Maria", meaning: "The legal first name." },
    { name: "family_name", kind: "text", required: true, maxLength: 100, example: "Lopez", meaning: "The legal family name." },
    { name: "relationship", kind: "choice", required: true, values: ["mother", "father", "parent", "stepparent", "grandparent", "sibling", "other_relative", "legal_guardian", "foster_parent", "social_worker", "neighbor", "other"], example: "mother", meaning: "What the contact is to the student. It gives no right by itself." },
    { name: "email", kind: "text", maxLength: 254, example: "maria.lopez@example.org", meaning: "An e-mail address of the person." },
    { name: "phone", kind: "text", maxLength: 40, example: "+1 519 555 0100", meaning: "A telephone number as it is dialed." },
    { name: "phone_kind", kind: "choice", values: ["mobile", "home", "work", "other"], example: "mobile", meaning: "Where it rings. Blank: other." },
    { name: "from_date", kind: "day", example: "2025-08-18", meaning: "The first day on which the contact counts. Blank: the day of the first import." },
    { name: "last_day", kind: "day", example: "", meaning: "The last day on which it counts. Blank while it does." },
    { name: "education_rights", kind: "flag", example: "yes", meaning: "May know the student's education record." },
    { name: "portal", kind: "flag", example: "yes", meaning: "May use the portal for the student." },
    { name: "lives_with", kind: "flag", example: "yes", meaning: "Lives with the student, all or part of the time." },
    { name: "mailings", kind: "flag", example: "yes", meaning: "Receives the school's mail about the student." },
    { name: "pick_up", kind: "flag", example: "yes", meaning: "May take the student home." },
    { name: "decision_making", kind: "flag", example: "yes", meaning: "Decides about the student's education." },
    { name: "emergency_order", kind: "whole", min: 1, max: 99, example: "1", meaning: "The order in which to call in an emergency. Blank: do not call." },
    { name: "confidential", kind: "flag", example: "", meaning: "yes: not shown to the student nor to the other contacts." },
    { name: "confirmed", kind: "flag", example: "yes", meaning: "no: a proposal without any right, until a clerk confirms it. Blank: yes." },
    removeColumn,
  ],
  key: (cells) => [studentKey(cells), cells.contact_id, cells.from_date],
  keyInWords: "student, contact_id and from_date",
  faults: (cells) => {
    const faults = requireStudent(cells);
    if (cells.email !== null && !/^[^@\s]+@[^@\s]+$/.test(cells.email)) faults.push({ column: "email", message: "This is no e-mail address (something@somewhere). Correct it, or clear the cell." });
    if (cells.last_day !== null && cells.from_date !== null && cells.last_day < cells.from_date) faults.push({ column: "last_day", message: "The last day lies before the first. Correct one of the two." });
    if (cells.confirmed === false) {
      for (const column of Object.keys(rightColumns) as (keyof typeof rightColumns)[]) if (cells[column] === true) faults.push({ column, message: "A contact that is not confirmed has no rights. Clear the cell, or confirm the contact." });
    }
    return faults;
  },
});
