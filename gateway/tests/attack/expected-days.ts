import type { Expected } from "./expected-reads.ts";
import { personas, type PersonaName } from "./personas.ts";

/** Codes, policies and locks name no student. */
const knownInA: Expected = { AttendancePolicy: "to come", AttendanceCode: "U, E", AttendanceLock: "A2" };
const knownInB: Expected = { AttendanceCode: "b-U" };

const day = "2026-10-14";
const inSpring = "2026-04-15";
const daily = (names: string, date = day): string => names.split(" ").map((name) => `${name} ${date}`).join(", ");

// What happened to whom, and what the office knows of whom.
const omar = "omar alg 2026-10-14";
const tom = "tom bio 2026-10-14";
const tia = "tia alg 2026-10-14";
const dina = "dina bio 2026-10-14";
const adam = "adam bio 2026-08-20";
const leo = "leo geo 2026-10-13";
const gina = "gina alg-25 2026-04-15";
const lenaNow = "lena bio 2026-10-13";
const lenaThen = "lena geo-25 2026-04-15";
const lena = `${lenaNow}, ${lenaThen}`;
const officeOfLena = daily("lena", day) + ", " + daily("lena", inSpring);
const daysOfLena = officeOfLena;
const daysOfFred = daily("fred") + ", " + daily("fred", inSpring);

// The school of today reads all of its pupils' rows; a former one those that happened at it, and nothing of what came after.
const eventsHere = `${omar}, ${tia}, ${tom}, ${dina}, ${adam}, ${lena}, ${gina}`;
const eventsThere = `${leo}, ${lenaThen}`;
const entriesHere = `${officeOfLena}, ${daily("tom")}, ${daily("gina", inSpring)}`;
const entriesThere = `${daily("leo kit")}, ${daily("lena", inSpring)}`;
const daysHere = `${daily("lena omar dina adam alma lea pia tom tia")}, ${daily("lena fred gina", inSpring)}`;
const daysThere = `${daily("leo samir fred kit")}, ${daily("lena fred", inSpring)}`;
const takenHere = "alg 2026-10-14, bio 2026-10-14, bio 2026-10-13, alg-25 2026-04-15";
const takenThere = "geo 2026-10-13, geo-25 2026-04-15";
const here: Expected = { AttendanceEvent: eventsHere, OfficeEntry: entriesHere, DailyAttendance: daysHere };
const there: Expected = { AttendanceEvent: eventsThere, OfficeEntry: entriesThere, DailyAttendance: daysThere };
const officeHere: Expected = { ...here, AttendanceSubmission: takenHere, RecountRequest: "lena" };
const officeThere: Expected = { ...there, AttendanceSubmission: takenThere, RecountRequest: "leo" };
// What was noted is for those who take and correct attendance: the section's teachers and the office.
const notesHere: Expected = { AttendanceNote: eventsHere, OfficeEntryNote: entriesHere };
const notesThere: Expected = { AttendanceNote: eventsThere, OfficeEntryNote: entriesThere };
const family = (events: string, entries: string, days: string): Expected => ({ ...(events && { AttendanceEvent: events }), ...(entries && { OfficeEntry: entries }), DailyAttendance: days });

