import { allowInsecureRequests, ClientError, calculatePKCECodeChallenge, discovery, initiateDeviceAuthorization, None, pollDeviceAuthorizationGrant, randomPKCECodeVerifier, ResponseBodyError } from "openid-client";

/** Why nobody was signed in, in a sentence for whoever typed the command. */
export class DeviceSignInRefused extends Error {}

export interface DeviceCode {
  /** Where the code is typed, on any device. */
  readonly page: string;
  readonly code: string;
  /** The same page with the code in it already, where the issuer has one. */
  readonly direct: string | null;
  /** For how many minutes the code is good. */
  readonly minutes: number;
}

/**
 * Signs a person in who sits at a terminal: `show` tells her a code to type into any browser, and this settles with the access token once
 * she has allowed it there (RFC 8628, with PKCE). Throws DeviceSignInRefused when the issuer is away or knows no such sign-in, and when
 * she says no or waits too long.
 */
export async function signInByDevice(issuer: string, show: (code: DeviceCode) => void): Promise<string> {
  // The library refuses http unless told: an issuer that serves it was chosen by whoever set OIDC_ISSUER.
  const insecure = issuer.startsWith("http://") ? { execute: [allowInsecureRequests] } : {};
  const client = await discovery(new URL(issuer), "osss-cli", undefined, None(), insecure).catch((error: Error) => {
    throw new DeviceSignInRefused(`${issuer} does not answer as an identity provider (${error.message}). Check OIDC_ISSUER, and that it runs.`);
  });
  if (!client.serverMetadata().device_authorization_endpoint) throw new DeviceSignInRefused(`${issuer} has no sign-in by a code. In Keycloak, allow "OAuth 2.0 Device Authorization Grant" for the client osss-cli.`);
  const verifier = randomPKCECodeVerifier();
  try {
    const begun = await initiateDeviceAuthorization(client, { scope: "openid", code_challenge: await calculatePKCECodeChallenge(verifier), code_challenge_method: "S256" });
    show({ page: begun.verification_uri, code: begun.user_code, direct: begun.verification_uri_complete ?? null, minutes: Math.floor(begun.expires_in / 60) });
    return (await pollDeviceAuthorizationGrant(client, begun, { code_verifier: verifier })).access_token;
  } catch (error) {
    throw refusal(issuer, error);
  }
}

function refusal(issuer: string, error: unknown): Error {
  if (error instanceof ResponseBodyError) {
    if (error.error === "access_denied") return new DeviceSignInRefused("The sign-in was refused in the browser.");
    if (error.error === "expired_token") return new DeviceSignInRefused("Nobody signed in with the code in time. Run the command again.");
    return new DeviceSignInRefused(`${issuer} refused the client osss-cli: ${error.error_description ?? error.error}`);
  }
  if (error instanceof ClientError) return new DeviceSignInRefused(`${issuer} gave no token: ${error.message}`);
  return error as Error;
}
