import { afterAll, beforeAll, expect, it } from "vitest";
import { readConfig } from "#foundation/config/config";
import { startWorkers } from "#foundation/jobs/workers";
import type { Contract } from "#foundation/testing/contract";
import { testPrefix } from "#foundation/testing/test-platform";
import { until } from "#foundation/testing/until";
import { stage } from "../../contract/stage.ts";
import { gradingSchool } from "../tests/grading-school.ts";
import { expireIncompletesNightly } from "./expire-incompletes-nightly.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract?.platform[Symbol.asyncDispose]());

it("lets what is due become the agreed mark in every school of the district, as nobody's change, and once", { timeout: 60_000 }, async () => {
  const { platform } = contract;
  const school = gradingSchool(contract);
  const other = gradingSchool(contract, school);
  const incomplete = (at: typeof school, title: string, deadline: string) => {
    const section = at.course(title);
    return at.mark(at.pupil(section), section, "I", { status: "INCOMPLETE", percent: null, exactPercent: null, deadline, becomes: "F" });
  };
  const [due, dueElsewhere, notYet] = [incomplete(school, "Chemistry", "2026-10-13"), incomplete(other, "Biology", "2026-10-01"), incomplete(school, "Physics", "2026-10-14")];
  await school.make.save();
  const workers = startWorkers({ config: readConfig({ OSSS_DATABASE_PREFIX: testPrefix }), database: platform.database, clock: () => platform.clock.now, log: { debug() {}, info() {}, warn() {}, error() {} }, manifests: platform.orchestration.manifests, serves: (name) => name === "grading" });
  try {
    await workers.started;
    const night = async () => {
      const id = await platform.write(school.make.districtId, (across) => across.queue(expireIncompletesNightly, {}));
      await until(async () => (await platform.sql<{ state: string }>("SELECT state::text FROM jobs.job WHERE id = $1", [id]))[0]!.state === "completed");
    };
    await night();
    const marks = () => platform.sql("SELECT id, mark, status, deadline::text, version FROM grading.mark WHERE id = ANY ($1) ORDER BY mark, id", [[due, dueElsewhere, notYet]]);
    const after = await marks();
    expect(after).toEqual([...[due, dueElsewhere].sort().map((id) => ({ id, mark: "F", status: "POSTED", deadline: null, version: 2 })), { id: notYet, mark: "I", status: "INCOMPLETE", deadline: "2026-10-14", version: 1 }]);
    expect(await platform.sql("SELECT kind, before, after, reason, changed_by_id, created_by FROM grading.mark_change WHERE mark_id = $1", [due])).toEqual([
      { kind: "EXPIRED", before: "I", after: "F", reason: "The work was not made up by 2026-10-13.", changed_by_id: null, created_by: null },
    ]);
    expect(await platform.sql("SELECT operation, created_by, person_id, action FROM journal.audit_entry WHERE record_id = $1 AND action = 'UPDATED'", [due])).toEqual([{ operation: "expireIncompletesNightly", created_by: null, person_id: null, action: "UPDATED" }]);
    await night();
    expect(await marks()).toEqual(after);
  } finally {
    await workers.stop(1_000);
  }
});
