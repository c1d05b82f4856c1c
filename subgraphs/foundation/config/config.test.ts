import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { demoIdentitySentence } from "#foundation/identity/demo-identity";
import { ConfigError, readConfig, variables } from "./config.ts";

const production = {
  NODE_ENV: "production",
  DATABASE_URL: "postgres://osss_app:x@db:5432/osss",
  OSSS_PUBLIC_URL: "https://school.example.org/",
  OIDC_ISSUER: "https://id.example.org/realms/osss/",
};

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

test("every problem is told at once, with the variable's name and what would be right", () => {
  const problems = problemsOf({ PORT: "http", DATABASE_URL: "mysql://db", OSSS_LOG_LEVEL: "loud", SUBGRAPH_GRADING_URL: "grading:4001", OSSS_SUBGRAPH_KEY: "secret" });
  expect(problems).toEqual([
    expect.stringMatching(/^DATABASE_URL must be a URL such as postgres:/),
    expect.stringMatching(/^OSSS_LOG_LEVEL must be one of: debug, info, warn, error$/),
    expect.stringMatching(/^OSSS_SUBGRAPH_KEY must be 32 random bytes/),
    expect.stringMatching(/^PORT must be a whole number from 0 to 65535$/),
    expect.stringMatching(/^SUBGRAPH_GRADING_URL must be a URL/),
  ]);
});

test("production without its servers is refused, and the demo identity needs its exact sentence", () => {
  const problems = problemsOf({ NODE_ENV: "production", SUBGRAPH_PEOPLE_URL: "http://people:4001" });
  expect(problems.map((problem) => problem.split(" ")[0])).toEqual(["DATABASE_URL", "OIDC_ISSUER", "OSSS_PUBLIC_URL", "OSSS_SUBGRAPH_KEY"]);
  expect(problems.join()).toContain(demoIdentitySentence);
  const { OIDC_ISSUER: _, ...embedded } = production;
  expect(problemsOf({ ...embedded, OSSS_I_ACCEPT_DEMO_IDENTITY_IN_PRODUCTION: "yes" })).toHaveLength(1);
  expect(readConfig({ ...embedded, OSSS_I_ACCEPT_DEMO_IDENTITY_IN_PRODUCTION: demoIdentitySentence }).allowDemoIdentityInProduction).toBe(true);
});

test("an empty environment is the demo on this machine alone", () => {
  expect(readConfig({ PORT: "", OIDC_ISSUER: " " })).toEqual({
    mode: "demo", port: 4000, host: "127.0.0.1", publicUrl: "http://localhost:4000", dataDir: resolve(".osss"),
    database: { url: null, adminUrl: null, prefix: "osss", poolSize: 10 },
    oidc: { issuer: null, audience: "osss-api", linkByEmail: true, usersSecret: null }, allowDemoIdentityInProduction: false,
    subgraphUrls: {}, subgraphSigningKey: null, subgraphTimeoutMs: 30_000, sampleBundles: null, demoStudents: 1_200,
    budget: { costLimit: 50_000, ratePoints: 200_000, clientPoints: 20_000_000, rateSeconds: 60 }, subscriptions: { perConnection: 50, perAccount: 200 }, redisUrl: null, persisted: { mode: "allow", folder: null }, now: null, logLevel: "info", tracing: null, importFolder: null, previewDays: 30,
    files: { maxBytes: 200 * 1024 * 1024, keepDays: 14, s3: null, clamd: null },
  });
});

test("production listens for others and takes its servers as they are named", () => {
  const config = readConfig({ ...production, SUBGRAPH_PEOPLE_URL: "http://people:4001/graphql/", OSSS_SUBGRAPH_KEY: "a".repeat(64) });
  expect(config).toMatchObject({ mode: "production", host: "0.0.0.0", publicUrl: "https://school.example.org", subgraphUrls: { people: "http://people:4001/graphql" } });
});

test("the issuer stays as it is written, since tokens are compared with it letter for letter", () => {
  expect(readConfig(production).oidc.issuer).toBe("https://id.example.org/realms/osss/");
});

test("a store for files is named whole or not at all, and a scanner by an address or a socket", () => {
  const s3 = { OSSS_FILES_S3_ENDPOINT: "https://s3.example.org/", OSSS_FILES_S3_BUCKET: "osss-files", OSSS_FILES_S3_KEY_ID: "osss", OSSS_FILES_S3_SECRET: "secret" };
  expect(readConfig({ ...s3, OSSS_FILES_CLAMD: "clamd.example.org:3310" }).files).toMatchObject({ s3: { endpoint: "https://s3.example.org", region: "us-east-1", bucket: "osss-files", keyId: "osss", secret: "secret" }, clamd: { host: "clamd.example.org", port: 3310 } });
  expect(readConfig({ OSSS_FILES_CLAMD: "/run/clamav/clamd.ctl" }).files.clamd).toEqual({ path: "/run/clamav/clamd.ctl" });
  expect(problemsOf({ ...s3, OSSS_FILES_S3_SECRET: "" })).toEqual(["OSSS_FILES_S3_SECRET must be set where another OSSS_FILES_S3_ setting is"]);
  expect(problemsOf({ OSSS_FILES_CLAMD: "clamd" })).toHaveLength(1);
});

test(".env.example explains exactly the variables that are read", () => {
  const lines = readFileSync(new URL("../../../.env.example", import.meta.url), "utf8").split("\n");
  const explained: string[] = [];
  lines.forEach((line, index) => {
    const name = /^#?\s?([A-Z][A-Z0-9_]+)=/.exec(line)?.[1];
    if (name === undefined) return;
    explained.push(name);
    expect(lines[index - 1], `${name} has no explanation on the line above`).toMatch(/^# .*[.:]$/);
  });
  const patterns = explained.filter((name) => /^SUBGRAPH_[A-Z]+_URL$/.test(name));
  expect(patterns).toHaveLength(1);
  expect(explained.filter((name) => !patterns.includes(name)).sort()).toEqual(Object.keys(variables.shape).sort());
});

test("each line of .env.example is a value that can be used", () => {
  const text = readFileSync(new URL("../../../.env.example", import.meta.url), "utf8");
  const values = Object.fromEntries([...text.matchAll(/^#\s?([A-Z][A-Z0-9_]+)=(.*)$/gm)].map((found) => [found[1], found[2]]));
  expect(problemsOf(values)).toEqual([]);
});
