import { randomUUID } from "node:crypto";
import { createTokenVerifier, type TokenVerifierOptions } from "#foundation/identity/access-token";
import { anonymous } from "#foundation/identity/identity";
import { createIdentityResolver, type IdentityResolverOptions } from "#foundation/identity/identity-of";
import type { Authenticate } from "./graphql-endpoint.ts";

/** Who a request is from, by the access token in its Authorization header and nowhere else. Tokens live by the real time, whatever day the records are shown as of. */
export function authenticator(options: TokenVerifierOptions & Pick<IdentityResolverOptions, "lookup">): Authenticate {
  const verifier = createTokenVerifier(options);
  const resolver = createIdentityResolver({ lookup: options.lookup });
  return async (request) => {
    const requestId = randomUUID();
    const header = request.headers.authorization;
    if (header === undefined) return { identity: anonymous, requestId };
    const token = /^Bearer +(\S+)$/i.exec(header)?.[1] ?? "";
    const claims = await verifier.verify(token);
    return { identity: await resolver.resolve(claims), requestId, client: claims.client };
  };
}
