/**
 * Every function of the database that runs with the rights of its owner, looked at one by one: `name(arguments) of owner for callers`.
 * A new one fails the test until it stands here with a reason.
 */
const called = (names: string, by: string) => names.trim().split("\n").map((name) => `${name.trim()} ${by}`);

/** Who a token is, and the calendar: no row comes out but the caller's own account, which only its issuer and subject find. */
const beforeAnyContext = [
  ...called(
    `access.account_of(token_issuer text, token_subject text)
    access.installed_districts()`,
    "of owner for acting roles, app, reader",
  ),
  // What is on record about one delegation, found by its id alone: for work that has no token. Tells nothing of a person but the ids of her account.
  ...called("access.delegated(delegation uuid)", "of owner for acting roles, app, reader"),
  // Keeps the roles of an account's last sign-in, which only narrow what it lent; answers nothing.
  ...called("access.note_sign_in(of_account uuid, with_roles text[], moment timestamp with time zone)", "of owner for acting roles, app, reader"),
  // Scheduled work is due by the clock of each district: whoever works the jobs knows which districts there are and their time zones, and no more of them.
  ...called(`access.district_zones()`, "of owner for acting roles, app, reader"),
  // A new sign-in has no district yet: in which ones its verified address is somebody's, of which one the code is that it types, and how often it may type one. Ids of districts and seconds come out, no person.
  ...called(
    `access.district_of_invitation(hash text)
    access.districts_with_email(wanted text)
    access.try_code(token_issuer text, token_subject text, moment timestamp with time zone)`,
    "of owner for acting roles, app, reader",
  ),
  ...called("access.today()", "of owner for acting roles, reader"),
  // The days between two school years count as the last of the one and the first of the other.
  ...called("access.enrollment_days()", "of owner for acting roles, reader"),
];

/** Facts about the caller: ids alone, from the session's person, and only while its roles hold. They read as the reader, in the district. */
const relations = called(
  `access.at_school_household(roles text[])
  access.at_school_person(roles text[])
  access.at_school_school(roles text[])
  access.at_school_student(roles text[])
  access.attends_section_section(roles text[])
  access.author_author(roles text[])
  access.caseload_person(roles text[])
  access.caseload_student(roles text[])
  access.contact_of_child_person(roles text[])
  access.family_at_school_person(roles text[])
  access.guardian_person(roles text[], "right" text)
  access.guardian_student(roles text[], "right" text)
  access.household_household(roles text[])
  access.member(roles text[])
  access.on_duty(roles text[])
  access.other_time_at_school_person(roles text[])
  access.other_time_at_school_student(roles text[])
  access.own_rights_student(roles text[])
  access.party_to_agreement(roles text[], "right" text)
  access.self_account(roles text[])
  access.self_person(roles text[])
  access.self_student(roles text[])
  access.student_at_school_person(roles text[])
  access.substitutes_meeting(roles text[])
  access.substitutes_person(roles text[])
  access.substitutes_section(roles text[])
  access.substitutes_student(roles text[])
  access.teaches_section_section(roles text[])
  access.teaches_section_student(roles text[])
  access.teaches_student_person(roles text[])
  access.teaches_student_student(roles text[])
  access.teaches_under_agreement_person(roles text[], "right" text)
  access.under_agreement_person(roles text[], "right" text)
  access.under_agreement_school(roles text[], "right" text)
  access.under_agreement_student(roles text[], "right" text)`,
  "of reader for acting roles",
);

/**
 * Their twins: whether a relation reaches one id. Made of the same declarations, so that they tell of an id what the sets tell of it;
 * each is asked with the id of a row that the caller's statement names.
 */
