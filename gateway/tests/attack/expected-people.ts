import type { Expected } from "./expected-reads.ts";
import type { PersonaName } from "./personas.ts";

/** What belongs to no person: everyone in the district may know it. */
const knownInA: Expected = {
  District: "A", Organization: "district office", School: "A1, A2, A3", GradeLevel: "09, 10", SchoolYear: "last year, this year, next year", CalendarTrack: "A1, A2, A1-25, A2-25", RotationDay: "A1, A2",
  BellSchedule: "A1, A2", BellPeriod: "A1, A2", InstructionalDay: "A1, A2, A1-25, A2-25", Term: "A1, A2", GradingPeriod: "A1, A2", Room: "A1, A2", Program: "EL, GT, IEP, 504",
};
const knownInB: Expected = { District: "b-B", School: "b-B1", GradeLevel: "b-09", SchoolYear: "b-year", CalendarTrack: "b-B1", InstructionalDay: "b-B1", Term: "b-B1", GradingPeriod: "b-B1", Program: "b-EL, b-IEP" };

/** Somebody linked to district A: what all may know, herself, her account and what she lent. `more` replaces. */
const lenders = new Set(["maria", "rita", "ada", "b-brad"]);
const lent = (person: string): Expected => (lenders.has(person) ? { Delegation: person } : {});
/** Whose files there are: nobody else reads of them, but for the auditor. */
const owners = new Set(["dora", "sue", "b-rob"]);
const filesOf = (person: string): Expected => (owners.has(person) ? { StoredFile: person } : {});
const inA = (person: string, more: Expected = {}): Expected => ({ ...knownInA, Person: person, Account: person, ...lent(person), ...filesOf(person), ...more });
const inB = (person: string, more: Expected = {}): Expected => ({ ...knownInB, Person: person, Account: person, ...lent(person), ...filesOf(person), ...more });

// School A1: its pupils today, those who were or will be there, the families of today, the staff with a duty there.
const pupilsHere = "lena, omar, dina, adam, alma, lea, pia, tom, tia";
const otherTimesHere = "fred, gina, fia, nick";
const contactsHere = "maria, oma, lou, nadia, karim, zoe, helen, frank, petra, lars, thea";
const staffHere = "rita, pam, nora, carl, cam, finn, sid, tess, dot, cyra, aki";
const contactRowsHere = "lena<maria, lena<oma, lena<lou, omar<nadia, omar<karim, omar<zoe, dina<helen, dina<frank, adam<petra, alma<petra, lea<lars, pia<lars, tom<thea, tia<thea";
// The current school reads all of a pupil's rows; a former or coming school those that happened, or will, at it.
const enrollmentsOfHere = "lena@A1, lena@A2 former, lena@A3 half-day, omar@A1, dina@A1, adam@A1, alma@A1, lea@A1, pia@A1, tom@A1, tia@A1";
const enrollmentsHere = `${enrollmentsOfHere}, fred@A1 former, gina@A1 former, fia@A1 future, nick@A1 no-show`;
const householdsHere = "H-maria, H-nadia, H-karim, H-helen, H-frank";
const membersHere = "H-maria/maria, H-maria/lena, H-maria/leo, H-nadia/nadia, H-nadia/omar, H-nadia/samir, H-karim/karim, H-karim/omar, H-helen/helen, H-helen/dina, H-frank/frank, H-frank/dina";
const openAddressesHere = "maria home, karim home, helen box, frank home";
// A confidential address or number: the registrar and the principal of the school, and nobody else, the family itself included.
const addressesHere = `${openAddressesHere}, helen home, nadia home`;
const openPhonesHere = "maria, lena, frank, karim";
const phonesHere = `${openPhonesHere}, nora, pam, helen, nadia, rita`;
const dutiesHere = `${staffHere}, pete`;

