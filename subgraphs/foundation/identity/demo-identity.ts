/** The words that OSSS_I_ACCEPT_DEMO_IDENTITY_IN_PRODUCTION must hold, exactly, for the embedded provider to start in production. */
export const demoIdentitySentence = "I accept that anyone can sign in as anyone";

/**
 * Lets the embedded identity provider start in the demo, and in production only when it was asked for in words that cannot
 * be missed: its users, and their password, are known to everyone. Throws an Error that says what to set.
 */
export function assertEmbeddedIdentityAllowed(config: {
  readonly mode: "demo" | "production";
  readonly oidc: { readonly issuer: string | null };
  readonly allowDemoIdentityInProduction: boolean;
}): void {
  if (config.mode !== "production" || config.oidc.issuer !== null || config.allowDemoIdentityInProduction) return;
  throw new Error(
    [
      "OSSS will not start in production with its embedded identity provider: its users are published, all with the password \"demo\", so anyone could sign in as anyone.",
      "Set OIDC_ISSUER to your identity provider, for example https://id.example.org/realms/osss (import identity/realm-osss.json into Keycloak for the roles and clients).",
      `If this installation holds no real person's records and that is what you want, set OSSS_I_ACCEPT_DEMO_IDENTITY_IN_PRODUCTION to exactly this sentence: ${demoIdentitySentence}`,
    ].join("\n"),
  );
}
