import { describe, expect, test } from "vitest";
import type { Config } from "#foundation/config/config";
import { startWorkers } from "#foundation/jobs/workers";
import { silent } from "#foundation/serving/log";
import { noClamd, startClamd, testVirus } from "#foundation/testing/clamd";
import { noS3, startS3 } from "#foundation/testing/s3-server";
import { until } from "#foundation/testing/until";
import { removeExpiredFiles } from "../../../subgraphs/platform/jobs/remove-expired-files.ts";
import { storeFile, withStoredFile } from "../../../subgraphs/platform/ports.ts";
import { contract, elsewhere, parts, put, registrar, requested, send, served, sha256, shown, zipOf } from "./files-of-people.ts";

test("what the platform makes is given to an account, what somebody brought to a job; when its time is over its content goes, and the record says so", { timeout: 60_000 }, async () => {
  const { platform } = contract;
  await using server = await served();
  const host = { config: platform.config, orchestration: platform.orchestration, districtId: registrar.districtId! };
  const made = Buffer.from("sourcedId,name\n1,Ä\n");
  const id = await storeFile(host, { accountId: registrar.accountId!, name: "export.csv", mediaType: "text/csv", purpose: "EXPORT", content: (async function* () { yield made.subarray(0, 5); yield made.subarray(5); })() });
  const stored = (await shown(id))!;
  expect(stored).toMatchObject({ status: "STORED", size: made.length, sha256: sha256(made) });
  expect((await send(server.inside(stored.downloadUrl))).body).toEqual(made);
  const read = await withStoredFile(host, id, async (handle, file) => ({ file, text: (await handle.readFile()).toString("utf8") }));
  expect(read).toEqual({ file: { name: "export.csv", mediaType: "text/csv", size: made.length, sha256: sha256(made) }, text: made.toString("utf8") });
  await expect(withStoredFile({ ...host, districtId: elsewhere.districtId! }, id, () => Promise.resolve())).rejects.toMatchObject({ code: "NOT_FOUND" });

  const waits = await requested(10);
  await platform.sql("UPDATE platform.stored_file SET expires_at = $2 WHERE id = ANY ($1)", [[id, waits.id], platform.clock.now]);
  expect((await send(server.inside(stored.downloadUrl))).code).toBe("NOT_FOUND");
  const workers = startWorkers({ config: platform.config, database: platform.database, clock: () => platform.clock.now, log: silent, manifests: platform.orchestration.manifests, serves: (name) => name === "platform" });
  try {
    await platform.write(registrar.districtId!, (across) => across.queue(removeExpiredFiles, {}));
    await until(async () => (await shown(id))!.status === "REMOVED" && (await shown(waits.id))!.status === "REMOVED");
  } finally {
    await workers.stop(1_000);
  }
  expect(await parts(id)).toBe(0);
  expect(await shown(id)).toMatchObject({ downloadUrl: null, uploadUrl: null });
  await expect(withStoredFile(host, id, () => Promise.resolve())).rejects.toMatchObject({ code: "NOT_FOUND" });
});

describe.skipIf(noClamd !== null)(`a virus scanner (${noClamd ?? "clamd"})`, () => {
  const files = (clamd: Config["files"]["clamd"]): Partial<Config> => ({ files: { ...contract.platform.config.files, clamd } });

  test("looks at every file before anybody may read it: an infected one is refused, and its bytes are gone; one that is away refuses all, and loses none", { timeout: 60_000 }, async () => {
    await using clamd = await startClamd();
    await using server = await served(files(clamd.at));
    const virus = await requested(testVirus.length, { name: "roster.csv", mediaType: "text/csv" });
    const found = await put(server.inside(virus.uploadUrl), testVirus);
    expect([found.status, found.code, found.body.toString("utf8")]).toEqual([422, "VALIDATION_FAILED", expect.stringContaining("Test.Virus")]);
    expect(await shown(virus.id)).toMatchObject({ status: "REFUSED", refusal: expect.stringContaining("Test.Virus"), uploadUrl: null, downloadUrl: null });
    expect(await parts(virus.id)).toBe(0);
    expect((await put(server.inside(virus.uploadUrl), testVirus)).code).toBe("CONFLICT");

    const clean = zipOf(700_000);
    const file = await requested(clean.length);
    expect((await put(server.outside(file.uploadUrl), clean)).status).toBe(201);

    const waits = await requested(clean.length);
    await clamd.stop();
    const away = await put(server.inside(waits.uploadUrl), clean);
    expect([away.status, away.code]).toEqual([503, "UNAVAILABLE"]);
    expect(await shown(waits.id)).toMatchObject({ status: "WAITING" });
    expect(await parts(waits.id)).toBe(0);
    await using again = await startClamd();
    await using later = await served(files(again.at));
    expect((await put(later.inside(waits.uploadUrl), clean)).status).toBe(201);
  });
});

describe.skipIf(noS3 !== null)(`a store that speaks S3 (${noS3 ?? "versitygw"})`, () => {
  test("holds the bytes in place of the database, both ways, gives them up when their time is over, and is told when it is away", { timeout: 60_000 }, async () => {
    const { platform } = contract;
    await using s3 = await startS3();
    const store = { endpoint: s3.env["OSSS_FILES_S3_ENDPOINT"]!, region: "us-east-1", bucket: "osss-files", keyId: "osss", secret: "test-only-secret" };
    const files = { ...platform.config.files, s3: store };
    await using server = await served({ files });
    const content = zipOf(3_000_000);
    const file = await requested(content.length);
    expect((await put(server.inside(file.uploadUrl), content)).status).toBe(201);
    expect(await parts(file.id)).toBe(0);
    expect(s3.objects()).toEqual([expect.stringMatching(new RegExp(`^${registrar.districtId}/${file.id}/[0-9a-f-]{36}$`))]);
    expect(sha256((await send(server.outside((await shown(file.id))!.downloadUrl))).body)).toBe(sha256(content));

    // A key that is wrong, and three at once: nothing is left of those that were not taken.
    await using wrong = await served({ files: { ...files, s3: { ...store, secret: "another" } } });
    const waits = await requested(content.length);
    const denied = await put(wrong.inside(waits.uploadUrl), content);
    expect([denied.status, denied.code]).toEqual([503, "UNAVAILABLE"]);
    expect((await Promise.all([1, 2, 3].map(() => put(server.inside(waits.uploadUrl), content)))).map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(s3.objects()).toHaveLength(2);

    await platform.sql("UPDATE platform.stored_file SET expires_at = $2 WHERE id = ANY ($1)", [[file.id, waits.id], platform.clock.now]);
    const workers = startWorkers({ config: { ...platform.config, files }, database: platform.database, clock: () => platform.clock.now, log: silent, manifests: platform.orchestration.manifests, serves: (name) => name === "platform" });
    try {
      await platform.write(registrar.districtId!, (across) => across.queue(removeExpiredFiles, {}));
      await until(async () => s3.objects().length === 0 && (await shown(waits.id))!.status === "REMOVED");
    } finally {
      await workers.stop(1_000);
    }
    const late = await requested(content.length);
    await s3.stop();
    expect((await put(server.inside(late.uploadUrl), content)).code).toBe("UNAVAILABLE");
    expect(await shown(late.id)).toMatchObject({ status: "WAITING" });
  });
});
