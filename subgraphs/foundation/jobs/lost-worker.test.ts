import { expect, test } from "vitest";
import { errandDistrict, errands, longErrand } from "#foundation/testing/test-domain/errands/subgraph";
import { launch, typescript } from "#foundation/testing/launched-process";
import { testPlatform, testPrefix } from "#foundation/testing/test-platform";
import { until } from "#foundation/testing/until";
import { runAcrossDomains } from "../crud/across-domains.ts";
import { uuidv7 } from "../record/uuid.ts";

/** A minute is what a district may have to wait for an import whose server was switched off. */
test("the job of a killed process is taken up by another within a minute; a long one that lives stays where it is; a schedule comes by itself", { timeout: 90_000 }, async () => {
  await using platform = await testPlatform({ manifests: [errands], sdl: () => "type Query { errand: ID }" });
  const worker = () => launch(typescript("subgraphs/foundation/testing/errand-worker.ts", testPrefix, platform.appUrl));
  const queue = (errand: string, milliseconds: number) => runAcrossDomains(platform.orchestration, { operation: "test", districtId: errandDistrict }, (across) => across.queue(longErrand, { errand, milliseconds, listens: false }));
  const noted = (errand: string) => platform.sql<{ what: string; pid: number; attempt: number }>("SELECT what, pid, attempt FROM errands.noted WHERE errand = $1 ORDER BY id", [errand]);
  const [lost, long] = [uuidv7(), uuidv7()];

  await using first = worker();
  await first.printed(/working/);
  await queue(lost, 2_000);
  await until(async () => (await noted(lost)).length > 0);
  await first.end("SIGKILL");
  const killed = performance.now();
  await using second = worker();
  await using third = worker();
  await Promise.all([second.printed(/working/), third.printed(/working/)]);
  await queue(long, 40_000);

  await until(async () => (await noted(lost)).length === 3);
  expect(performance.now() - killed).toBeLessThan(60_000);
  expect(await noted(lost)).toEqual([{ what: "begun", pid: first.pid, attempt: 1 }, expect.objectContaining({ what: "begun", attempt: 2 }), expect.objectContaining({ what: "done", attempt: 2 })]);
  expect((await noted(lost))[1]!.pid).not.toBe(first.pid);

  // Twice as long as a process may be silent.
  await until(async () => (await noted(long)).length === 2);
  expect((await noted(long)).map(({ what, attempt }) => [what, attempt])).toEqual([["begun", 1], ["done", 1]]);

  expect((await noted(errandDistrict)).map(({ what }) => what)).toContain("scheduled");
  expect(await platform.sql("SELECT key, cron, timezone, data FROM jobs.schedule")).toEqual([{ key: errandDistrict, cron: "* * * * *", timezone: "Europe/Stockholm", data: { districtId: errandDistrict } }]);
});
