import { catalogue } from "../../primitives/catalogue.ts";

export const whyWords = catalogue({
  en: {
    title: "Why can I see this?",
    close: "Close",
    loading: "Looking up the reasons",
    intro: "A record opens when a role of yours meets a fact on file that holds today. These are the roles and facts that open this student to you:",
    as: (role: string) => `As ${role.toLowerCase()}`,
    parts: "And the parts of the record",
    part: {
      contacts: "Contacts",
      schoolEnrollments: "Enrollments",
      courtOrders: "Court orders",
      programParticipations: "Programs",
      mealEligibilities: "Meals",
      directoryOptOuts: "Directory opt-outs",
      majorityArrangements: "Rights after eighteen",
    },
    none: "No reason is on file any more: what you see was loaded a while ago. Load the page again.",
    note: "The same rules stand in the database: a row without a reason is not sent. When a duty, an enrollment or a right ends, so does the view.",
    relation: {
      self: "this is your own record.",
      guardian: "you are a contact of the student with education rights and portal access today, and no order takes them.",
      at_school: "you have this duty today at the student's school, or at the school that the entry belongs to.",
      other_time_at_school: "you have this duty at a school that the student attended earlier or will attend. It opens name and number.",
      household: "you are a member of the household today.",
      district_office: "you have this duty for the whole district today.",
      member: "you belong to the district, and everyone in it may know this.",
      student_at_school: "you have this duty today at the student's school.",
      family_at_school: "you have this duty today at the school of the student whose family this is.",
      contact_of_child: "the person is listed for a student for whom you hold education rights and portal access today.",
    } as Readonly<Record<string, string>>,
  },
});

/** The reason in a sentence that speaks to the reader; a relation that the catalogue lacks is told in the API's words. */
export const reasonSentence = (reason: { readonly relation: string; readonly description: string }): string => whyWords().relation[reason.relation] ?? `${reason.description}.`;
