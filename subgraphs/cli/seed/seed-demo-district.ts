import { runAcrossDomains, type Orchestration } from "#foundation/crud/across-domains";
import { demoRealm } from "../../../identity/realm.ts";
import { linkIn } from "./link-demo-accounts.ts";
import { platform } from "../../rostering/domains.ts";
import { Chance } from "./chance.ts";
import { localDay } from "./days.ts";
import type { Draft } from "./draft.ts";
import { FamilyPlanner } from "./families.ts";
import { PersonPlanner } from "./persons.ts";
import { districtCode, districtName, planSchools } from "./schools.ts";
import { planStaff } from "./staff.ts";
import { planStories, storyStudents } from "./stories.ts";

export interface SeedOptions {
  /** How many students; at least as many as the stories need. */
  students: number;
  /** Equal numbers give equal districts, ids included. */
  seed: number;
  /** The local day that the demo is as of, `YYYY-MM-DD`. */
  today: string;
  /** IANA name of the district's time zone. */
  timeZone: string;
  /** Links the demo users in the same transaction; left out, they are linked later by `linkDemoAccounts`. */
  issuer?: string;
}

export interface SeededDistrict {
  districtId: string;
  /** The persons of the demo users, by user name. */
  persons: Readonly<Record<string, string>>;
}

/** What an ordinary demo is made of; `today` is the day on which it is made. */
export const usualSeed = (now: Date): SeedOptions => ({ students: 300, seed: 1, today: localDay(now, "America/Los_Angeles"), timeZone: "America/Los_Angeles" });

/** The id that these arguments give the district. */
export function demoDistrictId(options: SeedOptions): string {
  return chanceFor(options).id();
}

const chanceFor = ({ seed, today }: SeedOptions) => new Chance(seed, Date.parse(`${today}T00:00:00Z`));

/**
 * Writes the demo district in one transaction: three schools, two years of calendars, staff, families. Equal arguments give equal rows,
 * ids included. @throws OsssError CONFLICT when a district of these arguments is there already.
 */
export async function seedDemoDistrict(orchestration: Orchestration, options: SeedOptions): Promise<SeededDistrict> {
  if (options.students < storyStudents) throw new RangeError(`The demo district needs at least ${storyStudents} students.`);
  const chance = chanceFor(options);
  const districtId = chance.id();
  const draft: Draft = { chance, today: options.today, schools: [], people: [], students: [] };
  const persons = planDistrict(draft, options.students);
  await runAcrossDomains(orchestration, { operation: "seed", districtId, reason: "Demo district" }, async (across) => {
    await across.in("platform", async (s) => platform.addDistrict(s, { name: districtName, code: districtCode, stateId: "4199001", timeZone: options.timeZone }, districtId));
    for (const domain of ["schools", "people", "students"] as const) {
      await across.in(domain, async (session) => {
        for (const write of draft[domain]) write(session);
      });
    }
    const { issuer } = options;
    if (issuer !== undefined) await across.in("platform", (session) => linkIn(session, { issuer, users: demoRealm.users, persons }));
  });
  return { districtId, persons };
}

function planDistrict(draft: Draft, students: number): Record<string, string> {
  const { users } = demoRealm;
  const schools = planSchools(draft);
  const persons = new PersonPlanner(draft);
  const staff = planStaff(draft, schools, persons, users, students);
  const families = new FamilyPlanner(draft, schools, persons);
  const named = (username: string) => users.find((user) => user.username === username)!;
  const relatives = planStories(families, staff.get("nurse-parent")!, named);
  while (families.learners.count < students) families.family(students - families.learners.count);
  return Object.fromEntries([...staff, ...relatives].map(([username, person]) => [username, person.id]));
}
