import { resolve } from "node:path";
import { z } from "zod";
import { demoIdentitySentence } from "#foundation/identity/demo-identity";

/** Everything that a process of OSSS may be told from outside. Read once, at the entry; passed on as a value. */
export interface Config {
  mode: "demo" | "production";
  /** TCP port of the gateway; 0 lets the system choose. */
  port: number;
  host: string;
  /** Origin under which browsers reach the gateway, without a trailing slash. */
  publicUrl: string;
  /** Absolute folder of the embedded database, keys and files. */
  dataDir: string;
  database: {
    /** null: the embedded PostgreSQL. */
    url: string | null;
    /** The role that migrates; null: the role of `url`. */
    adminUrl: string | null;
    /** Begins the name of every database role of this installation. */
    prefix: string;
    /** Connections that one process holds at most. */
    poolSize: number;
  };
  /** issuer null: the embedded identity provider. linkByEmail: whether new sign-ins are linked by an address that the issuer has verified. usersSecret: of the client that makes users. */
  oidc: { issuer: string | null; audience: string; linkByEmail: boolean; usersSecret: string | null };
  allowDemoIdentityInProduction: boolean;
  /** Subgraphs that answer over HTTP: name to URL. The others run in this process. */
  subgraphUrls: Record<string, string>;
  /** 32 bytes as 64 hexadecimal digits or as base64; null: generated into dataDir (demo only). */
  subgraphSigningKey: string | null;
  /** Milliseconds until the gateway gives up a call of a subgraph in another process. */
  subgraphTimeoutMs: number;
  /**
   * Points that one operation may be reckoned to cost, and that one caller, and all callers of one client program together, may use in
   * `rateSeconds`; null: without end.
   */
  budget: { costLimit: number; ratePoints: number | null; clientPoints: number | null; rateSeconds: number };
  /** Subscriptions that one connection, and one account on all nodes, may hold. */
  subscriptions: { perConnection: number; perAccount: number };
  /** Where Redis answers, in which nodes share points, subscriptions and changes; null: there is one node, or each is alone. */
  redisUrl: string | null;
  /** How persisted operations are used, and the folder of third parties' manifests (null: none). */
  persisted: { mode: "allow" | "safelist"; folder: string | null };
  /** Below it lie the folders that scheduled imports read; null: there are none. */
  importFolder: string | null;
  /** Days after which what an import shows of people is removed, unless it was written. */
  previewDays: number;
  sampleBundles: string | null;
  /** Demo only: how many students the district has that a first start makes. */
  demoStudents: number;
  /** Demo only: the moment that the records take for now, so that a district can be shown as of a day. null: the real time. */
  now: Date | null;
  /** Files that people bring and fetch: how large one may be, how long it is kept, where its bytes are (null: in the database), who looks for viruses (null: nobody). */
  files: { maxBytes: number; keepDays: number; s3: S3Store | null; clamd: Clamd | null };
  logLevel: "debug" | "info" | "warn" | "error";
  /** The OpenTelemetry collector that traces go to, and which part of them; null: none are made. */
  tracing: { url: string; headers: Record<string, string>; ratio: number } | null;
}

/** A bucket of a store that speaks S3. */
export interface S3Store {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly keyId: string;
  readonly secret: string;
}

/** Where ClamAV's daemon listens. */
export type Clamd = { readonly host: string; readonly port: number } | { readonly path: string };

