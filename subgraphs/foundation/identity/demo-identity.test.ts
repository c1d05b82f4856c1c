import { expect, it } from "vitest";
import { assertEmbeddedIdentityAllowed, demoIdentitySentence } from "./demo-identity.ts";

const production = { mode: "production", oidc: { issuer: null }, allowDemoIdentityInProduction: false } as const;

it("refuses the embedded provider in production, saying both ways on", () => {
  expect(() => assertEmbeddedIdentityAllowed(production)).toThrow("Set OIDC_ISSUER");
  expect(() => assertEmbeddedIdentityAllowed(production)).toThrow(`OSSS_I_ACCEPT_DEMO_IDENTITY_IN_PRODUCTION to exactly this sentence: ${demoIdentitySentence}`);
});

it("lets it start in the demo, and in production when accepted or not in use", () => {
  expect(() => assertEmbeddedIdentityAllowed({ ...production, mode: "demo" })).not.toThrow();
  expect(() => assertEmbeddedIdentityAllowed({ ...production, allowDemoIdentityInProduction: true })).not.toThrow();
  expect(() => assertEmbeddedIdentityAllowed({ ...production, oidc: { issuer: "https://id.example.org/realms/osss" } })).not.toThrow();
});
