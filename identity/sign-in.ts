import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { errors, type Interaction, type Provider } from "oidc-provider";
import { messagePage, sendPage } from "./page.ts";
import type { PasswordTries } from "./password-tries.ts";
import { userByName, type Realm, type RealmUser } from "./realm.ts";
import { signInPage } from "./sign-in-page.ts";

const longestForm = 8 * 1024;

export interface SignInParts {
  readonly provider: Provider;
  readonly realm: Realm;
  /** The realm's path, without a final slash. */
  readonly base: string;
  readonly publicUrl: string;
  readonly tries: PasswordTries;
  /** Key of the forms' tokens. */
  readonly formKey: string;
}

/** Path below the realm's that an authorization request is sent on to when someone must sign in. */
export const signInPath = "/login-actions/authenticate/";

/** Answers the sign-in page and its forms. */
export function signInHandler(parts: SignInParts): (request: IncomingMessage, response: ServerResponse, uid: string) => Promise<void> {
  return async (request, response, uid) => {
    const interaction = await open(parts, request, response);
    if (!interaction || interaction.uid !== uid) return sendPage(response, 400, expiredPage(parts));
    if (request.method === "GET" || request.method === "HEAD") return show(parts, response, interaction, 200);
    if (request.method === "POST") return submit(parts, request, response, interaction);
    response.writeHead(405, { Allow: "GET, HEAD, POST" }).end();
  };
}

async function open(parts: SignInParts, request: IncomingMessage, response: ServerResponse): Promise<Interaction | null> {
  try {
    return await parts.provider.interactionDetails(request, response);
  } catch (error) {
    if (error instanceof errors.SessionNotFound) return null;
    throw error;
  }
}

function expiredPage(parts: SignInParts) {
  return messagePage(parts.base, {
    title: "This sign-in is over",
    text: "The page was used already, or it stood open for too long. Start again from OSSS; nothing was lost.",
    link: { href: `${parts.publicUrl}/`, label: "Go to OSSS" },
  });
}

function show(parts: SignInParts, response: ServerResponse, interaction: Interaction, status: number, again: { problem?: string; username?: string; headers?: Record<string, string> } = {}): void {
  const hint = interaction.params["login_hint"];
  const body = signInPage({
    base: parts.base,
    realm: parts.realm,
    action: `${parts.base}${signInPath}${interaction.uid}`,
    formToken: formToken(parts, interaction.uid),
    problem: again.problem,
    username: again.username ?? (typeof hint === "string" ? hint.slice(0, 200) : undefined),
  });
  const target = URL.parse(String(interaction.params["redirect_uri"]))?.origin;
  sendPage(response, status, body, { formTargets: target ? [target] : [], headers: again.headers });
}

async function submit(parts: SignInParts, request: IncomingMessage, response: ServerResponse, interaction: Interaction): Promise<void> {
  const form = await readForm(request);
  if (!form || !ownForm(parts, request, form.get("token") ?? "", interaction.uid)) {
    return show(parts, response, interaction, 403, { problem: "This form did not come from this page. Try again here." });
  }
  const demo = form.get("demo");
  if (demo !== null) {
    const user = userByName(parts.realm, demo);
    if (!user) return show(parts, response, interaction, 400, { problem: "There is no such demo user. Choose one of the list." });
    return finish(parts, request, response, interaction, user);
  }
  const username = form.get("username") ?? "";
  const address = request.socket.remoteAddress ?? "";
  const wait = parts.tries.secondsToWait(username, address);
  if (wait > 0) {
    const minutes = Math.ceil(wait / 60);
    return show(parts, response, interaction, 429, {
      username,
      problem: `Too many tries. Wait ${minutes} ${minutes === 1 ? "minute" : "minutes"}, then try again.`,
      headers: { "Retry-After": String(wait) },
    });
  }
  const user = userByName(parts.realm, username);
  if (!passwordFits(user, form.get("password") ?? "")) {
    parts.tries.failed(username, address);
    return show(parts, response, interaction, 401, { username, problem: "User name and password do not match. Check both and try again." });
  }
  parts.tries.succeeded(username);
  return finish(parts, request, response, interaction, user!);
}

/** The same time is spent whether or not there is such a user. */
function passwordFits(user: RealmUser | undefined, password: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  const expected = user?.credentials[0]?.value;
  return timingSafeEqual(digest(password), digest(expected ?? "")) && expected !== undefined;
}

/** Hands the user to the waiting authorization request. What another user of this browser held ends first. */
async function finish(parts: SignInParts, request: IncomingMessage, response: ServerResponse, interaction: Interaction, user: RealmUser): Promise<void> {
  const location = await parts.provider.interactionResult(request, response, { login: { accountId: user.id, amr: ["pwd"] } }, { mergeWithLastSubmission: false });
  if (interaction.session?.accountId && interaction.session.accountId !== user.id) {
    const session = await parts.provider.Session.findByUid(interaction.session.uid);
    if (session) {
      await revokeGrants(parts.provider, session.authorizations);
      session.authorizations = {};
      session.accountId = undefined;
      await session.persist();
    }
  }
  response.writeHead(303, { Location: location, "Cache-Control": "no-store" }).end();
}

/** Ends what a session's clients hold: codes, refresh tokens and the grants themselves. */
export async function revokeGrants(provider: Provider, authorizations: Record<string, { grantId?: string }> = {}): Promise<void> {
  for (const { grantId } of Object.values(authorizations)) {
    if (!grantId) continue;
    await provider.RefreshToken.revokeByGrantId(grantId);
    await (await provider.Grant.find(grantId))?.destroy();
  }
}

function formToken(parts: SignInParts, uid: string): string {
  return createHmac("sha256", parts.formKey).update(uid).digest("base64url");
}

/** A form counts when it carries this page's token and the browser does not say that another site sent it. */
function ownForm(parts: SignInParts, request: IncomingMessage, token: string, uid: string): boolean {
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") return false;
  const origin = request.headers.origin;
  if (origin !== undefined && origin !== new URL(parts.publicUrl).origin) return false;
  const expected = Buffer.from(formToken(parts, uid));
  const given = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The posted form, or null when it is too long or not a form. */
async function readForm(request: IncomingMessage): Promise<URLSearchParams | null> {
  if (!request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) return null;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longestForm) return null;
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
}
