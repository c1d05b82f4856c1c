import { interactionPolicy, type Adapter, type Context, type Client, type Grant, type Interaction, type Token } from "oidc-provider";
import { messagePage, page, pageHeaders } from "./page.ts";
import { html } from "./html.ts";
import { originFits, redirectPatterns } from "./redirects.ts";
import { userById, type Realm } from "./realm.ts";
import { signInPath } from "./sign-in.ts";
import type { SigningKeys } from "./signing-keys.ts";
import { accessTokenClaims, apiAudience } from "./token-claims.ts";

/** Path of Keycloak's protocol endpoints below the realm's. */
export const protocolPath = "/protocol/openid-connect";

const resource = `urn:osss:${apiAudience}`;
const scopes = ["openid", "profile", "email", "roles"];

export interface ConfigurationParts {
  readonly realm: Realm;
  readonly publicUrl: string;
  /** The realm's path, without a final slash. */
  readonly base: string;
  readonly keys: SigningKeys;
  readonly adapter: (model: string) => Adapter;
  /** Tells cookies of two platforms on one host apart: cookies know no ports. */
  readonly cookiePrefix: string;
}

/** oidc-provider set up to look like the realm in Keycloak: same paths, same claims, same lives of codes, tokens and sessions. */
export function oidcConfiguration(parts: ConfigurationParts): object {
  const { realm, base, publicUrl, keys } = parts;
  const endpoint = (name: string) => `${base}${protocolPath}/${name}`;
  const cookie = { signed: true, httpOnly: true, sameSite: "lax", path: base, secure: publicUrl.startsWith("https:") };
  const policy = interactionPolicy.base();
  policy.remove("consent");
  return {
    adapter: parts.adapter,
    jwks: { keys: [keys.signing] },
    clients: clients(realm, publicUrl),
    clientDefaults: { grant_types: ["authorization_code", "refresh_token"], response_types: ["code"], token_endpoint_auth_method: "none", id_token_signed_response_alg: "RS256" },
    routes: {
      authorization: endpoint("auth"),
      token: endpoint("token"),
      jwks: endpoint("certs"),
      userinfo: endpoint("userinfo"),
      end_session: endpoint("logout"),
      revocation: endpoint("revoke"),
    },
    pkce: { required: () => true },
    responseTypes: ["code"],
    scopes,
    claims: {
      openid: ["sub", "typ", "sid"],
      profile: ["preferred_username", "name", "given_name", "family_name"],
      email: ["email", "email_verified"],
    },
    conformIdTokenClaims: false,
    clientBasedCORS: (_context: Context, origin: string, client: Client) => {
      const known = realm.clients.find((candidate) => candidate.clientId === client.clientId);
      return known !== undefined && originFits(origin, known, publicUrl);
    },
    cookies: {
      keys: [keys.secretFor("cookies")],
      names: { session: `${parts.cookiePrefix}_session`, interaction: `${parts.cookiePrefix}_sign_in`, resume: `${parts.cookiePrefix}_resume` },
      long: cookie,
      short: cookie,
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: true },
      revocation: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource: confirmLogout(base, publicUrl), postLogoutSuccessSource: loggedOut(base, publicUrl) },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          audience: apiAudience,
          scope: scopes.join(" "),
          accessTokenTTL: realm.accessTokenLifespan,
          accessTokenFormat: "jwt",
          jwt: { sign: { alg: "RS256" } },
        }),
      },
    },
    formats: { customizers: { jwt: shapeAccessToken(realm) } },
    findAccount: (_context: Context, id: string, token?: Token) => {
      const user = userById(realm, id);
      return user && {
        accountId: user.id,
        claims: async (use: string) => ({
          sub: user.id,
          ...(use === "id_token" ? { typ: "ID", sid: token?.sid } : {}),
          preferred_username: user.username,
          name: `${user.firstName} ${user.lastName}`,
          given_name: user.firstName,
          family_name: user.lastName,
          email: user.email,
          email_verified: user.emailVerified,
        }),
      };
    },
    interactions: { policy, url: (_context: Context, interaction: Interaction) => `${base}${signInPath}${interaction.uid}` },
    issueRefreshToken: async (_context: Context, client: Client) => client.grantTypeAllowed("refresh_token"),
    rotateRefreshToken: true,
    expiresWithSession: async () => true,
    loadExistingGrant: (context: Context) => grantFor(context),
    renderError: renderError(base, publicUrl),
    ttl: {
      AccessToken: realm.accessTokenLifespan,
      IdToken: realm.accessTokenLifespan,
      AuthorizationCode: realm.accessCodeLifespan,
      Interaction: realm.accessCodeLifespanLogin,
      RefreshToken: realm.ssoSessionIdleTimeout,
      Session: realm.ssoSessionMaxLifespan,
      Grant: realm.ssoSessionMaxLifespan,
    },
  };
}

