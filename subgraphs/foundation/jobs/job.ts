import type { Config } from "../config/config.ts";
import type { AcrossDomains, AcrossOptions, AcrossResult, Orchestration } from "../crud/across-domains.ts";
import type { DelegatedWork } from "../identity/delegated-identity.ts";
import type { Identity } from "../identity/identity.ts";
import type { Log } from "../serving/log.ts";

/** What a job is told: which record, which day, how many. Never a name, an address or a text: a queue has no row rules. */
export type PayloadKind = "id" | "day" | "whole" | "flag";
export type PayloadKinds = Readonly<Record<string, PayloadKind>>;
export type PayloadOf<K extends PayloadKinds> = { readonly [N in keyof K]: K[N] extends "whole" ? number : K[N] extends "flag" ? boolean : string };

/** What a job has at hand while it runs. */
export interface JobHost {
  /** The district that it works for: the one whose write queued it, or whose schedule it is. */
  readonly districtId: string;
  readonly config: Config;
  readonly clock: () => Date;
  /** Every line names the job. Ids only, as everywhere in the log. */
  readonly log: Log;
  /** Aborted when the process ends, when the job has used up its time, or when another process has taken it over: stop at the next safe place. */
  readonly signal: AbortSignal;
  /** 1 the first time. A job runs at least once: it may have been at it before, and may have finished. */
  readonly attempt: number;
  /** Over the domains that the job's own domain orchestrates, or over that one alone. */
  readonly orchestration: Orchestration;
  /** Writes as the district's own work, under the job's name in the audit log, unless `identity` says for whom. */
  across<T>(work: (across: AcrossDomains) => Promise<T>, options?: Partial<Omit<AcrossOptions, "districtId">>): Promise<AcrossResult<T>>;
  /** Whom it acts as under a person's delegation, at this moment. Rejects with NOT_FOUND or FORBIDDEN. */
  delegated(work: Pick<DelegatedWork, "delegation" | "use">): Promise<Identity>;
}

/** Work that is done later, by whichever process that serves its domain is free, at least once. */
export interface Job<K extends PayloadKinds = PayloadKinds> {
  /** Its own in the whole installation, verb first: `commitImport`. */
  readonly name: string;
  readonly description: string;
  readonly payload: K;
  /**
   * Which of them never run side by side: those of one district, or those that have the same value in a field of the payload. `others`
   * says what becomes of one that is queued while another waits or runs: it waits for its turn, or is not queued at all.
   */
  readonly single?: { readonly by: "district" | (keyof K & string); readonly others: "wait" | "drop" };
  /** Seconds that one run may take, an hour unless told: then it is broken off and tried again. */
  readonly limitSeconds?: number;
  /** How often it is tried again after a failure, 5 times unless told; after seconds first, then minutes. */
  readonly retries?: number;
  /** How many of them one process runs at once; one unless told. */
  readonly atOnce?: number;
  run(host: JobHost, payload: PayloadOf<K>): Promise<void>;
}

/** A job whatever its payload. */
export interface AnyJob extends Omit<Job, "single" | "run"> {
  readonly single?: { readonly by: string; readonly others: "wait" | "drop" };
  run(host: JobHost, payload: never): Promise<void>;
}

export const job = <const K extends PayloadKinds>(declaration: Job<K>): Job<K> => {
  if (!/^[a-z][A-Za-z]{2,49}$/.test(declaration.name)) throw new Error(`The job ${declaration.name} needs a name such as commitImport.`);
  if (declaration.single && declaration.single.by !== "district" && !(declaration.single.by in declaration.payload)) throw new Error(`The job ${declaration.name} has no ${declaration.single.by} in its payload, by which it is to be single.`);
  return declaration;
};

/** When a job is queued by itself, for each district. */
export interface Schedule {
  /** One that needs nothing to be told. */
  readonly job: Job<Record<never, never>>;
  /** Minute, hour, day, month and weekday in the district's time zone; `0 2 * * *` is every night at two. */
  readonly cron: string;
}

export const schedule = (declaration: Schedule): Schedule => declaration;

const kinds: Readonly<Record<PayloadKind, (value: unknown) => boolean>> = {
  id: (value) => typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value),
  day: (value) => typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value),
  whole: (value) => Number.isSafeInteger(value),
  flag: (value) => typeof value === "boolean",
};

/** @throws Error by name for what is missing, too much, or not of its kind: a mistake of the program. */
export function checkPayload(of: Pick<AnyJob, "name" | "payload">, payload: Readonly<Record<string, unknown>>): void {
  for (const name of Object.keys(payload)) if (!(name in of.payload)) throw new Error(`The job ${of.name} is not told ${name}.`);
  for (const [name, kind] of Object.entries(of.payload)) if (!kinds[kind](payload[name])) throw new Error(`The job ${of.name} must be told ${name}, a value of kind ${kind}.`);
}
