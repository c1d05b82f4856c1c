import { z } from "zod";
import { personAttribute, type Group, type PresentUser, type WantedUser } from "./plan-users.ts";

const userShape = z.object({
  id: z.string(),
  username: z.string(),
  email: z.string().optional(),
  firstName: z.string().default(""),
  lastName: z.string().default(""),
  enabled: z.boolean(),
  attributes: z.record(z.string(), z.array(z.string())).default({}),
});
const portals: readonly Group[] = ["staff", "teachers", "families", "students"];
const page = 200;

/** Keycloak said no, or could not be reached. The message says what to do. */
export class KeycloakRefused extends Error {
  override readonly name = "KeycloakRefused";
}

/** The realm's users by Keycloak's admin REST API, as the client `osss-users`. */
export class KeycloakUsers {
  #token: { text: string; until: number } | null = null;
  #groups: Map<Group, string> | null = null;
  readonly #admin: string;

  /** @param issuer the realm's address, as in its tokens. */
  constructor(
    private readonly issuer: string,
    private readonly secret: string,
  ) {
    this.#admin = issuer.replace(/\/realms\/([^/]+)\/?$/, "/admin/realms/$1");
    if (this.#admin === issuer) throw new KeycloakRefused(`OIDC_ISSUER is ${issuer}, which is no realm of Keycloak: users are made in Keycloak alone.`);
  }

  /** Every user but service accounts, with their groups and the roles of duties that they have. */
  async list(duties: readonly string[]): Promise<PresentUser[]> {
    const users = (await this.#pages(`/users?briefRepresentation=false`)).map((user) => userShape.parse(user)).filter((user) => !user.username.startsWith("service-account-"));
    const groups = new Map<string, Group[]>();
    for (const [group, id] of await this.#groupIds()) {
      for (const { id: user } of await this.#pages(`/groups/${id}/members?briefRepresentation=true`)) groups.set(String(user), [...(groups.get(String(user)) ?? []), group]);
    }
    const roles = new Map<string, string[]>();
    for (const role of duties) {
      for (const { id: user } of await this.#pages(`/roles/${role}/users?briefRepresentation=true`)) roles.set(String(user), [...(roles.get(String(user)) ?? []), role]);
    }
    return users.map((user) => ({
      id: user.id,
      username: user.username,
      email: user.email?.toLowerCase() ?? null,
      firstName: user.firstName,
      lastName: user.lastName,
      enabled: user.enabled,
      personId: user.attributes[personAttribute]?.[0] ?? null,
      groups: (groups.get(user.id) ?? []).toSorted(),
      duties: roles.get(user.id) ?? [],
    }));
  }

  /** Makes the user, without a password: Keycloak asks for a new one at the first sign-in. Returns the id. */
  async create(user: WantedUser): Promise<string> {
    const response = await this.#send("POST", "/users", { ...fieldsOf(user), username: user.username, enabled: true, emailVerified: false, attributes: { [personAttribute]: [user.personId] }, groups: user.groups.map((group) => `/${group}`), requiredActions: ["UPDATE_PASSWORD"] });
    return response.headers.get("location")!.split("/").at(-1)!;
  }

  async change(user: PresentUser, to: WantedUser): Promise<void> {
    const current = (await (await this.#send("GET", `/users/${user.id}`)).json()) as Record<string, unknown>;
    // An address that the records changed has not been verified by anyone.
    await this.#send("PUT", `/users/${user.id}`, { ...current, ...fieldsOf(to), enabled: true, ...(user.email === to.email ? {} : { emailVerified: false }) });
    const groups = await this.#groupIds();
    for (const group of to.groups.filter((one) => !user.groups.includes(one))) await this.#send("PUT", `/users/${user.id}/groups/${groups.get(group)}`);
    for (const group of user.groups.filter((one) => !to.groups.includes(one))) await this.#send("DELETE", `/users/${user.id}/groups/${groups.get(group)}`);
  }

  /** Nobody signs in as the user any more, and running sign-ins end; nothing is deleted. */
  async disable(user: PresentUser): Promise<void> {
    const current = (await (await this.#send("GET", `/users/${user.id}`)).json()) as Record<string, unknown>;
    await this.#send("PUT", `/users/${user.id}`, { ...current, enabled: false });
    await this.#send("POST", `/users/${user.id}/logout`);
  }

  async #groupIds(): Promise<Map<Group, string>> {
    if (this.#groups) return this.#groups;
    const found = await this.#pages("/groups?briefRepresentation=true");
    const ids = new Map(found.flatMap(({ id, name }) => (portals.includes(name as Group) ? [[name as Group, String(id)] as const] : [])));
    const missing = portals.filter((name) => !ids.has(name));
    if (missing.length > 0) throw new KeycloakRefused(`The realm has no group ${missing.join(", ")}. Import identity/realm-osss.json, or add the groups as they are there.`);
    return (this.#groups = ids);
  }

  async #pages(path: string): Promise<Record<string, unknown>[]> {
    const all: Record<string, unknown>[] = [];
    for (;;) {
      const some = (await (await this.#send("GET", `${path}${path.includes("?") ? "&" : "?"}first=${all.length}&max=${page}`)).json()) as Record<string, unknown>[];
      all.push(...some);
      if (some.length < page) return all;
    }
  }

  async #send(method: string, path: string, body?: unknown): Promise<Response> {
    const response = await reached(`${this.#admin}${path}`, {
      method,
      headers: { authorization: `Bearer ${await this.#accessToken()}`, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.ok) return response;
    const said = (await response.text()).slice(0, 300);
    if (response.status === 403) throw new KeycloakRefused(`Keycloak lets the client osss-users not do this (${method} ${path.split("?")[0]}). Its service account needs the roles that identity/realm-osss.json gives it.`);
    throw new KeycloakRefused(`Keycloak answered ${response.status} to ${method} ${path.split("?")[0]}: ${said}`);
  }

  async #accessToken(): Promise<string> {
    if (this.#token && Date.now() < this.#token.until) return this.#token.text;
    const body = new URLSearchParams({ grant_type: "client_credentials", client_id: "osss-users", client_secret: this.secret });
    const response = await reached(`${this.issuer.replace(/\/$/, "")}/protocol/openid-connect/token`, { method: "POST", body });
    if (!response.ok) throw new KeycloakRefused("Keycloak refused the client osss-users. Copy its secret from Keycloak's console (Clients, osss-users, Credentials) into OIDC_USERS_SECRET.");
    const told = z.object({ access_token: z.string(), expires_in: z.number() }).parse(await response.json());
    this.#token = { text: told.access_token, until: Date.now() + (told.expires_in - 30) * 1000 };
    return told.access_token;
  }
}

const fieldsOf = (user: WantedUser) => ({ email: user.email ?? "", firstName: user.firstName, lastName: user.lastName });

async function reached(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, { ...init, signal: AbortSignal.timeout(30_000), redirect: "error" });
  } catch (error) {
    throw new KeycloakRefused(`Keycloak cannot be reached at ${new URL(address).origin}: ${error instanceof Error ? error.message : String(error)}. Check OIDC_ISSUER and the network.`);
  }
}
