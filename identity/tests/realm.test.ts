import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Role, roleDescriptions } from "#foundation/identity/role";
import demoUsers from "../demo-users.json" with { type: "json" };
import { printRoles } from "../generate-roles.ts";
import { demoRealm, readRealm, userByName } from "../realm.ts";
import realmFile from "../realm-osss.json" with { type: "json" };

interface Mapper {
  readonly protocolMapper: string;
  readonly config: Readonly<Record<string, string | undefined>>;
}

const root = join(import.meta.dirname, "../..");

it("role.ts is what the realm says: run identity/generate-roles.ts when this fails", async () => {
  expect(await readFile(join(root, "subgraphs/foundation/identity/role.ts"), "utf8")).toBe(printRoles(realmFile));
  expect(Object.values<string>(Role)).toEqual(realmFile.roles.realm.map((role) => role.name).toSorted());
  expect(Object.keys(roleDescriptions).length).toBe(29);
});

it("a role without a description is refused", () => {
  expect(() => printRoles({ roles: { realm: [{ name: "teacher", description: "" }] } })).toThrow();
  expect(() => printRoles({ roles: { realm: [{ name: "Teacher!", description: "x" }] } })).toThrow();
});

describe("the realm file", () => {
  it("holds no user but service accounts, and no secret, so that an import into a district's Keycloak brings no known password", () => {
    expect(realmFile.users.map((user) => user.serviceAccountClientId)).toEqual(["osss-integration", "osss-users"]);
    expect(JSON.stringify(realmFile)).not.toMatch(/"(secret|password|credentials)"/);
    expect(readRealm(realmFile).users).toEqual([]);
  });

  it("knows every place that its ids, flows and groups name", () => {
    const roles = new Set(realmFile.roles.realm.map((role) => role.name));
    expect(realmFile.groups.flatMap((group) => group.realmRoles).filter((role) => !roles.has(role))).toEqual([]);
    const flows = new Set(realmFile.authenticationFlows.map((flow) => flow.alias));
    const executions = realmFile.authenticationFlows.flatMap((flow) => flow.authenticationExecutions);
    expect(executions.flatMap((step) => ("flowAlias" in step ? [step.flowAlias] : [])).filter((alias) => !flows.has(alias!))).toEqual([]);
    expect(flows.has(realmFile.browserFlow)).toBe(true);
    const ids = [...JSON.stringify(realmFile).matchAll(/"id":"([^"]+)"/g)].map((found) => found[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("gives access tokens role names and a user name, and nothing else about a person", () => {
    const scopes: readonly { name: string; protocolMappers: readonly Mapper[] }[] = realmFile.clientScopes;
    for (const clientId of ["osss-web", "osss-cli", "osss-integration"]) {
      const client = realmFile.clients.find((candidate) => candidate.clientId === clientId)!;
      const mappers: readonly Mapper[] = [...client.protocolMappers!, ...scopes.filter(({ name }) => client.defaultClientScopes!.includes(name)).flatMap((scope) => scope.protocolMappers)];
      const told = mappers.filter(({ config }) => config["access.token.claim"] === "true").map(({ config, protocolMapper }) => config["claim.name"] ?? protocolMapper);
      expect(told.toSorted()).toEqual(["oidc-audience-mapper", "oidc-sub-mapper", "preferred_username", "realm_access.roles"]);
      expect(client.optionalClientScopes).toEqual([]);
    }
  });

  it("lets only public clients sign in, with PKCE, and sends their tokens to osss-api", () => {
    for (const clientId of ["osss-web", "osss-cli"]) {
      expect(realmFile.clients.find((client) => client.clientId === clientId)).toMatchObject({
        publicClient: true,
        standardFlowEnabled: true,
        implicitFlowEnabled: false,
        directAccessGrantsEnabled: false,
        attributes: { "pkce.code.challenge.method": "S256" },
        protocolMappers: expect.arrayContaining([
          expect.objectContaining({ protocolMapper: "oidc-audience-mapper", config: expect.objectContaining({ "included.client.audience": "osss-api", "access.token.claim": "true", "id.token.claim": "false" }) as object }),
        ]) as object[],
      });
    }
    expect(realmFile.clients.find((client) => client.clientId === "osss-api")).toMatchObject({ bearerOnly: true, publicClient: false, standardFlowEnabled: false });
  });
});

describe("the demo users", () => {
  it("are those that the documentation names, each with a stable id, an example address and the password demo", () => {
    expect(demoUsers.users.map((user) => user.username).toSorted()).toEqual(
      [
        "admin", "assistant-principal", "attendance-clerk", "auditor", "case-manager", "co-teacher", "counselor", "counselor-parent", "data-analyst", "district-registrar", "newcomer", "nurse", "nurse-parent", "parent", "principal", "principal-2", "principal-teacher",
        "registrar", "registrar-2", "secretary", "student", "substitute", "superintendent", "teacher", "teacher-parent",
      ],
    );
    for (const user of demoUsers.users) {
      expect(user.email).toBe(`${user.username}@example.org`);
      expect(user.credentials).toEqual([{ type: "password", value: "demo", temporary: false }]);
    }
    expect(userByName(demoRealm, "teacher")?.id).toBe("f6805510-19f3-5220-aaa1-d42a8b60a027");
  });

  it("are found by name or address in any case, unless disabled", () => {
    expect(userByName(demoRealm, " Nurse@Example.org ")?.username).toBe("nurse");
    const disabled = { ...demoRealm, users: demoRealm.users.map((user) => ({ ...user, enabled: false })) };
    expect(userByName(disabled, "nurse")).toBeUndefined();
  });

  it("are refused with an unknown role, a shared id, or of another realm", () => {
    const [user] = demoUsers.users;
    const withUsers = (...users: object[]) => () => readRealm(realmFile, { realm: "osss", users });
    expect(withUsers({ ...user, realmRoles: ["headmaster"] })).toThrow("superintendent holds the role headmaster");
    expect(withUsers(user!, { ...user, username: "other" })).toThrow("Ids and usernames must be unique");
    expect(() => readRealm(realmFile, { realm: "other", users: [] })).toThrow("for the realm other");
  });
});
