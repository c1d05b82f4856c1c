import { createHash } from "node:crypto";

/** Names of the database roles of one installation. Several installations share a cluster by their prefix. */
export function roleNames(prefix: string) {
  return {
    /** Owns every table; migrations run as it. Has an allow-all policy, since row security is forced on owners too. */
    owner: `${prefix}_owner`,
    /** The only login of serving processes. Reads nothing by itself. */
    app: `${prefix}_app`,
    /** Owns the relation functions; reads the tables that relations rest on, within the district. */
    reader: `${prefix}_reader`,
    /** Keeps the queues of jobs, and reads nothing else. */
    jobs: `${prefix}_jobs`,
    mixed: (domain: string) => `${prefix}_${domain}_mixed`,
    /** Reads the same rows as mixed by the same rules, asked of each row: for statements whose own filter leaves a few. */
    point: (domain: string) => `${prefix}_${domain}_point`,
    wide: (domain: string) => `${prefix}_${domain}_wide`,
    elevated: (domain: string) => `${prefix}_${domain}_elevated`,
  };
}
export type RoleNames = ReturnType<typeof roleNames>;

/** The roles that the application's login may act as in a domain. */
export function actingRoles(roles: RoleNames, domain: string): string[] {
  return [roles.mixed(domain), roles.point(domain), roles.wide(domain), roles.elevated(domain)];
}

export function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Eight hexadecimal digits that change when the text does. */
export function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}

/** `name` cut so that `_<hash>` fits into PostgreSQL's 63 bytes. */
export function hashedName(name: string, definition: string): string {
  return `${name.slice(0, 54)}_${shortHash(definition)}`;
}
