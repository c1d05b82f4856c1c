import { parseArgs } from "node:util";
import { readProcessConfig, type Config } from "#foundation/config/config";
import { assertEmbeddedIdentityAllowed } from "#foundation/identity/demo-identity";
import { issueDemoToken, UnknownDemoUser } from "../../../identity/demo-token.ts";
import { DeviceSignInRefused, signInByDevice } from "../../../identity/device-sign-in.ts";
import { UsageError, type CommandIo } from "../command.ts";

export const name = "token";
export const summary = "print an access token: of a demo user, or your own";
export const usage = `osss token [user]

Prints an access token, good for minutes, for the Authorization header:

  curl http://localhost:4000/graphql -H "Authorization: Bearer $(npm run --silent osss -- token teacher)" ...

With the embedded identity provider: of the demo user who is named, whether or not the platform runs, with the same OSSS_DATA_DIR and the same
OSSS_PUBLIC_URL or PORT.
With OIDC_ISSUER set: your own, and no user is named. The command shows a code, you type it into a browser on any device and sign in there, with
your second factor; no password comes to the command line.`;

export const run = (args: string[], io: CommandIo): Promise<number> => printToken(args, io, readProcessConfig());

/**
 * The command over a given configuration. Exit codes: 0 printed, 1 not possible with this configuration or refused, 2 no such user; the
 * users are listed then. Throws UsageError when one user is to be named and is not, or the other way round.
 */
export async function printToken(args: string[], io: Pick<CommandIo, "print" | "report">, config: Config): Promise<number> {
  const { positionals } = parseArgs({ args, options: {}, allowPositionals: true });
  const [user, ...more] = positionals;
  if (config.oidc.issuer !== null) {
    if (user !== undefined) throw new UsageError(`OIDC_ISSUER is set, so access tokens come from ${config.oidc.issuer}, and there is nobody's but your own: osss token`);
    return printOwnToken(io, config.oidc.issuer);
  }
  if (user === undefined || more.length > 0) throw new UsageError("Name one user, such as: osss token teacher");
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

/** The code goes where errors go, so that the token alone is caught by `$(...)`. */
async function printOwnToken(io: Pick<CommandIo, "print" | "report">, issuer: string): Promise<number> {
  try {
    io.print(await signInByDevice(issuer, ({ page, code, direct, minutes }) => {
      io.report(`Open ${page} in a browser, on this or any other device, type the code ${code} and sign in. It is good for ${minutes} minutes.`);
      if (direct !== null) io.report(`Or open ${direct}, and compare the code.`);
    }));
    return 0;
  } catch (error) {
    if (!(error instanceof DeviceSignInRefused)) throw error;
    io.report(error.message);
    return 1;
  }
}
