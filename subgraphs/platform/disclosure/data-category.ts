import { choice, type ChoiceOf } from "#foundation/record/fields";

export const DataCategory = choice("DataCategory", "Kinds of data about students that an agreement lets go. What none of them names, such as health, discipline and programs, goes nowhere.", {
  ROSTER: "Schools, terms, courses and sections, who teaches them and who is on their rosters; names, student numbers, schools and grade levels of the students.",
  IDENTIFIERS: "Identifiers that others gave to students, the state's number above all, and user names.",
  CONTACT_DETAILS: "Students' own e-mail addresses and telephone numbers, never confidential ones.",
  CONTACTS: "Parents and others who are listed for students, and how to reach them; never confidential contacts, addresses and numbers.",
  DEMOGRAPHICS: "Birth date, legal sex, race and ethnicity, languages.",
  GRADEBOOK: "Assignments, categories and scores.",
});
export type DataCategory = ChoiceOf<typeof DataCategory>;
