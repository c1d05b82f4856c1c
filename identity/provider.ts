import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { Provider, type Context } from "oidc-provider";
import type { JSONWebKeySet } from "jose";
import { createTokenVerifier } from "#foundation/identity/access-token";
import { grantAdapters } from "./grant-adapter.ts";
import { GrantJournal } from "./grant-journal.ts";
import { oidcConfiguration, protocolPath } from "./oidc-configuration.ts";
import { messagePage, sendPage, stylesheetPath } from "./page.ts";
import { PasswordTries } from "./password-tries.ts";
import { userById, type Realm } from "./realm.ts";
import { redirectFits, redirectPatterns } from "./redirects.ts";
import { revokeGrants, signInHandler, signInPath } from "./sign-in.ts";
import { openSigningKeys } from "./signing-keys.ts";
import { stylesheet } from "./stylesheet.ts";
import { apiAudience, issuerOf, signAccessToken, type IssueOptions } from "./token-claims.ts";
import { userInfoHandler } from "./user-info.ts";

export { assertEmbeddedIdentityAllowed, demoIdentitySentence } from "#foundation/identity/demo-identity";
export { demoRealm, readRealm, type Realm } from "./realm.ts";

export interface EmbeddedProviderOptions {
  /** Where browsers reach the platform, such as http://localhost:4000. Every address that the provider gives out begins with it. */
  readonly publicUrl: string;
  /** Keys, sessions, codes and refresh tokens live in `<dataDir>/identity`, readable by this user alone. */
  readonly dataDir: string;
  readonly realm: Realm;
  /** Told of failures that a person cannot mend at the page. */
  readonly log: (message: string, error: unknown) => void;
  /** Milliseconds since the epoch; for issued tokens, stored sign-ins and password tries. */
  readonly clock?: () => number;
}

export interface EmbeddedProvider {
  readonly issuer: string;
  /** Answers a request below `/realms/<realm>` and resolves to true; resolves to false for any other, untouched. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** The public keys, for a verifier in this process. */
  jwks(): JSONWebKeySet;
  /** The e-mail address of a user, where the realm says that it is verified. */
  verifiedEmailOf(subject: string): string | null;
  /** An access token without a sign-in, for tests and the command line. Throws UnknownDemoUser. */
  issueToken(username: string, options?: IssueOptions): Promise<string>;
  /** Waits for what is being written. Later requests fail. */
  close(): Promise<void>;
}

/**
 * The identity provider of the demo: the realm's users, clients and roles served the way Keycloak serves them, inside our own
 * HTTP server. Keys and sign-ins survive a restart. Not for production: see assertEmbeddedIdentityAllowed.
 */
