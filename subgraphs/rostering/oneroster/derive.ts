/*
 * From what a package says to what the domains store, as pure functions. Records that the source
 * withdraws ("tobedeleted") derive nothing. One rule holds throughout: an import gives nobody more
 * reach than its source says in so many words.
 */

export { schoolEnrollmentsOf, spanWithinYear, type SchoolEnrollmentOptions, type SchoolEnrollmentProposal } from "./derive-enrollments.ts";
export { contactsOf, familyOf, staffAssignmentsOf, studentsOf, type ContactProposal, type StaffAssignment } from "./derive-people.ts";
