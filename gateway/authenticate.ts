import { randomUUID } from "node:crypto";
import { createTokenVerifier, type TokenVerifierOptions } from "#foundation/identity/access-token";
import { anonymous, type Identity } from "#foundation/identity/identity";
import { createIdentityResolver, type IdentityResolverOptions } from "#foundation/identity/identity-of";
import type { VerifiedEmail } from "#foundation/identity/verified-email";
import type { Authenticate } from "./graphql-endpoint.ts";

export interface AuthenticatorOptions extends TokenVerifierOptions, Pick<IdentityResolverOptions, "lookup" | "introduce"> {
  /** Told once of each token that somebody signed in with, before its first request is answered. */
  readonly noteSignIn?: (identity: Identity) => Promise<void>;
  /** Gets what the note failed of: the request goes on. */
  readonly report?: (error: unknown, message: string) => void;
}

/** Who a request is from, by the access token in its Authorization header and nowhere else. Tokens live by the real time, whatever day the records are shown as of. */
export function authenticator(options: AuthenticatorOptions): Authenticate {
  const noted = new WeakSet<Identity>();
  const verifier = createTokenVerifier(options);
  const resolver = createIdentityResolver({ lookup: options.lookup, introduce: options.introduce });
  return async (request) => {
    const requestId = randomUUID();
    const header = request.headers.authorization;
    if (header === undefined) return { identity: anonymous, requestId };
    const token = /^Bearer +(\S+)$/i.exec(header)?.[1] ?? "";
    const claims = await verifier.verify(token);
    const identity = await resolver.resolve(claims, token);
    if (options.noteSignIn && !noted.has(identity)) {
      noted.add(identity);
      await options.noteSignIn(identity).catch((error: unknown) => options.report?.(error, "A sign-in could not be noted: what the person delegated may rest."));
    }
    return { identity, requestId, client: claims.client };
  };
}

export interface IntroductionParts {
  readonly verifiedEmail: VerifiedEmail;
  readonly link: (signIn: { issuer: string; subject: string; username: string; email: string }) => Promise<boolean>;
  readonly report: (error: unknown, message: string) => void;
}

/** Links a new sign-in by the e-mail address that its issuer has verified. What fails is reported, and the sign-in stays unlinked. */
export function introduction({ verifiedEmail, link, report }: IntroductionParts): NonNullable<IdentityResolverOptions["introduce"]> {
  return async (claims, token) => {
    const { issuer, subject, username } = claims;
    try {
      const email = await verifiedEmail(claims, token);
      return email !== null && (await link({ issuer, subject, username, email }));
    } catch (error) {
      report(error, "A new sign-in could not be linked by its e-mail address; it is tried again.");
      return false;
    }
  };
}
