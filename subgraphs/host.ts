import type { Config } from "#foundation/config/config";
import type { DelegatedWork } from "#foundation/identity/delegated-identity";
import { delegatedIdentity, noteSignIn } from "#foundation/identity/delegation-lookup";
import type { Identity } from "#foundation/identity/identity";
import { openOrchestration, type Orchestration } from "#foundation/crud/across-domains";
import type { SubgraphManifest } from "#foundation/federation/manifest";
import type { LinkedAccount } from "#foundation/identity/identity-of";
import { accountOf } from "#foundation/persistence/account-of";
import { databaseState } from "#foundation/persistence/database-state";
import type { Readiness } from "#foundation/serving/readiness";
import { startWorkers, type Workers } from "#foundation/jobs/workers";
import { openInstallation, type Installation } from "#foundation/persistence/installation";
import type { Database } from "#foundation/persistence/pool";
import { ChangeFeed } from "#foundation/events/change-feed";
import { FeedExchange } from "#foundation/events/feed-exchange";
import { startRepeating } from "#foundation/events/repeating";
import { startSealing } from "#foundation/events/sealing";
import type { HttpHandler } from "#foundation/serving/http-handler";
import { silent, type Log } from "#foundation/serving/log";
import { SharedStore } from "#foundation/sharing/shared-store";
import { startSubgraph, type SubgraphService } from "#foundation/serving/subgraph-service";
import { subgraphSdl } from "../schema/files.ts";
import { allManifests } from "./registry.ts";

export interface HostOptions {
  config: Config;
  /** Which subgraphs run in this process. */
  serves: (name: string) => boolean;
  /** Brings the database to the manifests first, where the settings name who may. */
  migrate: boolean;
  /** Use the embedded database of an OSSS that runs already. */
  attach?: boolean;
  say: (line: string) => void;
  /** Gets what fails in the background and is tried again. */
  report: (error: unknown, message: string) => void;
  clock?: () => Date;
  /** Where jobs tell what they did. Without it they are not worked here. */
  log?: Log;
}

/** The subgraphs of this process over their database. */
export interface Host {
  readonly installation: Installation;
  readonly database: Database;
  readonly services: ReadonlyMap<string, SubgraphService>;
  readonly clock: () => Date;
  /** Addresses of the domains beside GraphQL: who answers those served here, null for those served elsewhere. */
  readonly http: readonly { readonly domain: string; readonly prefix: string; readonly answer: HttpHandler | null }[];
  /** Who works the jobs of the served domains; null where they are worked elsewhere. */
  readonly workers: Workers | null;
  /** What changes, as this process hears of it. */
  readonly feed: ChangeFeed;
  /** What the nodes share; null where no Redis is named. */
  readonly shared: SharedStore | null;
  /** Names of all subgraphs of the graph, served here or elsewhere. */
  readonly names: readonly string[];
  /** The account that a verified token's issuer and subject are linked to; null when nobody linked it. */
  accountOf(issuer: string, subject: string): Promise<LinkedAccount | null>;
  /** Remembers that somebody signed in, and with which roles. */
  noteSignIn(identity: Identity): Promise<void>;
  /** Whom work without a live person acts as at this moment. Rejects with NOT_FOUND or FORBIDDEN. */
  delegated(work: Omit<DelegatedWork, "now">): Promise<Identity>;
  /** Links a new sign-in by its verified e-mail address, where that is for sure; says whether it did. */
  linkSignIn(signIn: { issuer: string; subject: string; username: string; email: string }): Promise<boolean>;
  /** Whether the database answers and is at this version, and if not, why. A Redis that is away is told, and is no reason not to be ready. */
  ready(): Promise<Readiness>;
  stop(): Promise<void>;
}

/** Opens the database and starts subgraphs over it. What a failed start had opened is closed again. */
export async function startHost(options: HostOptions): Promise<Host> {
  const { config, say } = options;
  const fixed = config.now;
  const clock = options.clock ?? (fixed ? () => fixed : () => new Date());
  const manifests = await allManifests();
  const installation = await openInstallation(config, manifests, { log: say, purpose: `OSSS on ${config.publicUrl}`, ...(options.attach ? { attach: true } : {}) });
  const opened: (() => Promise<void>)[] = [];
  try {
    if (options.migrate && installation.adminUrl !== null) await installation.migrate();
    const database = installation.openDatabase();
    const shared = config.redisUrl === null ? null : await SharedStore.open({ url: config.redisUrl, prefix: config.database.prefix, report: options.report, say });
    opened.push(async () => shared?.close());
    const feed = new ChangeFeed(database, { exchange: shared && new FeedExchange(shared), report: (error) => options.report(error, "The feed of changes could not be read; it is tried again.") });
    const common = { config, database, prefix: config.database.prefix, clock, manifests, feed };
    const services = new Map<string, SubgraphService>();
    for (const manifest of manifests) {
      if (options.serves(manifest.name)) services.set(manifest.name, await startSubgraph(manifest, { ...common, sdl: subgraphSdl(manifest.name) }));
    }
    const sealing = startSealing(database, (error) => options.report(error, "The audit chain could not be sealed; it is tried again."));
    const background = manifests.filter((m) => services.has(m.name)).flatMap((m) => (m.background ?? []).map((work) => startRepeating(database, work, (error) => options.report(error, `The background work ${work.name} failed; it is tried again.`))));
    const workers = options.log ? startWorkers({ config, database, clock, log: options.log, manifests, serves: (name) => services.has(name) }) : null;
    const stored = databaseState(database, manifests, config.database.prefix);
    return {
      installation,
      database,
      services,
      clock,
      workers,
      http: manifests.flatMap(({ name, http, orchestrates = [name] }) =>
        http ? [{ domain: name, prefix: http.prefix, answer: services.has(name) ? http.open({ config, log: options.log ?? silent, orchestration: openOrchestration({ name: `${name}-http`, database, prefix: config.database.prefix, clock, manifests: manifests.filter((m) => orchestrates.includes(m.name)) }) }) : null }] : [],
      ),
      feed,
      shared,
      names: manifests.map((m) => m.name),
      accountOf: (issuer, subject) => accountOf(database, issuer, subject),
      noteSignIn: (identity) => noteSignIn(database.pool, identity, clock()),
      delegated: (work) => delegatedIdentity(database.pool, { ...work, now: clock() }),
      linkSignIn: linking(manifests, database, config.database.prefix, clock),
      ready: async () => {
        const { ok, reasons } = await stored();
        return { ok, reasons: [...reasons, ...(workers?.trouble() ? [workers.trouble()!] : []), ...(shared?.up === false ? ["Redis does not answer: this node counts points and subscriptions, and reads the outbox, by itself."] : [])] };
      },
      stop: async () => {
        await workers?.stop();
        await feed.close();
        await shared?.close();
        await Promise.all([sealing.stop(), ...background.map((work) => work.stop())]);
        await installation.close();
      },
    };
  } catch (error) {
    for (const close of opened) await close();
    await installation.close();
    throw error;
  }
}

/** The domain that keeps accounts links; its ORM is opened when the first sign-in asks. */
function linking(manifests: readonly SubgraphManifest[], database: Database, prefix: string, clock: () => Date): Host["linkSignIn"] {
  const keeper = manifests.find((manifest) => manifest.linkSignIn);
  let orchestration: Orchestration | null = null;
  return async (signIn) => {
    if (!keeper?.linkSignIn) return false;
    orchestration ??= openOrchestration({ name: "sign-ins", database, prefix, clock, manifests: [keeper] });
    return keeper.linkSignIn(orchestration, signIn);
  };
}
