import { describe, expect, it } from "vitest";
import { demoRealm } from "../realm.ts";
import { originFits, redirectFits, redirectPatterns } from "../redirects.ts";

const web = demoRealm.clients.find((client) => client.clientId === "osss-web")!;
const cli = demoRealm.clients.find((client) => client.clientId === "osss-cli")!;

describe("a redirect", () => {
  it.each([
    ["http://localhost:4000/signed-in", true],
    ["http://localhost:4000/", true],
    ["http://localhost:4100/signed-in?x=1", true],
    ["http://127.0.0.1:4100/signed-in", true],
    ["http://[::1]:4100/signed-in", true],
    ["http://localhost:4200/", false],
    ["https://localhost:4100/", false],
    ["http://localhost/", false],
    ["http://localhost:4100@evil.example/", false],
    ["http://evil.example/http://localhost:4100/", false],
    ["http://localhost:4100.evil.example/", false],
    ["http://localhost:4100/#x", false],
    ["//localhost:4100/", false],
    ["data:text/html,x", false],
    ["", false],
  ])("of the web client to %s: %s", (uri, fits) => {
    expect(redirectFits(uri, redirectPatterns(web, "http://localhost:4100"))).toBe(fits);
  });

  it("goes to the public address alone where that is not this machine's", () => {
    expect(redirectPatterns(web, "https://demo.example.org")).toEqual(["http://localhost:4000/*", "https://demo.example.org/*"]);
    expect(redirectPatterns(cli, "https://demo.example.org")).toEqual(["http://127.0.0.1/*"]);
  });

  it("fits a pattern without a star only when equal, and a path below the star's", () => {
    expect(redirectFits("https://a.example/x?y=1", ["https://a.example/x?y=1"])).toBe(true);
    expect(redirectFits("https://a.example/x?y=2", ["https://a.example/x?y=1"])).toBe(false);
    expect(redirectFits("https://a.example/app/../admin", ["https://a.example/app/*"])).toBe(false);
    expect(redirectFits("https://a.example/app/x", ["https://a.example/app/*"])).toBe(true);
  });
});

it("an origin fits where redirects go, and not otherwise", () => {
  expect([
    originFits("http://localhost:4100", web, "http://localhost:4100"),
    originFits("http://localhost:4200", web, "http://localhost:4100"),
    originFits("https://evil.example", web, "http://localhost:4100"),
    originFits("null", web, "http://localhost:4100"),
    originFits("http://127.0.0.1", cli, "http://localhost:4100"),
  ]).toEqual([true, false, false, false, false]);
});