/** All problems of the environment at once. `message` is meant for the person who starts the process. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly code = "CONFIG_INVALID";
  constructor(readonly problems: readonly string[]) {
    super(`The settings are not usable:\n${problems.map((problem) => `  - ${problem}`).join("\n")}\nEach setting is explained in .env.example.`);
  }
}

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: "must be a URL such as postgres://osss_app:secret@db.example.org:5432/osss" });
const redisUrl = z.url({ protocol: /^rediss?$/, error: "must be a URL such as redis://:secret@redis.example.org:6379" });
const webUrl = z.url({ protocol: /^https?$/, error: "must be a URL that begins with http:// or https://" });
const wholeNumber = (from: number, to: number) =>
  z.string().regex(/^\d+$/, `must be a whole number from ${from} to ${to}`).transform(Number)
    .refine((value) => value >= from && value <= to, `must be a whole number from ${from} to ${to}`);
const choice = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, { error: `must be one of: ${values.join(", ")}` });

/** The variables that have a fixed name. `.env.example` explains each; a test keeps the two equal. */
export const variables = z.object({
  NODE_ENV: z.string().optional(),
  OSSS_MODE: choice(["demo", "production"]).optional(),
  PORT: wholeNumber(0, 65_535).optional(),
  OSSS_HOST: z.string().optional(),
  OSSS_PUBLIC_URL: webUrl.optional(),
  OSSS_DATA_DIR: z.string().optional(),
  OSSS_LOG_LEVEL: choice(["debug", "info", "warn", "error"]).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: webUrl.optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().regex(/^[\w-]+=[^,]*(,[\w-]+=[^,]*)*$/, "must be pairs such as authorization=Bearer%20secret,x-team=school").optional(),
  OTEL_TRACES_SAMPLER_ARG: z.string().regex(/^(0|1|0?\.\d+|1\.0+)$/, "must be a part from 0 to 1, such as 0.1").transform(Number).optional(),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_ADMIN_URL: postgresUrl.optional(),
  OSSS_DATABASE_PREFIX: z.string().regex(/^[a-z][a-z0-9_]{0,19}$/, "must begin with a letter and hold at most 20 of a-z, 0-9 and _").optional(),
  OSSS_POOL_SIZE: wholeNumber(1, 500).optional(),
  OIDC_ISSUER: webUrl.optional(),
  OIDC_AUDIENCE: z.string().optional(),
  OIDC_USERS_SECRET: z.string().optional(),
  OSSS_LINK_BY_EMAIL: choice(["on", "off"]).optional(),
  OSSS_I_ACCEPT_DEMO_IDENTITY_IN_PRODUCTION: z.literal(demoIdentitySentence, { error: `must hold exactly: ${demoIdentitySentence}` }).optional(),
  OSSS_SUBGRAPH_KEY: z.string()
    .refine((key) => /^[0-9a-f]{64}$/i.test(key) || /^[A-Za-z0-9+/_-]{43}=?$/.test(key), "must be 32 random bytes, as `openssl rand -hex 32` prints them").optional(),
  OSSS_SUBGRAPH_TIMEOUT_SECONDS: wholeNumber(1, 55).optional(),
  OSSS_COST_LIMIT: wholeNumber(100, 10_000_000).optional(),
  OSSS_RATE_POINTS: wholeNumber(0, 1_000_000_000).optional(),
  OSSS_RATE_CLIENT_POINTS: wholeNumber(0, 1_000_000_000_000).optional(),
  OSSS_RATE_SECONDS: wholeNumber(1, 86_400).optional(),
  OSSS_SUBSCRIPTIONS_PER_CONNECTION: wholeNumber(1, 10_000).optional(),
  OSSS_SUBSCRIPTIONS_PER_ACCOUNT: wholeNumber(1, 10_000).optional(),
  OSSS_REDIS_URL: redisUrl.optional(),
  OSSS_PERSISTED_MODE: choice(["allow", "safelist"]).optional(),
  OSSS_OPERATIONS_DIR: z.string().optional(),
  OSSS_FILES_MAX_MB: wholeNumber(1, 2_000).optional(),
  OSSS_FILES_KEEP_DAYS: wholeNumber(1, 365).optional(),
  OSSS_FILES_S3_ENDPOINT: webUrl.optional(),
  OSSS_FILES_S3_REGION: z.string().optional(),
  OSSS_FILES_S3_BUCKET: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "must be the name of a bucket").optional(),
  OSSS_FILES_S3_KEY_ID: z.string().optional(),
  OSSS_FILES_S3_SECRET: z.string().optional(),
  OSSS_FILES_CLAMD: z.string().regex(/^(\/.+|[\w.-]+:\d{1,5})$/, "must be an address such as clamd.example.org:3310, or the path of a socket").optional(),
  OSSS_IMPORT_DIR: z.string().optional(),
  OSSS_IMPORT_PREVIEW_DAYS: wholeNumber(1, 365).optional(),
  OSSS_SAMPLE_BUNDLES: z.string().optional(),
  OSSS_DEMO_STUDENTS: wholeNumber(50, 100_000).optional(),
  OSSS_NOW: z.iso.datetime({ offset: true, error: "must be a moment such as 2026-10-14T15:00:00Z" }).optional(),
});

