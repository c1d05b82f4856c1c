/**
 * What operations look up past the row rules, looked at one by one. A lookup is run by the reader role, in the caller's district, for the
 * roles of its own domain: no caller asks it, only that domain's code, which guards what it tells. A new one fails the test until it stands
 * here with a reason.
 */
const of = (domain: string, lookups: Readonly<Record<string, string>>) => Object.entries(lookups).map(([signature, reason]) => ({ domain, signature: `lookup.${domain}_${signature}`, reason }));

const exportScope = "speaks text, of_schools uuid[], changed_since timestamp with time zone, for_audience text, consents_to uuid, tells_kin boolean, whole boolean";
const exportRows = "Rows of an export's file, asked for only after its operation has looked whether she who asks may send out what the scope names; the command line is the operator's.";

export const lookups: readonly { readonly domain: string; readonly signature: string; readonly reason: string }[] = [
  ...of("academics", {
    "period_codes(school uuid)": "Bell periods are open to everyone.",
    "reaches_caller(section uuid)": "About the caller alone: whether a roster would open students to her.",
    "enrolled_over(students uuid[], school uuid, from_day date, to_day date)": "Asked after the office's right at the school; who is missing is told by the ids that were sent, whether they exist or not.",
    "recorded(student uuid, section uuid, from_day date, until_day date)": "What a student of the caller's school would leave behind in a section of the school.",
    "section_clashes(section uuid, since date)": "Asked after the office's right at the school. Sections are open to everyone; the students are the section's own.",
    "seats_taken(sections uuid[], as_of date)": "A count over a roster, for sections whose whole roster the caller reads.",
    "student_clashes(roster_rows uuid[], since date)": "The other section of a student who is being put on a roster of the caller's school.",
  }),
  ...of("attendance", {
    "figure_span(year uuid, from_arg date, to_arg date)": "School years and policies are open to everyone.",
    "freshness()": "Counts alone: how much of the district is still to be counted.",
    "meeting(meeting uuid)": "Class meetings and locks are open to everyone.",
    "not_taken(school uuid, day date)": "For schools whose days the caller reads all of.",
    "roster(meeting uuid)": "For a meeting that the caller may take. A student who is not on it is answered like one who does not exist.",
    "section_days(sections uuid[], from_day date, to_day date)": "Sums over a section's students, for sections that the caller reaches as a whole.",
    "section_schools(sections uuid[])": "Sections are open to everyone.",
    "student_days(students uuid[], from_day date, to_day date)": "Looks for schools whose office the caller works in; others' days are dropped before anything is told.",
    "track_days(tracks uuid[], from_day date, to_day date)": "Calendars are open to everyone.",
    "waiting(group_kind text, ids uuid[], from_day date, to_day date)": "Since when a figure that the caller reads waits to be counted: a moment, no row.",
  }),
  ...of("grading", {
    "cohort_history(school uuid, grade_level uuid)": "For ranks: each is told only to those who read that student's whole record.",
    "cohorts_of(students uuid[])": "For ranks, of students whose whole record is open to the caller.",
    "courses(courses uuid[])": "Courses are open to everyone.",
    "enrolled_between(students uuid[], school uuid, first_day date, end_day date)": "Asked after the office's right at the school; strangers are answered like ids that do not exist.",
    "grade_levels(levels uuid[])": "Grade levels are open to everyone.",
    "grade_levels_on(students uuid[], day date)": "Written into the record of students with final marks at the caller's school.",
    "attendance(students uuid[], school uuid, of_year uuid, first_day date, end_day date)": "Counted days of a document that the caller's school issues, at that school.",
    "letterheads(students uuid[], school uuid)": "The head of a document that the caller's school issues: name, number, birth date.",
    "periods(periods uuid[])": "Grading periods are open to everyone.",
    "periods_of_term(term uuid)": "Grading periods are open to everyone.",
    "record_schools(student uuid)": "Asked after the office's right at the school: whether it is among them, and no more is told.",
    "rosters(sections uuid[])": "For sections whose marks the caller posts or whose gradebook she reads whole.",
    "schools(schools uuid[])": "Schools are open to everyone.",
    "scored_work(section uuid, period uuid)": "For those who post a section's marks: the averages are told, not the scores.",
    "section_terms(sections uuid[])": "Sections are open to everyone.",
    "sections(sections uuid[])": "Sections are open to everyone.",
    "subjects(subjects uuid[])": "Subjects are open to everyone.",
    "teachers(sections uuid[])": "Who teaches is open to everyone; the name as documents print it.",
    "terms(terms uuid[])": "Terms are open to everyone.",
    "under_way(students uuid[])": "For progress and documents of students whose record the caller reads or issues.",
  }),
  ...of("platform", {
    "invited(person uuid)": "For those who may invite the person; a refusal is the same whether there is one, and whether she works for the district.",
    "opted_out(students uuid[], to_audience text, day date)": "For exports, which leave these students out; told to nobody.",
    "persons_by_email(wanted text)": "For the linking of a new sign-in, whose issuer has verified the address: it tells nobody anything, and links the one person or leaves a note for the office.",
    "users()": "For the command line, which makes users of those whom it lists.",
  }),
  ...of("rostering", {
    "alike(from_source text, newcomers jsonb)": "Whom people of another system's files resemble: only imports for the whole district ask it, whose registrar reads its people anyway.",
    "dated_entries(student uuid, school uuid, from_day date, until_day date)": "Counts by day, at a school that the caller is registrar of; others learn only that there are some.",
    [`export_academic_sessions(${exportScope})`]: exportRows,
    [`export_categories(${exportScope})`]: exportRows,
    [`export_classes(${exportScope})`]: exportRows,
    [`export_courses(${exportScope})`]: exportRows,
    [`export_demographics(${exportScope})`]: exportRows,
    [`export_enrollments(${exportScope})`]: exportRows,
    [`export_line_items(${exportScope})`]: exportRows,
    [`export_orgs(${exportScope})`]: exportRows,
    [`export_results(${exportScope})`]: exportRows,
    [`export_roles(${exportScope})`]: exportRows,
    [`export_users(${exportScope})`]: exportRows,
    "export_kept(speaks text, of_file text)": "What a source said beyond the records, for the district's own copy, which the command line alone writes.",
    "export_sources()": "The names of other systems, for exports and the command line alone.",
    "merged_into(students uuid[])": "Told only where the caller may read the student in whom the duplicate lives on.",
    "scheduled(enrollments uuid[])": "Of enrollments that the caller's own rollover made.",
    "school_caseloads(student uuid, school uuid, day date)": "Of a student whom the caller's operation takes from the school; ended, and not told.",
    "year_end(of_year uuid, next_day date, of_school uuid, of_students uuid[])": "Of schools where the caller plans or rolls over, or of the district for its office.",
    "years()": "School years are open to everyone.",
  }),
  ...of("staff", {
    "has_duty(person uuid, duty text, day date)": "Asked after the office's right over the student: whether the one chosen is a counselor or case manager at all.",
    "listed_for(person uuid, student uuid)": "The same: whether she is of the student's family.",
    "meets_over(section uuid, from_day date, to_day date)": "Class meetings are open to everyone.",
    "names_of(persons uuid[])": "Names beside records that the caller reads.",
    "section(of_section uuid)": "Sections are open to everyone.",
    "substitute_clashes(assignment uuid)": "Sections and their hours are open to everyone; of the person that the caller's office has chosen.",
    "teacher_clashes(assignment uuid)": "Who teaches what is open to everyone.",
    "works_on(person uuid, day date)": "Asked after the office's right at the school: whether the one chosen works for the district.",
  }),
  ...of("students", {
    "membership(enrollments uuid[], through date)": "Days of membership of enrollments that the caller reads.",
  }),
];
