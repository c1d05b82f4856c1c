import { describe, expect, it } from "vitest";
import { Role } from "#foundation/identity/role";
import { subgraphSdl, supergraphSdl } from "../../schema/files.ts";
import { randomFrom, randomOperation } from "./random-operations.ts";
import { someone } from "./school-federation.ts";
import { StockDifferential } from "./stock-differential.ts";

const operations = 2_000;

describe("over the committed supergraph", () => {
  it(`replies to ${operations} generated operations as the stock executor does`, { timeout: 300_000 }, async () => {
    const sdl = supergraphSdl();
    const names = [...sdl.matchAll(/@join__graph\(name: "(\w+)"/g)].map(([, name]) => name!);
    const differential = new StockDifferential(sdl, new Map(names.map((name) => [name, subgraphSdl(name)])), someone(...Object.values(Role)));
    const api = differential.gateway.supergraph.apiSchema;
    for (let seed = 1; seed <= operations; seed++) {
      const random = randomFrom(seed);
      const kind = seed % 5 === 0 ? "mutation" : "query";
      const operation = randomOperation(api, random, {}, { kind, depth: 3 + (seed % 3), width: 2, anyArguments: true, deeper: 0.5 });
      expect(await differential.difference(operation, `salt ${seed}`, seed % 4 !== 0), `seed ${seed}`).toBeNull();
    }
    const { errors, nulls, sent, sentByStock } = differential.met;
    expect(errors).toBeGreaterThan(operations / 20);
    expect(nulls).toBeGreaterThan(operations / 4);
    expect(sent).toBeLessThan(sentByStock);
  });
});