const subgraphUrlName = /^SUBGRAPH_([A-Z][A-Z0-9_]*)_URL$/;

/** A URL for each SUBGRAPH_<NAME>_URL, the name in lower case; what is wrong goes to `problems`. */
function readSubgraphUrls(given: Record<string, string>, problems: string[]): Record<string, string> {
  const urls: Record<string, string> = {};
  for (const [variable, value] of Object.entries(given)) {
    const name = subgraphUrlName.exec(variable)?.[1];
    if (name === undefined) continue;
    const read = webUrl.safeParse(value);
    if (read.success) urls[name.toLowerCase()] = withoutSlash(read.data);
    else problems.push(`${variable} ${read.error.issues[0]?.message}`);
  }
  return urls;
}

const s3Parts = ["OSSS_FILES_S3_ENDPOINT", "OSSS_FILES_S3_BUCKET", "OSSS_FILES_S3_KEY_ID", "OSSS_FILES_S3_SECRET"] as const;

/** All of it, or nothing; what is missing goes to `problems`. */
function readS3(v: z.infer<typeof variables>, problems: string[]): S3Store | null {
  const missing = s3Parts.filter((name) => v[name] === undefined);
  if (missing.length === s3Parts.length) return null;
  for (const name of missing) problems.push(`${name} must be set where another OSSS_FILES_S3_ setting is`);
  return { endpoint: withoutSlash(v.OSSS_FILES_S3_ENDPOINT ?? ""), region: v.OSSS_FILES_S3_REGION ?? "us-east-1", bucket: v.OSSS_FILES_S3_BUCKET ?? "", keyId: v.OSSS_FILES_S3_KEY_ID ?? "", secret: v.OSSS_FILES_S3_SECRET ?? "" };
}

function readClamd(text: string | undefined): Clamd | null {
  if (text === undefined) return null;
  if (text.startsWith("/")) return { path: text };
  const at = text.lastIndexOf(":");
  return { host: text.slice(0, at), port: Number(text.slice(at + 1)) };
}

const endless = (points: number) => (points === 0 ? null : points);
/** Headers as OpenTelemetry writes them: names and values by "=", the values encoded as in an address. */
const pairs = (text: string) => Object.fromEntries(text.split(",").filter((pair) => pair !== "").map((pair) => [pair.slice(0, pair.indexOf("=")), decodeURIComponent(pair.slice(pair.indexOf("=") + 1))]));

const withoutSlash = (url: string) => url.replace(/\/+$/, "");

