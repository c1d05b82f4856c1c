import { parseArgs } from "node:util";
import { readProcessConfig, type Config } from "#foundation/config/config";
import { assertEmbeddedIdentityAllowed } from "#foundation/identity/demo-identity";
import { issueDemoToken, UnknownDemoUser } from "../../../identity/demo-token.ts";
import { UsageError, type CommandIo } from "../command.ts";

export const name = "token";
export const summary = "print an access token of a demo user";
export const usage = `osss token <user>

Prints an access token of a demo user, good for five minutes, for the Authorization header:

  curl http://localhost:4000/graphql -H "Authorization: Bearer $(npm run --silent osss -- token teacher)" ...

Works whether or not the platform runs, with the same OSSS_DATA_DIR and the same OSSS_PUBLIC_URL or PORT.
Only for the embedded identity provider: with OIDC_ISSUER set, tokens come from there.`;

export const run = (args: string[], io: CommandIo): Promise<number> => printToken(args, io, readProcessConfig());

/**
 * The command over a given configuration. Exit codes: 0 printed, 1 not possible with this configuration, 2 no such user; the
 * users are listed then. Throws UsageError when not one user is named.
 */
export async function printToken(args: string[], io: Pick<CommandIo, "print" | "report">, config: Config): Promise<number> {
  const { positionals } = parseArgs({ args, options: {}, allowPositionals: true });
  const [user, ...more] = positionals;
  if (user === undefined || more.length > 0) throw new UsageError("Name one user, such as: osss token teacher");
  if (config.oidc.issuer !== null) {
    io.report(`OIDC_ISSUER is set, so access tokens come from ${config.oidc.issuer}. Sign in there, or unset OIDC_ISSUER to use the embedded identity provider.`);
    return 1;
  }
  assertEmbeddedIdentityAllowed(config);
  try {
    io.print(await issueDemoToken(config.dataDir, config.publicUrl, user));
    return 0;
  } catch (error) {
    if (!(error instanceof UnknownDemoUser)) throw error;
    io.report(error.message);
    return 2;
  }
}
