import { setTimeout as pause } from "node:timers/promises";
import { access, ofDistrict, read } from "#foundation/access/access";
import { declareRelation } from "#foundation/access/declare-relation";
import { member } from "#foundation/access/relations";
import { subgraph } from "#foundation/federation/manifest";
import { Role } from "#foundation/identity/role";
import { job, schedule, type JobHost } from "#foundation/jobs/job";
import { Text, Whole } from "#foundation/record/fields";
import { DistrictRecord, Record } from "#foundation/record/record";

@Record({ description: "What a job has noted.", access: access(ofDistrict(), [read(Role.Admin, member)]), write: "operations" })
export class Noted extends DistrictRecord {
  @Text({ description: "Of which errand." }) errand!: string;
  @Text({ description: "What it did." }) what!: string;
  @Whole({ description: "In which process.", min: 0 }) pid!: number;
  @Whole({ description: "At which attempt.", min: 1 }) attempt!: number;
}

/** Writes down that a job was at it, in a transaction of its own. */
const note = (host: JobHost, errand: string, what: string) =>
  host.across((across) => across.in("errands", async (session) => void session.create(Noted, { errand, what, pid: process.pid, attempt: host.attempt })));

export const shortErrand = job({ name: "shortErrand", description: "Is done at once.", payload: { errand: "id" }, atOnce: 2, run: async (host, { errand }) => void (await note(host, errand, "done")) });

export const longErrand = job({
  name: "longErrand",
  description: "Takes a while, and stops when it is told to where it listens.",
  payload: { errand: "id", milliseconds: "whole", listens: "flag" },
  async run(host, { errand, milliseconds, listens }) {
    await note(host, errand, "begun");
    await pause(milliseconds, undefined, listens ? { signal: host.signal } : {});
    await note(host, errand, "done");
  },
});

/** Notes that it begins and ends, so that two side by side show. */
async function beginAndEnd(host: JobHost, { errand }: { errand: string }): Promise<void> {
  await note(host, errand, "begun");
  await pause(250);
  await note(host, errand, "done");
}

export const oneByOne = job({ name: "oneByOne", description: "One at a time of an errand; the others wait.", payload: { errand: "id" }, single: { by: "errand", others: "wait" }, atOnce: 4, run: beginAndEnd });
export const onlyOne = job({ name: "onlyOne", description: "One of an errand; no other is queued meanwhile.", payload: { errand: "id" }, single: { by: "errand", others: "drop" }, run: beginAndEnd });

export const hopeless = job({
  name: "hopeless",
  description: "Fails with a text that nobody may keep.",
  payload: { errand: "id" },
  retries: 0,
  run: () => Promise.reject(new Error("Lisa Lindqvist, born 2011-04-05, could not be written.")),
});

/** The district of the tests. */
export const errandDistrict = "0198f2a0-0000-7000-8000-00000000000d";
export const everyMinute = job({ name: "everyMinute", description: "Comes by itself.", payload: {}, run: async (host) => void (await note(host, host.districtId, "scheduled")) });

/** A domain that has nothing but jobs, and a record in which they note what they do. */
export const errands = subgraph({
  name: "errands",
  description: "Jobs that write down what they do.",
  records: [Noted],
  operations: [],
  relations: [declareRelation(member, null, "SELECT false")],
  jobs: [shortErrand, longErrand, oneByOne, onlyOne, hopeless, everyMinute],
  schedules: [schedule({ job: everyMinute, cron: "* * * * *" })],
  districtZones: `SELECT '${errandDistrict}'::uuid AS id, 'Europe/Stockholm' AS time_zone`,
  migrations: new URL("./migrations/", import.meta.url),
});