const twins = relations.filter((line) => !/member\(|on_duty\(|party_to_agreement\(/.test(line)).map((line) => line.replace("(", "_has(").replace(")", ", uuid)"));

/** The session asks it before it takes a role, in the login's name. */
const beforeTheRole = called("access.district_office(roles text[])", "of reader for acting roles, app");

/** Text search past the row rules: ids alone, always joined with rows that are read under them. Names, titles, codes and numbers, nothing that was noted about anybody. */
const searches = called(
  `access.search_academics_course_code(pattern text)
  access.search_academics_course_title(pattern text)
  access.search_academics_section_code(pattern text)
  access.search_academics_section_title(pattern text)
  access.search_grading_assignment_title(pattern text)
  access.search_grading_comment_bank_entry_text(pattern text)
  access.search_grading_standard_text(pattern text)
  access.search_people_household_name(pattern text)
  access.search_people_person_family_name(pattern text)
  access.search_people_person_given_name(pattern text)
  access.search_people_person_preferred_family_name(pattern text)
  access.search_people_person_preferred_given_name(pattern text)
  access.search_rostering_import_row_label(pattern text)
  access.search_schools_organization_name(pattern text)
  access.search_schools_school_name(pattern text)
  access.search_staff_employee_employee_number(pattern text)
  access.search_staff_position_title(pattern text)
  access.search_students_student_sort_name(pattern text)
  access.search_students_student_student_number(pattern text)`,
  "of reader for acting roles",
);

/** Which of these ids the caller may read: owned by the domain's acting role, so that its own row rules decide. */
const visible = Object.entries({
  academics: "class_meeting course course_level meeting_derivation meeting_pattern roster_policy section section_enrollment section_term subject",
  attendance: "attendance_code attendance_event attendance_lock attendance_note attendance_policy attendance_submission daily_attendance earlier_day earlier_school_day office_entry office_entry_note recount_request",
  grading:
    "assignment assignment_category comment_bank_entry course_history gpa_policy gpa_policy_point gpa_policy_weight grading_scale grading_scale_mark grading_window graduation_plan graduation_requirement honor_roll_level honor_roll_policy issued_document mark mark_change mark_comment rank_policy scale_use score score_note standard standard_mark student_graduation_plan term_formula term_formula_part work_habit work_habit_mark",
  people: "duty_assignment household household_address household_member person person_demographics person_email person_phone",
  platform: "account account_invitation agreement agreement_school audit_entry delegation directory_policy disclosure disclosure_consent district stored_file unlinked_sign_in",
  rostering: "enrollment_code export export_count external_identifier import import_alert import_candidate import_count import_problem import_row import_schedule next_year_placement rollover rollover_row source_decision source_record student_merge student_merge_move",
  schools: "bell_period bell_schedule calendar_track grade_level grading_period instructional_day organization room rotation_day school school_year term",
  staff: "caseload_assignment employee position position_assignment substitute substitute_assignment teaching_assignment",
  students: "court_order directory_opt_out majority_arrangement meal_eligibility program program_participation school_enrollment student student_contact student_identifiers support_participation",
}).flatMap(([domain, tables]) => tables.split(" ").map((table) => `access.visible_${domain}_${table}(ids uuid[], archived boolean) of ${domain}_mixed for acting roles, reader`));

/** The journal: acting roles append and claim, who and where coming from the session; the login seals, relays and verifies. Nobody reads entries here. */
const journal = [
  ...called(
    `journal.append(entries jsonb, operation text, reason text, request_id text)
    journal.claim(claim_key text, claim_path text, hash text)
    journal.settle(claim_key text, claim_path text, outcome jsonb)`,
    "of owner for acting roles",
  ),
  ...called(
    `journal.feed(after_xid xid8, after_id uuid, most integer)
    journal.head()
    journal.lag()
    journal.relay(reader text, most integer)
    journal.seal(most integer)
    journal.verify(of_district uuid)
    journal.version()`,
    "of owner for app",
  ),
  // Before the first load of a table, for elevated roles: takes its keys and indexes, which come back before the transaction commits.
  ...called("journal.set_aside(tables text[], uniques boolean)", "of owner for acting roles"),
  // Up to which transaction the server's snapshot is certain for this database: asked by those above.
  ...called("journal.certain()", "of owner for nobody"),
  ...called("journal.put_back()", "of owner for nobody"),
];

/** Class meetings and days of attendance follow from what they rest on, whoever writes that: within the district of the row, and nobody reads by them. */
const following = [
  // Brings meetings to patterns and calendar as they are; doing it again changes nothing. Refuses another district than the caller's.
  ...called("academics.derive_meetings(district uuid, school uuid, from_day date, to_day date, only_sections uuid[], OUT added integer, OUT changed integer, OUT cancelled integer, OUT removed integer)", "of owner for acting roles"),
  // Which courses or sections of the district something rests on: ids of those that were asked about, for an import that would archive them.
  ...called("academics.in_use(district uuid, of_table text, ids uuid[])", "of owner for acting roles"),
  ...called("academics.take_spans_anew(district uuid, sections uuid[])", "of owner for nobody"),
  // The rule of the days, their count, and the background's part, which does nothing for an acting role. A seed counts its own students whole.
  ...called(
    `attendance.daily_facts(of_district uuid, of_students uuid[], from_days date[], to_days date[])
    attendance.many_daily_facts(of_district uuid, of_students uuid[], from_days date[], to_days date[])
    attendance.recount(of_district uuid, of_students uuid[], from_days date[], to_days date[])
    attendance.settle(requests uuid[])`,
    "of owner for nobody",
  ),
  ...called("access.count_attendance_days(most integer)", "of owner for acting roles, app, reader"),
  ...called("attendance.count_whole(of_students uuid[])", "of owner for acting roles"),
  // Before a system's sign-in is linked: whether another district has linked it, yes or no.
  ...called("platform.linked_elsewhere(token_issuer text, token_subject text)", "of owner for acting roles"),
  // Stamps are immutable for every acting role; these two move a merged student's rows, for rostering's elevated role alone, with an audit entry each.
  ...called(
    `rostering.merge_student_rows(of_merge uuid, operation text, reason text, request_id text)
    rostering.unmerge_student_rows(of_merge uuid, operation text, reason text, request_id text)`,
    "of owner for acting roles",
  ),
  // Nothing may be deleted by an acting role; this one removes what an import that was not written said of people, for rostering's elevated role alone.
  ...called("rostering.remove_preview(of_import uuid)", "of owner for acting roles"),
  // Whether any row still points to a person: yes or no.
  ...called("rostering.person_needed(person uuid)", "of owner for acting roles"),
  // For registrars: name, number and schools of students like the one being entered.
  ...called("rostering.possible_duplicates(typed_given text, typed_family text, birth date, number text, state_number text)", "of owner for acting roles"),
];

/** Run from triggers only, as PostgreSQL sees to: they keep copies equal, refuse what does not belong together, and ask for days to be counted. */
const triggers = called(
  `academics.follow_bells()
  academics.follow_calendar()
  academics.follow_section()
  academics.follow_section_terms()
  academics.follow_terms()
  academics.refuse_archiving_with_students()
  academics.require_fitting_term()
  academics.take_span()
  grading.follow_assignments()
  grading.lead_scores()
  grading.require_time_of_school()
  students.follow_person_name()
  students.take_sort_name()
  attendance.attendance_code_written()
  attendance.attendance_event_written()
  attendance.attendance_policy_written()
  attendance.attendance_submission_written()
  attendance.calendar_track_written()
  attendance.class_meeting_written()
  attendance.count_at_commit()
  attendance.earlier_day_written()
  attendance.earlier_school_day_written()
  attendance.instructional_day_written()
  attendance.office_entry_written()
  attendance.school_enrollment_written()
  attendance.section_enrollment_written()`,
  "of owner for nobody",
);

export const definerFunctions: readonly string[] = [...beforeAnyContext, ...relations, ...twins, ...beforeTheRole, ...searches, ...visible, ...journal, ...following, ...triggers];

/** Which roles call a function of a domain, whoever's rights it runs with: all others of the domains are closed to every role. */
export const callableFunctions: Readonly<Record<string, string>> = {
  // Lookups ask them: where sections are taught and meet at one time. They read with the reader's rights.
  "academics.clashes(uuid[],uuid[])": "reader",
  "academics.hour_in_words(uuid,uuid,text,date,date)": "reader",
  "academics.spans_of(academics.section)": "reader",
  "academics.derive_meetings(uuid,uuid,date,date,uuid[])": "academics_elevated",
  "academics.in_use(uuid,text,uuid[])": "academics_elevated",
  "attendance.count_whole(uuid[])": "attendance_elevated",
  "platform.linked_elsewhere(text,text)": "platform_elevated",
  "rostering.merge_student_rows(uuid,text,text,text)": "rostering_elevated",
  "rostering.unmerge_student_rows(uuid,text,text,text)": "rostering_elevated",
  "rostering.remove_preview(uuid)": "rostering_elevated",
  "rostering.person_needed(uuid)": "rostering_elevated",
  // A query asks it too.
  "rostering.possible_duplicates(text,text,date,text,text)": "rostering_elevated, rostering_mixed, rostering_wide",
};
