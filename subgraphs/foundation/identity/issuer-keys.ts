import { createRemoteJWKSet, errors as joseErrors, type JWTVerifyGetKey } from "jose";
import { z } from "zod";
import { OsssError } from "../errors/errors.ts";

const timeout = 5_000;
/** After an unknown key id the set is fetched again at most this often, however many foreign tokens arrive. */
const cooldown = 30_000;
const longestUse = 10 * 60_000;
/** After a failure the issuer is left alone this long. */
const pause = 5_000;

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

type RemoteKeys = ReturnType<typeof createRemoteJWKSet>;

/**
 * The public keys of an issuer elsewhere, found by its discovery document. Fetched when first needed, kept ten minutes,
 * fetched again for an unknown key id at most every thirty seconds. Fails closed: while the issuer cannot be reached and no
 * key is at hand, every token is refused with UNAVAILABLE, and the issuer is asked again after five seconds.
 */
export class IssuerKeys {
  #keys: Promise<RemoteKeys> | null = null;
  #known: RemoteKeys | null = null;
  #failedAt = -Infinity;

  constructor(
    private readonly issuer: string,
    private readonly clock: () => number,
  ) {}

  readonly key: JWTVerifyGetKey = async (header, token) => {
    const atHand = this.#known?.fresh && this.#known.jwks()?.keys.some((key) => key.kid === header.kid);
    if (!atHand && this.clock() - this.#failedAt < pause) throw unreachable();
    try {
      this.#keys ??= this.#discover();
      this.#known = await this.#keys;
      return await this.#known(header, token);
    } catch (error) {
      if (error instanceof joseErrors.JWKSNoMatchingKey || error instanceof joseErrors.JWKSMultipleMatchingKeys || error instanceof joseErrors.JOSENotSupported) throw error;
      this.#failedAt = this.clock();
      throw unreachable(error);
    }
  };

  async #discover(): Promise<RemoteKeys> {
    try {
      const response = await fetch(`${this.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(timeout), redirect: "error" });
      if (!response.ok) throw new Error(`The discovery document of ${this.issuer} answered ${response.status}.`);
      const document = discovery.parse(await response.json());
      if (document.issuer !== this.issuer) throw new Error(`The discovery document of ${this.issuer} says that it is ${document.issuer}. Set OIDC_ISSUER to exactly what it says.`);
      return createRemoteJWKSet(new URL(document.jwks_uri), { timeoutDuration: timeout, cooldownDuration: cooldown, cacheMaxAge: longestUse });
    } catch (error) {
      this.#keys = null;
      throw error;
    }
  }
}

function unreachable(cause?: unknown): OsssError {
  const error = OsssError.unavailable("The identity provider cannot be reached, so no one can be let in at the moment. Try again in a few seconds.");
  error.cause = cause;
  return error;
}
