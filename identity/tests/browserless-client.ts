import { createHash, randomBytes } from "node:crypto";

export interface Tokens {
  access_token: string;
  refresh_token: string;
  id_token: string;
  expires_in: number;
  token_type: string;
}

/** What a browser does in a sign-in, by hand: keeps cookies by path, follows no redirect by itself, reads forms out of pages. */
export class BrowserlessClient {
  readonly #cookies = new Map<string, { value: string; path: string }>();
  readonly verifier = randomBytes(32).toString("base64url");

  constructor(
    readonly url: string,
    readonly clientId = "osss-web",
    readonly redirectUri = `${url}/signed-in`,
  ) {}

  get base(): string {
    return `${this.url}/realms/osss/protocol/openid-connect`;
  }

  authorizationUrl(changes: Record<string, string | undefined> = {}): string {
    const parameters: Record<string, string | undefined> = {
      client_id: this.clientId,
      redirect_uri: this.redirectUri,
      response_type: "code",
      scope: "openid profile email",
      state: "state-1",
      nonce: "nonce-1",
      code_challenge: createHash("sha256").update(this.verifier).digest("base64url"),
      code_challenge_method: "S256",
      ...changes,
    };
    const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return `${this.base}/auth?${new URLSearchParams(given)}`;
  }

  async send(target: string, init: { method?: string; form?: Record<string, string>; headers?: Record<string, string> } = {}): Promise<Response> {
    const url = new URL(target, this.url);
    const cookie = [...this.#cookies].filter(([, { path }]) => url.pathname.startsWith(path)).map(([name, { value }]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, {
      method: init.method ?? (init.form ? "POST" : "GET"),
      redirect: "manual",
      headers: { ...(cookie ? { cookie } : {}), ...init.headers },
      body: init.form ? new URLSearchParams(init.form) : undefined,
    });
    for (const line of response.headers.getSetCookie()) this.#remember(line);
    return response;
  }

  #remember(line: string): void {
    const [pair, ...attributes] = line.split("; ");
    const name = pair!.slice(0, pair!.indexOf("="));
    const value = pair!.slice(pair!.indexOf("=") + 1);
    const path = attributes.find((attribute) => attribute.toLowerCase().startsWith("path="))?.slice(5) ?? "/";
    if (value === "") this.#cookies.delete(name);
    else this.#cookies.set(name, { value, path });
  }

  /** Opens the sign-in page; answers its address, its form token and its text. */
  async openSignIn(changes?: Record<string, string | undefined>): Promise<{ action: string; token: string; text: string; response: Response }> {
    const sent = await this.send(this.authorizationUrl(changes));
    const action = sent.headers.get("location") ?? "";
    const response = await this.send(action);
    const text = await response.text();
    return { action, token: /name="token" value="([^"]+)"/.exec(text)?.[1] ?? "", text, response };
  }

  /** Follows redirects inside the provider until one leaves it for the application. */
  async follow(response: Response): Promise<URL> {
    let current = response;
    for (let step = 0; step < 5; step++) {
      const location = new URL(current.headers.get("location") ?? "", this.url);
      if (!location.pathname.startsWith("/realms/")) return location;
      current = await this.send(location.href);
    }
    throw new Error("The provider redirects in a circle.");
  }

  /** The whole code flow as a demo user. */
  async signIn(username: string): Promise<Tokens> {
    const page = await this.openSignIn();
    const location = await this.follow(await this.send(page.action, { form: { token: page.token, username, password: "demo" } }));
    return this.exchange(location.searchParams.get("code") ?? "");
  }

  async exchange(code: string): Promise<Tokens> {
    const response = await this.token({ grant_type: "authorization_code", code, redirect_uri: this.redirectUri, code_verifier: this.verifier });
    if (!response.ok) throw new Error(`The token endpoint answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Tokens;
  }

  token(form: Record<string, string>): Promise<Response> {
    return this.send(`${this.base}/token`, { form: { client_id: this.clientId, ...form } });
  }

  refresh(refreshToken: string): Promise<Response> {
    return this.token({ grant_type: "refresh_token", refresh_token: refreshToken });
  }
}