// School A2.
const pupilsThere = "leo, samir, fred, kit";
// Proposed contacts and those from a later day are shown to the school, which confirms them; past ones no longer.
const peopleThere = `${pupilsThere}, maria, pat, uli, nadia, karim, fay, cyra, ron, paul, ari, lena`;
const contactRowsThere = "leo<maria, leo<pat, leo<eve, leo<uli, samir<nadia, samir<karim, fred<fay, kit<cyra";
const householdsThere = "H-maria, H-nadia, H-karim, H-fay";
const membersThere = "H-maria/maria, H-maria/lena, H-maria/leo, H-nadia/nadia, H-nadia/omar, H-nadia/samir, H-karim/karim, H-karim/omar, H-fay/fay, H-fay/fred, H-fay/gina";
const officeThere: Expected = {
  Person: peopleThere, PersonDemographics: pupilsThere, PersonPhone: "maria, karim, nadia, fred", PersonEmail: "maria, ron",
  Household: householdsThere, HouseholdMember: membersThere, HouseholdAddress: "maria home, nadia home, karim home, fay home", DutyAssignment: "ron, paul, ari",
  // Lena left: name and number, and the year that she spent there.
  Student: `${pupilsThere}, lena`, StudentIdentifiers: pupilsThere, StudentContact: contactRowsThere, CourtOrder: "leo!maria, samir!karim",
  SchoolEnrollment: "leo@A2, samir@A2, fred@A2, fred@A1 former, kit@A2, lena@A2 former", ProgramParticipation: "leo, fred", DirectoryOptOut: "leo",
};

const officeHere: Expected = {
  Person: `${pupilsHere}, ${contactsHere}, ${staffHere}, ${otherTimesHere}`, PersonDemographics: pupilsHere, PersonPhone: phonesHere, PersonEmail: "maria, helen, rita, dina",
  Household: householdsHere, HouseholdMember: membersHere, HouseholdAddress: addressesHere, DutyAssignment: dutiesHere,
  Student: `${pupilsHere}, ${otherTimesHere}`, StudentIdentifiers: pupilsHere, StudentContact: contactRowsHere, CourtOrder: "lena!maria, omar!karim",
  SchoolEnrollment: enrollmentsHere, ProgramParticipation: "lena, omar", DirectoryOptOut: "lena, omar", MajorityArrangement: "alma, lea",
};

const everyPupil = `${pupilsHere}, leo, samir, kit, nils, ${otherTimesHere}`;
const everyAdult = "maria, oma, lou, pat, eve, uli, nadia, karim, zoe, helen, frank, petra, lars, fay, thea, cyra";
const everyEmployee = "ben, cora, abe, fern, nell, gus, prue, subira, sol, cleo, cass, aki, ari, rita, pam, ron, paul, nora, pete, stan, audrey, sue, ada, dan, ray, dot, dora, hana, carl, cam, finn, sid, tess";
const everyPerson = `${everyPupil}, ${everyAdult}, ${everyEmployee}`;
const everyDuty = `${dutiesHere}, ron, paul, ari, prue, sue, ada, audrey, dan, dora, hana`;
const everyEnrollment = `${enrollmentsHere}, leo@A2, samir@A2, kit@A2, nils@A3, fred@A2, fia@A3`;
const everyContactRow = `${contactRowsHere}, ${contactRowsThere}, nils<nora, gina<fay`;

/** All that a parent with rights and portal reads about these children, beside herself. */
const record = (children: string): Expected => ({ PersonDemographics: children, Student: children, StudentIdentifiers: children });

/** On the roster of Algebra: now, dropped within the days of lag, or to come within those of lead. */
const taughtInAlg = "omar, dina, tia, alma, lea";
/** A teacher: names, numbers and schools of these students; nothing of their families. */
const taught = (teacher: string, students: string, enrollments: string): Expected => ({ Person: `${teacher}, ${students}`, Student: students, SchoolEnrollment: enrollments });
const clerk = (students: string, others: string, more: Expected): Expected => ({ Person: `${students}, ${others}`, Student: students, ...more });

