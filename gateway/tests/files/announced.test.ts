import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { identityOf } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { newDistrict } from "#foundation/testing/contract";
import { reaches } from "../../../subgraphs/contract/reaches.ts";
import { ask, auditor, codeOf, contract, elsewhere, other, registrar, requested, shown } from "./files-of-people.ts";

describe("an upload is announced", () => {
  it.each([
    ["a type that is not taken", { mediaType: "application/pdf", name: "roster.pdf" }, "input.mediaType"],
    ["a page", { mediaType: "text/html", name: "roster.html" }, "input.mediaType"],
    ["a name with a folder", { name: "../../etc/roster.zip" }, "input.name"],
    ["a name with a folder of Windows", { name: "C:\\roster.zip" }, "input.name"],
    ["a name with a line break", { name: "a\r\nset-cookie: x.zip" }, "input.name"],
    ["a name that reads backwards", { name: "roster\u202epiz.zip" }, "input.name"],
    ["a hidden name", { name: ".zip" }, "input.name"],
    ["a name of another type", { name: "roster.csv" }, "input.name"],
    ["more than is taken", { size: 200 * 1024 * 1024 + 1 }, "input.size"],
    ["an export", { purpose: "EXPORT" }, "input.purpose"],
  ])("not as %s", async (_what, more, path) => {
    const reply = await ask(registrar, { name: "roster.zip", mediaType: "application/zip", purpose: "IMPORT", size: 10, ...more });
    expect([codeOf(reply), (reply.errors![0]!.extensions!["fields"] as { path: string }[])[0]!.path]).toEqual(["VALIDATION_FAILED", path]);
  });

  it("by the district's registrar alone, and not without end", async () => {
    const input = { name: "roster.zip", mediaType: "application/zip", purpose: "IMPORT", size: 10 };
    expect(codeOf(await ask(auditor, input))).toBe("FORBIDDEN");
    const stranger = identityOf({ ...registrar, accountId: randomUUID(), personId: randomUUID() });
    expect(codeOf(await ask(stranger, input))).toBe("FORBIDDEN");
    const make = newDistrict(contract);
    const { personId } = reaches.district_office!(make, "", { role: Role.Registrar });
    const busy = identityOf({ issuer: "https://test", subject: personId, accountId: make.a("Account", { personId }), personId, districtId: make.districtId, roles: [Role.Registrar, Role.Staff] });
    await make.save();
    for (let n = 0; n < 50; n += 1) await requested(10, {}, busy);
    expect(codeOf(await ask(busy, input))).toBe("LIMIT_EXCEEDED");
  });

  it("to its owner alone: others do not see it, an auditor sees that there is one, and nobody else gets a link", async () => {
    const { id, uploadUrl } = await requested(10);
    expect(uploadUrl).toMatch(/^http:\/\/localhost:4000\/files\//);
    expect(await shown(id, other)).toBeNull();
    expect(await shown(id, elsewhere)).toBeNull();
    expect(await shown(id, auditor)).toMatchObject({ id, status: "WAITING", uploadUrl: null, downloadUrl: null });
  });
});