/**
 * Reads the settings of a process. An empty variable counts as one that is not set.
 * Relative folders are taken from the current folder.
 * @throws ConfigError with every problem, so that one look is enough to mend them all.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1].trim() !== ""));
  const problems: string[] = [];
  const subgraphUrls = readSubgraphUrls(given, problems);
  const read = variables.safeParse(given);
  if (!read.success) {
    problems.push(...read.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`));
    throw new ConfigError(problems.sort());
  }
  const v = read.data;
  const mode = v.OSSS_MODE ?? (v.NODE_ENV === "production" ? "production" : "demo");
  const accepted = v.OSSS_I_ACCEPT_DEMO_IDENTITY_IN_PRODUCTION !== undefined;
  if (mode === "production") {
    if (v.OSSS_NOW !== undefined) problems.push("OSSS_NOW must not be set in production: rights begin and end by the real time there");
    if (v.DATABASE_URL === undefined) problems.push("DATABASE_URL must be set in production: the embedded PostgreSQL is for the demo");
    if (v.OSSS_PUBLIC_URL === undefined) problems.push("OSSS_PUBLIC_URL must be set in production: it is the address that browsers and the identity provider see");
    if (v.OIDC_ISSUER === undefined && !accepted) {
      problems.push("OIDC_ISSUER must be set in production: the embedded identity provider signs anyone in with the password demo. " +
        `To use it all the same, set OSSS_I_ACCEPT_DEMO_IDENTITY_IN_PRODUCTION to: ${demoIdentitySentence}`);
    }
    if (Object.keys(subgraphUrls).length > 0 && v.OSSS_SUBGRAPH_KEY === undefined) {
      problems.push("OSSS_SUBGRAPH_KEY must be set in production when a SUBGRAPH_<NAME>_URL is: the gateway signs with it whom a call acts for");
    }
  }
  const s3 = readS3(v, problems);
  if (problems.length > 0) throw new ConfigError(problems.sort());
  const port = v.PORT ?? 4000;
  return {
    mode,
    port,
    host: v.OSSS_HOST ?? (mode === "production" ? "0.0.0.0" : "127.0.0.1"),
    publicUrl: withoutSlash(v.OSSS_PUBLIC_URL ?? `http://localhost:${port}`),
    dataDir: resolve(v.OSSS_DATA_DIR ?? ".osss"),
    database: {
      url: v.DATABASE_URL ?? null,
      adminUrl: v.DATABASE_ADMIN_URL ?? null,
      prefix: v.OSSS_DATABASE_PREFIX ?? "osss",
      poolSize: v.OSSS_POOL_SIZE ?? 10,
    },
    oidc: { issuer: v.OIDC_ISSUER ?? null, audience: v.OIDC_AUDIENCE ?? "osss-api", linkByEmail: v.OSSS_LINK_BY_EMAIL !== "off", usersSecret: v.OIDC_USERS_SECRET ?? null },
    allowDemoIdentityInProduction: accepted,
    subgraphUrls,
    subgraphSigningKey: v.OSSS_SUBGRAPH_KEY ?? null,
    subgraphTimeoutMs: (v.OSSS_SUBGRAPH_TIMEOUT_SECONDS ?? 30) * 1_000,
    budget: { costLimit: v.OSSS_COST_LIMIT ?? 50_000, ratePoints: endless(v.OSSS_RATE_POINTS ?? 200_000), clientPoints: endless(v.OSSS_RATE_CLIENT_POINTS ?? 20_000_000), rateSeconds: v.OSSS_RATE_SECONDS ?? 60 },
    subscriptions: { perConnection: v.OSSS_SUBSCRIPTIONS_PER_CONNECTION ?? 50, perAccount: v.OSSS_SUBSCRIPTIONS_PER_ACCOUNT ?? 200 },
    redisUrl: v.OSSS_REDIS_URL ?? null,
    persisted: { mode: v.OSSS_PERSISTED_MODE ?? "allow", folder: v.OSSS_OPERATIONS_DIR === undefined ? null : resolve(v.OSSS_OPERATIONS_DIR) },
    importFolder: v.OSSS_IMPORT_DIR === undefined ? null : resolve(v.OSSS_IMPORT_DIR),
    previewDays: v.OSSS_IMPORT_PREVIEW_DAYS ?? 30,
    sampleBundles: v.OSSS_SAMPLE_BUNDLES === undefined ? null : resolve(v.OSSS_SAMPLE_BUNDLES),
    demoStudents: v.OSSS_DEMO_STUDENTS ?? 1_200,
    now: v.OSSS_NOW === undefined ? null : new Date(v.OSSS_NOW),
    files: { maxBytes: (v.OSSS_FILES_MAX_MB ?? 200) * 1024 * 1024, keepDays: v.OSSS_FILES_KEEP_DAYS ?? 14, s3, clamd: readClamd(v.OSSS_FILES_CLAMD) },
    logLevel: v.OSSS_LOG_LEVEL ?? "info",
    tracing: v.OTEL_EXPORTER_OTLP_ENDPOINT === undefined ? null : { url: withoutSlash(v.OTEL_EXPORTER_OTLP_ENDPOINT), headers: pairs(v.OTEL_EXPORTER_OTLP_HEADERS ?? ""), ratio: v.OTEL_TRACES_SAMPLER_ARG ?? 1 },
  };
}

/** The settings of this very process: the one place where `process.env` is read. */
export function readProcessConfig(): Config {
  return readConfig(process.env);
}

/** The folder in which the person typed the command: npm changes the current folder to the package's and remembers the former. */
export function callFolder(): string {
  return process.env.INIT_CWD ?? process.cwd();
}
