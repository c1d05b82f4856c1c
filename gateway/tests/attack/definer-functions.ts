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
  ...called("access.today()", "of owner for acting roles, reader"),
];

/** Facts about the caller: ids alone, from the session's person, and only while its roles hold. They read as the reader, in the district. */
const relations = called(
  `access.at_school_household(roles text[])
  access.at_school_person(roles text[])
  access.at_school_school(roles text[])
  access.at_school_student(roles text[])
  access.contact_of_child_person(roles text[])
  access.family_at_school_person(roles text[])
  access.guardian_person(roles text[], "right" text)
  access.guardian_student(roles text[], "right" text)
  access.household_household(roles text[])
  access.member(roles text[])
  access.other_time_at_school_person(roles text[])
  access.other_time_at_school_student(roles text[])
  access.self_account(roles text[])
  access.self_person(roles text[])
  access.self_student(roles text[])
  access.student_at_school_person(roles text[])`,
  "of reader for acting roles",
);

/**
 * Their twins: whether a relation reaches one id. Made of the same declarations, so that they tell of an id what the sets tell of it;
 * each is asked with the id of a row that the caller's statement names.
 */
const twins = called(
  `access.at_school_household_has(roles text[], uuid)
  access.at_school_person_has(roles text[], uuid)
  access.at_school_school_has(roles text[], uuid)
  access.at_school_student_has(roles text[], uuid)
  access.contact_of_child_person_has(roles text[], uuid)
  access.family_at_school_person_has(roles text[], uuid)
  access.guardian_person_has(roles text[], "right" text, uuid)
  access.guardian_student_has(roles text[], "right" text, uuid)
  access.household_household_has(roles text[], uuid)
  access.other_time_at_school_person_has(roles text[], uuid)
  access.other_time_at_school_student_has(roles text[], uuid)
  access.self_account_has(roles text[], uuid)
  access.self_person_has(roles text[], uuid)
  access.self_student_has(roles text[], uuid)
  access.student_at_school_person_has(roles text[], uuid)`,
  "of reader for acting roles",
);

/** The session asks it before it takes a role, in the login's name. */
const beforeTheRole = called("access.district_office(roles text[])", "of reader for acting roles, app");

/** Text search past the row rules: ids alone, always joined with rows that are read under them. Names, school names and numbers, nothing else. */
const searches = called(
  `access.search_people_household_name(pattern text)
  access.search_people_person_family_name(pattern text)
  access.search_people_person_given_name(pattern text)
  access.search_people_person_preferred_family_name(pattern text)
  access.search_people_person_preferred_given_name(pattern text)
  access.search_schools_organization_name(pattern text)
  access.search_schools_school_name(pattern text)
  access.search_students_student_sort_name(pattern text)
  access.search_students_student_student_number(pattern text)`,
  "of reader for acting roles",
);

/** Which of these ids the caller may read: owned by the domain's acting role, so that its own row rules decide. */
const visible = Object.entries({
  people: "duty_assignment household household_address household_member person person_demographics person_email person_phone",
  platform: "account audit_entry district",
  rostering: "external_identifier",
  schools: "bell_period bell_schedule calendar_track grade_level grading_period instructional_day organization room rotation_day school school_year term",
  students: "court_order directory_opt_out majority_arrangement meal_eligibility program program_participation school_enrollment student student_contact student_identifiers support_participation",
}).flatMap(([domain, tables]) => tables.split(" ").map((table) => `access.visible_${domain}_${table}(ids uuid[]) of ${domain}_mixed for acting roles, reader`));

/** The journal: acting roles append and claim, who and where coming from the session; the login seals, relays and verifies. Nobody reads entries here. */
const journal = [
  ...called(
    `journal.append(entries jsonb, operation text, reason text, request_id text)
    journal.claim(claim_key text, claim_path text, hash text)
    journal.settle(claim_key text, claim_path text, outcome jsonb)`,
    "of owner for acting roles",
  ),
  ...called(
    `journal.relay(reader text, most integer)
    journal.seal(most integer)
    journal.verify(of_district uuid)`,
    "of owner for app",
  ),
];

/** Keep a student's sort name equal to the person's. PostgreSQL runs trigger functions from triggers only. */
const triggers = called("students.follow_person_name()\nstudents.take_sort_name()", "of owner for PUBLIC");

export const definerFunctions: readonly string[] = [...beforeAnyContext, ...relations, ...twins, ...beforeTheRole, ...searches, ...visible, ...journal, ...triggers];
