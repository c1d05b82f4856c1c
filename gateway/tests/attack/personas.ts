import { Role } from "#foundation/identity/role";

/** Who attacks: the roles of the token, and whose account it is linked to. */
export interface Persona {
  readonly roles: readonly Role[];
  /** The person behind the account; null for a token that no account is linked to, or for no token at all. */
  readonly person: string | null;
  /** The party whose system's account it is, instead of a person's. */
  readonly system?: string;
  readonly district: "A" | "B";
}

const parent = (person: string): Persona => ({ roles: [Role.Parent], person, district: "A" });
const student = (person: string): Persona => ({ roles: [Role.Student], person, district: "A" });
const staff = (person: string, ...roles: Role[]): Persona => ({ roles: [Role.Staff, ...roles], person, district: "A" });

const system = (name: string): Persona => ({ roles: [Role.Integration], person: null, system: name, district: "A" });

/** Every persona by what it stands for. */
export const personas = {
  parentOfTwo: parent("maria"),
  pickUpOnly: parent("oma"),
  parentWithoutPortal: parent("lou"),
  proposedContact: parent("pat"),
  pastContact: parent("eve"),
  futureContact: parent("uli"),
  parentUnderOrder: parent("karim"),
  motherOfBrothers: parent("nadia"),
  confidentialContact: parent("zoe"),
  motherLivingApart: parent("helen"),
  fatherLivingApart: parent("frank"),
  parentOfTwins: parent("petra"),
  parentOfAdults: parent("lars"),
  parentOfFormer: parent("fay"),
  student: student("lena"),
  studentOfOrder: student("omar"),
  studentLivingApart: student("dina"),
  almostAdult: student("adam"),
  adultStudent: student("lea"),
  formerStudent: student("gina"),
  registrarHere: staff("rita", Role.Registrar),
  principalHere: staff("pam", Role.Principal),
  registrarThere: staff("ron", Role.Registrar),
  principalThere: staff("paul", Role.Principal),
  nurseAndParent: staff("nora", Role.Nurse, Role.Parent),
  counselor: staff("carl", Role.Counselor),
  caseManager: staff("cam", Role.CaseManager),
  foodService: staff("finn", Role.FoodService),
  secretary: staff("sid", Role.SchoolSecretary),
  teacher: staff("tess", Role.Teacher),
  teacherAndParent: staff("thea", Role.Teacher, Role.Parent),
  teacherOfHerChild: staff("ben", Role.Teacher),
  coTeacher: staff("cora", Role.Teacher),
  /** Listed as an aide of the section, without the role of a teacher. */
  aide: staff("abe"),
  teacherThere: staff("gus", Role.Teacher),
  teacherUntilTheLag: staff("fern", Role.Teacher),
  teacherBeforeTheLead: staff("nell", Role.Teacher),
  principalWhoTeaches: staff("prue", Role.Principal, Role.Teacher),
  substituteToday: staff("subira", Role.Substitute),
  substituteOutOfPool: staff("sol", Role.Substitute),
  caseloadCounselor: staff("cleo", Role.Counselor),
  caseloadManager: staff("cass", Role.CaseManager),
  counselorAndParent: staff("cyra", Role.Counselor, Role.Parent),
  clerkHere: staff("aki", Role.AttendanceClerk),
  clerkThere: staff("ari", Role.AttendanceClerk),
  principalUntilYesterday: staff("pete", Role.Principal),
  staffWithoutDuty: staff("stan"),
  /** Every duty that reaches students, in the token alone. */
  rolesWithoutDuty: staff("ray", Role.Registrar, Role.Principal, Role.AssistantPrincipal, Role.SchoolSecretary, Role.Counselor, Role.CaseManager, Role.Nurse, Role.AttendanceClerk, Role.Teacher, Role.Substitute, Role.FoodService, Role.Superintendent, Role.Admin, Role.HumanResources, Role.Auditor),
  dutyWithoutRole: staff("dot"),
  districtRegistrar: staff("dora", Role.Registrar),
  superintendent: staff("sue", Role.Superintendent),
  admin: staff("ada", Role.Admin),
  auditor: staff("audrey", Role.Auditor),
  dataAnalyst: staff("dan", Role.DataAnalyst),
  humanResources: staff("hana", Role.HumanResources),
  /** Signed in as a school official of A1, for rosters and identifiers. */
  systemOfTutors: system("lms"),
  /** For every student whose parents consented. */
  systemByConsent: system("tutor"),
  systemUntilYesterday: system("former"),
  systemFromTomorrow: system("coming"),
  systemForGrades: system("grades"),
  systemWithoutAgreement: system("stray"),
  /** Linked to a system, with every role in the token. */
  systemWithEveryRole: { roles: Object.values(Role), person: null, system: "former", district: "A" },
  systemElsewhere: { roles: [Role.Integration], person: null, system: "b-lms", district: "B" },
  unlinked: { roles: Object.values(Role), person: null, district: "A" },
  anonymous: { roles: [], person: null, district: "A" },
  parentElsewhere: { roles: [Role.Parent], person: "b-brad", district: "B" },
  superintendentElsewhere: { roles: [Role.Staff, Role.Superintendent], person: "b-sven", district: "B" },
  registrarElsewhere: { roles: [Role.Staff, Role.Registrar], person: "b-rob", district: "B" },
} as const satisfies Record<string, Persona>;

export type PersonaName = keyof typeof personas;
export const personaNames = Object.keys(personas) as PersonaName[];
