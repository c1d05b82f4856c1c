import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readConfig, variables } from "#foundation/config/config";
import { repository } from "#foundation/testing/import-rules";
import { keycloak } from "../../../identity/keycloak/distribution.ts";
import { registry } from "../../../subgraphs/registry.ts";
import { composeFile, environmentOf, variablesIn } from "./compose-file.ts";

const services = Object.entries(composeFile.services);
const osss = services.filter(([, { image }]) => image === "osss").map(([name]) => name);
const subgraphs = Object.keys(registry);
/** One `.env` with everything that has no default. */
const secrets = Object.fromEntries(
  ["POSTGRES_PASSWORD", "OSSS_ADMIN_PASSWORD", "OSSS_APP_PASSWORD", "KEYCLOAK_DB_PASSWORD", "KEYCLOAK_ADMIN_PASSWORD", "REDIS_PASSWORD"].map((name) => [name, `of${name.toLowerCase().replaceAll("_", "")}`]),
);
const given = { ...secrets, OSSS_SUBGRAPH_KEY: "ab".repeat(32) };

test("every service runs without root, without rights, and may write into its volumes and memory only", () => {
  for (const [name, service] of services) {
    expect(service.user, `${name} names its user`).toBeDefined();
    expect(service.user, `${name} is not root`).not.toMatch(/^(0|root)(:|$)/);
    expect(service.read_only, `${name} is read-only`).toBe(true);
    expect(service.cap_drop, `${name} drops every capability`).toEqual(["ALL"]);
    expect(service.cap_add ?? [], `${name} takes none back`).toEqual([]);
    expect(service.security_opt, name).toContain("no-new-privileges:true");
    expect(service.privileged ?? false, name).toBe(false);
    for (const volume of service.volumes ?? []) {
      const [source, , mode] = volume.split(":");
      if (source!.startsWith(".")) expect([existsSync(join(repository, source!)), mode], `${volume} is there, and read only`).toEqual([true, "ro"]);
      else expect(Object.keys(composeFile.volumes)).toContain(source);
    }
    expect(service.volumes?.some((volume) => volume.includes("docker.sock")) ?? false).toBe(false);
  }
});

test("Keycloak is the one that the tests run", () => {
  expect(readFileSync(join(repository, "docker-compose.yml"), "utf8").match(/quay\.io\/keycloak\/keycloak:\S+/g)).toEqual([`quay.io/keycloak/keycloak:${keycloak.version}`]);
});

test("every service that stays has a health check, is started again, and starts after what it needs is well", () => {
  for (const [name, service] of services) {
    if (name === "migrate") {
      expect(service.restart).toBe("on-failure");
      continue;
    }
    expect(service.healthcheck?.test.length, `${name} has a health check`).toBeGreaterThan(1);
    expect(service.restart, name).toBe("unless-stopped");
  }
  for (const [name, { depends_on: needs = {} }] of services) {
    for (const [needed, { condition }] of Object.entries(needs)) {
      expect(Object.keys(composeFile.services), `${name} needs ${needed}`).toContain(needed);
      expect(condition).toBe(needed === "migrate" ? "service_completed_successfully" : "service_healthy");
    }
  }
  expect(Object.keys(composeFile.services["gateway"]!.depends_on!)).toEqual(expect.arrayContaining([...subgraphs, "pgbouncer", "keycloak", "redis", "migrate"]));
});

test("no secret has a default: without .env nothing starts, and no password is written in the file", () => {
  for (const [name, { environment = {} }] of services) {
    for (const [variable, value] of Object.entries(environment)) {
      for (const { name: used, rest } of variablesIn(value)) {
        if (/PASSWORD|KEY|SECRET|TOKEN/.test(used)) expect(rest, `${name}: ${used}`).toMatch(/^:\?/);
      }
      if (/PASSWORD|KEY|SECRET|TOKEN/.test(variable)) expect(value, `${name}: ${variable}`).toMatch(/^\$\{[A-Z_]+:\?[^}]+\}$/);
      if (/^[a-z]+:\/\/[^/]*@/.test(value)) expect(value, `${name}: ${variable} holds no password of its own`).toMatch(/^[a-z]+:\/\/[a-z_]*:\$\{[A-Z_]+:\?[^}]+\}@/);
    }
  }
  for (const secret of Object.keys(given)) {
    const without = Object.fromEntries(Object.entries(given).filter(([name]) => name !== secret));
    expect(() => services.forEach(([name]) => environmentOf(name, without)), secret).toThrow(`set ${secret} in .env`);
  }
  const head = readFileSync(join(repository, "docker-compose.yml"), "utf8").split("\nx-hardened")[0]!;
  for (const secret of Object.keys(given)) expect(head, `the head of the file names ${secret}`).toContain(`${secret}=`);
});

test("each subgraph is a service of the one image, and the gateway knows where each answers", () => {
  for (const name of subgraphs) {
    expect(composeFile.services[name], name).toMatchObject({ image: "osss", command: ["dist/subgraphs/serve.js", name] });
    expect(environmentOf("gateway", given)[`SUBGRAPH_${name.toUpperCase()}_URL`]).toBe(`http://${name}:${environmentOf(name, given)["PORT"]}/graphql`);
  }
  expect([...osss].sort()).toEqual([...subgraphs, "gateway", "migrate"].sort());
  expect(services.filter(([, { image, build }]) => image === "osss" && build).map(([name]) => name)).toEqual(["migrate"]);
});

test("what the services of OSSS are told is known to its settings, and enough for production", () => {
  for (const name of osss) {
    const environment = environmentOf(name, given);
    for (const variable of Object.keys(environment)) expect(variable in variables.shape || /^SUBGRAPH_[A-Z]+_URL$/.test(variable), `${name}: ${variable}`).toBe(true);
    expect(readConfig(environment)).toMatchObject({ mode: "production", database: { adminUrl: name === "migrate" ? expect.stringContaining("osss_admin") : null } });
  }
  // Rights of the database: the running ones go through PgBouncer as the login that owns nothing.
  for (const name of osss) expect(new URL(environmentOf(name, given)["DATABASE_URL"]!)).toMatchObject({ username: "osss_app", host: "pgbouncer:6432" });
});

test("only the gateway and Keycloak are reached from outside, and from this machine alone", () => {
  expect(services.filter(([, { ports }]) => ports).map(([name]) => name).sort()).toEqual(["gateway", "keycloak"]);
  for (const [name, { ports = [], networks }] of services) {
    for (const port of ports) expect(port, name).toMatch(/^127\.0\.0\.1:/);
    const joined = Array.isArray(networks) ? networks : Object.keys(networks ?? {});
    expect(joined.includes("outside"), name).toBe(ports.length > 0);
    expect(joined).toContain("inside");
  }
  expect(composeFile.networks["inside"]).toEqual({ internal: true });
});
