import { demoRealm } from "./realm.ts";
import { openSigningKeys } from "./signing-keys.ts";
import { signAccessToken, type IssueOptions } from "./token-claims.ts";

export { UnknownDemoUser } from "./token-claims.ts";

/**
 * An access token for a user of the demo realm, signed with the keys in `dataDir` (made there if this is the first use), so
 * that it is good for a platform that runs over the same folder now or later. `publicUrl` must be that platform's.
 * Throws UnknownDemoUser, whose message lists the users.
 */
export async function issueDemoToken(dataDir: string, publicUrl: string, username: string, options?: IssueOptions): Promise<string> {
  return signAccessToken(await openSigningKeys(dataDir), demoRealm, publicUrl, username, Date.now(), options);
}
