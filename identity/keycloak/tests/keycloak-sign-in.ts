import { BrowserlessClient, type Tokens } from "../../tests/browserless-client.ts";
import { oneTimeCode } from "./second-factor.ts";

/** Where the realm lets the web client return to. */
export const redirectUri = "http://localhost:4000/signed-in";

/** What Keycloak shows in a sign-in, as far as a person must answer it. */
export type Shown = "password" | "set up a second factor" | "second factor" | "consent" | "done" | "other";

export interface Step {
  readonly shown: Shown;
  readonly text: string;
  /** Where the page's form goes. */
  readonly action: string;
  /** Set when the sign-in left Keycloak. */
  readonly location: URL | null;
}

/** A person at Keycloak's own pages: reads what is shown and fills in the form. */
export class KeycloakVisitor extends BrowserlessClient {
  constructor(url: string, clientId = "osss-web") {
    super(url, clientId, redirectUri);
  }

  async open(address: string = this.authorizationUrl()): Promise<Step> {
    return this.#arrive(await this.send(address));
  }

  async fill(step: Step, form: Record<string, string>): Promise<Step> {
    return this.#arrive(await this.send(step.action, { form }));
  }

  async #arrive(response: Response): Promise<Step> {
    let current = response;
    for (let hop = 0; hop < 8 && current.status >= 300 && current.status < 400; hop++) {
      const location = new URL(current.headers.get("location") ?? "", this.url);
      if (location.origin !== this.url) return { shown: "done", text: "", action: "", location };
      current = await this.send(location.href);
    }
    const text = await current.text();
    return { shown: whatIs(text), text, action: (/<form[^>]*\saction="([^"]+)"/.exec(text)?.[1] ?? "").replaceAll("&amp;", "&"), location: null };
  }

  /** User name and password, and a second factor set up where Keycloak asks for one: what a new member of staff goes through. */
  async answer(step: Step, username: string, password = "demo"): Promise<Step> {
    let at = await this.fill(step, { username, password });
    if (at.shown === "set up a second factor") {
      const totpSecret = /name="totpSecret" value="([^"]+)"/.exec(at.text)?.[1] ?? "";
      at = await this.fill(at, { totp: oneTimeCode(totpSecret), totpSecret, userLabel: "telephone" });
    }
    return at;
  }

  override async signIn(username: string, password = "demo"): Promise<Tokens> {
    const done = await this.answer(await this.open(), username, password);
    const code = done.location?.searchParams.get("code");
    if (!code) throw new Error(`The sign-in of ${username} ended at "${done.shown}": ${done.text.replaceAll(/<[^>]+>|\s+/g, " ").slice(0, 500)}`);
    return this.exchange(code);
  }
}

function whatIs(text: string): Shown {
  if (text.includes('name="totpSecret"')) return "set up a second factor";
  if (/name="otp"/.test(text)) return "second factor";
  if (/name="password"/.test(text)) return "password";
  if (/name="accept"/.test(text)) return "consent";
  return "other";
}
