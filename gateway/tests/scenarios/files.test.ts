import { createHash, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { dataFolder } from "#foundation/testing/data-folder";
import { startedPlatform } from "#foundation/testing/started-platform";

/** As a client does it, against the whole of OSSS as it runs. */
test("a registrar brings a file and fetches it again; the page of metrics tells of the jobs", { timeout: 240_000 }, async () => {
  await using folder = dataFolder();
  await using platform = await startedPlatform({ dataDir: folder.path, env: { OSSS_DEMO_STUDENTS: "60" } });
  // The demo's registrars are each of a school; this one is the district's.
  await folder.sql("UPDATE people.duty_assignment d SET school_id = NULL FROM platform.account a WHERE a.username = 'registrar' AND a.person_id = d.person_id AND d.role = 'REGISTRAR'");
  const token = await platform.token("registrar");
  const content = Buffer.concat([Buffer.from("504b0304", "hex"), randomBytes(1_000_000)]);
  const asked = await platform.graphql<{ requestUpload: { file: { id: string; uploadUrl: string } } }>(
    token,
    "mutation ($input: RequestUploadInput!) { requestUpload(input: $input) { file { id uploadUrl } } }",
    { input: { name: "roster.zip", mediaType: "application/zip", purpose: "IMPORT", size: content.length } },
  );
  expect(asked.errors).toBeUndefined();
  const { id, uploadUrl } = asked.data!.requestUpload.file;
  const sent = await fetch(uploadUrl, { method: "PUT", body: content, headers: { "content-type": "application/zip" } });
  expect([sent.status, await sent.json()]).toMatchObject([201, { id, status: "STORED" }]);
  const told = await platform.graphql<{ storedFile: { downloadUrl: string; sha256: string } }>(token, "query ($id: ID!) { storedFile(id: $id) { downloadUrl sha256 } }", { id });
  const fetched = await fetch(told.data!.storedFile.downloadUrl);
  expect(createHash("sha256").update(Buffer.from(await fetched.arrayBuffer())).digest("hex")).toBe(told.data!.storedFile.sha256);
  const parent = await platform.graphql<{ storedFile: null }>(await platform.token("parent"), "query ($id: ID!) { storedFile(id: $id) { downloadUrl } }", { id });
  expect(parent.data).toEqual({ storedFile: null });
  const page = await (await fetch(`${platform.url}/metrics`)).text();
  expect(page).toMatch(/^osss_jobs_waiting\{job="removeExpiredFiles"\} \d+$/m);
  expect(page).toMatch(/^osss_jobs_failed\{job="expireIncompletesNightly"\} 0$/m);
});
