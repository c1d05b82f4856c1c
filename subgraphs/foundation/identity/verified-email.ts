import { z } from "zod";
import type { TokenClaims } from "./access-token.ts";

const timeout = 5_000;
const longestAnswer = 64 * 1024;

const discovery = z.object({ issuer: z.string(), userinfo_endpoint: z.url() });
const userInfo = z.object({ sub: z.string(), email: z.email().max(254), email_verified: z.literal(true) });

/** The e-mail address of a token's subject that the issuer says it has verified, or null. Rejects when the issuer cannot be asked. */
export type VerifiedEmail = (claims: TokenClaims, token: string) => Promise<string | null>;

/**
 * Asks the issuer's userinfo endpoint, found by its discovery document, with the access token itself. An address counts only where the
 * answer is about the token's subject and says `email_verified: true`; what a token claims by itself counts for nothing.
 */
export function verifiedEmailAt(issuer: string): VerifiedEmail {
  const endpoint = async (): Promise<string> => {
    const document = discovery.parse(await answerOf(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`, {}));
    if (document.issuer !== issuer) throw new Error(`The discovery document of ${issuer} says that it is ${document.issuer}.`);
    return document.userinfo_endpoint;
  };
  let known: Promise<string> | null = null;
  return async (claims, token) => {
    known ??= endpoint().catch((error: unknown) => {
      known = null;
      throw error;
    });
    const told = userInfo.safeParse(await answerOf(await known, { authorization: `Bearer ${token}` }));
    return told.success && told.data.sub === claims.subject ? told.data.email : null;
  };
}

async function answerOf(address: string, headers: Record<string, string>): Promise<unknown> {
  const response = await fetch(address, { headers, signal: AbortSignal.timeout(timeout), redirect: "error" });
  if (!response.ok) throw new Error(`${address} answered ${response.status}.`);
  const text = await response.text();
  if (text.length > longestAnswer) throw new Error(`${address} answered more than ${longestAnswer} characters.`);
  return JSON.parse(text);
}
