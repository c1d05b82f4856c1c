import type { IncomingMessage, ServerResponse } from "node:http";
import { OsssError } from "#foundation/errors/errors";
import type { TokenVerifier } from "#foundation/identity/access-token";
import { originKnown } from "./redirects.ts";
import { userById, type Realm } from "./realm.ts";

/** Answers the userinfo endpoint from an access token of this realm; oidc-provider's own takes no token that names an audience. */
export function userInfoHandler(realm: Realm, publicUrl: string, verifier: TokenVerifier): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const headers: Record<string, string> = { "Cache-Control": "no-store", Vary: "Origin" };
    const { origin } = request.headers;
    if (origin && originKnown(origin, realm, publicUrl)) {
      headers["Access-Control-Allow-Origin"] = origin;
      headers["Access-Control-Expose-Headers"] = "WWW-Authenticate";
    }
    if (request.method !== "GET" && request.method !== "POST") {
      response.writeHead(405, { ...headers, Allow: "GET, POST, OPTIONS" }).end();
      return;
    }
    const user = await bearer(realm, verifier, request);
    if (!user) {
      response.writeHead(401, { ...headers, "WWW-Authenticate": 'Bearer error="invalid_token"', "Content-Type": "application/json" });
      response.end(JSON.stringify({ error: "invalid_token", error_description: "Send a valid access token in the Authorization header." }));
      return;
    }
    response.writeHead(200, { ...headers, "Content-Type": "application/json" });
    response.end(
      JSON.stringify({
        sub: user.id,
        preferred_username: user.username,
        name: `${user.firstName} ${user.lastName}`,
        given_name: user.firstName,
        family_name: user.lastName,
        email: user.email,
        email_verified: user.emailVerified,
      }),
    );
  };
}

async function bearer(realm: Realm, verifier: TokenVerifier, request: IncomingMessage) {
  const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (!token) return null;
  try {
    return userById(realm, (await verifier.verify(token)).subject) ?? null;
  } catch (error) {
    if (error instanceof OsssError) return null;
    throw error;
  }
}
