import { runAcrossDomains, type Orchestration } from "#foundation/crud/across-domains";
import type { WriteSession } from "#foundation/crud/write";
import { platform } from "../../rostering/domains.ts";
import { KeycloakRefused, type KeycloakUsers } from "./keycloak-users.ts";
import { missingRoles, planUsers, type UserPlan } from "./plan-users.ts";

export interface SyncOptions {
  readonly districtId: string;
  readonly issuer: string;
  readonly dryRun: boolean;
  readonly progress: (line: string) => void;
}

export interface SyncOutcome {
  readonly plan: UserPlan;
  /** How many accounts were linked to their persons, those of earlier runs that were cut short included. */
  readonly linked: number;
  /** People whose duties need roles that only Keycloak's administrator gives. */
  readonly missingRoles: readonly string[];
  /** What Keycloak refused, one sentence each. */
  readonly failed: readonly string[];
}

/** Makes, changes and disables users after the records of today, and links those it made. Running it again changes nothing. */
export async function syncUsers(orchestration: Orchestration, keycloak: KeycloakUsers, options: SyncOptions): Promise<SyncOutcome> {
  const { districtId, issuer } = options;
  const inPlatform = async <T>(work: (session: WriteSession) => Promise<T>): Promise<T> =>
    (await runAcrossDomains(orchestration, { operation: "users sync", districtId, dryRun: options.dryRun }, (across) => across.in("platform", work))).result;
  const { expected, accounts } = await inPlatform(async (session) => ({
    expected: await platform.expectedUsers(session),
    accounts: (await platform.accountsOfIssuer(session, issuer)).map(({ subject, personId, archivedAt }) => ({ subject, personId, archived: archivedAt !== null })),
  }));
  const duties = [...new Set(expected.flatMap((one) => one.duties))].filter((duty) => !["TEACHER", "STAFF"].includes(duty)).map((duty) => duty.toLowerCase().replaceAll("_", "-"));
  const present = await keycloak.list(duties);
  const active = new Map(accounts.flatMap(({ subject, personId, archived }) => (archived || personId === null ? [] : [[subject, personId] as const])));
  const plan = planUsers({ expected, present, linked: active });
  const missing = missingRoles(expected, present, active);
  if (options.dryRun) return { plan, linked: 0, missingRoles: missing, failed: [] };

  const failed: string[] = [];
  const attempt = async (who: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof KeycloakRefused)) throw error;
      failed.push(`${who}: ${error.message}`);
    }
  };
  const made: { id: string; personId: string; username: string }[] = [];
  for (const user of plan.create) await attempt(user.username, async () => void made.push({ id: await keycloak.create(user), personId: user.personId, username: user.username }));
  options.progress(`${made.length} users made`);
  for (const { user, to } of plan.change) await attempt(user.username, () => keycloak.change(user, to));
  for (const user of plan.disable) await attempt(user.username, () => keycloak.disable(user));
  const known = new Set(accounts.map(({ subject }) => subject));
  const persons = new Set(active.values());
  const toLink = [...made, ...present.flatMap(({ id, personId, username, enabled }) => (personId && enabled ? [{ id, personId, username }] : []))].filter(({ id, personId }) => !known.has(id) && !persons.has(personId));
  const current = new Set(expected.map((one) => one.person_id));
  const linking = toLink.filter(({ personId }) => current.has(personId));
  if (linking.length > 0) {
    await inPlatform(async (session) => {
      for (const { id, personId, username } of linking) platform.addAccount(session, { issuer, subject: id, username, personId, linkedBy: "SYNC" });
    });
  }
  return { plan, linked: linking.length, missingRoles: missing, failed };
}
