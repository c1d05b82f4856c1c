import { parseArgs } from "node:util";
import { readProcessConfig, type Config } from "#foundation/config/config";
import { installedDistricts } from "../../rostering/districts.ts";
import { UsageError, type CommandIo } from "../command.ts";
import { withInstallation } from "../open-installation.ts";
import { KeycloakRefused, KeycloakUsers } from "../users/keycloak-users.ts";
import { syncUsers, type SyncOutcome } from "../users/sync-users.ts";

export const name = "users";
export const summary = "make users in Keycloak from staff, students and contacts";
export const usage = `osss users sync [--district CODE] [--dry-run]

Makes a user in Keycloak for everybody who works for the district, each student, and each confirmed contact with portal access; brings names,
e-mail addresses and groups after the records; links each new user to its person; and disables, never deletes, the users of those who left.
Users that somebody made by hand are left alone. Running it again changes nothing.

New users have no password: Keycloak's console sends them a link, or sets a first one. Roles of duties (registrar, nurse ...) are given by
Keycloak's administrator alone; the command lists whose are missing.

  --district CODE   the district; needed when there are several
  --dry-run         tell what would be done, and do nothing

Needs OIDC_ISSUER (a realm of Keycloak) and OIDC_USERS_SECRET (of its client osss-users).
Exit codes: 0 done, 1 refused or partly failed, 2 wrong words.`;

export const run = (args: string[], io: CommandIo): Promise<number> => users(args, io, readProcessConfig());

/** The command over a given configuration and clock. Throws UsageError for wrong words. */
export async function users(args: string[], io: Pick<CommandIo, "print" | "report">, config: Config, clock: () => Date = () => new Date()): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { district: { type: "string" }, "dry-run": { type: "boolean" } } });
  if (positionals[0] !== "sync" || positionals.length > 1) throw new UsageError("Say what to do with the users, such as: osss users sync --dry-run");
  const { issuer, usersSecret } = config.oidc;
  if (issuer === null || usersSecret === null) {
    io.report(`${issuer === null ? "OIDC_ISSUER" : "OIDC_USERS_SECRET"} is not set. Users are made in a Keycloak of the district; the embedded identity provider has the demo's alone.`);
    return 1;
  }
  const dryRun = values["dry-run"] ?? false;
  return withInstallation(config, io, "osss users", async ({ database, orchestration }) => {
    const districts = await installedDistricts(database);
    const chosen = values.district === undefined && districts.length === 1 ? districts[0] : districts.find(({ code }) => code === values.district);
    if (!chosen) {
      io.report(`Say with --district CODE which district is meant. Known: ${districts.map(({ code, name: title }) => `${code} (${title})`).join(", ") || "none"}.`);
      return 1;
    }
    try {
      const outcome = await syncUsers(orchestration, new KeycloakUsers(issuer, usersSecret), { districtId: chosen.id, issuer, dryRun, progress: (line) => io.report(`  ${line}`) });
      for (const line of describe(outcome, dryRun)) io.print(line);
      return outcome.failed.length > 0 ? 1 : 0;
    } catch (error) {
      if (!(error instanceof KeycloakRefused)) throw error;
      io.report(error.message);
      return 1;
    }
  }, clock);
}

function describe({ plan, linked, missingRoles, failed }: SyncOutcome, dryRun: boolean): string[] {
  const would = dryRun ? "would be " : "";
  const listed = (title: string, lines: readonly string[]) => (lines.length > 0 ? [`${title}:`, ...lines.map((line) => `  ${line}`)] : []);
  return [
    `${plan.create.length} users ${would}made, ${plan.change.length} ${would}changed, ${plan.disable.length} ${would}disabled; ${plan.unchanged} are as they should be, ${plan.byHand} were made by hand.`,
    ...(dryRun ? ["Nothing was changed."] : [`${linked} linked to their persons.`]),
    ...(dryRun ? listed("New", plan.create.map((user) => `${user.username} (${user.firstName} ${user.lastName}): ${user.groups.join(", ")}`)) : []),
    ...listed("Changed", plan.change.map(({ user, what }) => `${user.username}: ${what.join(", ")}`)),
    ...listed("Disabled", plan.disable.map((user) => `${user.username} (${user.firstName} ${user.lastName})`)),
    ...listed("Left out", plan.leftOut),
    ...listed("Duties whose role the user does not have; Keycloak's administrator gives it", missingRoles),
    ...listed("Refused by Keycloak", failed),
  ];
}