export const expectedPeople: Readonly<Record<PersonaName, Expected>> = {
  parentOfTwo: inA("maria", {
    ...record("lena, leo"), PersonDemographics: "maria, lena, leo",
    // Who else is listed, by name; not the proposed, past and future ones.
    Person: "maria, lena, leo, oma, lou", PersonPhone: "maria, lena", PersonEmail: "maria",
    Household: "H-maria", HouseholdMember: "H-maria/maria, H-maria/lena, H-maria/leo", HouseholdAddress: "maria home",
    StudentContact: "lena<maria, lena<oma, lena<lou, leo<maria, leo<pat, leo<eve, leo<uli",
    // The order about pick-up takes no other right, the other one has ended: and neither is shown to her.
    SchoolEnrollment: "lena@A1, lena@A2 former, lena@A3 half-day, leo@A2",
    ProgramParticipation: "lena, leo", SupportParticipation: "lena", MealEligibility: "lena, leo", DirectoryOptOut: "lena, leo",
  }),
  // A relative is not a guardian: of the child, only that she is listed.
  pickUpOnly: inA("oma", { StudentContact: "lena<oma" }),
  parentWithoutPortal: inA("lou", { StudentContact: "lena<lou" }),
  proposedContact: inA("pat", { StudentContact: "leo<pat" }),
  pastContact: inA("eve", { StudentContact: "leo<eve" }),
  futureContact: inA("uli", { StudentContact: "leo<uli" }),
  parentUnderOrder: inA("karim", {
    // The order about omar holds, the one about his brother starts tomorrow. Of omar: that he is listed, and who lived with him.
    ...record("samir"), Person: "karim, samir, nadia", PersonPhone: "karim",
    Household: "H-karim", HouseholdMember: "H-karim/karim, H-karim/omar", HouseholdAddress: "karim home",
    StudentContact: "samir<nadia, samir<karim, omar<karim", SchoolEnrollment: "samir@A2",
  }),
  motherOfBrothers: inA("nadia", {
    // A confidential contact is not shown to the family; her own unlisted number and address are closed to her too.
    ...record("omar, samir"), Person: "nadia, omar, samir, karim",
    Household: "H-nadia", HouseholdMember: "H-nadia/nadia, H-nadia/omar, H-nadia/samir",
    StudentContact: "omar<nadia, omar<karim, samir<nadia, samir<karim", SchoolEnrollment: "omar@A1, samir@A2",
    ProgramParticipation: "omar", SupportParticipation: "omar", MealEligibility: "omar", DirectoryOptOut: "omar",
  }),
  confidentialContact: inA("zoe", {
    ...record("omar"), Person: "zoe, omar, nadia, karim", StudentContact: "omar<nadia, omar<karim, omar<zoe", SchoolEnrollment: "omar@A1",
    ProgramParticipation: "omar", SupportParticipation: "omar", MealEligibility: "omar", DirectoryOptOut: "omar",
  }),
  motherLivingApart: inA("helen", {
    ...record("dina"), Person: "helen, dina, frank", PersonEmail: "helen",
    Household: "H-helen", HouseholdMember: "H-helen/helen, H-helen/dina", HouseholdAddress: "helen box",
    StudentContact: "dina<helen, dina<frank", SchoolEnrollment: "dina@A1",
  }),
  fatherLivingApart: inA("frank", {
    // Neither household nor phone of the mother through the child, confidential or not.
    ...record("dina"), Person: "frank, dina, helen", PersonPhone: "frank",
    Household: "H-frank", HouseholdMember: "H-frank/frank, H-frank/dina", HouseholdAddress: "frank home",
    StudentContact: "dina<helen, dina<frank", SchoolEnrollment: "dina@A1",
  }),
  parentOfTwins: inA("petra", {
    ...record("adam, alma"), Person: "petra, adam, alma", StudentContact: "adam<petra, alma<petra", SchoolEnrollment: "adam@A1, alma@A1",
    SupportParticipation: "adam", MealEligibility: "alma", MajorityArrangement: "alma",
  }),
  // Lea has been 18 since 1 March, and the consent has ended.
  parentOfAdults: inA("lars", { ...record("pia"), Person: "lars, pia", StudentContact: "pia<lars, lea<lars", SchoolEnrollment: "pia@A1" }),
  // Families keep access to the record after an exit.
  parentOfFormer: inA("fay", {
    ...record("fred, gina"), Person: "fay, fred, gina", PersonPhone: "fred, gina",
    Household: "H-fay", HouseholdMember: "H-fay/fay, H-fay/fred, H-fay/gina", HouseholdAddress: "fay home",
    StudentContact: "fred<fay, gina<fay", SchoolEnrollment: "fred@A1 former, fred@A2, gina@A1 former",
    ProgramParticipation: "fred, gina", SupportParticipation: "fred, gina", MealEligibility: "fred", DirectoryOptOut: "gina",
  }),
  student: inA("lena", {
    ...record("lena"), PersonPhone: "lena", Household: "H-maria", HouseholdMember: "H-maria/maria, H-maria/lena, H-maria/leo", HouseholdAddress: "maria home",
    StudentContact: "lena<maria, lena<oma, lena<lou", SchoolEnrollment: "lena@A1, lena@A2 former, lena@A3 half-day",
    ProgramParticipation: "lena", SupportParticipation: "lena", MealEligibility: "lena", DirectoryOptOut: "lena",
  }),
  // Orders are not shown to the student, nor is the confidential contact.
  studentOfOrder: inA("omar", {
    ...record("omar"), Household: "H-nadia", HouseholdMember: "H-nadia/nadia, H-nadia/omar, H-nadia/samir", StudentContact: "omar<nadia, omar<karim", SchoolEnrollment: "omar@A1",
    ProgramParticipation: "omar", SupportParticipation: "omar", MealEligibility: "omar", DirectoryOptOut: "omar",
  }),
  studentLivingApart: inA("dina", {
    ...record("dina"), Household: "H-helen, H-frank", HouseholdMember: "H-helen/helen, H-helen/dina, H-frank/frank, H-frank/dina", HouseholdAddress: "helen box, frank home",
    StudentContact: "dina<helen, dina<frank", SchoolEnrollment: "dina@A1",
  }),
  almostAdult: inA("adam", { ...record("adam"), StudentContact: "adam<petra", SchoolEnrollment: "adam@A1", SupportParticipation: "adam" }),
  // Eighteen since March: her parents read nothing of her any more.
  adultStudent: inA("lea", { ...record("lea"), StudentContact: "lea<lars", SchoolEnrollment: "lea@A1", MajorityArrangement: "lea" }),
  formerStudent: inA("gina", {
    ...record("gina"), PersonPhone: "gina", Household: "H-fay", HouseholdMember: "H-fay/fay, H-fay/fred, H-fay/gina", HouseholdAddress: "fay home",
    StudentContact: "gina<fay", SchoolEnrollment: "gina@A1 former", ProgramParticipation: "gina", SupportParticipation: "gina", DirectoryOptOut: "gina",
  }),

  registrarHere: inA("rita", {
    ...officeHere,
    Household: `${householdsHere}, H-rita`, HouseholdMember: `${membersHere}, H-rita/rita`, HouseholdAddress: `${addressesHere}, rita home`,
    AccountInvitation: "maria, frank",
  }),
  // The support tier beside: the principal needs to know.
  principalHere: inA("pam", { ...officeHere, SupportParticipation: "lena, omar, adam", AccountInvitation: "maria, frank" }),
  registrarThere: inA("ron", { ...officeThere, AccountInvitation: "maria" }),
  principalThere: inA("paul", { ...officeThere, SupportParticipation: "fred", AccountInvitation: "maria" }),
  nurseAndParent: inA("nora", {
    // A nurse at A1. Of her own child at A3 what a parent reads, and nothing of the other children there.
    Person: `${pupilsHere}, ${contactsHere}, ${staffHere}, nils`, PersonDemographics: `${pupilsHere}, nora, nils`, PersonPhone: `${openPhonesHere}, nora`, PersonEmail: "maria, helen",
    Household: `${householdsHere}, H-nora`, HouseholdMember: `${membersHere}, H-nora/nora, H-nora/nils`, HouseholdAddress: `${openAddressesHere}, nora home`, DutyAssignment: "nora",
    Student: `${pupilsHere}, nils`, StudentIdentifiers: "nils", StudentContact: `${contactRowsHere}, nils<nora`, SchoolEnrollment: `${enrollmentsHere}, nils@A3`,
    ProgramParticipation: "nils", SupportParticipation: "lena, omar, adam, nils", MealEligibility: "nils", DirectoryOptOut: "nils",
  }),
  counselor: inA("carl", {
    ...officeHere, PersonPhone: openPhonesHere, PersonEmail: "maria, helen", HouseholdAddress: openAddressesHere, DutyAssignment: "carl", SupportParticipation: "lena, omar, adam",
  }),
  caseManager: inA("cam", {
    Person: `${pupilsHere}, ${contactsHere}, ${staffHere}`, PersonDemographics: pupilsHere, PersonPhone: openPhonesHere, PersonEmail: "maria, helen",
    Household: householdsHere, HouseholdMember: membersHere, HouseholdAddress: openAddressesHere, DutyAssignment: "cam",
    Student: pupilsHere, StudentIdentifiers: pupilsHere, StudentContact: contactRowsHere, SchoolEnrollment: enrollmentsHere,
    ProgramParticipation: "lena, omar", SupportParticipation: "lena, omar, adam",
  }),
  // Who eats, and what it costs them.
  foodService: inA("finn", { Person: `${pupilsHere}, finn`, DutyAssignment: "finn", Student: pupilsHere, MealEligibility: "lena, omar, alma" }),
  secretary: inA("sid", {
    Person: `${pupilsHere}, ${contactsHere}, ${staffHere}, ${otherTimesHere}`, PersonPhone: `${openPhonesHere}, nora, pam`, PersonEmail: "maria, helen, rita",
    Household: householdsHere, HouseholdMember: membersHere, HouseholdAddress: openAddressesHere, DutyAssignment: "sid",
    Student: `${pupilsHere}, ${otherTimesHere}`, StudentContact: contactRowsHere, SchoolEnrollment: enrollmentsHere, ProgramParticipation: "lena, omar", DirectoryOptOut: "lena, omar",
  }),
  // Teachers reach students by their sections alone.
  teacher: inA("tess", { DutyAssignment: "tess" }),
  // Her child is her child: what she reads of tom and tia she reads as a parent, though tia is in her own section. Of her own section alma until today, lea from today on.
  teacherAndParent: inA("thea", {
    ...record("tom, tia"), Person: `thea, tom, ${taughtInAlg}`, Student: `tom, ${taughtInAlg}`, StudentContact: "tom<thea, tia<thea", SchoolEnrollment: "tom@A1, omar@A1, dina@A1, tia@A1, alma@A1, lea@A1",
  }),
  teacherOfHerChild: inA("ben", taught("ben", "lena, tom, dina", "lena@A1, lena@A2 former, lena@A3 half-day, tom@A1, dina@A1")),
  coTeacher: inA("cora", taught("cora", taughtInAlg, "omar@A1, dina@A1, tia@A1, alma@A1, lea@A1")),
  aide: inA("abe"),
  teacherThere: inA("gus", taught("gus", "leo", "leo@A2")),
  teacherUntilTheLag: inA("fern"),
  teacherBeforeTheLead: inA("nell"),
  // A principal at A3, and at A2 the teacher of leo.
  principalWhoTeaches: inA("prue", {
    Person: "prue, nils, fia, lena, nora, maria, oma, lou, leo", PersonDemographics: "nils, fia, lena", PersonPhone: "maria, lena, nora", PersonEmail: "maria",
    Household: "H-maria, H-nora", HouseholdMember: "H-maria/maria, H-maria/lena, H-maria/leo, H-nora/nora, H-nora/nils", HouseholdAddress: "maria home, nora home", DutyAssignment: "prue", AccountInvitation: "maria",
    Student: "nils, fia, lena, leo", StudentIdentifiers: "nils, fia, lena", StudentContact: "lena<maria, lena<oma, lena<lou, nils<nora", CourtOrder: "lena!maria",
    SchoolEnrollment: "nils@A3, fia@A3, fia@A1 future, lena@A1, lena@A2 former, lena@A3 half-day, leo@A2",
    ProgramParticipation: "nils, fia, lena", SupportParticipation: "nils, lena", DirectoryOptOut: "nils, lena",
  }),
  // Whom she meets today, by name.
  substituteToday: inA("subira", { Person: "subira, lena, tom, dina", Student: "lena, tom, dina" }),
  substituteOutOfPool: inA("sol"),
  // The caseload alone: no address and no number of the family, no order.
  caseloadCounselor: inA("cleo", {
    Person: "cleo, leo", PersonDemographics: "leo", Student: "leo", StudentContact: "leo<maria, leo<pat, leo<eve, leo<uli", SchoolEnrollment: "leo@A2", ProgramParticipation: "leo",
  }),
  caseloadManager: inA("cass", {
    Person: "cass, nils", PersonDemographics: "nils", Student: "nils", StudentContact: "nils<nora", SchoolEnrollment: "nils@A3", ProgramParticipation: "nils", SupportParticipation: "nils",
  }),
  // A counselor at A1; of her child at A2 what a parent reads, and nothing of the other children there.
  counselorAndParent: inA("cyra", {
    ...officeHere, Person: `${officeHere.Person}, kit`, PersonDemographics: `${pupilsHere}, kit`, PersonPhone: openPhonesHere, PersonEmail: "maria, helen", HouseholdAddress: openAddressesHere, DutyAssignment: "cyra",
    Student: `${officeHere.Student}, kit`, StudentIdentifiers: `${pupilsHere}, kit`, StudentContact: `${contactRowsHere}, kit<cyra`, SchoolEnrollment: `${enrollmentsHere}, kit@A2`, SupportParticipation: "lena, omar, adam",
  }),
  clerkHere: inA("aki", clerk(pupilsHere, `${contactsHere}, ${staffHere}`, {
    PersonPhone: openPhonesHere, PersonEmail: "maria, helen", Household: householdsHere, HouseholdMember: membersHere, HouseholdAddress: openAddressesHere, DutyAssignment: "aki",
    StudentContact: contactRowsHere, SchoolEnrollment: enrollmentsHere,
  })),
  clerkThere: inA("ari", clerk(pupilsThere, "maria, pat, uli, nadia, karim, fay, cyra, ron, paul, ari", {
    PersonPhone: "maria, karim, fred", PersonEmail: "maria", Household: householdsThere, HouseholdMember: membersThere, HouseholdAddress: "maria home, karim home, fay home", DutyAssignment: "ari",
    StudentContact: contactRowsThere, SchoolEnrollment: "leo@A2, samir@A2, fred@A2, fred@A1 former, kit@A2, lena@A2 former",
  })),
  principalUntilYesterday: inA("pete", { DutyAssignment: "pete" }),
  staffWithoutDuty: inA("stan"),
  // A role alone reaches nothing; a relation alone permits nothing.
  rolesWithoutDuty: inA("ray"),
  dutyWithoutRole: inA("dot", { DutyAssignment: "dot" }),
  districtRegistrar: inA("dora", {
    Person: everyPerson, PersonDemographics: `${everyPupil}, maria, nora`, PersonPhone: `${phonesHere}, fred, gina`, PersonEmail: "maria, helen, rita, ron, dina",
    Household: "*", HouseholdMember: "*", HouseholdAddress: "*", DutyAssignment: `${dutiesHere}, ron, paul, ari, prue, dora`,
    Student: everyPupil, StudentIdentifiers: everyPupil, StudentContact: everyContactRow, CourtOrder: "*", SchoolEnrollment: everyEnrollment,
    ProgramParticipation: "*", DirectoryOptOut: "*", MajorityArrangement: "*", ExternalIdentifier: "lena", AccountInvitation: "*", UnlinkedSignIn: "*",
  }),
  // Leads, and reads across the schools: not orders, numbers, addresses, support and meals.
  superintendent: inA("sue", {
    Person: everyPerson, PersonDemographics: `${everyPupil}, maria, nora`, DutyAssignment: everyDuty, Student: everyPupil, StudentContact: everyContactRow,
    SchoolEnrollment: everyEnrollment, ProgramParticipation: "*", Account: "*", Delegation: "*", AccountInvitation: "*",
  }),
  // Reads no student's record: what it takes to keep accounts and connections.
  admin: inA("ada", { Person: everyPerson, DutyAssignment: everyDuty, Account: "*", Delegation: "*", AccountInvitation: "*", UnlinkedSignIn: "*", ExternalIdentifier: "lena" }),
  auditor: inA("audrey", { DutyAssignment: everyDuty, Account: "*", Delegation: "*", AccountInvitation: "*", UnlinkedSignIn: "*", AuditEntry: "*", StoredFile: "*" }),
  // Figures over groups only, and those not by reading rows.
  dataAnalyst: inA("dan", { DutyAssignment: "dan" }),
  humanResources: inA("hana", { Person: everyPerson, DutyAssignment: everyDuty }),
  // What the systems of parties reach is told with the agreements.
  systemOfTutors: {}, systemByConsent: {}, systemUntilYesterday: {}, systemFromTomorrow: {}, systemForGrades: {}, systemWithoutAgreement: {}, systemWithEveryRole: {}, systemElsewhere: {},
  unlinked: {},
  anonymous: {},

  parentElsewhere: inB("b-brad", {
    ...record("b-bea"), Person: "b-brad, b-bea", PersonPhone: "b-brad", PersonEmail: "b-brad", Household: "b-H", HouseholdMember: "b-H/b-brad, b-H/b-bea", HouseholdAddress: "b-home",
    StudentContact: "b-bea<b-brad", SchoolEnrollment: "b-bea@b-B1", ProgramParticipation: "b-bea", SupportParticipation: "b-bea", MealEligibility: "b-bea",
    DirectoryOptOut: "b-bea", MajorityArrangement: "b-bea",
  }),
  superintendentElsewhere: inB("b-sven", {
    Person: "*", PersonDemographics: "b-bea", DutyAssignment: "*", Student: "b-bea", StudentContact: "b-bea<b-brad", SchoolEnrollment: "b-bea@b-B1", ProgramParticipation: "b-bea", Account: "*", Delegation: "*", AccountInvitation: "*",
  }),
  registrarElsewhere: inB("b-rob", {
    Person: "*", PersonDemographics: "b-bea", PersonPhone: "b-brad", PersonEmail: "b-brad", Household: "b-H", HouseholdMember: "*", HouseholdAddress: "b-home", DutyAssignment: "b-rob",
    Student: "b-bea", StudentIdentifiers: "b-bea", StudentContact: "b-bea<b-brad", CourtOrder: "b-bea!b-sven", SchoolEnrollment: "b-bea@b-B1",
    ProgramParticipation: "b-bea", DirectoryOptOut: "b-bea", MajorityArrangement: "b-bea", AccountInvitation: "b-brad", UnlinkedSignIn: "*",
  }),
};
