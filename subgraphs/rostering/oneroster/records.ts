import type { FileName, RosterVersion } from "./columns.ts";
import { quoted, type DeviationLog } from "./deviation.ts";
import type { Row } from "./read-rows.ts";
import { unknownYear } from "./sessions.ts";
import type { RosterRecord, RosterRecords, RosterUser, RosterUserRole } from "./roster-model.ts";

type VersionedRow<F extends FileName> = Row<RosterVersion, F>;
type Keepers = { [F in FileName]?: (row: VersionedRow<F>) => void };

/**
 * Turns rows of either version into records of the one model. Files are to be given in the order of
 * `fileNames`, so that users stand before their roles. Of resources, scales and learning objectives the importer keeps the rows as they
 * are written.
 */
export class RecordKeeper {
  readonly records: RosterRecords = { organizations: [], sessions: [], users: [], detachedRoles: [], demographics: [], courses: [], classes: [], enrollments: [], categories: [], lineItems: [], results: [] };
  readonly #users = new Map<string, RosterUser>();
  readonly #profileOwners = new Map<string, string>();
  readonly #log: DeviationLog;
  readonly #plainIds: boolean;

  constructor(version: RosterVersion, log: DeviationLog) {
    this.#log = log;
    this.#plainIds = version === "1.0";
  }

  /** Keeps one row, if its file belongs to the model. */
  keep<F extends FileName>(file: F, row: VersionedRow<F>): void {
    const keep: Keepers[F] = this.#keepers[file];
    keep?.(row);
  }

  readonly #keepers: Keepers = {
    orgs: (row) => {
      this.records.organizations.push({ ...recordOf(row), ...row.cells });
    },
    academicSessions: (row) => {
      const { title, type, startDate, endDate, parentSourcedId, schoolYear } = row.cells;
      this.records.sessions.push({
        ...recordOf(row), title, type, begin: startDate, end: endDate, parentSourcedId, schoolYear: schoolYear ?? unknownYear,
        yearSourcedId: null, outsideYear: false, written: { endDate, schoolYear },
      });
    },
    courses: (row) => {
      this.records.courses.push({ ...recordOf(row), ...row.cells });
    },
    classes: (row) => {
      this.records.classes.push({ ...recordOf(row), ...row.cells });
    },
    users: (row) => {
      const user = this.#userOf(row);
      this.#users.set(user.sourcedId, user);
      this.records.users.push(user);
    },
    enrollments: (row) => {
      const { beginDate, endDate, ...cells } = row.cells;
      this.records.enrollments.push({ ...recordOf(row), ...cells, begin: beginDate, end: endDate });
    },
    demographics: (row) => {
      this.records.demographics.push({ ...recordOf(row), ...row.cells });
    },
    categories: (row) => {
      this.records.categories.push({ ...recordOf(row), title: row.cells.title, weight: "weight" in row.cells ? row.cells.weight : null });
    },
    lineItems: (row) => {
      const { cells } = row;
      const { title, description, assignDate, dueDate, classSourcedId, categorySourcedId, resultValueMin, resultValueMax } = cells;
      const sessionSourcedId = "gradingPeriodSourcedId" in cells ? cells.gradingPeriodSourcedId : cells.academicSessionSourcedId;
      this.records.lineItems.push({ ...recordOf(row), title, description, assignDate, dueDate, classSourcedId, categorySourcedId, sessionSourcedId, resultValueMin, resultValueMax });
    },
    results: (row) => {
      const { cells } = row;
      const { lineItemSourcedId, studentSourcedId, scoreStatus, score, scoreDate, comment } = cells;
      const flags = "late" in cells ? { late: cells.late, missing: cells.missing, textScore: cells.textScore, classSourcedId: cells.classSourcedId } : { late: null, missing: null, textScore: null, classSourcedId: null };
      this.records.results.push({ ...recordOf(row), lineItemSourcedId, studentSourcedId, scoreStatus, score, scoreDate, comment, ...flags });
    },
    userProfiles: (row) => {
      this.#profileOwners.set(row.sourcedId, row.cells.userSourcedId);
    },
    roles: (row) => {
      const { userSourcedId, role, roleType, orgSourcedId, beginDate, endDate, userProfileSourcedId } = row.cells;
      const owner = userProfileSourcedId === null ? undefined : this.#profileOwners.get(userProfileSourcedId);
      if (owner !== undefined && owner !== userSourcedId) {
        this.#log.add("profile-of-another-user", { file: "roles.csv", row: row.line, column: "userProfileSourcedId" }, "The role names a profile that belongs to another user. The profile is passed over.");
      }
      const held: RosterUserRole = { role, orgSourcedId, primary: roleType === "primary", begin: beginDate, end: endDate, sourcedId: row.sourcedId };
      const user = this.#users.get(userSourcedId);
      if (user !== undefined && row.status === "active") user.roles.push(held);
      else this.records.detachedRoles.push({ ...recordOf(row), ...held, userSourcedId, sourcedId: row.sourcedId });
    },
  };

  #userOf(row: VersionedRow<"users">): RosterUser {
    const { cells } = row;
    const older = "orgSourcedIds" in cells;
    return {
      ...recordOf(row),
      enabled: cells.enabledUser ?? true,
      username: cells.username,
      givenName: cells.givenName,
      middleName: cells.middleName,
      familyName: cells.familyName,
      preferredGivenName: older ? null : cells.preferredGivenName,
      preferredMiddleName: older ? null : cells.preferredMiddleName,
      preferredFamilyName: older ? null : cells.preferredFamilyName,
      pronouns: older ? null : cells.pronouns,
      identifier: cells.identifier,
      userMasterIdentifier: older ? null : cells.userMasterIdentifier,
      userIds: cells.userIds.map((item) => this.#userId(item, row.line)),
      email: cells.email,
      phone: cells.phone,
      sms: cells.sms,
      agentSourcedIds: cells.agentSourcedIds,
      grades: cells.grades,
      primaryOrgSourcedId: older ? (cells.orgSourcedIds[0] ?? null) : cells.primaryOrgSourcedId,
      roles: older ? cells.orgSourcedIds.map((orgSourcedId, index) => ({ role: cells.role, orgSourcedId, primary: index === 0, begin: null, end: null, sourcedId: null })) : [],
    };
  }

  #userId(item: string, line: number): { type: string | null; id: string } {
    const parts = /^\{([^:{}]+):([^{}]+)\}$/.exec(item);
    if (parts?.[1] !== undefined && parts[2] !== undefined) return { type: parts[1].trim(), id: parts[2].trim() };
    // In 1.0 it is one plain id.
    if (!this.#plainIds) this.#log.add("user-id-malformed", { file: "users.csv", row: line, column: "userIds" }, `${quoted(item)} is not written {Type:Id}. It is kept as an id without a type.`);
    return { type: null, id: item };
  }
}

function recordOf<F extends FileName>({ sourcedId, line, status, dateLastModified, metadata }: VersionedRow<F>): RosterRecord {
  return { sourcedId, row: line, status, dateLastModified, metadata };
}