export async function createEmbeddedProvider(options: EmbeddedProviderOptions): Promise<EmbeddedProvider> {
  const { realm, log, clock = Date.now } = options;
  const publicUrl = options.publicUrl.replace(/\/+$/, "");
  const issuer = issuerOf(publicUrl, realm);
  const base = new URL(issuer).pathname;
  const keys = await openSigningKeys(options.dataDir);
  const journal = await GrantJournal.open(join(options.dataDir, "identity", "grants.jsonl"), clock);
  const cookiePrefix = `osss_${new URL(publicUrl).port || "web"}`;
  const provider = new Provider(issuer, oidcConfiguration({ realm, publicUrl, base, keys, adapter: grantAdapters(journal, clock), cookiePrefix }));
  provider.proxy = true;
  provider.on("server_error", (_context, error) => log("The embedded identity provider failed to answer.", error));
  allowRedirectPatterns(provider, realm, publicUrl);
  provider.use(async (context, next) => {
    await next();
    await endSessionAtOnce(provider, context, base);
  });

  const signIn = signInHandler({ provider, realm, base, publicUrl, tries: new PasswordTries(clock), formKey: keys.secretFor("forms") });
  const userInfo = userInfoHandler(realm, publicUrl, createTokenVerifier({ issuer, audience: apiAudience, jwks: keys.jwks, clock }));
  const oidc = provider.callback();
  const own = new Set([`${base}${protocolPath}/auth`, `${base}${protocolPath}/token`, `${base}${protocolPath}/certs`, `${base}${protocolPath}/logout`, `${base}${protocolPath}/revoke`, `${base}${protocolPath}/userinfo`]);

  async function answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    speakAs(request, publicUrl);
    if (path === `${base}${stylesheetPath}`) {
      response.writeHead(200, { "Content-Type": "text/css; charset=utf-8", "Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff" });
      return void response.end(stylesheet);
    }
    if (path.startsWith(`${base}${signInPath}`)) return signIn(request, response, path.slice(base.length + signInPath.length));
    if (path === `${base}${protocolPath}/userinfo` && request.method !== "OPTIONS") return userInfo(request, response);
    if (path === `${base}/.well-known/openid-configuration`) request.url = "/.well-known/openid-configuration";
    else if (!own.has(path) && !/\/(auth\/[\w-]+|logout\/(confirm|success))$/.test(path)) return notFound(response);
    return oidc(request, response);
  }

  function notFound(response: ServerResponse): void {
    sendPage(response, 404, messagePage(base, { title: "There is no such page", text: "This address belongs to the sign-in of OSSS, which has no page here.", link: { href: `${publicUrl}/`, label: "Go to OSSS" } }));
  }

  return {
    issuer,
    async handle(request, response) {
      const path = (request.url ?? "/").split("?", 1)[0]!;
      if (path !== base && !path.startsWith(`${base}/`)) return false;
      try {
        await answer(request, response, path);
      } catch (error) {
        log("The embedded identity provider failed to answer.", error);
        if (response.headersSent) response.destroy();
        else sendPage(response, 500, messagePage(base, { title: "Sign-in does not work at the moment", text: "Something went wrong on our side. Try again in a minute.", link: { href: `${publicUrl}/`, label: "Go to OSSS" } }));
      }
      return true;
    },
    jwks: () => keys.jwks,
    verifiedEmailOf(subject) {
      const user = userById(realm, subject);
      return user?.emailVerified ? user.email : null;
    },
    issueToken: (username, issue) => signAccessToken(keys, realm, publicUrl, username, clock(), issue),
    close: () => journal.close(),
  };
}

/** oidc-provider builds its addresses from the request; they must begin with the public URL whatever the request says. */
function speakAs(request: IncomingMessage, publicUrl: string): void {
  const { host, protocol } = new URL(publicUrl);
  request.headers.host = host;
  delete request.headers["x-forwarded-host"];
  request.headers["x-forwarded-proto"] = protocol.slice(0, -1);
}

function allowRedirectPatterns(provider: Provider, realm: Realm, publicUrl: string): void {
  const patterns = new Map(realm.clients.map((client) => [client.clientId, redirectPatterns(client, publicUrl)]));
  const allowed = function (this: { clientId: string }, value: string) {
    return redirectFits(value, patterns.get(this.clientId) ?? []);
  };
  provider.Client.prototype.redirectUriAllowed = allowed;
  provider.Client.prototype.postLogoutRedirectUriAllowed = allowed;
}

/**
 * Signs out without asking when the ID token in the request is of the person who is signed in, as Keycloak does, and when
 * nobody is: otherwise any page elsewhere could sign people out, so then they are asked.
 */
async function endSessionAtOnce(provider: Provider, context: Context, base: string): Promise<void> {
  const { route, session, entities, params } = context.oidc ?? {};
  if (route !== "end_session" || context.status !== 200 || !session) return;
  if (session.accountId && entities?.IdTokenHint?.payload["sub"] !== session.accountId) return;
  await revokeGrants(provider, session.authorizations);
  await session.destroy();
  context.cookies.set(provider.cookieName("session"), null, { path: base, httpOnly: true, sameSite: "lax", signed: true });
  const wanted = params?.["post_logout_redirect_uri"];
  const target = new URL(typeof wanted === "string" ? wanted : `${provider.issuer}${protocolPath}/logout/success`);
  const state = params?.["state"];
  if (typeof wanted === "string" && typeof state === "string") target.searchParams.set("state", state);
  context.body = null;
  context.status = 303;
  context.redirect(target.href);
}