function clients(realm: Realm, publicUrl: string): object[] {
  return realm.clients
    .filter((client) => client.enabled && client.publicClient && client.standardFlowEnabled)
    .map((client) => {
      const patterns = redirectPatterns(client, publicUrl);
      return { client_id: client.clientId, client_name: client.name, redirect_uris: patterns, post_logout_redirect_uris: patterns };
    });
}

/** The clients are the district's own, so nobody is asked for consent: a grant of everything is made at the first request. */
async function grantFor(context: Context): Promise<Grant | undefined> {
  const { provider, client, session } = context.oidc;
  if (!client || !session?.accountId) return undefined;
  const known = session.grantIdFor(client.clientId);
  const existing = known ? await provider.Grant.find(known) : undefined;
  if (existing) return existing;
  const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
  grant.addOIDCScope(scopes.join(" "));
  grant.addResourceScope(resource, scopes.join(" "));
  await grant.save();
  return grant;
}

/** Gives the access token Keycloak's header and claims in place of oidc-provider's own. */
function shapeAccessToken(realm: Realm) {
  return (_context: Context, token: Token, jwt: { header?: object; payload: Record<string, unknown> }) => {
    const user = token.accountId === undefined ? undefined : userById(realm, token.accountId);
    if (!user) throw new Error("An access token was asked for a user that the realm does not have.");
    delete jwt.payload["client_id"];
    jwt.header = { typ: "JWT" };
    Object.assign(jwt.payload, accessTokenClaims(user, token.clientId));
  };
}

function setPage(context: Context, status: number, body: { text: string }): void {
  context.status = status;
  for (const [name, value] of Object.entries(pageHeaders())) context.set(name, value);
  context.body = body.text;
}

/** Without proof that the person herself asked, she is asked. */
function confirmLogout(base: string, publicUrl: string) {
  return (context: Context) => {
    const secret = String(context.oidc.session?.state?.["secret"] ?? "");
    setPage(
      context,
      200,
      page(
        base,
        "Sign out of OSSS",
        html`<h1>Sign out of OSSS?</h1>
<p>You will be signed out in this browser.</p>
<div class="actions">
<form method="post" action="${base}${protocolPath}/logout/confirm"><input type="hidden" name="xsrf" value="${secret}"><input type="hidden" name="logout" value="yes"><button class="button primary">Sign out</button></form>
<a class="button" href="${publicUrl}/">Stay signed in</a>
</div>`,
      ),
    );
  };
}

function loggedOut(base: string, publicUrl: string) {
  return (context: Context) =>
    setPage(context, 200, messagePage(base, { title: "You are signed out", text: "Nobody is signed in to OSSS in this browser now.", link: { href: `${publicUrl}/`, label: "Go to OSSS" } }));
}

/** An error that cannot be sent back to a client is shown to the person, with its code for whoever is asked for help. */
function renderError(base: string, publicUrl: string) {
  return (context: Context, out: { error: string; error_description?: string }, error: Error) => {
    const over = error.name === "SessionNotFound";
    setPage(
      context,
      context.status >= 400 ? context.status : 400,
      messagePage(base, {
        title: over ? "This sign-in is over" : "This sign-in cannot go on",
        text: over
          ? "The page was used already, or it stood open for too long. Start again from OSSS; nothing was lost."
          : "The application that sent you here asked for something that is not possible. Start again from OSSS. If it happens again, show the line below to whoever looks after it.",
        detail: over ? undefined : [out.error, out.error_description].filter(Boolean).join(": "),
        link: { href: `${publicUrl}/`, label: "Go to OSSS" },
      }),
    );
  };
}
