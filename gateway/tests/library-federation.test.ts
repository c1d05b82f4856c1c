import { describe, expect, it } from "vitest";
import { library, librarySdl } from "./library-federation.ts";
import { randomFrom, randomOperation } from "./random-operations.ts";
import { someone } from "./school-federation.ts";
import { StockDifferential } from "./stock-differential.ts";

const operations = 400;

describe("over interfaces, unions, several keys, @requires, @provides and @override", () => {
  it(`replies to ${operations} generated operations as the stock executor does`, { timeout: 300_000 }, async () => {
    const differential = new StockDifferential(library.supergraphSdl, new Map(Object.entries(librarySdl)), someone(), { Media: ["Book", "Video"] });
    const api = differential.gateway.supergraph.apiSchema;
    for (let seed = 1; seed <= operations; seed++) {
      const random = randomFrom(seed);
      const operation = randomOperation(api, random, {}, { kind: seed % 6 === 0 ? "mutation" : "query", depth: 2 + (seed % 3), width: 2, anyArguments: true, deeper: 0.6 });
      expect(await differential.difference(operation, `salt ${seed}`, seed % 3 !== 0), `seed ${seed}`).toBeNull();
    }
    const { errors, nulls, sent, sentByStock, fuller } = differential.met;
    expect(errors).toBeGreaterThan(operations / 10);
    expect(nulls).toBeGreaterThan(operations / 3);
    expect(sent).toBeLessThan(sentByStock * 0.9);
    expect(fuller).toBeLessThan(operations / 20);
  });
});
