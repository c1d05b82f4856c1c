import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { CircuitBreaker } from "../data-sources/circuit-breaker.ts";
import { type HttpDataSourceOptions, type HttpEvent, overHttp } from "../data-sources/http.ts";
import { someone } from "./school-federation.ts";

const key = new Uint8Array(32).fill(9);

/** A server that follows its script: a status, or a connection that breaks. The last step stands for all that follow. */
async function scripted(...script: (number | "break" | "break in the middle")[]): Promise<{ url: string; server: Server; asked: () => number }> {
  let asked = 0;
  const server = createServer((request, response) => {
    request.resume();
    const step = script[Math.min(asked++, script.length - 1)]!;
    if (step === "break") return void request.socket.destroy();
    response.writeHead(step === "break in the middle" ? 200 : step, { "content-type": "application/json", ...(step === "break in the middle" ? { "content-length": 1000 } : {}) });
    if (step !== "break in the middle") return void response.end(`{"data":{"ok":${step}}}`);
    response.write(`{"data":`, () => request.socket.end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, server, asked: () => asked };
}

function source(url: string, options: Partial<HttpDataSourceOptions> = {}) {
  const events: HttpEvent[] = [];
  const made = overHttp({ name: "people", url, key, retries: { delayMs: 5 }, count: (event) => void events.push(event), ...options });
  onTestFinished(() => made.close?.());
  const ask = async (writes = false) => {
    const { data, errors } = await made.execute({ document: "{ ok }", identity: someone("nurse"), requestId: "r", writes });
    return errors ? errors[0]!.extensions?.["code"] : (data as { ok: number }).ok;
  };
  return { ask, events };
}

describe("a query to a subgraph", () => {
  it.each([[["break", 200]], [[503, 503, 200]], [["break in the middle", "break", 200]]] as const)("is sent again after %j", async (script) => {
    const { url, asked } = await scripted(...script);
    const { ask, events } = source(url);
    expect(await ask()).toBe(200);
    expect([asked(), events]).toEqual([script.length, new Array(script.length - 1).fill("retried")]);
  });

  it("is given up after three attempts, and after one where the subgraph answers something else", async () => {
    const silent = await scripted("break");
    expect([await source(silent.url).ask(), silent.asked()]).toEqual(["UNAVAILABLE", 3]);
    const refusing = await scripted(401);
    expect([await source(refusing.url).ask(), refusing.asked()]).toEqual(["UNAVAILABLE", 1]);
  });

  it("has one time for all its attempts", async () => {
    const { url } = await scripted("break");
    const started = performance.now();
    expect(await source(url, { timeoutMs: 100, retries: { attempts: 100, delayMs: 30 } }).ask()).toBe("UNAVAILABLE");
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

it("a mutation is sent once, whatever becomes of it", async () => {
  for (const step of ["break", 503, "break in the middle"] as const) {
    const { url, asked } = await scripted(step);
    const { ask, events } = source(url);
    expect([await ask(true), asked(), events]).toEqual(["UNAVAILABLE", 1, []]);
  }
});

describe("the circuit breaker", () => {
  it("leaves a subgraph alone that failed five times in a row, until a probe succeeds", async () => {
    const { url, asked } = await scripted(503, 503, 503, 503, 503, 503, 200);
    let now = 0;
    const { ask, events } = source(url, { retries: { attempts: 1 }, breaker: { now: () => now } });
    for (let time = 0; time < 7; time++) expect(await ask()).toBe("UNAVAILABLE");
    expect([asked(), events]).toEqual([5, ["opened", "turned_away", "turned_away"]]);
    now = 1_000;
    expect([await ask(), await ask(), asked()]).toEqual(["UNAVAILABLE", "UNAVAILABLE", 6]);
    now = 3_000;
    expect([await ask(), await ask(), asked()]).toEqual([200, 200, 8]);
    expect(events.filter((event) => event === "opened")).toHaveLength(1);
  });

  it("lets one probe through at a time, and waits longer after each that fails, up to ten times as long", () => {
    let now = 0;
    const breaker = new CircuitBreaker({ failures: 2, openMs: 100, now: () => now });
    expect([breaker.failed(), breaker.admits(), breaker.failed(), breaker.admits()]).toEqual([false, true, true, false]);
    for (const waited of [100, 200, 400, 800, 1000, 1000]) {
      now += waited - 1;
      expect(breaker.admits()).toBe(false);
      now += 1;
      expect([breaker.admits(), breaker.admits()]).toEqual([true, false]);
      expect(breaker.failed()).toBe(false);
    }
    now += 1000;
    expect(breaker.admits()).toBe(true);
    breaker.succeeded();
    expect([breaker.isOpen, breaker.admits(), breaker.failed()]).toEqual([false, true, false]);
  });

  it("does not open for a subgraph that answers, even if it refuses", async () => {
    const { url, asked } = await scripted(401);
    const { ask, events } = source(url);
    for (let time = 0; time < 8; time++) await ask();
    expect([asked(), events]).toEqual([8, []]);
  });
});
