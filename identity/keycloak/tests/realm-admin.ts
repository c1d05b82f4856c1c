import type { RunningKeycloak } from "../start.ts";

interface KeycloakUser {
  readonly id: string;
  readonly username: string;
  readonly enabled: boolean;
}

/** The realm's administration by Keycloak's REST API, for what a test must arrange or look at from outside. */
export class RealmAdmin {
  #kept: { readonly text: Promise<string>; readonly until: number } | null = null;

  constructor(private readonly keycloak: Pick<RunningKeycloak, "url" | "admin">) {}

  /** Kept for half a minute: each sign-in of an administrator costs Keycloak a slow hash. */
  #token(): Promise<string> {
    if (!this.#kept || Date.now() >= this.#kept.until) this.#kept = { text: this.#signIn(), until: Date.now() + 30_000 };
    return this.#kept.text;
  }

  async #signIn(): Promise<string> {
    const body = new URLSearchParams({ grant_type: "password", client_id: "admin-cli", ...this.keycloak.admin });
    const response = await fetch(`${this.keycloak.url}/realms/master/protocol/openid-connect/token`, { method: "POST", body });
    if (!response.ok) throw new Error(`Keycloak's administrator was refused: ${response.status} ${await response.text()}`);
    return ((await response.json()) as { access_token: string }).access_token;
  }

  async request(method: string, path: string, body?: unknown): Promise<Response> {
    const response = await fetch(`${this.keycloak.url}/admin/realms/osss${path}`, {
      method,
      headers: { authorization: `Bearer ${await this.#token()}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  }

  async get<T>(path: string): Promise<T> {
    return (await (await this.request("GET", path)).json()) as T;
  }

  async user(username: string): Promise<KeycloakUser> {
    const [found] = await this.get<KeycloakUser[]>(`/users?exact=true&username=${encodeURIComponent(username)}`);
    if (!found) throw new Error(`Keycloak has no user ${username}.`);
    return found;
  }

  /** As the help desk does for a lost telephone: the next sign-in sets up another one. */
  async forgetSecondFactor(username: string): Promise<void> {
    const { id } = await this.user(username);
    for (const credential of await this.get<{ id: string; type: string }[]>(`/users/${id}/credentials`)) {
      if (credential.type === "otp") await this.request("DELETE", `/users/${id}/credentials/${credential.id}`);
    }
  }

  async secretOf(clientId: string): Promise<string> {
    const [client] = await this.get<{ secret: string }[]>(`/clients?clientId=${clientId}`);
    return client?.secret ?? "";
  }
}
