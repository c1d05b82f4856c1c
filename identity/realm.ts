import { z } from "zod";
import realmExport from "./realm-osss.json" with { type: "json" };
import demoUserExport from "./demo-users.json" with { type: "json" };

const realmUser = z.object({
  id: z.uuid(),
  username: z.string().min(1),
  enabled: z.boolean(),
  email: z.email(),
  emailVerified: z.boolean(),
  firstName: z.string(),
  lastName: z.string(),
  attributes: z.object({ demoNote: z.tuple([z.string()]).optional() }).default({}),
  credentials: z.array(z.object({ type: z.literal("password"), value: z.string() })),
  realmRoles: z.array(z.string()),
});

const realmClient = z.object({
  clientId: z.string().min(1),
  name: z.string(),
  enabled: z.boolean(),
  publicClient: z.boolean(),
  bearerOnly: z.boolean(),
  standardFlowEnabled: z.boolean(),
  redirectUris: z.array(z.string()).default([]),
  webOrigins: z.array(z.string()).default([]),
});

const realmShape = z.object({
  realm: z.string().min(1),
  displayName: z.string(),
  accessTokenLifespan: z.int().positive(),
  accessCodeLifespan: z.int().positive(),
  accessCodeLifespanLogin: z.int().positive(),
  ssoSessionIdleTimeout: z.int().positive(),
  ssoSessionMaxLifespan: z.int().positive(),
  roles: z.object({ realm: z.array(z.object({ name: z.string(), description: z.string() })) }),
  clients: z.array(realmClient),
  // Service accounts belong to clients that the embedded provider does not serve.
  users: z.array(z.looseObject({ serviceAccountClientId: z.string().optional() })).default([]).transform((users) => users.filter((user) => user.serviceAccountClientId === undefined)).pipe(z.array(realmUser)),
});

/** The part of a Keycloak realm that the embedded provider serves. Spans are in seconds. */
export type Realm = z.infer<typeof realmShape>;
export type RealmUser = z.infer<typeof realmUser>;
export type RealmClient = z.infer<typeof realmClient>;

/**
 * Reads a Keycloak realm export and, apart from it, a users file (Keycloak's `{ realm, users }` form, or a partial import).
 * Throws a ZodError when one is not of that form, and an Error when a user holds a role that the realm does not have,
 * when two users share an id or a name, or when the users belong to another realm.
 */
export function readRealm(realmFile: unknown, usersFile?: unknown): Realm {
  const realm = realmShape.parse(realmFile);
  const extra = usersFile === undefined ? null : z.object({ realm: z.string(), users: z.array(realmUser) }).parse(usersFile);
  if (extra && extra.realm !== realm.realm) {
    throw new Error(`The users file is for the realm ${extra.realm}, the realm file for ${realm.realm}. Give two files of one realm.`);
  }
  const users = [...realm.users, ...(extra?.users ?? [])];
  const roles = new Set(realm.roles.realm.map((role) => role.name));
  const seen = new Set<string>();
  for (const user of users) {
    const unknown = user.realmRoles.find((role) => !roles.has(role));
    if (unknown) throw new Error(`The user ${user.username} holds the role ${unknown}, which the realm does not define.`);
    for (const key of [user.id, user.username]) {
      if (seen.has(key)) throw new Error(`Two users of the realm share ${key}. Ids and usernames must be unique.`);
      seen.add(key);
    }
  }
  return { ...realm, users };
}

/**
 * The realm of the demonstration: realm-osss.json with the users of demo-users.json.
 *
 * The users stand in a file of their own so that a district that imports the realm into its Keycloak gets the roles and
 * clients, and no accounts whose password everyone knows.
 */
export const demoRealm: Realm = readRealm(realmExport, demoUserExport);

export function userById(realm: Realm, id: string): RealmUser | undefined {
  return realm.users.find((user) => user.id === id && user.enabled);
}

/** Finds an enabled user by username or e-mail address, in any case, as Keycloak does. */
export function userByName(realm: Realm, name: string): RealmUser | undefined {
  const wanted = name.trim().toLowerCase();
  return realm.users.find((user) => user.enabled && (user.username === wanted || user.email === wanted));
}