const cells: Readonly<Partial<Record<PersonaName, Expected>>> = {
  parentOfTwo: family(`${lena}, ${leo}`, `${officeOfLena}, ${daily("leo")}`, `${daysOfLena}, ${daily("leo")}`),
  parentUnderOrder: family("", "", daily("samir")),
  motherOfBrothers: family(omar, "", daily("omar samir")),
  confidentialContact: family(omar, "", daily("omar")),
  motherLivingApart: family(dina, "", daily("dina")),
  fatherLivingApart: family(dina, "", daily("dina")),
  parentOfTwins: family(adam, "", daily("adam alma")),
  parentOfAdults: family("", "", daily("pia")),
  parentOfFormer: family(gina, daily("gina", inSpring), `${daysOfFred}, ${daily("gina", inSpring)}`),
  student: family(lena, officeOfLena, daysOfLena),
  studentOfOrder: family(omar, "", daily("omar")),
  studentLivingApart: family(dina, "", daily("dina")),
  almostAdult: family(adam, "", daily("adam")),
  adultStudent: family("", "", daily("lea")),
  formerStudent: family(gina, daily("gina", inSpring), daily("gina", inSpring)),

  registrarHere: officeHere,
  principalHere: { ...officeHere, ...notesHere },
  registrarThere: officeThere,
  principalThere: { ...officeThere, ...notesThere },
  counselor: { ...here, AttendanceSubmission: takenHere },
  caseManager: here,
  // What families told the front desk, and not what teachers noted.
  secretary: { ...here, AttendanceSubmission: takenHere, OfficeEntryNote: entriesHere },
  // Of her children what a parent reads, and no note, of her own section neither. Dina is hers in alg: what happened in bio, and not what was noted there.
  teacherAndParent: { ...family(`${omar}, ${tom}, ${tia}, ${dina}`, daily("tom"), daily("tom tia omar dina alma lea")), AttendanceNote: omar, AttendanceSubmission: "alg 2026-10-14" },
  // Adam left her section long ago.
  teacherOfHerChild: { ...family(`${tom}, ${dina}, ${lena}`, `${officeOfLena}, ${daily("tom")}`, `${daysOfLena}, ${daily("tom dina")}`), AttendanceNote: `${tom}, ${dina}, ${lenaNow}`, AttendanceSubmission: "bio 2026-10-14, bio 2026-10-13" },
  coTeacher: { ...family(`${omar}, ${tia}, ${dina}`, "", daily("omar tia dina alma lea")), AttendanceNote: `${omar}, ${tia}`, AttendanceSubmission: "alg 2026-10-14" },
  // Last year's section is no longer hers, nor is Lena.
  teacherThere: { ...family(leo, daily("leo"), daily("leo")), AttendanceNote: leo, AttendanceSubmission: "geo 2026-10-13" },
  principalWhoTeaches: {
    ...family(`${lena}, ${leo}`, `${officeOfLena}, ${daily("leo")}`, `${daysOfLena}, ${daily("leo")}`),
    AttendanceNote: `${lena}, ${leo}`, OfficeEntryNote: officeOfLena, AttendanceSubmission: "geo 2026-10-13", RecountRequest: "lena",
  },
  // One section's meetings of one day: not yesterday's, and nothing of the students elsewhere.
  substituteToday: { AttendanceEvent: `${tom}, ${dina}`, AttendanceNote: `${tom}, ${dina}`, AttendanceSubmission: "bio 2026-10-14" },
  caseloadCounselor: { ...family(leo, daily("leo"), daily("leo")), AttendanceNote: leo, OfficeEntryNote: daily("leo") },
  // A counselor at A1 without a caseload; of her child at A2 what a parent reads, and not what was noted.
  counselorAndParent: { AttendanceEvent: eventsHere, OfficeEntry: `${entriesHere}, ${daily("kit")}`, DailyAttendance: `${daysHere}, ${daily("kit")}`, AttendanceSubmission: takenHere },
  clerkHere: { ...officeHere, ...notesHere },
  clerkThere: { ...officeThere, ...notesThere },
  districtRegistrar: { AttendanceEvent: "*", OfficeEntry: "*", DailyAttendance: "*", AttendanceSubmission: "*", RecountRequest: "*" },
  superintendent: { AttendanceEvent: "*", OfficeEntry: "*", DailyAttendance: "*", AttendanceSubmission: "*", RecountRequest: "*" },

  parentElsewhere: { AttendanceEvent: "b-bea b-alg 2026-10-14", OfficeEntry: "b-bea 2026-10-14", DailyAttendance: "b-bea 2026-10-14" },
  superintendentElsewhere: { AttendanceEvent: "*", OfficeEntry: "*", DailyAttendance: "*", AttendanceSubmission: "*", RecountRequest: "*" },
  registrarElsewhere: { AttendanceEvent: "*", OfficeEntry: "*", DailyAttendance: "*", AttendanceSubmission: "*", RecountRequest: "*" },
};

/** What a former system knew of a day is read by whoever reads what the office of the same school knew of it. */
function earlierDays({ OfficeEntry: entries = "" }: Expected): Expected {
  const read = entries === "*" ? "*" : [`lena ${inSpring}`, "b-bea 2026-10-14"].filter((name) => entries.split(", ").includes(name)).join();
  return read === "" ? {} : { EarlierDay: read };
}

/** Of a school's day: its own offices, and the district's. */
const schoolDays: Readonly<Partial<Record<PersonaName, string>>> = {
  registrarThere: "A2 2026-04-15", principalThere: "A2 2026-04-15", clerkThere: "A2 2026-04-15",
  districtRegistrar: "*", superintendent: "*", superintendentElsewhere: "*", registrarElsewhere: "*",
};

/** Attendance, for one persona. */
export function expectedDays(name: PersonaName): Expected {
  const { person, district } = personas[name];
  return { ...(person === null ? {} : district === "A" ? knownInA : knownInB), ...cells[name], ...earlierDays(cells[name] ?? {}), ...(name in schoolDays ? { EarlierSchoolDay: schoolDays[name] } : {}) };
}
